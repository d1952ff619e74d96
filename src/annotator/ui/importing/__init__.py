"""Sources: their list, taking them in, and what is known of them."""
