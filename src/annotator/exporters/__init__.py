"""Formats in which a project is given to other programs and to readers: one file a format."""
