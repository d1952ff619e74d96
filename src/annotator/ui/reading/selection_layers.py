"""Paints what is selected, under the words, and the caret, over them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from annotator.ui.reading.laid import Laid
from annotator.ui.reading.selection import Span
from annotator.ui.reading.text_canvas import Seen
from annotator.ui.theme import current_theme

CARET_WIDTH = 2
"""Px."""

_TAIL = 6.0
"""Px beyond the last word of a paragraph that show that its line end is selected too."""


class SelectionLayer:
    """Paints the selection, which it asks for each time: half-open code points."""

    def __init__(self, selection: Callable[[], Span]) -> None:
        self._selection = selection

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what is selected of one piece in sight, also its line end."""
        start, end = self._selection()
        if start == end:
            return
        laid, colour = seen.laid, current_theme().selection
        for _, strip in laid.strips(start, end, seen.lines):
            painter.fillRect(ground(strip), colour)
        if start <= laid.end < end:
            painter.fillRect(ground(_tail(laid)), colour)


class CaretLayer:
    """Paints the caret where it is asked to: the number of a piece and a place in px from its upper left corner."""

    def __init__(self, place: Callable[[], tuple[int, QRectF] | None]) -> None:
        self._place = place

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint the caret if it stands in this piece."""
        place = self._place()
        if place and place[0] == seen.laid.number:
            painter.fillRect(caret_bar(place[1]), current_theme().text)


def caret_bar(place: QRectF) -> QRectF:
    """Return the bar of a caret that stands at a place without width."""
    return QRectF(round(place.x() - CARET_WIDTH / 2), place.top(), CARET_WIDTH, place.height())


def ground(strip: QRectF) -> QRectF:
    """Return the part of a line's strip that is coloured: a hairline of paper stays between two lines."""
    return QRectF(strip.left(), strip.top() + 1, strip.width(), strip.height() - 3)


def _tail(laid: Laid) -> QRectF:
    """Return the strip that stands for the line end of a piece."""
    place, box = laid.caret(laid.end), laid.box
    x = place.x() - _TAIL if box.rtl else place.x()
    return QRectF(x, box.line_top(laid.line_of(laid.end)), _TAIL, box.pitch)
