"""How messages and pages saved as messages are read (MIME)."""
