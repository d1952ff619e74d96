"""Lays pieces of a text out, one at a time, when they are about to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from annotator.domain.structure import Block, BlockKind
from annotator.ui.reading.direction import begins_from_the_right, is_plain
from annotator.ui.reading.folds import Folds
from annotator.ui.reading.laid import Box, Column, Laid
from annotator.ui.reading.looks import (
    BAR,
    BAR_GAP,
    BLANK,
    BOTTOM,
    TOP,
    Look,
    format_range,
    inline_format,
    letters,
    look_of,
)
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.pieces import Pieces
from annotator.ui.reading.tables import GAP, TableColumn, divide

_CLOSE = (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.FOOTNOTE)
"""Blocks that stand closer to their like than to others."""

_LEAST = 24.0


@dataclass(slots=True)
class Page:
    """Where the text begins, how wide it is, in px, and its size, 1.0 being the usual."""

    left: float = 0.0
    measure: float = 600.0
    zoom: float = 1.0


class Typesetter:
    """Gives pieces their letters and lines."""

    def __init__(self, text: OpenText, pieces: Pieces, folds: Folds, page: Page) -> None:
        self._text, self._pieces, self._folds = text, pieces, folds
        self.page = page
        self._baselines: dict[tuple[Look, float], float] = {}
        self._last_table: tuple[int, int, tuple[TableColumn, ...]] = (0, 0, ())

    def lay_out(self, number: int) -> Laid:
        """Lay one piece out."""
        start, end = self._pieces.start(number), self._pieces.end(number)
        block = self._text.first_block(start, end)
        box = self._box(number, start, end, block)
        if block is not None and block.kind is BlockKind.TABLE_CELL:
            columns = self._cells(start, end, block, box)
        else:
            indent = box.look.indent * self.page.zoom
            left = box.left if box.rtl else box.left + indent
            width = max(box.measure - indent, _LEAST)
            columns = (self._column(start, end, box, left, width),)
        lines = max(1, *(column.layout.lineCount() for column in columns))
        self._close(box, number, end, block, lines)
        return Laid(number, start, end, block, box, columns, lines)

    # -- one column of words

    def _column(self, start: int, end: int, box: Box, left: float, width: float, *, ends: bool = False) -> Column:
        """Lay words out in a column; ``ends`` puts them to the side where lines end."""
        words = self._text.text[start:end]
        layout = QTextLayout(words, letters(box.look, self.page.zoom))
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        right = box.rtl is not ends
        option.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if box.rtl else Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(32 * self.page.zoom)
        layout.setTextOption(option)
        column = Column(words, start, layout, left, width, is_plain=not box.rtl and is_plain(words))
        self._set_formats(column, article=box.article)
        layout.beginLayout()
        number = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(left, box.line_base(number) - line.ascent()))
            number += 1
        layout.endLayout()
        return column

    def _set_formats(self, column: Column, *, article: bool) -> None:
        formats = []
        for inline in self._text.inlines(column.start, column.end):
            begin, stop = column.position(inline.start), column.position(inline.end)
            formats.append(format_range(begin, stop - begin, inline_format(inline, article=article)))
        if formats:
            column.layout.setFormats(formats)

    # -- a row of a table

    def _cells(self, start: int, end: int, first: Block, box: Box) -> tuple[Column, ...]:
        cells = [cell for cell in self._text.blocks_within(start, end + 1) if cell.row == first.row]
        places = self._table(first.start)
        narrowest = min(place.width for place in places) * box.measure - GAP
        if len(cells) < 2 or narrowest < _LEAST or max(cell.column for cell in cells) >= len(places):
            return (self._column(start, end, box, box.left, box.measure),)
        found = []
        for cell in cells:
            place = places[cell.column]
            left = 1 - place.left - place.width if box.rtl else place.left
            x, width = box.left + left * box.measure, place.width * box.measure - GAP
            found.append(self._column(cell.start, cell.end, box, x, width, ends=place.numbers))
        return tuple(found)

    def _table(self, start: int) -> tuple[TableColumn, ...]:
        """Return the columns of the table around a place; those of one table are asked for again and again."""
        begin, end, columns = self._last_table
        if not begin <= start < end:
            cells = self._text.table_at(start)
            columns = divide(cells, self._text.text)
            self._last_table = cells[0].start, cells[-1].end, columns
        return columns

    # -- the room around

    def _box(self, number: int, start: int, end: int, block: Block | None) -> Box:
        """Return the box of a piece down to its first line."""
        look, zoom, folds = look_of(block), self.page.zoom, self._folds
        first, last = self._pieces.paragraph(number)
        rtl = begins_from_the_right(self._text.text, self._pieces.start(first), self._pieces.end(last))
        article = block is None or block.article or not folds.asides
        pitch = (BLANK if start == end else look.pitch) * zoom
        box = Box(look, article, self.page.left, self.page.measure, pitch, self._baseline(look), rtl)
        begins = block is not None and block.start == start
        box.before = look.before * zoom if begins else 0.0
        if folds.is_first(number):
            box.before += TOP
        if folds.above(number) is not None:
            box.bar_above = TOP if folds.is_first(number) else 0.0
            box.before += BAR + BAR_GAP
        return box

    def _close(self, box: Box, number: int, end: int, block: Block | None, lines: int) -> None:
        """Give a box its height: that of its lines, and what stands below them."""
        zoom, folds = self.page.zoom, self._folds
        box.height = box.line_top(lines) + self._room_below(number, end, block, box.look) * zoom
        if folds.ends_at(number):
            box.height += BAR_GAP
        if folds.below(number) is not None:
            box.bar_below = box.line_top(lines) + BLANK * zoom
            box.height = box.bar_below + BAR + BAR_GAP
        if folds.is_last(number):
            box.height += BOTTOM

    def _room_below(self, number: int, end: int, block: Block | None, look: Look) -> float:
        """Return the room between a piece and the next; the last one of a list or table has that of a paragraph."""
        pieces = self._pieces
        is_blank = pieces.lengths[number] == 0
        goes_on = pieces.goes_on(number) or (block is not None and end < block.end)
        if is_blank or goes_on or number + 1 == len(pieces) or pieces.lengths[number + 1] == 0:
            return 0
        following = self._text.first_block(self._pieces.start(number + 1), self._pieces.end(number + 1))
        if block is None or following is None or block.kind not in _CLOSE or block.kind is following.kind:
            return look.after
        return BLANK

    def _baseline(self, look: Look) -> float:
        """Return how far below the top of its strip a line's letters stand."""
        key = look, self.page.zoom
        found = self._baselines.get(key)
        if found is None:
            metrics = QFontMetricsF(letters(look, self.page.zoom))
            spare = look.pitch * self.page.zoom - metrics.ascent() - metrics.descent()
            found = self._baselines[key] = metrics.ascent() + min(spare / 2, 2 * self.page.zoom)
        return found
