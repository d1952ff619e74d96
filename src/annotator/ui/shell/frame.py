"""The window's place, its docks, and the bars over them: kept per person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt

from annotator.ui.shell.preferences import Preferences

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_VERSION = 1
_SIZE = QSize(1440, 900)


class Frame:
    """Remembers where the window and its docks were."""

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        self._window = window
        self._preferences = preferences

    def restore(self) -> None:
        """Put the window where it was, as far as it fits the screen."""
        kept = self._preferences.settings.window.get("geometry", "")
        if not (kept and self._window.restoreGeometry(_bytes(kept))):
            self._window.resize(_SIZE.boundedTo(self._window.screen().availableSize()))

    def restore_docks(self) -> None:
        """Put the docks where they were."""
        kept = self._preferences.settings.window.get("docks", "")
        if kept:
            self._window.restoreState(_bytes(kept), _VERSION)

    def keep(self) -> None:
        """Remember the window's place."""
        self._preferences.set_window("geometry", _words(self._window.saveGeometry()))

    def keep_docks(self) -> None:
        """Remember the docks' places; called while they are as the person left them."""
        self._preferences.set_window("docks", _words(self._window.saveState(_VERSION)))

    def align(self) -> None:
        """Let the columns of the top bar stand over the docks."""
        left = _width(self._window, Qt.DockWidgetArea.LeftDockWidgetArea)
        right = _width(self._window, Qt.DockWidgetArea.RightDockWidgetArea)
        self._window.top_bar.set_columns(left, right)


def _width(window: MainWindow, side: Qt.DockWidgetArea) -> int:
    docks = window.rooms.docks if window.rooms else ()
    shown = (
        dock for dock in docks if dock.isVisible() and not dock.isFloating() and window.dockWidgetArea(dock) == side
    )
    return max((dock.width() for dock in shown), default=0)


def _bytes(kept: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(kept.encode("ascii", "ignore")))


def _words(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
