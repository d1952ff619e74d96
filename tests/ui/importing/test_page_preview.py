"""Tests of looking at the pages of a long source that have come, before it is in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.importing.import_flow import ImportFlow
from annotator.ui.importing.import_panel import ImportPanel
from tests.importers.pdfs import Pdf, at, lines
from tests.ui.hands import find, press
from tests.ui.importing.conftest import project_of, put, settle

PAGES = 300


def report() -> bytes:
    document = Pdf()
    for number in range(1, PAGES + 1):
        document.page(at(72, 740, f"Chapter {number}", size=20) + lines(72, 700, ["Nobody had counted them."] * 20))
    return document.bytes()


def begin(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, folder: Path) -> ImportPanel:
    flow = ImportFlow(desk, actions, window)
    put(qtbot, window, QMainWindow(), desk)
    file = folder / "report.pdf"
    file.write_bytes(report())
    flow.import_paths([file])
    panel = find(window, ImportPanel)
    qtbot.waitUntil(lambda: panel.preview.count > 0, timeout=30_000)
    return panel


def test_pages_can_be_looked_at_as_they_come_and_nothing_else(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    panel = begin(qtbot, window, actions, desk, tmp_path)
    assert panel.preview.isVisible()
    words = find(panel.preview, QPlainTextEdit)
    assert words.isReadOnly()
    assert words.toPlainText().startswith("— Page 1 —\nChapter 1\nNobody had counted them.")
    assert project_of(desk).sources() == ()
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: not panel.preview.isVisible(), timeout=30_000)
    assert len(project_of(desk).sources()) == 1
    assert words.toPlainText() == ""


def test_what_is_stopped_leaves_nothing(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    panel = begin(qtbot, window, actions, desk, tmp_path)
    press(panel, Qt.Key.Key_Escape)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: not panel.preview.isVisible(), timeout=30_000)
    assert project_of(desk).sources() == ()
    assert project_of(desk).pages_arrived("report.pdf", 0) == []
