"""The pages of a long source that have come already, to look at while the rest is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, ElidedLabel

_HEIGHT = 216


class PagePreview(QWidget):
    """Words of pages in their order, as plain text. It is hidden until a page comes; nothing can be marked in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.count = 0
        """How many pages are shown."""
        self._told = ElidedLabel(muted=True)
        self._words = QPlainTextEdit(readOnly=True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setFixedHeight(_HEIGHT)
        self._words.setAccessibleName(self.tr("Pages that have been read"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._told)
        column.addWidget(self._words)
        self.hide()

    def begin(self, source: str) -> None:
        """Show another source from its first page on; the same one goes on."""
        if source != self._source:
            self.clear()
            self._source = source

    def add(self, pages: Sequence[str], total: int) -> None:
        """Add pages behind those that are shown; ``total`` is how many the source has."""
        cursor = QTextCursor(self._words.document())
        for words in pages:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            self.count += 1
            head = self.tr("Page {0}").format(self.count)
            cursor.insertText(f"{'' if self.count == 1 else chr(10) * 2}— {head} —\n{words}")
        shown = self.tr("Preview: {0} of {1} pages. Passages can be marked once all of it is imported. “{2}”")
        self._told.setText(shown.format(self.count, total, self._source))
        self.setVisible(self.count > 0)

    def clear(self) -> None:
        """Show nothing."""
        self._source, self.count = "", 0
        self._words.clear()
        self.hide()
