"""How a Word document is read."""
