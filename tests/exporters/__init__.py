"""Tests of the formats in which work is given away."""
