"""The passages of one text, found by where they stand, and where the margin has room for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow

STANCES = ("supports", "refutes", "qualifies", "contextualises")
"""From the lane next to the words to the one farthest away; a codebook's own stances come behind, unlinked passages last."""

COLUMNS = 4
"""How many stripes stand side by side in the margin; further ones share the outermost."""

LANES = 4
"""How many lines fit under a line of text."""

_SAME_LINE = 90
"""Code points between two passages that may still stand on the same line."""


def rank(stance: str) -> tuple[int, str]:
    """Return where a stance stands in the order of the lanes; an empty one is that of an unlinked passage."""
    if stance in STANCES:
        return STANCES.index(stance), ""
    return (len(STANCES) if stance else len(STANCES) + 1), stance


def stances_of(row: PassageRow) -> tuple[str, ...]:
    """Return the stances that a passage is painted with, in the order of the lanes; an unlinked one has the empty one."""
    return tuple(sorted(row.stances, key=rank)) or ("",)


class Highlights:
    """All passages of one text in its order. Places are half-open code points."""

    def __init__(self, rows: Iterable[PassageRow] = (), text: str = "") -> None:
        self.rows = tuple(sorted(rows, key=lambda row: (row.start, -row.end, row.id)))
        self._index = {row.id: number for number, row in enumerate(self.rows)}
        self._starts = [row.start for row in self.rows]
        self._reach = list(accumulate((row.end for row in self.rows), max))
        self._columns = _columns(self.rows, text)

    def find(self, id_: str) -> PassageRow | None:
        """Return the passage with this id."""
        number = self._index.get(EntityId(id_))
        return None if number is None else self.rows[number]

    def column(self, row: PassageRow) -> int:
        """Return in which column of the margin a passage's stripe stands, from 0 beside the text."""
        return self._columns[self._index[row.id]]

    def within(self, start: int, end: int) -> list[PassageRow]:
        """Return the passages that reach into a stretch of the text, in its order."""
        found = []
        for number in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[number] <= start:
                break
            if self.rows[number].end > start:
                found.append(self.rows[number])
        return found[::-1]

    def at(self, offset: int) -> list[PassageRow]:
        """Return the passages with a fragment over or right before a place, the shortest first."""
        touching = [
            row
            for row in self.within(max(0, offset - 1), offset + 1)
            if any(start <= offset <= end for start, end in row.spans)
        ]
        inside = [row for row in touching if any(start <= offset < end for start, end in row.spans)]
        return sorted(inside or touching, key=length)

    def neighbour(self, offset: int, current: str, *, forward: bool) -> PassageRow | None:
        """Return the passage after or before the ``current`` one, or the place if there is none; goes round at the ends."""
        if not self.rows:
            return None
        if current in self._index:
            number = self._index[EntityId(current)] + (1 if forward else -1)
        else:
            number = bisect_left(self._starts, offset)
            number -= 0 if forward else 1
        return self.rows[number % len(self.rows)]

    def number(self, row: PassageRow) -> int:
        """Return the how manieth passage of the text this is, from 1."""
        return self._index[row.id] + 1

    def with_row(self, row: PassageRow, text: str) -> Highlights:
        """Return the same passages and this one, which takes the place of an earlier state of itself."""
        return Highlights((*(each for each in self.rows if each.id != row.id), row), text)


def length(row: PassageRow) -> int:
    """Return how many code points a passage marks."""
    return sum(end - start for start, end in row.spans)


def _columns(rows: Sequence[PassageRow], text: str) -> list[int]:
    """Return a column for each passage such that no two share one on the same line, as long as there are enough."""
    columns: list[int] = []
    ends: list[int] = []
    for row in rows:
        free = next((n for n, end in enumerate(ends) if _apart(text, end, row.start)), len(ends))
        if free == len(ends) and free < COLUMNS:
            ends.append(row.end)
        free = min(free, COLUMNS - 1)
        ends[free] = max(ends[free], row.end)
        columns.append(free)
    return columns


def _apart(text: str, end: int, start: int) -> bool:
    return start > end and (start - end >= _SAME_LINE or text.find("\n", end, start) >= 0)


def lanes(marks: Sequence[tuple[str, float, float]]) -> Iterator[int]:
    """Yield a lane for each mark on one line of text, given its stance and where it begins and ends.

    Stances take lanes in their order, none is left out for one that is not there; marks of one stance that overlap take
    lanes of their own while there are enough.
    """
    own = _overlaps(marks)
    widths: dict[str, int] = {}
    for (stance, _, _), lane in zip(marks, own, strict=True):
        widths[stance] = max(widths.get(stance, 0), lane + 1)
    ordered = sorted(widths, key=rank)
    while sum(widths.values()) > LANES and max(widths.values()) > 1:
        widest = max(ordered, key=lambda stance: widths[stance])
        widths[widest] -= 1
    first = dict(zip(ordered, accumulate([0, *(widths[stance] for stance in ordered)]), strict=False))
    for (stance, _, _), lane in zip(marks, own, strict=True):
        yield min(first[stance] + min(lane, widths[stance] - 1), LANES - 1)


def _overlaps(marks: Sequence[tuple[str, float, float]]) -> list[int]:
    """Return for each mark the first lane among those of its own stance where it overlaps no other."""
    result = [0] * len(marks)
    ends: dict[str, list[float]] = {}
    for number, (stance, begin, end) in sorted(enumerate(marks), key=lambda item: (item[1][1], -item[1][2])):
        taken = ends.setdefault(stance, [])
        lane = next((n for n, last in enumerate(taken) if last <= begin), len(taken))
        taken[lane : lane + 1] = [end]
        result[number] = lane
    return result
