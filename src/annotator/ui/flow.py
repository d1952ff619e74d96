"""Buttons that flow over as many rows as they need."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from annotator.ui.controls import GRID


class Flow(QWidget):
    """Buttons in a row, and in further rows where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QAbstractButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, buttons: list[QAbstractButton]) -> None:
        """Hold other buttons."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = buttons
        for button in buttons:
            button.setParent(self)
            button.show()
        self._place(self.width(), move=True)
        self.updateGeometry()

    @property
    def all(self) -> tuple[QAbstractButton, ...]:
        """The buttons in their order."""
        return tuple(self._buttons)

    def hasHeightForWidth(self) -> bool:
        """Say that buttons flow over the lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the buttons in this width."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Return a size that suits the width there is."""
        return QSize(320, self.heightForWidth(max(160, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return room for one button, at the height that is needed."""
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons flow again."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        x = y = height = 0
        for button in self._buttons:
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + height + GRID
            if move:
                place = QRect(x, y, size.width(), size.height())
                button.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            x, height = x + size.width() + GRID, size.height()
        return max(y + height, 4 * GRID)
