"""The processes that strangers' files are read in: where they come from, what they may do, and what is said to them."""
