"""The rows of a page of a PDF, as wide as it is: pieces of text that stand beside each other, apart enough for columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.importers.pdf_reading.lines import Printed

Span = tuple[int, int]
"""Left and right edge in 1/100 pt."""

_APART = 0.9
_GUTTER = 0.4


@dataclass(slots=True)
class Band:
    """Pieces beside each other, from left to right, and the printed lines that they were cut from."""

    pieces: list[Printed]
    origins: list[Printed]

    @property
    def top(self) -> int:
        """The upper edge of its highest piece."""
        return min(piece.top for piece in self.pieces)

    @property
    def middle(self) -> int:
        """Half way down its highest piece."""
        first = min(self.pieces, key=lambda piece: piece.top)
        return (first.top + first.bottom) // 2

    @property
    def size(self) -> int:
        """Its largest type."""
        return max(piece.size for piece in self.pieces)


def bands(lines: Iterable[Printed]) -> list[Band]:
    """Return the rows from top to bottom."""
    found: list[Band] = []
    tallest: Printed | None = None
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.left)):
        if tallest is not None and tallest.same_row(line):
            found[-1].origins.append(line)
            tallest = max(tallest, line, key=lambda one: one.bottom - one.top)
        else:
            found.append(Band([], [line]))
            tallest = line
    for band in found:
        band.pieces = sorted((piece for line in band.origins for piece in _pieces(line)), key=lambda piece: piece.left)
    return found


def _pieces(line: Printed) -> list[Printed]:
    """Cut a line where its words stand far apart."""
    edges, apart = line.edges, _APART * line.size
    cuts = [
        index
        for index, character in enumerate(line.text[:-1])
        if character == " " and edges[2 * index + 2] - edges[2 * index - 1] > apart
    ]
    if not cuts:
        return [line]
    starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(line.text)]
    return [_part(line, start, end) for start, end in zip(starts, ends, strict=True)]


def _part(line: Printed, start: int, end: int) -> Printed:
    edges = line.edges[2 * start : 2 * end]
    return Printed(
        page=line.page,
        text=line.text[start:end],
        edges=edges,
        left=min(edges),
        right=max(edges),
        top=line.top,
        bottom=line.bottom,
        size=line.size,
        bold=line.bold,
    )


def widened(found: Sequence[Span], row: Band) -> list[Span]:
    """Return the columns that ``found`` and the pieces of one more row form: what no white gutter runs through is one."""
    columns: list[Span] = []
    gutter = round(_GUTTER * row.size)
    for left, right in sorted([*found, *((piece.left, piece.right) for piece in row.pieces)]):
        if columns and left < columns[-1][1] + gutter:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def cut_at(row: Band, found: Sequence[Span]) -> None:
    """Cut the pieces of a row that reach over a gutter at a space in it: words may end close to the figures beside them."""
    if len(row.pieces) > 1:
        row.pieces = [part for piece in row.pieces for part in _cut(piece, found)]


def _cut(piece: Printed, found: Sequence[Span]) -> list[Printed]:
    for (_, end), (begin, _) in pairwise(found):
        if not piece.left < end <= begin < piece.right:
            continue
        for index, character in enumerate(piece.text):
            if (
                character == " "
                and end <= piece.edges[2 * index] + piece.size
                and piece.edges[2 * index + 1] <= begin + 1
            ):
                after = _part(piece, index + 1, len(piece.text))
                if abs(after.left - begin) < after.size or after.text.replace(",", "").isdecimal():
                    return [_part(piece, 0, index), *_cut(after, found)]
    return [piece]


def settled(found: Sequence[Span], rows: Sequence[Band]) -> list[Span]:
    """Join columns of which no row has both: a head may stand a little beside its figures."""
    held: list[set[int]] = [set() for _ in found]
    for number, row in enumerate(rows):
        for piece in row.pieces:
            held[column_of(piece, found)].add(number)
    joined: list[Span] = []
    filled: set[int] = set()
    for span, here in zip(found, held, strict=True):
        if joined and not filled & here:
            joined[-1] = joined[-1][0], span[1]
            filled = filled | here
        else:
            joined.append(span)
            filled = here
    return joined


def column_of(piece: Printed, found: Sequence[Span]) -> int:
    """Return the first of the columns that a piece reaches into."""
    return next((number for number, (_, right) in enumerate(found) if piece.left < right), len(found) - 1)
