"""Giving work away: the export sheet."""
