"""Shows one text of any length: lays out what is in sight, knows where its words are, and takes caret and selection."""
