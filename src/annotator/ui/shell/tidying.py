"""Looks for garbage when nobody waits: a search through everything would stop the window for a tenth of a second."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_EVERY = 1000
"""Milliseconds between two looks at what is new."""

_NEW = 5_000
_YOUNG = 20
"""So many new objects are worth a look, and so many such looks one at what came through them."""

_MANY = 30_000
"""More new objects than can be looked at without being noticed: they wait for the search through everything."""

_AWAY = 20.0
_REST = 60.0
"""Seconds without a key or a click after which everything is searched, and from one such search to the next."""

_INPUT = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove)


class Tidying(QObject):
    """Takes the search for garbage over from the interpreter, which would begin it at any moment and in any thread.

    What is new is searched often, which takes no time, unless it is very much: that is put to what is old, which ``freeze`` and
    ``unfreeze`` do without looking at any of it. Everything is searched only while nobody types or clicks in the window.
    """

    looked = Signal()

    def __init__(self, window: QWidget, *, away: float = _AWAY, rest: float = _REST) -> None:
        super().__init__(window)
        self._away, self._rest = away, rest
        gc.disable()
        gc.freeze()
        self._kept = 0
        self._touched = self._searched = time.monotonic()
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note when somebody last did something."""
        if event.type() in _INPUT:
            self._touched = time.monotonic()
        return False

    def _look(self) -> None:
        new, young, _ = gc.get_count()
        now = time.monotonic()
        if self._is_away(now) and now - self._searched > self._rest:
            self._searched = now
            gc.collect()
        elif new > _MANY or self._kept > _MANY:
            self._kept = 0
            gc.freeze()
            gc.unfreeze()
        elif young > _YOUNG:
            self._kept = 0
            gc.collect(1)
        elif new > _NEW:
            self._kept += new
            gc.collect(0)
        self.looked.emit()

    def _is_away(self, now: float) -> bool:
        is_behind = QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive
        return is_behind or now - self._touched > self._away
