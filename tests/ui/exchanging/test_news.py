"""What is new since a person last looked: counted, listed, gone to, marked as seen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.controls import GRID
from annotator.ui.exchanging.news_sheet import NewsSheet
from annotator.ui.main_window import MainWindow
from annotator.ui.shell.places import place_of
from annotator.ui.shell.to_do import ToDoSheet
from tests.ui.exchanging.conftest import merged
from tests.ui.whole import press, project_of, settle


def test_news_go_where_one_works_on_them_and_are_then_seen(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    merged(qtbot, opened, theirs)
    assert opened.standing.now is not None
    assert opened.standing.now.news == "8 new from Jonas Weld"
    press(opened, "Ctrl+Shift+N")
    sheet = opened.findChild(NewsSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.list.isVisible, timeout=20_000)
    settle(qtbot, opened)
    heads = [sheet.list.item(row).text() for row in range(sheet.list.count()) if sheet.list.news_at(row) is None]
    assert heads == ["Jonas Weld  8"]
    first = sheet.list.news_at(sheet.list.currentRow())
    assert first is not None
    assert first.kind == "conclusion"
    assert first.label.startswith("Ines Calder’s, on “"), "whose it is, where somebody else has changed it"
    below = sheet._foot.mapTo(sheet, QPoint()).y() - sheet.list.mapTo(sheet, sheet.list.rect().bottomLeft()).y()
    assert below <= 5 * GRID, "no empty band"
    press(opened, "Return")
    settle(qtbot, opened)
    assert opened.top_bar.shown_screen == "claims"
    assert place_of(project_of(opened), first.entity_id) is not None
    left = {each.entity_id for each in project_of(opened).news()}
    assert first.entity_id not in left
    assert {each.kind for each in project_of(opened).news()}.isdisjoint({"annotator", "scale"})
    qtbot.waitUntil(lambda: opened.standing.now is not None and opened.standing.now.news[:5] == "7 new", timeout=20_000)


def test_all_news_are_seen_at_once(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    merged(qtbot, opened, theirs)
    press(opened, "Ctrl+Shift+N")
    sheet = opened.findChild(NewsSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.list.isVisible, timeout=20_000)
    sheet.mark_all.click()
    qtbot.waitUntil(lambda: not project_of(opened).news(), timeout=20_000)
    qtbot.waitUntil(lambda: opened.standing.now is not None and not opened.standing.now.news, timeout=20_000)
    press(opened, "Ctrl+Shift+N")
    sheet = opened.findChildren(NewsSheet)[-1]
    qtbot.waitUntil(lambda: "Nothing" in sheet.said.text(), timeout=20_000)
    press(opened, "Esc")
    settle(qtbot, opened)


def test_what_is_left_leads_to_conflicts_and_news(qtbot: QtBot, theirs: Path, opened: MainWindow) -> None:
    merged(qtbot, opened, theirs)
    press(opened, "Ctrl+L")
    sheet = opened.findChild(ToDoSheet)
    assert sheet is not None
    qtbot.waitUntil(lambda: len(sheet.ways) == 2, timeout=20_000)
    settle(qtbot, opened)
    assert [way.accessibleName() for way in sheet.ways] == ["Settle 2 conflicts", "See 8 new from Jonas Weld"]
    assert QApplication.focusWidget() is sheet.ways[0]
    press(opened, "Space")
    settle(qtbot, opened)
    assert opened.top_bar.shown_screen == "conflicts"
