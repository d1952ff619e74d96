"""The view of the list of sources: Enter opens, Left and Right fold, Del deletes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.desk import Desk
from annotator.ui.importing.source_delegate import SourceDelegate
from annotator.ui.importing.source_list import Kind, SourceList
from annotator.ui.listing.long_list import LongList

_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SourceView(LongList):
    """Shows a ``SourceList``. ``folding`` tells which way (True: together), ``focused`` that keys came without a current row."""

    opening = Signal()
    folding = Signal(bool)
    deleting = Signal()
    focused = Signal()

    def __init__(self, desk: Desk, model: SourceList, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = model
        self._heights, self._twin = SourceDelegate.heights()
        self.setAutoFillBackground(True)
        self.setModel(model)
        self.setItemDelegate(SourceDelegate(self, desk))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Sources"))

    def top(self, row: int) -> int:
        """Return how far below the beginning of the list a row begins, in px."""
        top, order = 0, self._list.order
        for stretch in self._list.stretches():
            count = min(stretch.size, row - stretch.row)
            if count <= 0:
                break
            top += count * self._heights[stretch.kind]
            if stretch.kind is Kind.SOURCES:
                top += self._twin * order.twins_between(stretch.place, stretch.place + count)
        return top

    def updateGeometries(self) -> None:
        """Let the scroll bar follow the rows, as high as the system's text is now."""
        self._heights, self._twin = SourceDelegate.heights()
        super().updateGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, fold, unfold or delete the current entry."""
        key = event.key()
        if key in _OPEN_KEYS:
            self.opening.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.folding.emit(key == Qt.Key.Key_Left)
        elif key == Qt.Key.Key_Delete:
            self.deleting.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a current entry as soon as keys arrive."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason and not self.currentIndex().isValid():
            self.focused.emit()
