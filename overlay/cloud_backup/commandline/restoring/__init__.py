"""A restore, planned and started."""
