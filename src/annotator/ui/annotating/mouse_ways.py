"""The two side buttons of a mouse: back and forward."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent

_WAYS = {Qt.MouseButton.BackButton: False, Qt.MouseButton.ForwardButton: True}


class MouseWays(QObject):
    """Listens to what it is installed on as an event filter."""

    asked = Signal(bool)
    """One of the buttons was pressed; whether it is the one for forward."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the two buttons, and nothing else."""
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        if event.type() not in kinds or not isinstance(event, QMouseEvent) or event.button() not in _WAYS:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self.asked.emit(_WAYS[event.button()])
        return True
