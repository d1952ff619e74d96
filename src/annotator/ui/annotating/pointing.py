"""The reader under the mouse: clicks, drags, the handles of the chosen passage, folding lines, and links."""

from __future__ import annotations

import html
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.domain.rows import PassageRow
from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.reader import ReaderView
from annotator.ui.annotating.stretching import with_end

_CLICK = 4
_REACH = 7.0


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
        self._dragging: bool | None = None
        self._dragged: PassageRow | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold, take a handle, or begin to select."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        bar, handle = self._bar_at(event.position()), self._handle_at(event.position())
        self._pressed_at = event.position()
        if bar is not None:
            self.fold([bar], closed=bar not in self.closed_asides)
        elif handle is not None:
            self._dragging = handle
        else:
            self.pressed = True
            super().mousePressEvent(self._on_line(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a handle, go on selecting, or show what a click would do."""
        if self._dragging is not None:
            self._drag(event.position())
        elif event.buttons():
            super().mouseMoveEvent(self._on_line(event))
        else:
            on_part = self._bar_at(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if on_part else Qt.CursorShape.IBeamCursor
            if self._handle_at(event.position()) is not None:
                shape = Qt.CursorShape.SizeHorCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a handle go, end a selection, or take a click."""
        was_pressed, self.pressed = self.pressed, False
        if self._dragging is not None:
            self._drop()
        elif was_pressed:
            super().mouseReleaseEvent(self._on_line(event))
            moved = (event.position() - self._pressed_at).manhattanLength()
            if self.textCursor().hasSelection():
                self.settled.emit()
            elif moved < _CLICK:
                self._click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self.pressed = True
        super().mouseDoubleClickEvent(self._on_line(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the address of a link as a tooltip, or that something of a passage is disputed."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            offset = self.offset_at(event.pos().toPointF())
            target = self.text.link_at(offset)
            words = html.escape(self.tr("{0} (Ctrl and click to open)").format(target)) if target else ""
            if not target and any(row.conflicted for row in self.shown.highlights.within(offset, offset + 1)):
                words = self.tr("Disputed: several values stand side by side. Select the passage to see them.")
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

    def _on_line(self, event: QMouseEvent) -> QMouseEvent:
        return QMouseEvent(
            event.type(),
            self.on_line(event.position()),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def _bar_at(self, point: QPointF) -> int | None:
        return next((index for index, rect in self.bars() if rect.contains(point)), None)

    def _handle_at(self, point: QPointF) -> bool | None:
        """Return whether the right (True) or the left handle is there, or None."""
        row = self.shown.highlights.find(self.shown.chosen)
        if row is None:
            return None
        for block, top in self.visible_blocks():
            for is_end, place, height in self.underlay.handles(block, self.reading.box(block), row):
                knob = place.y() + top + (height if is_end else 0)
                reach = QRectF(place.x() - _REACH, knob - _REACH, 2 * _REACH, 2 * _REACH)
                if reach.contains(point):
                    return is_end
        return None

    def _drag(self, point: QPointF) -> None:
        row = self._dragged or self.shown.highlights.find(self.shown.chosen)
        if row is None or self._dragging is None:
            return
        offset = self.offset_at(point)
        whole = snap_to_graphemes(self.text.text, offset, offset)[1 if self._dragging else 0]
        spans = with_end(row.spans, whole, is_end=self._dragging)
        if spans and spans != row.spans:
            self._dragged = replace(row, spans=spans)
            self.set_highlights(self.shown.highlights.with_row(self._dragged, self.text.text))

    def _drop(self) -> None:
        dragged, self._dragged, self._dragging = self._dragged, None, None
        if dragged is not None:
            self.dragged.emit(dragged.spans)
