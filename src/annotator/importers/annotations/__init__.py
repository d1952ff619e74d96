"""Readers of what other programs annotated: one file a format."""
