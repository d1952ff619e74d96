"""Readers of other people's files: each makes a canonical text and its structure of the bytes of one source."""
