"""The composition root: builds the objects and starts Qt."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.services.settings import Settings, load_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from annotator.ui.main_window import MainWindow

_PLUGIN_VARIABLES = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE")
_NOBODY = "Annotator"
_LOOK = "_mod_uses_pyside"
"""What PySide calls its look into a module's source (6.10 to 6.12)."""
_TURN = 0.0005
"""Seconds after which work in the background lets the window go on, at the latest after a step of its own."""


def run(argv_project: Path | None = None) -> int:
    """Show the window, open a project if one is given, and return the exit code when the window is closed."""
    app, _window = start(argv_project)
    return app.exec()


def start(project: Path | None = None) -> tuple[QApplication, MainWindow]:
    """Show the window; what takes long, opening a project too, begins once it has been painted.

    Until then hardly anything becomes garbage, so none is looked for, which alone would take a tenth of the time; and nothing is
    loaded, Qt least of all, before that is so.
    """
    gc.disable()
    app = make_application()
    from annotator.ui.shell.catching import catch_all

    window = make_window(load_settings())
    catch_all(window)
    if project is not None:
        path = project
        window.painted.connect(lambda: window.projects.open(path))
    window.painted.connect(lambda: _tidy_soon(window))
    window.show()
    return app, window


def grab(project: Path, folder: Path, *, annotator: str = "") -> list[Path]:
    """Take pictures of the reading, claims and history screens, light and dark, and return where they are; needs no screen.

    The project is opened in the name of ``annotator``, by default that in the settings.
    Raises the ``ProjectError`` family.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    kept = load_settings()
    settings = Settings(name=annotator or kept.name or _NOBODY, theme="light", keys=kept.keys)
    from annotator.ui.shell.pictures import take_pictures

    window = make_window(settings, kept=False)
    app.setQuitOnLastWindowClosed(False)
    return take_pictures(window, project, folder)


def _tidy_soon(window: MainWindow) -> None:
    """Look for garbage from then on when what the person waits for has begun."""
    from PySide6.QtCore import QTimer

    def tidy() -> None:
        from annotator.ui.shell.tidying import Tidying

        Tidying(window)

    QTimer.singleShot(0, window, tidy)


def make_application() -> QApplication:
    """Return the application: Qt's own plugins only, none from the environment or the current folder."""
    from PySide6.QtCore import QCoreApplication, QLibraryInfo
    from PySide6.QtWidgets import QApplication

    _read_no_sources()
    sys.setswitchinterval(_TURN)
    for variable in _PLUGIN_VARIABLES:
        os.environ.pop(variable, None)
    own = [QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    QCoreApplication.setLibraryPaths(own)
    QCoreApplication.setApplicationName("annotator")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Annotator")
    app.setDesktopFileName("annotator")
    QCoreApplication.setLibraryPaths(own)
    return app


def _read_no_sources() -> None:
    """Keep PySide from reading the source of each module that is imported from here on; many are loaded in less time.

    It looks there for a use of its ``__feature__`` switches, of which there is none. A PySide without that look is left alone.
    """
    switches = sys.modules.get("shibokensupport.feature")
    if switches is not None and hasattr(switches, _LOOK):
        vars(switches)[_LOOK] = lambda _module: False


def make_window(settings: Settings, *, kept: bool = True) -> MainWindow:
    """Return the window in the person's colours.

    With ``kept`` off nothing that is changed in the window changes the person's settings.
    """
    from PySide6.QtWidgets import QApplication

    from annotator.ui.desk import Desk
    from annotator.ui.main_window import MainWindow
    from annotator.ui.shell.preferences import Preferences
    from annotator.ui.theme import choose_theme

    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme = settings.theme
        choose_theme(app, theme if theme in ("light", "dark") else "system")  # type: ignore[arg-type]
    return MainWindow(Desk(), Preferences(settings, kept=kept))
