"""Looking back and checking: history, and whether the project is as it was written."""
