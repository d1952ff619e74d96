"""How wide words are, near enough to break them into lines where nothing can measure them: in a drawing."""

from __future__ import annotations

import re
import unicodedata

_NARROW = frozenset("iljtfrI.,:;'’‘!|()[]-  ")
_WIDE = frozenset("mwMW@%—")
_RIGHT = frozenset({"R", "AL"})
_STRONG = _RIGHT | {"L"}
_UNITS = re.compile(r"\s+")
_FULL, _CAPITAL, _USUAL, _SLIM, _BROAD = 1.05, 0.68, 0.54, 0.33, 0.9


def width(words: str) -> float:
    """Return the width of words in em of a usual text face, rather too much than too little."""
    return sum(map(_advance, words))


def wrapped(words: str, room: float, lines: int) -> list[str]:
    """Return words as at most ``lines`` lines of ``room`` em each; what does not fit ends in “…”.

    A word that is longer than a line is cut where the line ends; in scripts without blanks that is anywhere.
    """
    left = _UNITS.sub(" ", words).strip()
    found: list[str] = []
    while left and len(found) < lines:
        end = _fitting(left, room)
        if end < len(left) and len(found) == lines - 1:
            found.append(left[: _fitting(left, room - width("…"))].rstrip() + "…")
            break
        blank = left.rfind(" ", 0, end + 1)
        end = blank if end < len(left) and blank > 0 else end
        found.append(left[:end].strip())
        left = left[end:].strip()
    return found


def right_to_left(words: str) -> bool:
    """Return whether the first letter with a direction runs from right to left, as ``dir="auto"`` has it."""
    strong = (kind for kind in map(unicodedata.bidirectional, words) if kind in _STRONG)
    return next(strong, "L") in _RIGHT


def _fitting(words: str, room: float) -> int:
    """Return how many code points fit; at least one letter, with all the signs that belong to it."""
    used, start = 0.0, 0
    for at, character in enumerate(words):
        if at and not _clings(character, words[at - 1]):
            start = at
        used += _advance(character)
        if used > room and start:
            return start
    return len(words)


def _clings(character: str, before: str) -> bool:
    return bool(unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or before == "\u200d")


def _advance(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _FULL
    if character in _NARROW:
        return _SLIM
    if character in _WIDE:
        return _BROAD
    return _CAPITAL if character.isupper() else _USUAL
