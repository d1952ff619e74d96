"""How well a place in another text fits a stretch of the old one: its words, what stands before and behind, where it is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from annotator.domain.letters import Alike, fold_letters
from annotator.domain.text import CONTEXT

ENOUGH = 75
"""Below this a place is not taken for the passage (per cent)."""

_WEIGHTS = 50, 20, 20, 2
"""Of the words, of what stands before, of what stands behind, of how far into the text it is."""
_UNKNOWN = 0.5
_READ = 2_000
"""Longer words are compared by their beginning and their end."""
_ALIKE = Alike(quoted=True)
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_HEAVY = 2
_NO_WORD = r"[\W\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_PARTS_NO_WORDS = regex.compile(rf"(?<={_NO_WORD}) | (?={_NO_WORD})")
"""A space that parts no two words: beside punctuation, or a letter of a script that writes words without space."""


class Side(NamedTuple):
    """A stretch (half-open code points) of a text."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words of the stretch."""
        return self.text[self.start : self.end]

    @property
    def prefix(self) -> str:
        """What stands before it."""
        return self.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        """What stands behind it."""
        return self.text[self.end : self.end + CONTEXT]


def unspaced(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def words_apart(text: str) -> str:
    """Return a text with one space where white space parts two words, and none elsewhere."""
    return _PARTS_NO_WORDS.sub("", " ".join(text.split()))


def likeness(one: str, other: str) -> float:
    """Return the share of letters that two stretches have in common in the same order, 0 to 1; white space does not count."""
    if one == other:
        return 1.0
    if len(one) > 2 * _READ or len(other) > 2 * _READ:
        one, other = one[:_READ] + one[-_READ:], other[:_READ] + other[-_READ:]
    return fuzz.ratio(_shadow(one), _shadow(other)) / 100


def score(old: Side, new: Side) -> int:
    """Return how well two stretches fit together in per cent; 100 only where words and surroundings are the same."""
    there, here = old.start / max(len(old.text), 1), new.start / max(len(new.text), 1)
    parts = (
        likeness(old.words, new.words),
        _beside(old.prefix, new.prefix),
        _beside(old.suffix, new.suffix),
        1 - abs(here - there),
    )
    found = sum(part * weight for part, weight in zip(parts, _WEIGHTS, strict=True))
    return min(int(100 * found / sum(_WEIGHTS)), 100 if old.words == new.words else 99)


def weight(text: str) -> int:
    """Return how much a stretch tells: its characters but for white space, an ideograph counting as three."""
    words = unspaced(text)
    return len(words) if words.isascii() else len(words) + _HEAVY * len(_IDEOGRAPH.findall(words))


def _beside(old: str, new: str) -> float:
    if not old or not new:
        return 1.0 if old == new else _UNKNOWN
    return likeness(old, new)


@lru_cache(maxsize=4_096)
def _shadow(text: str) -> str:
    return fold_letters(unspaced(text), _ALIKE)
