"""Measurements of speed: ratios, taken in one run."""
