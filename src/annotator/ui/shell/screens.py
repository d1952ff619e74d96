"""The screens, one on top of the other."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

_LEAST = 480
"""The width in px below which the docks beside give way: about a line of text that is good to read."""


class Screens(QStackedWidget):
    """Needs no more room than the screen that is shown: a wide one behind it takes none from the docks beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._tell_room)

    def minimumSizeHint(self) -> QSize:
        """Return what the shown screen needs."""
        shown, least = self.currentWidget(), QSize(_LEAST, 0)
        return shown.minimumSizeHint().expandedTo(shown.minimumSize()).expandedTo(least) if shown is not None else least

    def _tell_room(self, _number: int) -> None:
        """Let the window know at once, before it lays out docks that are shown again."""
        self.updateGeometry()
        parent = self.parentWidget()
        layout = parent.layout() if parent is not None else None
        if layout is not None:
            layout.activate()
