"""From the glyphs of a PDF page to printed lines in reading order, each character with its box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdfminer.layout import LAParams, LTLayoutContainer, LTPage
from pdfminer.utils import Matrix, apply_matrix_rect

from annotator.domain.structure import Page
from annotator.importers.pdf_reading.glyphs import UNKNOWN, PageGlyph
from annotator.importers.pdf_reading.lines import Printed, hundredths, printed_line
from annotator.importers.pdf_reading.order import Rect, reading_order
from annotator.importers.pdf_reading.rules import Rule
from annotator.importers.pdf_reading.runs import PrintedRun, runs

_PARAMETERS = LAParams(all_texts=True)
_TWIN = 0.2
_CELL = 8
_MARKER = re.compile(r"[•‣▪●○■□◦∙·➢►✓!–*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]")
_MARKER_REACH = 6
_NUMBER = re.compile(r"\d{1,4}|\(\d{1,3}(?:\.\d{1,3})*\)")
_LINE_STEP = 1.5
_MAX_INDENT = 4
_TURNS: tuple[Matrix, ...] = ((1, 0, 0, 1, 0, 0), (0, -1, 1, 0, 0, 0), (-1, 0, 0, -1, 0, 0), (0, 1, -1, 0, 0, 0))


@dataclass(slots=True)
class PrintedPage:
    """A page: its boxes of lines in reading order, and how many characters stand for no known letter.

    ``rules`` are level, by their left end, right end and distance from the upper edge in 1/100 pt.
    """

    page: Page
    boxes: list[list[Printed]]
    undecoded: int = 0
    rules: list[tuple[int, int, int]] = field(default_factory=list)


def printed_page(
    glyphs: Sequence[PageGlyph], seen: Rect, number: int, engine: str, rules: Sequence[Rule]
) -> PrintedPage:
    """Return page ``number`` (from 0) with the lines that the glyphs inside ``seen`` (in points) form."""
    x0, y0, x1, y1 = seen
    glyphs = _visible(glyphs, seen)
    boxes: list[list[Printed]] = []
    turned: list[list[PageGlyph]] = [[], [], [], []]
    for glyph in glyphs:
        turned[_turn(glyph)].append(glyph)
    for turn in sorted(range(4), key=lambda turn: (-len(turned[turn]), turn)):
        if turned[turn]:
            boxes += _boxes(turned[turn], number, (x0, y1), turn)
    size = Page(width=hundredths(x1 - x0), height=hundredths(y1 - y0), engine=engine)
    level = [(hundredths(left - x0), hundredths(right - x0), hundredths(y1 - y)) for left, right, y in rules]
    return PrintedPage(size, boxes, sum(glyph.text.count(UNKNOWN) for glyph in glyphs), level)


def _visible(glyphs: Sequence[PageGlyph], seen: Rect) -> list[PageGlyph]:
    """Leave out what lies beside the page, and what is printed twice in one place to look bolder."""
    left, lower, right, upper = seen
    kept: list[PageGlyph] = []
    places: dict[tuple[str, float, float], PageGlyph] = {}
    for glyph in glyphs:
        text, x0, y0 = glyph.text, glyph.x0, glyph.y0
        if not (left <= (x0 + glyph.x1) / 2 <= right and lower <= (y0 + glyph.y1) / 2 <= upper) or not text:
            continue
        near_y = _TWIN * max(glyph.size, 1)
        near_x = min(near_y, glyph.width / 3)
        if _twin(places, glyph, near_x, near_y):
            continue
        places[text, x0 // _CELL, y0 // _CELL] = glyph
        kept.append(glyph)
    return kept


def _twin(places: dict[tuple[str, float, float], PageGlyph], glyph: PageGlyph, near_x: float, near_y: float) -> bool:
    """Tell whether the same letter stands in nearly the same place already."""
    text, x0, y0 = glyph.text, glyph.x0, glyph.y0
    first, last = (x0 - near_x) // _CELL, (x0 + near_x) // _CELL
    lowest, highest = (y0 - near_y) // _CELL, (y0 + near_y) // _CELL
    for column in (first,) if first == last else (first, last):
        for row in (lowest,) if lowest == highest else (lowest, highest):
            other = places.get((text, column, row))
            if other is not None and abs(other.x0 - x0) < near_x and abs(other.y0 - y0) < near_y:
                return True
    return False


def _turn(glyph: PageGlyph) -> int:
    """Return by how many quarters the glyph is turned anticlockwise.

    Columns of East Asian text, read downwards and from the right, are lines once the page is turned as for a glyph turned by
    three quarters; their glyphs advance by less than nothing.
    """
    a, b, _, d, _, _ = glyph.matrix
    if glyph.adv < 0:
        if a > 0 and d > 0:
            return 3
        a, b, d = -a, -b, -d  # a negative font size turns glyphs round once more
    if abs(a) >= abs(b):
        return 0 if a > 0 or d > 0 else 2
    return 1 if b > 0 else 3


def _boxes(glyphs: list[PageGlyph], number: int, corner: tuple[float, float], turn: int) -> list[list[Printed]]:
    """Return the boxes that glyphs turned alike form, in reading order."""
    places = {id(glyph): glyph.bbox for glyph in glyphs}
    for glyph in glyphs:
        if turn:
            glyph.set_bbox(apply_matrix_rect(_TURNS[turn], glyph.bbox))
    bounds = (
        min(glyph.x0 for glyph in glyphs) - 1,
        min(glyph.y0 for glyph in glyphs) - 1,
        max(glyph.x1 for glyph in glyphs) + 1,
        max(glyph.y1 for glyph in glyphs) + 1,
    )
    container: LTLayoutContainer = LTPage(number, bounds)
    lines = [line for line in map(PrintedRun, runs(glyphs)) if not line.is_empty()]
    grouped = list(container.group_textlines(_PARAMETERS, lines))
    origin = (bounds[0], bounds[3]) if turn else corner
    boxes: list[list[Printed]] = []
    for index in reading_order([box.bbox for box in grouped]):
        printed = [printed_line(line, number, corner, origin, places if turn else None) for line in grouped[index]]
        rows = _rows([line for line in printed if line is not None])
        if boxes and rows and _continues(boxes[-1][-1], rows[0]):
            boxes[-1] += rows
        elif rows:
            boxes.append(rows)
    return _with_numbers(_with_markers(boxes))


def _with_markers(boxes: list[list[Printed]]) -> list[list[Printed]]:
    """Put the marks of list items that stand in a column of their own before the lines they belong to."""
    lines = [line for box in boxes for line in box]
    for box in boxes:
        for marker in [line for line in box if _MARKER.fullmatch(line.text)]:
            reach = marker.right + _MARKER_REACH * marker.size
            beside = [line for line in lines if marker.right <= line.left <= reach and line.same_row(marker)]
            beside = [line for line in beside if not _MARKER.fullmatch(line.text) and line not in box]
            if beside:
                owner = min(beside, key=lambda line: line.left)
                home = next(one for one in boxes if owner in one)
                box.remove(marker)
                home.insert(home.index(owner), marker)
    return [box for box in boxes if box]


def _with_numbers(boxes: list[list[Printed]]) -> list[list[Printed]]:
    """Put a number that stands at the end of a row apart from its words behind them: the page in a table of contents."""
    lines = [line for box in boxes for line in box]
    for box in boxes:
        for number in [line for line in box if _NUMBER.fullmatch(line.text)]:
            row = [line for line in lines if line is not number and line.same_row(number)]
            before = [line for line in row if line.right <= number.left and not _NUMBER.fullmatch(line.text)]
            if not before or len(before) < len(row) or any(line in box for line in before):
                continue
            owner = max(before, key=lambda line: line.right)
            home = next(one for one in boxes if owner in one)
            box.remove(number)
            home.insert(home.index(owner) + 1, number)
    return [box for box in boxes if box]


def _continues(a: Printed, b: Printed) -> bool:
    """Tell whether a box goes on: pdfminer parts an indented line from those below it, which begin and end elsewhere."""
    below = 0 <= b.top - a.top <= _LINE_STEP * a.size and not a.same_row(b)
    return (
        below
        and abs(a.size - b.size) < _TWIN * a.size
        and abs(a.left - b.left) < _MAX_INDENT * a.size
        and b.left < a.right
    )


def _rows(lines: list[Printed]) -> list[Printed]:
    """Sort the lines of a box from top to bottom, and those beside each other from left to right."""
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.left)):
        widest = max(rows[-1], key=lambda one: one.bottom - one.top) if rows else None
        if widest is not None and widest.same_row(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]
