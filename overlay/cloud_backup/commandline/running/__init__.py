"""One run of `cloud-backup`: its client, its credentials, what it says, and how it fails."""
