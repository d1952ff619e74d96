"""The room of the person who reads: the text, its passages, and what is said about them."""
