"""A fact-checker's first hour in the whole window, with the keyboard alone; and the same things with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.services.exchanging import verify_bundle
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.exchanging.export_sheet import ExportSheet
from annotator.ui.main_window import MainWindow
from tests.ui.whole import click, find, focused, press, project_of, settle

PAGE = """<html lang="en"><head><title>What the meters do</title></head><body><article><h1>What the meters do</h1>
<p>The City Auditor, who examined all 5,870 pilot accounts, found an average rise of 14.2 per cent in a year.</p>
<p>The figure of 40 per cent comes from one post by the residents, who compared 212 bills that members had sent in.</p>
</article></body></html>"""
WORDS = "found an average rise of 14.2 per cent"


def type_words(words: str) -> None:
    QTest.keyClicks(focused(), words)


@pytest.fixture
def reading(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """Return the window with a page imported and open."""
    window.projects.open(tmp_path / "Meters.annotator", create=True)
    qtbot.waitUntil(lambda: window.standing.now is not None, timeout=20_000)
    page = tmp_path / "meters.html"
    page.write_text(PAGE, encoding="utf-8")
    assert window.rooms is not None
    window.rooms.imports.import_paths([page])
    qtbot.waitUntil(lambda: bool(window.desk.version_id), timeout=60_000)
    settle(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), PointedReader), timeout=20_000)
    return window


def select(window: MainWindow, words: str) -> PointedReader:
    assert window.rooms is not None
    view = window.rooms.reading.view
    assert isinstance(view, PointedReader)
    start = view.text.text.index(words)
    view.put_caret(start)
    for _ in words:
        press(window, "Shift+Right")
    return view


def test_from_a_page_to_a_published_verdict_without_a_mouse(qtbot: QtBot, reading: MainWindow, tmp_path: Path) -> None:
    window = reading
    project = project_of(window)
    select(window, WORDS)
    press(window, "L")
    type_words("Bills rose by 40% on average.")
    press(window, "Return")
    for key in ("R", "2", "H"):
        press(window, key)
    type_words("A full count, not a sample.")
    press(window, "Ctrl+Return")
    qtbot.waitUntil(lambda: len(project.linkages()) == 1, timeout=20_000)
    settle(qtbot, window)
    [linkage] = project.linkages()
    [passage] = project.passages(window.desk.version_id)
    assert passage.quote == WORDS
    assert (linkage.stance, linkage.verdict, linkage.confidence) == ("refutes", "refuted", "high")
    assert linkage.rationale == "A full count, not a sample."
    assert "1 passage, 1 linked, 1 open claim" in window._standing_words()

    assert window.rooms is not None
    while not window.rooms.docks[1].isAncestorOf(focused()):
        press(window, "F6")
    press(window, "Ctrl+Return")
    settle(qtbot, window)
    assert window.rooms.claims.conclusion.isAncestorOf(focused()) or focused() is window.rooms.claims.conclusion
    for key in ("2", "H"):
        press(window, key)
    press(window, "Ctrl+Return")
    qtbot.waitUntil(lambda: bool(project.conclusions(linkage.claim_id)), timeout=20_000)
    settle(qtbot, window)
    assert project.conclusions(linkage.claim_id)[0].verdict == "refuted"
    assert "open claim" not in window._standing_words()

    press(window, "Ctrl+E")
    sheet = find(window, ExportSheet)
    qtbot.waitUntil(lambda: sheet.chosen is not None, timeout=20_000)
    sheet.place.setText(str(tmp_path / "meters.bundle.zip"))
    sheet.place.setFocus()
    press(window, "Return")
    qtbot.waitUntil(lambda: sheet.result.text().startswith("Verified"), timeout=60_000)
    press(window, "Esc")
    assert verify_bundle(tmp_path / "meters.bundle.zip").texts == 1

    everything = project.state_digest()
    steps = len(project.done)
    for _ in range(steps):
        press(window, "Ctrl+Z")
        settle(qtbot, window)
    assert not project.sources()
    assert not window.actions_table["undo"].isEnabled()
    for _ in range(steps):
        press(window, "Ctrl+Shift+Z")
        settle(qtbot, window)
    assert project.state_digest() == everything


def test_highlighting_by_dragging_and_taking_it_back_by_clicking(qtbot: QtBot, reading: MainWindow) -> None:
    window = reading
    project = project_of(window)
    assert window.rooms is not None
    view = window.rooms.reading.view
    assert view is not None
    port = view.viewport()
    for y in range(80, port.height(), 8):
        QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=QPoint(port.width() // 2, y))
        if view.has_selection:
            break
    press(window, "H")
    qtbot.waitUntil(lambda: len(project.passages(window.desk.version_id)) == 1, timeout=20_000)
    settle(qtbot, window)
    assert project.passages(window.desk.version_id)[0].quote.strip()
    click(window.top_bar._undo)
    qtbot.waitUntil(lambda: not project.passages(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
