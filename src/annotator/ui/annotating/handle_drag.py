"""Drags an end of a passage with the mouse: from word to word, or by characters, and on beyond the edge of the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QTimer

from annotator.domain.rows import PassageRow
from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.stretching import Span, with_end, word_edge
from annotator.ui.annotating.underlay import handles, knob_of

if TYPE_CHECKING:
    from annotator.ui.annotating.reader import ReaderView

_REACH = 7.0
"""Px around a handle's round end within which it is taken."""

_TICK = 16
_GAIN, _FASTEST = 0.3, 60.0
"""Px of scrolling for every px beyond the edge, and at most, each tick of so many milliseconds."""


class HandleDrag:
    """The handles of the chosen passage of a view."""

    def __init__(self, view: ReaderView) -> None:
        self._view = view
        self._row: PassageRow | None = None
        self._is_end = False
        self._at, self._by_character = QPointF(), False
        self._has_moved = False
        self._scrolling = QTimer(view, interval=_TICK)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_going_on(self) -> bool:
        """Whether an end is being dragged."""
        return self._row is not None

    def handle_at(self, point: QPointF) -> bool | None:
        """Return whether the right (True) or the left handle is at a point of the viewport, or None."""
        row = self._view.shown.row
        if row is None or not row.spans:
            return None
        nearest: tuple[float, bool] | None = None
        for seen in self._view.seen():
            for is_end, top, height in handles(seen.laid, row):
                knob = knob_of(is_end, top, height) + QPointF(0, seen.top)
                reach = QRectF(knob.x() - _REACH, knob.y() - _REACH, 2 * _REACH, 2 * _REACH)
                distance = (knob - point).manhattanLength()
                if reach.contains(point) and (nearest is None or distance < nearest[0]):
                    nearest = distance, is_end
        return None if nearest is None else nearest[1]

    def take(self, *, is_end: bool) -> None:
        """Begin to drag the right or the left end of the chosen passage."""
        self._row, self._is_end, self._has_moved = self._view.shown.row, is_end, False

    def move(self, point: QPointF, *, by_character: bool) -> None:
        """Drag the end to a point of the viewport; beyond the edge the text scrolls."""
        self._at, self._by_character = point, by_character
        if 0 <= point.y() < self._view.viewport().height():
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()
        self._go_on()

    def drop(self) -> tuple[Span, ...]:
        """Let the end go, and return where the fragments stand then; nothing where it was not moved."""
        row, has_moved = self._row, self._has_moved
        self._row = None
        self._scrolling.stop()
        return row.spans if row is not None and has_moved else ()

    def _go_on(self) -> None:
        view, row = self._view, self._row
        if row is None:
            return
        y = min(max(self._at.y(), 0.0), view.viewport().height() - 1.0)
        offset = view.offset_at(QPointF(self._at.x(), y))
        text = view.text.text
        if self._by_character:
            target = snap_to_graphemes(text, offset, offset)[1 if self._is_end else 0]
        else:
            target = word_edge(text, offset, is_end=self._is_end)
        spans = with_end(row.spans, target, is_end=self._is_end)
        if spans and spans != row.spans:
            self._row, self._has_moved = replace(row, spans=spans), True
            view.set_highlights(view.highlights.with_row(self._row))

    def _scroll(self) -> None:
        y, height = self._at.y(), self._view.viewport().height()
        beyond = y if y < 0 else max(y - height, 0.0)
        self._view.scroll_by(max(min(_GAIN * beyond, _FASTEST), -_FASTEST))
        self._go_on()
