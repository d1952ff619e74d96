"""Refreshing what is seen: once for any number of changes, and only once it is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget


class Refresher(QObject):
    """Calls ``refresh`` a moment after ``later``; while the widget is hidden it waits until it is shown."""

    def __init__(self, widget: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._refresh = widget, refresh
        self._stale = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._run)
        widget.installEventFilter(self)

    @Slot()
    def later(self) -> None:
        """Ask for a refresh."""
        self._stale = True
        self._timer.start()

    @Slot()
    def _run(self) -> None:
        if self._stale and self._widget.isVisible():
            self._stale = False
            self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the widget is shown."""
        if event.type() == QEvent.Type.Show and self._stale:
            self._timer.start()
        return super().eventFilter(watched, event)
