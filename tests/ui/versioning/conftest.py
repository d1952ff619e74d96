"""The whole window with a source in it that was corrected after it had been worked on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.ui.main_window import MainWindow
from annotator.ui.versioning.version_reader import VersionReader
from annotator.ui.versioning.versions_screen import VersionsScreen
from tests.ui.versioning.revised import make_revised
from tests.ui.whole import press, settle


@pytest.fixture
def revised_path(tmp_path: Path) -> Path:
    """Return a project with an article and its correction."""
    return make_revised(tmp_path / "Smart meters.annotator")


@pytest.fixture
def revised(qtbot: QtBot, window: MainWindow, revised_path: Path) -> MainWindow:
    """Return the window with that project open."""
    window.projects.open(revised_path)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    return window


def versions_shown(qtbot: QtBot, window: MainWindow, key: str = "Ctrl+7") -> VersionsScreen:
    """Go to the versions by key and return them, once two of them have been compared."""
    press(window, key)
    assert window.rooms is not None
    screen = window.rooms.versions
    qtbot.waitUntil(lambda: screen.isVisible() and screen.beside.diff is not None, timeout=20_000)
    settle(qtbot, window)
    return screen


@pytest.fixture
def screen(qtbot: QtBot, revised: MainWindow) -> VersionsScreen:
    """Return the screen of versions with both of the article."""
    return versions_shown(qtbot, revised)


def sides(screen: VersionsScreen) -> tuple[VersionReader, VersionReader]:
    """Return the readers of the old and the new version."""
    assert screen.beside.old is not None
    assert screen.beside.new is not None
    return screen.beside.old, screen.beside.new
