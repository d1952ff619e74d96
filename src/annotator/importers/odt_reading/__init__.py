"""How an OpenDocument text is read."""
