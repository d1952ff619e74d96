"""Which way words are read."""

from __future__ import annotations

import re
import unicodedata

_FIRST_LETTERS = 500
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of the scripts that run from right to left, and the marks that turn others round."""


def is_plain(text: str) -> bool:
    """Tell whether all of a text runs from left to right."""
    return text.isascii() or _RIGHT_TO_LEFT.search(text) is None


def begins_from_the_right(text: str, start: int, end: int) -> bool:
    """Tell whether half-open code points are a paragraph that runs from right to left.

    The first letter that has a direction decides (UAX #9, rule P2).
    """
    for character in text[start : min(end, start + _FIRST_LETTERS)]:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
