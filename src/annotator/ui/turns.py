"""Whose turn it is: the window goes before long work behind it, for both cannot run Python at once."""

from __future__ import annotations

import threading
from time import monotonic

from PySide6.QtCore import QAbstractEventDispatcher, QObject

_AT_MOST = 0.02
"""Seconds that work waits for the window, and then goes on for as long, however much the window does."""


class Turns(QObject):
    """Knows whether the thread that made it is at work in its event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = threading.Event()
        self._idle.set()
        self._goes_on_until = 0.0
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            dispatcher.awake.connect(self._idle.clear)
            dispatcher.aboutToBlock.connect(self._idle.set)

    def give_way(self) -> None:
        """Wait while the window is at work; called from another thread."""
        if self._idle.is_set() or monotonic() < self._goes_on_until:
            return
        if not self._idle.wait(_AT_MOST):
            self._goes_on_until = monotonic() + _AT_MOST
