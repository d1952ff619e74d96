"""Selects with a pointer: characters, words, paragraphs; scrolls where it is dragged beyond the edge."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QElapsedTimer, QPointF, QTimer
from PySide6.QtGui import QGuiApplication

from annotator.ui.reading.caret_view import CaretView
from annotator.ui.reading.moving import word_around
from annotator.ui.reading.selection import Place, Selection, Span

_TICK = 16
"""Milliseconds between two steps of scrolling by itself."""

_SLOWEST, _FASTEST, _GAIN = 2.0, 90.0, 0.2
"""Px a step at the edge, px a step at most, and px more for every px outside."""


class _Unit(Enum):
    CHARACTER = auto()
    WORD = auto()
    PARAGRAPH = auto()


class Selecting:
    """What the left button, or a finger, does to the selection of a view; ``drag`` drags what is selected away."""

    def __init__(self, view: CaretView, drag: Callable[[], None]) -> None:
        self._view, self._drag = view, drag
        self.is_pressed = False
        self._may_drag = False
        self._unit = _Unit.CHARACTER
        self._held: Span = (0, 0)
        self._pressed_at, self._at = QPointF(), QPointF()
        self._since_double = QElapsedTimer()
        self._scrolling = QTimer(view, interval=_TICK)
        self._scrolling.timeout.connect(self._scroll)

    def press(self, point: QPointF, *, extend: bool) -> None:
        """Begin to select at a point, or go on to there; the third click in a row takes the paragraph."""
        is_third = self._is_soon() and self._is_near(point)
        self._begin(point)
        if is_third and not extend:
            self._hold(_Unit.PARAGRAPH)
        elif not extend and self._view.is_selected_at(point):
            self._may_drag = True
        else:
            self._unit = _Unit.CHARACTER
            self._go_to(point, extend=extend)

    def press_twice(self, point: QPointF) -> None:
        """Select the word under a point."""
        self._begin(point)
        self._since_double.start()
        self._hold(_Unit.WORD)

    def move(self, point: QPointF) -> None:
        """Go on selecting as far as a point; drag what is selected where the button was pressed on it."""
        if self._may_drag and not self._is_near(point):
            self.stop()
            self._drag()
        elif self.is_pressed and not self._may_drag:
            self._at = point
            if 0 <= point.y() < self._view.viewport().height():
                self._scrolling.stop()
            elif not self._scrolling.isActive():
                self._scrolling.start()
            self.follow()

    def follow(self) -> None:
        """Select as far as the pointer is, also after the text has moved under it."""
        if not self.is_pressed or self._may_drag:
            return
        lowest = self._view.viewport().height() - 1.0
        point = QPointF(self._at.x(), min(max(self._at.y(), 0.0), lowest))
        if self._unit is _Unit.CHARACTER:
            self._go_to(point, extend=True)
        else:
            self._view.take(self._view.selection_made.around(self._held, self._under(point)))

    def release(self, point: QPointF) -> None:
        """End selecting; a click on what is selected takes the selection away."""
        if self._may_drag:
            self._go_to(point, extend=False)
        self.stop()

    def stop(self) -> None:
        """Leave the selection as it is."""
        self.is_pressed = self._may_drag = False
        self._scrolling.stop()

    # -- inside

    def _begin(self, point: QPointF) -> None:
        self._since_double.invalidate()
        self._pressed_at = self._at = point
        self.is_pressed, self._may_drag = True, False

    def _go_to(self, point: QPointF, *, extend: bool) -> None:
        self._view.take(self._view.selection_made.moved(self._view.place_at(point), extend=extend))

    def _hold(self, unit: _Unit) -> None:
        self._unit = unit
        self._held = self._under(self._at, or_word_before=True)
        self._view.take(Selection(self._held[0], Place(self._held[1], before=True)))

    def _under(self, point: QPointF, *, or_word_before: bool = False) -> Span:
        """Return the word or paragraph under a point; of blanks the side towards what is held, or else the word before."""
        view, text = self._view, self._view.text.text
        character = view.character_at(point)
        if self._unit is _Unit.PARAGRAPH:
            return view.paragraph_at(character)
        start, end = word_around(text, character)
        if not text[start:end].isspace():
            return start, end
        if or_word_before and start > view.paragraph_at(character)[0]:
            return word_around(text, start - 1)
        near = start if start >= self._held[1] else end
        return (start, end) if or_word_before else (near, near)

    def _is_near(self, point: QPointF) -> bool:
        return (point - self._pressed_at).manhattanLength() < QGuiApplication.styleHints().startDragDistance()

    def _is_soon(self) -> bool:
        since = self._since_double
        return since.isValid() and not since.hasExpired(QGuiApplication.styleHints().mouseDoubleClickInterval())

    def _scroll(self) -> None:
        y, height = self._at.y(), self._view.viewport().height()
        outside = -y if y < 0 else max(y - height, 0.0)
        px = min(_SLOWEST + _GAIN * outside, _FASTEST)
        self._view.scroll_by(-px if y < 0 else px)
        self.follow()
