"""Breaks put into the emulator and the document, to see that the tests notice."""
