"""Asks for the person's name, once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, AccentButton, plain_label
from annotator.ui.theme import current_theme, draw_frame


class NamePanel(QWidget):
    """Asks once for the name that stands beside everything a person judges."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setMaxLength(200)
        self.field.setMinimumHeight(32)
        self.field.setAccessibleName(self.tr("Your name"))
        self._go = AccentButton(self.tr("Continue"), key=self.tr("Enter"))
        self._go.setEnabled(False)
        self.field.textChanged.connect(lambda text: self._go.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._say)
        self._go.clicked.connect(self._say)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addWidget(plain_label(self.tr("What is your name?"), size=16, bold=True))
        said = self.tr(
            "It stands beside everything you judge, so that others know whose word it is. Settings change it."
        )
        column.addWidget(plain_label(said, muted=True))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.field, 1)
        row.addWidget(self._go)
        column.addLayout(row)

    def _say(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.named.emit(name)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint with the theme."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint a frame."""
        theme = current_theme()
        draw_frame(QPainter(self), QRectF(self.rect()), theme.surface, theme.hairline)
