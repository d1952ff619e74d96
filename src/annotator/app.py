"""The composition root: builds the objects and starts Qt."""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow
    from annotator.ui.shell.preferences import Preferences

_PLUGIN_VARIABLES = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE")


def run(argv_project: Path | None = None) -> int:
    """Show the window, open a project if one is given, and return the exit code when the window is closed."""
    app, _window = start(argv_project)
    return app.exec()


def start(project: Path | None = None) -> tuple[QApplication, MainWindow]:
    """Show the window; what takes long, opening a project too, begins once it has been painted.

    Until then nothing becomes garbage, so none is looked for: that alone would take a tenth of the time.
    """
    gc.disable()
    app = make_application()
    window = make_window()
    window.painted.connect(_collect_again)
    if project is not None:
        path = project
        window.painted.connect(lambda: window.projects.open(path))
    window.show()
    return app, window


def _collect_again() -> None:
    gc.freeze()
    gc.enable()


def make_application() -> QApplication:
    """Return the application: Qt's own plugins only, none from the environment or the current folder."""
    for variable in _PLUGIN_VARIABLES:
        os.environ.pop(variable, None)
    QCoreApplication.setLibraryPaths([QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)])
    QCoreApplication.setApplicationName("annotator")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Annotator")
    app.setDesktopFileName("annotator")
    return app


def make_window(preferences: Preferences | None = None) -> MainWindow:
    """Return the window in the person's colours, with everything that is not caught leading to the crash dialog."""
    from annotator.ui.desk import Desk
    from annotator.ui.main_window import MainWindow
    from annotator.ui.shell.preferences import Preferences
    from annotator.ui.theme import choose_theme

    chosen = preferences or Preferences()
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme = chosen.settings.theme
        choose_theme(app, theme if theme in ("light", "dark") else "system")  # type: ignore[arg-type]
    window = MainWindow(Desk(), chosen)
    _Catcher(window).install()
    return window


class _Catcher(QObject):
    """Brings what nobody caught, from whatever thread, to the window's one crash dialog."""

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
