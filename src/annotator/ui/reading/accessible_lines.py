"""Gives the text that assistive programs read the lines that are seen: they ask for a line, and where a letter stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotator.ui.reading.laid import Laid
from annotator.ui.reading.looks import MEASURE, Look, format_range, letters
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_canvas import TextCanvas

_ONE_LINE = float(1 << 20)
"""Px that no row of a table is wider than: it is read as one line."""

_FAR = 1 << 15
"""Px above the window at which a paragraph is said to stand that is out of sight."""


class LinesBehind(QPlainTextDocumentLayout):
    """Lays a paragraph out when its lines are first asked for, with the breaks and places that a canvas gives it.

    Without a canvas, or where it folds a paragraph away, lines are as wide as those of the reader usually are.
    """

    def __init__(self, document: QTextDocument, text: OpenText, canvas: TextCanvas | None = None) -> None:
        super().__init__(document)
        self._text, self._canvas = text, canvas
        self._laid: set[int] = set()
        self._placed: set[int] = set()
        self._page: tuple[object, ...] = ()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Lay a paragraph out, if it is not, and return room for its lines."""
        if not block.isValid():
            return QRectF()
        layout = block.layout()
        if not layout.lineCount():
            self._lay_out(block, layout)
        return QRectF(0, 0, MEASURE, max(layout.lineCount(), 1) * Look().pitch)

    def hitTest(self, point: QPointF | QPoint | QPainterPath.Element, _accuracy: Qt.HitTestAccuracy) -> int:
        """Return the UTF-16 unit that stands at a point of the viewport, -1 where that is not known."""
        if self._canvas is None:
            return -1
        return self._text.units.to_utf16(self._canvas.offset_at(QPointF(point)))  # type: ignore[arg-type]

    def place(self) -> None:
        """Put the paragraphs in sight where they are seen, and all others far above."""
        if self._canvas is None:
            return
        page = self._canvas.page
        shape = page.left, page.measure, page.zoom, self._canvas.closed_asides
        if shape != self._page:
            self._page = shape
            self._forget()
        seen: dict[int, tuple[QTextBlock, float]] = {}
        for piece in self._canvas.seen():
            block = self.document().findBlock(self._text.units.to_utf16(piece.laid.start))
            if block.blockNumber() not in seen:
                seen[block.blockNumber()] = block, piece.top - self._top_in(block, piece.laid)
        for number in self._placed - seen.keys():
            self.document().findBlockByNumber(number).layout().setPosition(QPointF(0, -_FAR))
        for block, top in seen.values():
            block.layout().setPosition(QPointF(0, top))
        self._placed = set(seen)

    def _top_in(self, block: QTextBlock, piece: Laid) -> float:
        """Return how far below its paragraph's own top a piece begins here: not at 0 where it is the part of a long one."""
        self.blockBoundingRect(block)
        line = block.layout().lineForTextPosition(self._text.units.to_utf16(piece.start) - block.position())
        return line.y() + line.ascent() - piece.box.line_base(0) if line.isValid() else 0.0

    def _forget(self) -> None:
        for number in self._laid:
            self.document().findBlockByNumber(number).layout().clearLayout()
        self._laid.clear()
        self._placed.clear()

    def _lay_out(self, block: QTextBlock, layout: QTextLayout) -> None:
        start = self._text.units.to_code_points(block.position())
        canvas = self._canvas
        number = canvas.pieces.at(start) if canvas else 0
        if canvas is None or canvas.folds.is_hidden(number):
            layout.setTextOption(QTextOption())
            _break(layout, lambda _: (0.0, 0.0), MEASURE)
        else:
            laid = canvas.laid(number)
            column, box = laid.columns[0], laid.box
            whole = QTextCharFormat()
            whole.setFont(letters(box.look, canvas.page.zoom))
            layout.setFormats([format_range(0, block.length() - 1, whole), *column.layout.formats()])
            layout.setTextOption(column.layout.textOption())
            is_row = len(laid.columns) > 1
            _break(layout, lambda line: (column.left, box.line_base(line)), _ONE_LINE if is_row else column.width)
        layout.setPosition(QPointF(0, -_FAR))
        block.setLineCount(max(layout.lineCount(), 1))
        self._laid.add(block.blockNumber())


def _break(layout: QTextLayout, place: Callable[[int], tuple[float, float]], width: float) -> None:
    """Break a paragraph into lines of a width; ``place`` tells where each begins and where its letters stand."""
    layout.beginLayout()
    number = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        left, base = place(number)
        line.setPosition(QPointF(left, base - line.ascent()))
        number += 1
    layout.endLayout()
