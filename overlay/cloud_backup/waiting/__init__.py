"""Waiting for backups, restores and agents."""
