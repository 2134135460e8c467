"""The client, written once: async here, and the sync one derived from it by `derive_sync.py`.

Docstrings hold for both, so they say nothing about awaiting.
"""
