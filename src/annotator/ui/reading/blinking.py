"""The rhythm of a caret."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication


class Blink(QObject):
    """Shows and hides a caret as often as the person wants carets to blink; it stands still while it is being moved."""

    changed = Signal()
    """The caret came or went."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_on = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def begin(self) -> None:
        """Show the caret from now on, for a whole beat first."""
        flash = QGuiApplication.styleHints().cursorFlashTime()
        self._timer.stop()
        if flash > 1:
            self._timer.start(flash // 2)
        self._show(is_on=True)

    def end(self) -> None:
        """Show no caret."""
        self._timer.stop()
        self._show(is_on=False)

    def _turn(self) -> None:
        self._show(is_on=not self.is_on)

    def _show(self, *, is_on: bool) -> None:
        if is_on is not self.is_on:
            self.is_on = is_on
            self.changed.emit()
