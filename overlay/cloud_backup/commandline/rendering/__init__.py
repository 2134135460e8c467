"""What is printed: tables, JSON, YAML and CSV, and progress while something runs."""
