"""Works out on which rows of px of a ribbon passages stand, a few thousand at a time; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import STANCES, Highlights

OTHER = len(STANCES)
"""The column of unlinked passages, and of stances that only a project's own codebook knows."""

_LEAST = 3
_COLUMN = {stance: number for number, stance in enumerate(STANCES)}


class RibbonMap:
    """The rows of px on which something is to be seen, in a column for each stance."""

    def __init__(self, highlights: Highlights, length: int, height: int) -> None:
        """``length`` of the text in code points, ``height`` of the ribbon in px."""
        self.height = max(height, 1)
        self._length = max(length, 1)
        self._columns = [bytearray(self.height + _LEAST) for _ in range(OTHER + 1)]
        self._left = iter(highlights)

    def go_on(self, count: int) -> bool:
        """Look at so many passages more; tell whether there are any left."""
        rows: Sequence[PassageRow] = list(islice(self._left, count))
        height, length, columns = self.height, self._length, self._columns
        for row in rows:
            for start, end in row.spans:
                first = start * height // length
                last = max(end * height // length, first + _LEAST)
                for stance in row.stances or ("",):
                    columns[_COLUMN.get(stance, OTHER)][first:last] = b"\1" * (last - first)
        return len(rows) == count

    def runs(self, column: int) -> Iterator[tuple[int, int]]:
        """Yield from where to where in px something is to be seen in a column."""
        filled, end = bytes(self._columns[column][: self.height]), 0
        while (start := filled.find(1, end)) >= 0:
            end = filled.find(0, start)
            end = self.height if end < 0 else end
            yield start, end


def row_of(offset: int, length: int, height: int) -> int:
    """Return the row of px at which a code point of a text stands."""
    return min(offset * height // max(length, 1), max(height - 1, 0))


def offset_of(y: float, length: int, height: int) -> int:
    """Return the code point that stands at a row of px."""
    return min(max(int(y * length / max(height, 1)), 0), length)
