"""Words and rules: what a fact-checker's project consists of. No I/O, no clock, no randomness, no Qt, no SQL."""
