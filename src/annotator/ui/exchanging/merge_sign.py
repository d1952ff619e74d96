"""A sign beside words, in the colours of the theme that is in force."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.icon_drawing import IconRole, draw_icon


class Sign(QWidget):
    """An icon of a fixed size in px, painted anew when the theme changes. The words beside it say what it means."""

    def __init__(self, name: str = "", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name: str = name
        self._role: IconRole = "text"
        self.setFixedSize(size, size)

    def show_sign(self, name: str, role: IconRole = "text") -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the icon."""
        if self._name:
            draw_icon(QPainter(self), self.rect(), self._name, self._role)
