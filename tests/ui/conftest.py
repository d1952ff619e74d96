"""What the tests of the window share: settings of their own, and a desk with a new project on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.services.settings import FOLDER_VARIABLE
from annotator.ui.desk import Desk


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
