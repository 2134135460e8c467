"""One run of `cloud-backup`: its client, credentials, messages, and failures."""
