"""A text with a caret and a selection, under keyboard, mouse and finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QDrag,
    QGuiApplication,
    QHideEvent,
    QInputDevice,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QScrollEvent,
    QScrollPrepareEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.ui.reading.caret_view import CaretView
from annotator.ui.reading.keys import move_of
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.selecting import Selecting
from annotator.ui.reading.selection import Selection
from annotator.ui.reading.touching import Touching


class TextView(CaretView):
    """A read-only text that knows what keys, mouse and fingers mean, and takes its words elsewhere."""

    drag_started = Signal()
    """The selected words are about to be dragged away."""

    def __init__(self, text: OpenText, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._selecting = Selecting(self, self.start_drag)
        self._touching = Touching(self, self._selecting)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    @property
    def pressed(self) -> bool:
        """Whether the left button, or a finger, is held down on the text: the selection is still being made."""
        return self._selecting.is_pressed or self._touching.is_down

    # -- taking words elsewhere

    def words(self) -> str:
        """Return the selected words as they stand in the text: the visible ones, a line for each part."""
        return "\n".join(self.text.text[start:end] for start, end in self.selected())

    def copy(self) -> None:
        """Copy the selected words."""
        if self.has_selection:
            QGuiApplication.clipboard().setText(self.words())

    def drag_data(self) -> QMimeData:
        """Return what is dragged when the selected words are."""
        data = QMimeData()
        data.setText(self.words())
        return data

    def start_drag(self) -> None:
        """Drag the selected words away."""
        self.drag_started.emit()
        drag = QDrag(self)
        drag.setMimeData(self.drag_data())
        drag.exec(Qt.DropAction.CopyAction)

    # -- Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, select, copy, or turn a page."""
        found = move_of(event)
        if found is not None:
            move, extend = found
            self.walk(move, extend=extend)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.scroll_by(-self.page_step() if is_back else self.page_step())
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or go on to here with Shift; a right press leaves what it is on selected, and nothing else."""
        point = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            self.forget_column()
            if _is_finger(event):
                self._touching.press(point)
            else:
                extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._selecting.press(point, extend=extend)
        elif event.button() == Qt.MouseButton.RightButton and not self.is_selected_at(point):
            place = self.place_at(point)
            self.take(Selection(place.offset, place))
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif _is_finger(event):
            self._touching.press(event.position())
        else:
            self.forget_column()
            self._selecting.press_twice(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on selecting, or show what a press would do."""
        if self._touching.is_down:
            self._touching.move(event.position())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._selecting.move(event.position())
        elif not event.buttons():
            self.viewport().setCursor(self.shape_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection; where the system knows that, the middle button pastes it elsewhere."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if self._touching.is_down:
            self._touching.release(event.position())
        elif self._selecting.is_pressed:
            self._selecting.release(event.position())
        clipboard = QGuiApplication.clipboard()
        if self.has_selection and clipboard.supportsSelection():
            clipboard.setText(self.words(), QClipboard.Mode.Selection)

    def shape_at(self, point: QPointF) -> Qt.CursorShape:
        """Return the shape of the mouse at a point of the viewport."""
        return Qt.CursorShape.ArrowCursor if self.is_selected_at(point) else Qt.CursorShape.IBeamCursor

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, by the very px where the device tells them; a selection that is being made goes on."""
        pixels = event.pixelDelta().y()
        if pixels and event.phase() != Qt.ScrollPhase.NoScrollPhase:
            self.scroll_by(-pixels)
            event.accept()
        else:
            super().wheelEvent(event)
        self._selecting.follow()

    def viewportEvent(self, event: QEvent) -> bool:
        """Take the scrolling of fingers before Qt does."""
        if isinstance(event, (QScrollPrepareEvent, QScrollEvent)):
            self._touching.scroll(event)
            return True
        return super().viewportEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop selecting."""
        super().hideEvent(event)
        self._selecting.stop()


def _is_finger(event: QMouseEvent) -> bool:
    return event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchScreen
