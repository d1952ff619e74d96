"""A short list on whose lines single keys do something."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotator.ui.controls import GRID

_LINE = 28
_DATA = Qt.ItemDataRole.UserRole


class KeyedLines(QListWidget):
    """Lines on which single keys do something: ``pressed`` has the key and what the line is about."""

    pressed = Signal(str, object)

    def __init__(self, name: str, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def fill(self, lines: list[tuple[str, object]], *, most: int) -> None:
        """Show these lines, the current row staying where it was; ``most`` of them without scrolling."""
        row = max(0, self.currentRow())
        self.clear()
        for words, data in lines:
            item = QListWidgetItem(words)
            item.setData(_DATA, data)
            item.setSizeHint(QSize(0, max(_LINE, self.fontMetrics().height() + GRID)))
            self.addItem(item)
        if lines:
            self.setCurrentRow(min(row, len(lines) - 1))
            self.setFixedHeight(min(most, len(lines)) * max(1, self.sizeHintForRow(0)) + GRID)
        self.setVisible(bool(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say which of the keys was pressed on the current line."""
        key = event.text().upper()
        item = self.currentItem()
        if (
            item is not None
            and key
            and key in self._keys
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.pressed.emit(key, item.data(_DATA))
        else:
            super().keyPressEvent(event)
