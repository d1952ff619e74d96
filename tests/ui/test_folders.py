"""Dialogs for files begin in a folder that is there, and none takes the name of one that is not for a file's."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import annotator.ui
from annotator.ui.folders import first_folder
from annotator.ui.main_window import MainWindow
from tests.ui.whole import press

UI = Path(annotator.ui.__file__).parent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home without documents."""
    folder = tmp_path / "home"
    folder.mkdir()
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    return folder


def test_the_first_that_is_there_is_taken(home: Path) -> None:
    assert first_folder(home / "gone") == home
    (home / "cases").mkdir()
    assert first_folder(home / "gone", home / "cases") == home / "cases"
    (home / "Documents").mkdir()
    assert first_folder() == home / "Documents"


@pytest.mark.parametrize("keys", ["Ctrl+O", "Ctrl+Shift+O", "Ctrl+N"])
def test_without_documents_no_file_is_called_so(qtbot: QtBot, home: Path, window: MainWindow, keys: str) -> None:
    press(window, keys)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(QFileDialog)), timeout=20_000)
    dialog = next(each for each in window.findChildren(QFileDialog) if each.isVisible())
    assert dialog.directory().absolutePath() == str(home)
    assert not [name for name in dialog.selectedFiles() if Path(name).name == "Documents"]
    dialog.close()


def test_every_dialog_is_told_where_to_begin() -> None:
    silent = [
        f"{path.relative_to(UI)}:{node.lineno}"
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QFileDialog"
        if "first_folder" not in path.read_text(encoding="utf-8") or len(node.args) < 3
    ]
    assert silent == []
