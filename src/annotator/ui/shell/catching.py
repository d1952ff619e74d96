"""Brings what nobody caught, from whatever thread, to the window's one crash dialog."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class _Catcher(QObject):
    """Stands where the interpreter would print a traceback and go on."""

    _caught = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._caught.connect(window.desk.jobs.crashed)

    def take(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        """Show an error that nobody caught; Ctrl+C on a terminal closes the window."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
        elif error is not None:
            self._caught.emit(error)


def catch_all(window: MainWindow) -> None:
    """Take over from the interpreter, as long as the window lives."""
    catcher = _Catcher(window)
    sys.excepthook = catcher.take
    threading.excepthook = lambda caught: catcher.take(caught.exc_type, caught.exc_value, caught.exc_traceback)
