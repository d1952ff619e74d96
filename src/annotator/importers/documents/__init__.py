"""What the readers of word processors' files and e-books share, guards against hostile containers among it."""
