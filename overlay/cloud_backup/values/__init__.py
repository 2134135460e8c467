"""What some answers can do beyond their generated fields, and what requests are made of."""
