# Derived from _async/__init__.py by derive_sync.py: do not edit.

"""The client, written once: async here, and the sync one derived from it by `derive_sync.py`.

Docstrings hold for both, so they say nothing about awaiting.
"""
