"""Paints where two versions differ: words that went are struck through on grey, new ones stand on a tint over a line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from annotator.domain.find import NO_HITS, Hits
from annotator.domain.version_diff import beside
from annotator.ui.reading.selection_layers import ground
from annotator.ui.reading.text_canvas import Seen, Span
from annotator.ui.theme import current_theme

_THICK = 2
_UP = 0.16
"""How far above the foot of the letters words are struck through, as a share of the height of a line."""


class Differences:
    """The layer below the words of one version: ``marked`` are its own, ``moved`` those only elsewhere in the other."""

    def __init__(self, *, gone: bool) -> None:
        """``gone``: this is the old version, whose own words are not in the new one."""
        self._gone = gone
        self.marked: Hits = NO_HITS
        self.moved: tuple[Hits, Hits] = NO_HITS, NO_HITS

    def within(self, seen: Seen) -> Iterator[Span]:
        """Yield the marked stretches on the visible lines of one piece, without words that are only elsewhere."""
        for span in _within(self.marked, seen):
            yield from beside(span, self.moved[1])

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what belongs to one piece in sight."""
        theme = current_theme()
        for moved in self.moved:
            for span in _within(moved, seen):
                for _, strip in seen.laid.strips(*span, seen.lines):
                    painter.fillRect(ground(strip), theme.hover)
        for span in self.within(seen):
            for _, strip in seen.laid.strips(*span, seen.lines):
                lit = ground(strip)
                painter.fillRect(lit, theme.hairline if self._gone else theme.selection)
                if not self._gone:
                    painter.fillRect(QRectF(lit.left(), lit.bottom() - _THICK, lit.width(), _THICK), theme.accent)


class Strikes:
    """The layer above the words of the old version: a line through those that went."""

    def __init__(self, differences: Differences) -> None:
        self._differences = differences

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what belongs to one piece in sight."""
        colour = current_theme().muted
        for span in self._differences.within(seen):
            for _, strip in seen.laid.strips(*span, seen.lines):
                y = round(strip.top() + seen.laid.box.baseline - seen.laid.box.pitch * _UP)
                painter.fillRect(QRectF(strip.left(), y, strip.width(), 1), colour)


def _within(spans: Hits, seen: Seen) -> Iterator[Span]:
    if len(spans) and seen.lines:
        for number in spans.within(*seen.laid.span_of_lines(seen.lines)):
            yield spans[number]
