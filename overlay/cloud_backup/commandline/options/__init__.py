"""What commands take: options that several share, and what a shell completes."""
