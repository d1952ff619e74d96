"""Versions of a source in the window."""
