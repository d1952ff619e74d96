"""Cuts a text into what is laid out at a time: its paragraphs, and parts of those that are too long for that."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from annotator.domain.text import snap_to_graphemes

LONGEST = 12_000
"""Code points above which a paragraph is cut; its parts stand one below the other as if it went on."""

_PART = 8_000
_LOOK_BACK = 1_000


class Pieces:
    """The pieces of one text, by number from 0. Offsets are code points; a line end belongs to no piece."""

    def __init__(self, text: str) -> None:
        lengths = [len(paragraph) for paragraph in text.split("\n")]
        self._joined: set[int] = set()
        if max(lengths) > LONGEST:
            lengths, self._joined = _cut(text, lengths)
        self.lengths = lengths
        if self._joined:
            gaps = (length + (number not in self._joined) for number, length in enumerate(lengths))
            self._starts = [0, *accumulate(gaps)]
        else:
            self._starts = list(accumulate(lengths, lambda start, length: start + length + 1, initial=0))
        self._starts.pop()

    def __len__(self) -> int:
        return len(self.lengths)

    def start(self, number: int) -> int:
        """Return where a piece begins."""
        return self._starts[number]

    def end(self, number: int) -> int:
        """Return where a piece ends, without its line end."""
        return self._starts[number] + self.lengths[number]

    def at(self, offset: int) -> int:
        """Return the number of the piece that a place belongs to: the later one where two parts of a paragraph meet."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def goes_on(self, number: int) -> bool:
        """Tell whether the paragraph of a piece goes on in the next."""
        return number in self._joined

    def paragraph(self, number: int) -> tuple[int, int]:
        """Return the first and the last piece of the paragraph that a piece is of."""
        first = last = number
        while first - 1 in self._joined:
            first -= 1
        while last in self._joined:
            last += 1
        return first, last


def _cut(text: str, lengths: list[int]) -> tuple[list[int], set[int]]:
    """Return the lengths with long paragraphs in parts, and the numbers of those parts that go on in the next."""
    found: list[int] = []
    joined: set[int] = set()
    start = 0
    for length in lengths:
        end, begin = start + length, start
        while end - begin > LONGEST:
            stop = _place_to_cut(text, begin + _PART)
            joined.add(len(found))
            found.append(stop - begin)
            begin = stop
        found.append(end - begin)
        start = end + 1
    return found, joined


def _place_to_cut(text: str, near: int) -> int:
    """Return where to cut: behind a blank before ``near`` if there is one, never inside a character."""
    blank = text.rfind(" ", near - _LOOK_BACK, near)
    return snap_to_graphemes(text, near, near)[1] if blank < 0 else blank + 1
