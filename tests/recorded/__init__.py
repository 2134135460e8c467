"""The published examples, recorded as cassettes and replayed."""
