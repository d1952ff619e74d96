"""Selects with the mouse: characters, words, paragraphs; scrolls where it is dragged beyond the edge."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPointF, QTimer
from PySide6.QtGui import QGuiApplication

from annotator.ui.reading.moving import word_around
from annotator.ui.reading.selection import Place, Selection, Span

if TYPE_CHECKING:
    from annotator.ui.reading.text_view import TextView

_TICK = 16
"""Milliseconds between two steps of scrolling by itself."""

_SLOWEST, _FASTEST, _GAIN = 2.0, 90.0, 0.2
"""Px a step at the edge, px a step at most, and px more for every px outside."""


class _Unit(Enum):
    CHARACTER = auto()
    WORD = auto()
    PARAGRAPH = auto()


class Selecting:
    """What the left button does to the selection of a view."""

    def __init__(self, view: TextView) -> None:
        self._view = view
        self.is_pressed = False
        self.may_drag = False
        self._unit = _Unit.CHARACTER
        self._held: Span = (0, 0)
        self._pressed_at, self._at = QPointF(), QPointF()
        self._since_double = QElapsedTimer()
        self._scrolling = QTimer(view, interval=_TICK)
        self._scrolling.timeout.connect(self._scroll)

    def press(self, point: QPointF, *, extend: bool) -> None:
        """Begin to select at a point, or go on to there; the third click in a row takes the paragraph."""
        is_third = self._is_near(point) and self._is_soon()
        self._since_double.invalidate()
        self._pressed_at = self._at = point
        self.is_pressed = True
        view = self._view
        if is_third and not extend:
            self._hold(_Unit.PARAGRAPH, point)
        elif extend:
            self._unit = _Unit.CHARACTER
            view.take(view.selection_made.moved(view.place_at(point), extend=True))
        elif view.is_selected_at(point):
            self.may_drag = True
        else:
            self._unit = _Unit.CHARACTER
            view.take(view.selection_made.moved(view.place_at(point), extend=False))

    def double_press(self, point: QPointF) -> None:
        """Select the word under a point."""
        self._since_double.start()
        self._pressed_at = self._at = point
        self.is_pressed, self.may_drag = True, False
        self._hold(_Unit.WORD, point)

    def move(self, point: QPointF) -> None:
        """Go on selecting as far as a point; drag what is selected where the button was pressed on it."""
        if self.may_drag:
            if (point - self._pressed_at).manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
                self.stop()
                self._view.start_drag()
            return
        if not self.is_pressed:
            return
        self._at = point
        if 0 <= point.y() < self._view.viewport().height():
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()
        self.go_on()

    def go_on(self) -> None:
        """Select as far as the mouse is, after the text has moved under it."""
        view, height = self._view, self._view.viewport().height()
        point = QPointF(self._at.x(), min(max(self._at.y(), 0.0), height - 1.0))
        if self._unit is _Unit.CHARACTER:
            view.take(view.selection_made.moved(view.place_at(point), extend=True))
        else:
            view.take(view.selection_made.around(self._held, self._under(point)))

    def release(self, point: QPointF) -> None:
        """End selecting; a click on what is selected takes the selection away."""
        if self.may_drag:
            self._view.take(Selection(self._view.place_at(point).offset, self._view.place_at(point)))
        self.stop()

    def stop(self) -> None:
        """Leave the selection as it is."""
        self.is_pressed = self.may_drag = False
        self._scrolling.stop()

    # -- inside

    def _hold(self, unit: _Unit, point: QPointF) -> None:
        self._unit = unit
        self._held = self._under(point)
        self._view.take(Selection(self._held[0], Place(self._held[1], before=True)))

    def _under(self, point: QPointF) -> Span:
        """Return the word or paragraph under a point."""
        character = self._view.character_at(point)
        if self._unit is _Unit.WORD:
            return word_around(self._view.text.text, character)
        return self._view.paragraph_at(character)

    def _is_near(self, point: QPointF) -> bool:
        return (point - self._pressed_at).manhattanLength() <= QGuiApplication.styleHints().startDragDistance()

    def _is_soon(self) -> bool:
        since = self._since_double
        return since.isValid() and not since.hasExpired(QGuiApplication.styleHints().mouseDoubleClickInterval())

    def _scroll(self) -> None:
        y, height = self._at.y(), self._view.viewport().height()
        outside = y if y < 0 else max(y - height, 0.0)
        speed = min(_SLOWEST + _GAIN * abs(outside), _FASTEST)
        self._view.scroll_by(-speed if y < 0 else speed)
        self.go_on()
