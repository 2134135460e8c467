"""What some answers can do beyond the generated models' fields, and what requests are made of."""
