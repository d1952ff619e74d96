"""How an e-book is read."""
