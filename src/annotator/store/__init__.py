"""Keeps projects in SQLite: the history of changes, the current tables made from it, and the search index."""
