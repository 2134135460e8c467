"""When backups run: schedules and their time zones."""
