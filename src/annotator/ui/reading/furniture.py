"""Paints what tells of a block's kind: the number of a list item, a quotation's hairline, the lines of a table."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from annotator.domain.structure import Block, BlockKind
from annotator.ui.reading.laid import Laid
from annotator.ui.reading.looks import letters
from annotator.ui.reading.text_canvas import Seen
from annotator.ui.reading.typesetter import Page
from annotator.ui.theme import Theme, current_theme

_NUMBER_GAP = 10
_BULLET = "•"


class Furniture:
    """A layer under the words."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what belongs to one piece in sight."""
        laid, theme = seen.laid, current_theme()
        block = laid.block
        if block is None:
            return
        if block.kind is BlockKind.QUOTATION:
            self._paint_quotation(painter, laid, block, theme)
        elif block.kind is BlockKind.TABLE_CELL:
            if block.column == 0 and block.start == laid.start:
                painter.fillRect(QRectF(laid.box.left, laid.box.before - 3, laid.box.measure, 1), theme.hairline)
        elif block.start == laid.start and (block.kind is BlockKind.LIST_ITEM or _is_numbered_note(block)):
            self._paint_number(painter, laid, block, theme)

    def _paint_quotation(self, painter: QPainter, laid: Laid, block: Block, theme: Theme) -> None:
        box = laid.box
        bottom = box.height if laid.end < block.end else box.line_top(laid.lines)
        x = box.left + (box.measure - 8 if box.rtl else 6)
        painter.fillRect(QRectF(x, box.before, 2, bottom - box.before), theme.hairline)

    def _paint_number(self, painter: QPainter, laid: Laid, block: Block, theme: Theme) -> None:
        box, zoom = laid.box, self._page.zoom
        painter.setFont(letters(box.look, zoom))
        painter.setPen(QPen(theme.text if box.article else theme.dim))
        words = block.number or _BULLET
        width, indent = painter.fontMetrics().horizontalAdvance(words), box.look.indent * zoom
        x = max(indent - _NUMBER_GAP * zoom - width, 0)
        if box.rtl:
            x = box.measure - x - width
        painter.drawText(QPointF(box.left + x, box.line_base(0)), words)


def _is_numbered_note(block: Block) -> bool:
    return block.kind is BlockKind.FOOTNOTE and bool(block.number)
