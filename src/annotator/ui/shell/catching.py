"""Brings what nobody caught, from whatever thread, to the window's one crash dialog."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Catcher(QObject):
    """Stands where the interpreter would print a traceback and go on."""

    _caught = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._caught.connect(window.desk.jobs.crashed)

    def install(self) -> None:
        """Take over from the interpreter."""
        sys.excepthook = self._take
        threading.excepthook = lambda caught: self._take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _take(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
        elif error is not None:
            self._caught.emit(error)
