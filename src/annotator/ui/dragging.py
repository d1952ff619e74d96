"""Words that are dragged from what is read onto something else in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame

SELECTED_WORDS = "application/x-annotator-selected-words"
"""What tells words selected in the reader from text that comes from elsewhere."""

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def mark_as_selected(mime: QMimeData) -> QMimeData:
    """Tell others that what is dragged is selected in the reader; returns what was given."""
    mime.setData(SELECTED_WORDS, b"1")
    return mime


def is_selected_words(mime: QMimeData) -> bool:
    """Tell whether what is dragged is selected in the reader."""
    return mime.hasFormat(SELECTED_WORDS)


class WordsDrop(QObject):
    """Lets words be dropped on a widget. ``place_at`` says what part of it a point is on, None for no place to drop."""

    dropped = Signal(QPoint, str)
    """Words were dropped: where on the widget, and the words."""

    def __init__(self, target: QWidget, place_at: Callable[[QPoint], QRect | None]) -> None:
        super().__init__(target)
        self._place_at = place_at
        self._frame = _Frame(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is dragged over the widget, if it is words selected in the reader."""
        if event.type() == QEvent.Type.DragLeave:
            self._frame.hide()
            return False
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent) or not is_selected_words(event.mimeData()):
            return False
        at = event.position().toPoint()
        place = self._place_at(at)
        if place is None:
            self._frame.hide()
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._frame.hide()
            self.dropped.emit(at, event.mimeData().text())
        else:
            self._frame.setGeometry(place)
            self._frame.show()
            self._frame.raise_()
        return True


class _Frame(QWidget):
    """A frame around where something would be dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the frame."""
        inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        draw_frame(QPainter(self), inner, None, current_theme().accent, FOCUS_WIDTH)
