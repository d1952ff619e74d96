"""Gives passages columns in the margin; pure."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.rows import PassageRow

COLUMNS = 4
"""How many stripes stand side by side in the margin; further ones share the outermost."""

SAME_LINE = 90
"""Code points between two passages that may still stand on the same line."""


def columns_of(rows: Sequence[PassageRow], text: str) -> list[int]:
    """Return a column for each passage such that no two share one on the same line, as long as there are enough.

    ``rows`` are sorted by where they begin. The outermost column is shared by all that find no other.
    """
    columns: list[int] = []
    ends: list[int] = []
    for row in rows:
        start, end = row.spans[0][0], row.spans[-1][1]
        for column, last in enumerate(ends):
            if last < start and (start - last >= SAME_LINE or text.find("\n", last, start) >= 0):
                ends[column] = end
                break
        else:
            column = len(ends)
            if column < COLUMNS:
                ends.append(end)
            else:
                column = COLUMNS - 1
                ends[column] = max(ends[column], end)
        columns.append(column)
    return columns
