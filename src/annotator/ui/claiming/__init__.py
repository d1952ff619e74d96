"""Claims: their lists, the linkage under the cursor, the evidence and the conclusion."""
