"""What the tests of the window share: settings of their own, a desk with a new project on it, the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.services.settings import FOLDER_VARIABLE, Settings, load_settings, save_settings
from annotator.ui.desk import Desk
from annotator.ui.main_window import MainWindow
from annotator.ui.shell.preferences import Preferences
from annotator.ui.theme import choose_theme
from tests.ui.whole import ME, close, make_case, settle


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the settings of the person who runs the tests out of them."""
    folder = tmp_path / "settings"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture
def desk(qtbot: QtBot, project_path: Path) -> Iterator[Desk]:
    """Return a desk with a new project on it."""
    desk = Desk()
    with qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(project_path, annotator="Ines Calder", create=True)
    yield desk
    desk.close()


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """Return a small case that somebody has worked on."""
    return make_case(tmp_path / "Smart meters.annotator")


@pytest.fixture
def named(own_settings: Path) -> Settings:
    """Return settings in which the person has a name."""
    save_settings(Settings(name=ME, theme="light"))
    return load_settings()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, named: Settings) -> Iterator[MainWindow]:
    """Return the whole window with the start screen in it."""
    choose_theme(qapp, "light")
    window = MainWindow(Desk(), Preferences(named))
    window.resize(1440, 900)
    with qtbot.waitSignal(window.painted, timeout=20_000):
        window.show()
    window.activateWindow()
    yield window
    close(qtbot, window)
    window.deleteLater()


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, case_path: Path) -> MainWindow:
    """Return the whole window with the case open in it."""
    window.projects.open(case_path)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    return window
