"""How Rich Text is read."""
