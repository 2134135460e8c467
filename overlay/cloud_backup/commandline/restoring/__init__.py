"""Planning and starting a restore."""
