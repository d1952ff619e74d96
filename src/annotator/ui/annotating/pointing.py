"""The reader under the mouse: clicks, drags, the handles of the chosen passage, folding lines, and links."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.ui.annotating.handle_drag import HandleDrag
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.reader import ReaderView
from annotator.ui.dragging import mark_as_selected

_CLICK = 4
_BY_CHARACTER = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


class PointedReader(ReaderView):
    """A reader that knows what a mouse does in it."""

    clicked = Signal(int)
    """A place was clicked: a code point."""
    link_asked = Signal(str)
    """An address is to be opened, once the person has seen it."""
    dragged = Signal(object)
    """The handles of the chosen passage were let go at these spans."""

    def __init__(self, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(opened, parent)
        self._pressed_at = QPointF()
        self.handle_drag = HandleDrag(self)

    def drag_data(self) -> QMimeData:
        """Return what is dragged when the selected words are: claims take them, and the window imports them not."""
        return mark_as_selected(super().drag_data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold, take a handle, or begin to select."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        bar, handle = self._bar_at(event.position()), self.handle_drag.handle_at(event.position())
        self._pressed_at = event.position()
        if bar is not None:
            self.fold([bar], closed=bar not in self.closed_asides)
        elif handle is not None:
            self.handle_drag.take(is_end=handle)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a handle, go on selecting, or show what a click would do."""
        if self.handle_drag.is_going_on:
            self.handle_drag.move(event.position(), by_character=bool(event.modifiers() & _BY_CHARACTER))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a handle go, end a selection, or take a click."""
        was_pressed = self.pressed
        super().mouseReleaseEvent(event)
        if self.handle_drag.is_going_on:
            spans = self.handle_drag.drop()
            if spans:
                self.dragged.emit(spans)
        elif was_pressed and event.button() == Qt.MouseButton.LeftButton:
            moved = (event.position() - self._pressed_at).manhattanLength()
            if self.has_selection:
                self.settled.emit()
            elif moved < _CLICK:
                self._click(event)

    def shape_at(self, point: QPointF) -> Qt.CursorShape:
        """Return the shape of the mouse at a point of the viewport."""
        if self.handle_drag.handle_at(point) is not None:
            return Qt.CursorShape.SizeHorCursor
        if self._bar_at(point) is not None:
            return Qt.CursorShape.PointingHandCursor
        return super().shape_at(point)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the address of a link as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            target = self.text.link_at(self.offset_at(event.pos().toPointF()))
            words = html.escape(self.tr("{0} (Ctrl and click to open)").format(target)) if target else ""
            QToolTip.showText(event.globalPos(), f"<qt>{words}</qt>" if words else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _click(self, event: QMouseEvent) -> None:
        offset = self.offset_at(event.position())
        target = self.text.link_at(offset)
        if target and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.link_asked.emit(target)
        else:
            self.clicked.emit(offset)

    def _bar_at(self, point: QPointF) -> int | None:
        return next((index for index, rect in self.bars() if rect.contains(point)), None)
