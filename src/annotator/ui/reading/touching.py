"""What a finger does: it scrolls, a tap puts the caret, and held still it selects a word and what it is drawn to then."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QGuiApplication, QScrollEvent, QScrollPrepareEvent
from PySide6.QtWidgets import QScroller, QScrollerProperties

from annotator.ui.reading.selecting import Selecting
from annotator.ui.reading.text_canvas import TextCanvas

_SLIP = 12
"""Px that a finger may move and still be held still."""


class Touching:
    """Takes fingers for a canvas, and the scrolling that goes on after they are lifted."""

    def __init__(self, canvas: TextCanvas, selecting: Selecting) -> None:
        self._canvas, self._selecting = canvas, selecting
        self._pressed_at = QPointF()
        self._scrolled_to = 0.0
        self.is_down = False
        self._is_still = self._has_selected = False
        self._holding = QTimer(canvas, singleShot=True)
        self._holding.timeout.connect(self._select)
        QScroller.grabGesture(canvas.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        scroller = QScroller.scroller(canvas.viewport())
        properties = scroller.scrollerProperties()
        for metric in (
            QScrollerProperties.ScrollMetric.VerticalOvershootPolicy,
            QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy,
        ):
            properties.setScrollMetric(metric, QScrollerProperties.OvershootPolicy.OvershootAlwaysOff)
        scroller.setScrollerProperties(properties)

    def press(self, point: QPointF) -> None:
        """Wait what the finger will do."""
        self._pressed_at = point
        self.is_down = self._is_still = True
        self._has_selected = False
        self._holding.start(QGuiApplication.styleHints().mousePressAndHoldInterval())

    def move(self, point: QPointF) -> None:
        """Go on selecting, if that is what the finger does; else it scrolls."""
        if self._selecting.is_pressed:
            self._selecting.move(point)
        elif (point - self._pressed_at).manhattanLength() > _SLIP:
            self._is_still = False
            self._holding.stop()

    def release(self, point: QPointF) -> None:
        """End selecting; put the caret where the finger was held still for a moment only."""
        self._holding.stop()
        if self._selecting.is_pressed:
            self._selecting.release(point)
        elif self._is_still:
            self._selecting.press(point, extend=False)
            self._selecting.release(point)
        self.is_down = self._is_still = False

    def scroll(self, event: QScrollPrepareEvent | QScrollEvent) -> None:
        """Scroll with a finger, by how far it goes: the bar's own values change while heights become known."""
        if isinstance(event, QScrollPrepareEvent):
            bar = self._canvas.verticalScrollBar()
            event.setViewportSize(self._canvas.viewport().size().toSizeF())
            event.setContentPosRange(QRectF(0, 0, 0, bar.maximum()))
            event.setContentPos(QPointF(0, bar.value()))
            self._scrolled_to = bar.value()
        else:
            if not self._has_selected:
                self._canvas.scroll_by(event.contentPos().y() - self._scrolled_to)
            self._scrolled_to = event.contentPos().y()
        event.accept()

    def _select(self) -> None:
        self._has_selected = True
        QScroller.scroller(self._canvas.viewport()).stop()
        self._selecting.press_twice(self._pressed_at)
