"""A shadow of a text, in which words are looked for: capitals, forms of letters, quotes, dashes and white space do not matter.

Unlike folded words it keeps everything in its place, so that what is found in the shadow is known in the text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

import regex

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_POINTS = "\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_DROPPED = _INVISIBLE + _POINTS
_SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys('"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033', "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_ASCII = {"\t": " ", "\n": " ", "\x0b": " ", "\x0c": " ", "\r": " ", '"': "'", "`": "'"}
_WHITE = regex.compile(r"\s\s+")
_MARKED = r"|\P{M}\p{M}+"
_UNEVEN = rf"\s\s+|[{_DROPPED}]+"
_REMEMBERED = 8192


class Shadow:
    """The shadow of a text, and where each of its characters stands in it. Offsets are code points."""

    def __init__(self, text: str) -> None:
        self.size = len(text)
        self._starts, self._origins, self._odd = [0], [0], [False]
        self.text = text.lower() if text.isascii() else text
        if text.isascii():
            self.text = self._built(self.text, _WHITE, _ASCII)
        else:
            letters = {letter: _folded(letter) for letter in set(text)}
            even = {letter: folded for letter, folded in letters.items() if len(folded) == 1}
            odd = "".join(letter for letter, folded in letters.items() if len(folded) != 1)
            marked = "" if unicodedata.is_normalized("NFC", text) else _MARKED
            pattern = _UNEVEN + marked + (f"|[{regex.escape(odd)}]" if odd else "")
            self.text = self._built(text, regex.compile(pattern), even)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the text on which a stretch of its shadow stands."""
        if start >= end:
            place = self._origin(start)
            return place, place
        return self._origin(start), self._behind(end)

    def _built(self, text: str, uneven: regex.Pattern[str], even: dict[str, str]) -> str:
        """Return the shadow; what has another length there is noted."""
        table, at, length = str.maketrans(even), 0, 0
        parts: list[str] = []
        for match in uneven.finditer(text):
            plain = text[at : match.start()].translate(table)
            odd = " " if match.group().isspace() else _folded(match.group())
            parts += (plain, odd)
            length += len(plain)
            self._note(length, match.start(), odd=True)
            length += len(odd)
            self._note(length, match.end(), odd=False)
            at = match.end()
        parts.append(text[at:].translate(table))
        return "".join(parts)

    def _note(self, start: int, origin: int, *, odd: bool) -> None:
        if self._starts[-1] == start:
            self._origins[-1], self._odd[-1] = origin, odd
        else:
            self._starts.append(start)
            self._origins.append(origin)
            self._odd.append(odd)

    def _origin(self, place: int) -> int:
        """Return the code point on which a place of the shadow stands; for one inside a letter that became two, that letter."""
        number = bisect_right(self._starts, place) - 1
        origin = self._origins[number]
        return origin if self._odd[number] else min(origin + place - self._starts[number], self.size)

    def _behind(self, end: int) -> int:
        """Return the code point behind the character of the text that ends at a place of the shadow."""
        number = bisect_right(self._starts, end - 1) - 1
        origin = self._origins[number] + end - self._starts[number]
        following = self._origins[number + 1] if number + 1 < len(self._origins) else self.size
        is_last = number + 1 < len(self._starts) and end == self._starts[number + 1]
        return following if is_last else min(origin, following)


@lru_cache(_REMEMBERED)
def _folded(letters: str) -> str:
    """Return a letter, or one with its marks, as it stands in a shadow."""
    if letters in _SAME:
        return _SAME[letters]
    if letters.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", regex.sub(f"[{_DROPPED}]", "", letters)).casefold()
    return "".join(_SAME.get(letter, letter) for letter in unicodedata.normalize("NFC", plain))
