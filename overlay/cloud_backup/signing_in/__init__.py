"""Signing in: credentials, Identity, tokens, and the `httpx.Auth` that brings them together."""
