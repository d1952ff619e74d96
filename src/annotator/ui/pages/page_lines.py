"""Where the words of a text stand on its pages, and which word stands at a point. In 1/100 pt from a page's upper left corner."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from annotator.domain.structure import Box, Line, Structure

Span = tuple[int, int]
"""Half-open code points of the canonical text."""

Sides = tuple[int, int, int]
"""A left, an upper and a lower edge."""

_KEPT = 64
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_SAME_ROW = 0.5


@dataclass(slots=True)
class PrintedLine:
    """A printed line with the left and the right edge of each of its code points."""

    number: int
    page: int
    start: int
    end: int
    top: int
    bottom: int
    left: int
    right: int
    edges: list[int]
    runs_on: bool
    """Whether each character stands to the right of the one before."""

    def extent(self, start: int, end: int) -> tuple[int, int] | None:
        """Return from where to where its words between two code points stand."""
        lo, hi = max(start, self.start) - self.start, min(end, self.end) - self.start
        if lo >= hi:
            return None
        if self.runs_on:
            return self.edges[2 * lo], self.edges[2 * hi - 1]
        edges = self.edges[2 * lo : 2 * hi]
        return min(edges), max(edges)


class _Columns:
    """The lines of a page as columns of numbers, so that many passages find theirs quickly."""

    __slots__ = ("bottoms", "ends", "goes_down", "is_straight", "left", "lefts", "starts", "tops")

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self.starts = [line.start for line in lines]
        self.ends = [line.end for line in lines]
        self.lefts = [line.left for line in lines]
        self.tops = [line.top for line in lines]
        self.bottoms = [line.bottom for line in lines]
        self.left = min(self.lefts, default=0)
        self.is_straight = self.left == max(self.lefts, default=0)
        self.goes_down = self.tops == sorted(self.tops) and self.bottoms == sorted(self.bottoms)

    def sides(self, spans: Sequence[Span]) -> Sides | None:
        """Return the edges of the lines that have words of ``spans``."""
        found = None
        for start, end in spans:
            first = bisect_right(self.ends, start)
            last = bisect_left(self.starts, end, first)
            if first < last:
                here = self._sides_of(first, last)
                found = here if found is None else _around(found, here)
        return found

    def _sides_of(self, first: int, last: int) -> Sides:
        left = self.left if self.is_straight else min(self.lefts[first:last])
        if self.goes_down:
            return left, self.tops[first], self.bottoms[last - 1]
        return left, min(self.tops[first:last]), max(self.bottoms[first:last])


def _around(one: Sides, other: Sides) -> Sides:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2])


class PageLines:
    """The printed lines of a text, page by page; what they hold is worked out for the pages that are looked at."""

    def __init__(self, text: str, structure: Structure) -> None:
        self._text = text
        self._lines = structure.lines
        self._starts = [line.start for line in structure.lines]
        self._on_page: dict[int, list[range]] = {}
        first = 0
        for page, group in groupby(structure.lines, key=lambda line: line.page):
            last = first + sum(1 for _ in group)
            self._on_page.setdefault(page, []).append(range(first, last))
            first = last
        self._cache: OrderedDict[int, list[PrintedLine]] = OrderedDict()
        self._columns: dict[int, _Columns] = {}

    def on(self, page: int) -> list[PrintedLine]:
        """Return the lines of a page in reading order."""
        found = self._cache.get(page)
        if found is None:
            runs = self._on_page.get(page, ())
            found = [_printed(number, self._lines[number]) for run in runs for number in run]
            self._cache[page] = found
            if len(self._cache) > _KEPT:
                self._columns.pop(self._cache.popitem(last=False)[0], None)
        self._cache.move_to_end(page)
        return found

    def has_words(self, page: int) -> bool:
        """Tell whether a page has any text."""
        return page in self._on_page

    def stretches(self, page: int) -> list[Span]:
        """Return from where to where the text of a page goes: several stretches where it is taken up again."""
        return [
            (self._lines[run[0]].start, max(line.end for line in self._lines[run[0] : run[-1] + 1]))
            for run in self._on_page.get(page, ())
        ]

    def boxes(self, page: int, span: Span) -> Iterator[tuple[PrintedLine, int, int]]:
        """Yield the lines of a page that have words of ``span``, and from where to where these stand."""
        lines = self.on(page)
        first = max(bisect_right(lines, span[0], key=lambda line: line.start) - 1, 0)
        for line in lines[first:]:
            if line.start >= span[1]:
                return
            extent = line.extent(*span)
            if extent:
                yield line, *extent

    def sides(self, page: int, passages: Iterable[Sequence[Span]]) -> list[Sides | None]:
        """Return for the spans of each of these passages the edges of the lines of a page that have words of them, if any has."""
        lines = self.on(page)
        columns = self._columns.get(page)
        if columns is None:
            columns = self._columns[page] = _Columns(lines)
        return [columns.sides(spans) for spans in passages]

    # -- from a code point to a place

    def line_number(self, offset: int) -> int:
        """Return the number of the line that a code point stands on, or after; -1 where the text has none."""
        return max(bisect_right(self._starts, offset) - 1, 0) if self._starts else -1

    def line(self, number: int) -> PrintedLine:
        """Return a line by its number."""
        page = self._lines[number].page
        return next(line for line in self.on(page) if line.number == number)

    def page_of(self, offset: int) -> int:
        """Return the page that a code point stands on."""
        number = self.line_number(offset)
        return self._lines[number].page if number >= 0 else 0

    def extents(self, first: int, last: int) -> Iterator[tuple[int, int, int]]:
        """Yield the pages that lines of a stretch stand on, with the upper and lower edge of what stands there."""
        if first >= 0:
            for page, group in groupby(self._lines[first : last + 1], key=lambda line: line.page):
                lines = list(group)
                yield page, min(line.top for line in lines), max(line.bottom for line in lines)

    def caret(self, offset: int, *, behind: bool = False) -> Box | None:
        """Return where the caret before a code point stands, or ``behind`` the one before it; its left and right are the same."""
        number = self.line_number(offset - 1 if behind else offset)
        if number < 0:
            return None
        line = self.line(number)
        x = self._caret_x(line, offset)
        return Box(line.page, x, line.top, x, line.bottom)

    def _caret_x(self, line: PrintedLine, offset: int) -> int:
        if offset >= line.end:
            index, before = line.end - 1 - line.start, False
        else:
            index, before = offset - line.start, True
        left, right = line.edges[2 * index], line.edges[2 * index + 1]
        return left if before != self.is_rtl(line.start + index) else right

    def is_rtl(self, offset: int) -> bool:
        """Tell which way a character is read; blanks and signs go with the letters before them."""
        for place in range(min(offset, len(self._text) - 1), max(offset - _KEPT, -1), -1):
            kind = unicodedata.bidirectional(self._text[place])
            if kind in _RIGHT_TO_LEFT:
                return True
            if kind in {"L", "EN", "AN"} or self._text[place] == "\n":
                return False
        return False

    # -- from a place to a code point

    def offset_at(self, page: int, x: float, y: float) -> int | None:
        """Return the code point before which a caret at a point stands; None for a page without text."""
        line = self.nearest(page, x, y)
        return None if line is None else self.offset_on(line, x)

    def nearest(self, page: int, x: float, y: float) -> PrintedLine | None:
        """Return the line of a page that is nearest to a point."""
        lines = self.on(page)
        return min(lines, key=lambda line: _distance(line, x, y)) if lines else None

    def offset_on(self, line: PrintedLine, x: float) -> int:
        """Return the code point of a line before which a caret at ``x`` stands."""
        best, least = line.start, float("inf")
        for index in range(line.end - line.start):
            left, right = line.edges[2 * index], line.edges[2 * index + 1]
            away = max(left - x, x - right, 0)
            if away < least:
                behind = (x > (left + right) / 2) != self.is_rtl(line.start + index)
                best, least = line.start + index + behind, away
        return best

    def beside(self, number: int, step: int) -> PrintedLine | None:
        """Return the next line below (1) or above (-1) in reading order, leaving out those beside it in the same row."""
        if number < 0:
            return None
        here, found = self._lines[number], number + step
        while 0 <= found < len(self._lines):
            other = self._lines[found]
            shared = min(here.bottom, other.bottom) - max(here.top, other.top)
            if other.page != here.page or shared < _SAME_ROW * (here.bottom - here.top):
                return self.line(found)
            found += step
        return None


def _printed(number: int, line: Line) -> PrintedLine:
    edges = list(accumulate(line.edges))
    runs_on = _rises(edges) or (_rises(edges[::2]) and _rises(edges[1::2]))
    if not edges:
        left = right = 0
    else:
        left, right = (edges[0], edges[-1]) if runs_on else (min(edges), max(edges))
    return PrintedLine(number, line.page, line.start, line.end, line.top, line.bottom, left, right, edges, runs_on)


def _rises(numbers: list[int]) -> bool:
    return numbers == sorted(numbers)


def _distance(line: PrintedLine, x: float, y: float) -> float:
    """Return how far a line is from a point; up and down counts more than sideways, so that columns hold together."""
    across = max(line.left - x, x - line.right, 0)
    down = max(line.top - y, y - line.bottom, 0)
    return across * across + 4 * down * down
