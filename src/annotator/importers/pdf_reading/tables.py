"""Tables on a page of a PDF: short pieces of text that stand in the same columns over at least three rows.

What is not surely a table stays as it is read without: a table read as lines is a nuisance, lines read as a table are wrong.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.importers.pdf_reading.bands import Band, Span, bands, column_of, cut_at, settled, widened
from annotator.importers.pdf_reading.lines import Printed
from annotator.importers.pdf_reading.table_signs import begins_small, is_from_the_right, is_prose, is_table

_LEAST_ROWS = 3
_STEP = 2.8
_CLOSE = 1.5
_TIGHT = 0.8
_HEADS_AT_MOST = 3
_RULED = 0.8
_SAME_RULE = 200
_GRIDDED = 0.6
_SINGLES_AT_MOST = 2
_HEADS_OF = 8
"""One row in so many may be a head that spoils what would be a table without it."""


PrintedRule = tuple[int, int, int]
"""Left end, right end and distance from the upper edge of the page in 1/100 pt."""


@dataclass(slots=True)
class Cell:
    """What is printed in one row (from 0) and column (from 0), a line or more."""

    row: int
    column: int
    lines: list[Printed]


@dataclass(slots=True)
class Table:
    """Its cells row by row; empty ones are left out."""

    cells: list[Cell]
    origins: list[Printed]


def with_tables(
    boxes: Sequence[list[Printed]], furniture: Container[int], rules: Sequence[PrintedRule]
) -> list[list[Printed] | Table]:
    """Return the boxes of a page with its tables in their places; ``furniture`` holds the ``id`` of each line that is none.

    ``rules`` are the level ones of the page.
    """
    prose = [box for box in boxes if is_prose(box)]
    lines = [line for box in boxes if box not in prose for line in box if not line.spots and id(line) not in furniture]
    read: list[list[Printed] | Table] = [*boxes]
    for table in _tables(bands(lines), rules):
        if not any(_is_inside(box, table) for box in prose):
            read = _placed(read, table)
    return read


def _is_inside(box: Sequence[Printed], table: Table) -> bool:
    """Tell whether running text stands in the rows of a table: then they are more than was seen of it."""
    top, bottom = min(line.top for line in table.origins), max(line.bottom for line in table.origins)
    reach = 2 * box[0].size
    return top - reach < min(line.top for line in box) and max(line.bottom for line in box) < bottom + reach


def _placed(boxes: Sequence[list[Printed] | Table], table: Table) -> list[list[Printed] | Table]:
    """Put a table where its first line stood, and take its lines from their boxes."""
    taken = {id(line) for line in table.origins}
    top = min(line.top for line in table.origins)
    read: list[list[Printed] | Table] = []
    is_placed = False
    for box in boxes:
        if isinstance(box, Table) or not any(id(line) in taken for line in box):
            read.append(box)
            continue
        left = [line for line in box if id(line) not in taken]
        above = [line for line in left if line.top < top] if not is_placed else []
        below = [line for line in left if line not in above]
        read += [above] if above else []
        read += [] if is_placed else [table]
        read += [below] if below else []
        is_placed = True
    return read


def _tables(rows: Sequence[Band], rules: Sequence[PrintedRule]) -> Iterator[Table]:
    first = taken = 0
    while first + _LEAST_ROWS <= len(rows):
        last, found = _grown(rows, first)
        if last > first:
            found = settled(found, rows[first:last])
            between = _between(rules, rows[first:last], found)
            if is_table(rows[first:last], found, is_ruled=len(between) >= _LEAST_ROWS):
                start = _with_heads(rows, first, found, taken)
                yield _table(rows[start:last], found, between)
                first = taken = last
                continue
        first += 1 + (last - first) // _HEADS_OF


def _grown(rows: Sequence[Band], first: int) -> tuple[int, list[Span]]:
    """Return where the rows end that stand in the same columns as row ``first``, and these; ``first`` where too few do."""
    if len(rows[first].pieces) < 2:
        return first, []
    kept = found = widened([], rows[first])
    last, filled, singles = first + 1, 1, 0
    end = first + 1
    while last < len(rows) and _follows(rows[last - 1], rows[last]):
        wider = widened(found, rows[last])
        if len(wider) < len(found):
            cut_at(rows[last], found)
            wider = widened(found, rows[last])
        is_filled = len({column_of(piece, wider) for piece in rows[last].pieces}) > 1
        singles = 0 if is_filled else singles + 1
        if len(wider) < len(found) or singles > _SINGLES_AT_MOST:
            break
        found, filled, last = wider, filled + is_filled, last + 1
        if is_filled or _is_rest(rows[last - 2], rows[last - 1]):
            end, kept = last, found
    return (end if filled >= _LEAST_ROWS else first), kept


def _follows(a: Band, b: Band) -> bool:
    return b.top - a.top <= _STEP * max(a.size, b.size)


def _is_rest(a: Band, b: Band) -> bool:
    """Tell whether row ``b`` holds no more than the rest of words that begin in row ``a``."""
    return b.top - a.top <= _CLOSE * b.size and all(begins_small(piece.text) for piece in b.pieces)


def _with_heads(rows: Sequence[Band], first: int, found: Sequence[Span], taken: int) -> int:
    """Return where a table begins with the heads above it that stand over several of its columns, but not the first."""
    start = first
    while start > max(taken, first - _HEADS_AT_MOST) and _follows(rows[start - 1], rows[start]):
        if any(piece.left < found[0][1] or piece.right > found[-1][1] + piece.size for piece in rows[start - 1].pieces):
            break
        start -= 1
    return start


def _between(rules: Sequence[PrintedRule], rows: Sequence[Band], found: Sequence[Span]) -> list[int]:
    """Return how far down the rules stand that run over most of the width of some rows, as one or in parts."""
    left, right, reach = found[0][0], found[-1][1], 2 * rows[0].size
    widths: dict[int, int] = {}
    for begin, end, place in rules:
        if rows[0].top - reach < place < rows[-1].middle + reach:
            height = round(place / _SAME_RULE) * _SAME_RULE
            widths[height] = widths.get(height, 0) + max(min(end, right) - max(begin, left), 0)
    return [place for place, width in widths.items() if width >= _RULED * (right - left)]


def _table(rows: Sequence[Band], found: Sequence[Span], rules: Sequence[int]) -> Table:
    """Return the cells of rows; a row that holds the rest of the words of the one above is part of it."""
    pieces = [piece for row in rows for piece in row.pieces]
    is_turned = 2 * sum(1 for piece in pieces if is_from_the_right(piece.text)) > len(pieces)
    filled = [row for row in rows if len(row.pieces) > 1]
    step = median(b.top - a.top for a, b in pairwise(filled))
    cells: dict[tuple[int, int], Cell] = {}
    inner = sum(1 for rule in rules if rows[0].middle < rule < rows[-1].middle)
    is_gridded = inner >= max(_LEAST_ROWS, _GRIDDED * (len(filled) - 1))
    number = 0
    held: set[int] = set()
    for index, row in enumerate(rows):
        places = [column_of(piece, found) for piece in row.pieces]
        above = rows[index - 1]
        is_parted = any(above.middle < rule < row.middle for rule in rules)
        if index and (
            is_parted or not ((is_gridded and _may_go_on(above, row)) or _goes_on(above, row, held, set(places), step))
        ):
            number, held = number + 1, set()
        held |= set(places)
        for piece, place in zip(row.pieces, places, strict=True):
            column = len(found) - 1 - place if is_turned else place
            cells.setdefault((number, column), Cell(number, column, [])).lines.append(piece)
    ordered = [cells[place] for place in sorted(cells)]
    return Table(ordered, [line for row in rows for line in row.origins])


def _may_go_on(a: Band, b: Band) -> bool:
    """Tell whether row ``b``, which no rule parts from ``a`` where most are parted, is words only: a figure is one by itself."""
    return b.top - a.top <= _CLOSE * b.size and not any(any(map(str.isdigit, piece.text)) for piece in b.pieces)


def _goes_on(a: Band, b: Band, held: set[int], places: set[int], step: float) -> bool:
    """Tell whether row ``b`` belongs to the row of the table that ends with ``a`` and holds something in ``held``."""
    distance = b.top - a.top
    if distance > _CLOSE * b.size:
        return False
    if places < held:
        return _is_rest(a, b) or distance < _TIGHT * step
    if held == {0} and 0 in places:
        return begins_small(b.pieces[0].text)
    return False
