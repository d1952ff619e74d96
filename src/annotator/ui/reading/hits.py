"""Paints the hits of a search under the words: all of them in a thin frame, the one that was gone to in a strong one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from annotator.domain.find import NO_HITS, Hits
from annotator.ui.reading.selection_layers import ground
from annotator.ui.reading.text_canvas import Seen, Span
from annotator.ui.theme import Theme, current_theme

_WASH, _STRONG_WASH = 0.13, 0.22
_STRONG = 2


class HitLayer:
    """Knows all hits and paints those in sight: a million of them cost no more than the few that are seen."""

    def __init__(self) -> None:
        self.hits: Hits = NO_HITS
        self.current = -1

    def set_hits(self, hits: Hits, current: int) -> None:
        """Mark these; ``current`` is the number of the strong one, -1 for none."""
        self.hits, self.current = hits, current

    def within(self, seen: Seen) -> Iterator[Span]:
        """Yield the hits on the visible lines of one piece."""
        if len(self.hits) and seen.lines:
            for number in self.hits.within(*seen.laid.span_of_lines(seen.lines)):
                yield self.hits[number]

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint the hits on the visible lines of one piece."""
        if not len(self.hits) or not seen.lines:
            return
        laid = seen.laid
        for number in self.hits.within(*laid.span_of_lines(seen.lines)):
            for _, strip in laid.strips(*self.hits[number], seen.lines):
                draw_hit(painter, ground(strip), strong=number == self.current)


def draw_hit(painter: QPainter, rect: QRectF, *, strong: bool, theme: Theme | None = None) -> None:
    """Paint one hit: a wash of the accent in a frame, which is thick for the strong one. ``theme``: if not the window's own."""
    accent = (theme or current_theme()).accent
    wash = QColor(accent)
    wash.setAlphaF(_STRONG_WASH if strong else _WASH)
    painter.fillRect(rect, wash)
    line = QColor(accent)
    line.setAlphaF(1.0 if strong else 0.5)
    thick = _STRONG if strong else 1
    left, top, right, bottom = round(rect.left()), round(rect.top()), round(rect.right()), round(rect.bottom())
    for x, y, width, height in (
        (left, top, right - left, thick),
        (left, bottom - thick, right - left, thick),
        (left, top + thick, thick, bottom - top - 2 * thick),
        (right - thick, top + thick, thick, bottom - top - 2 * thick),
    ):
        painter.fillRect(x, y, width, height, line)
