"""Pages as published: shown, selected on, marked. The same code points as in the text."""
