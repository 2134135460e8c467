"""Options that several commands share, and shell completion."""
