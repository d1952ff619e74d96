"""Tests of people and organisations: what looks like one is joined, parted and undone by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.claiming.agents_sheet import AgentsSheet
from annotator.ui.main_window import MainWindow
from tests.ui.hands import CTRL, find, press
from tests.ui.whole import project_of, settle


def _sheet(qtbot: QtBot, window: MainWindow) -> AgentsSheet:
    project = project_of(window)
    for name in ("The Guardian", "Guardian", "Lena Marsh", "Marsh, Lena", "Tamsin Orrell"):
        project.agent(name)
    window.actions_table["agents"].trigger()
    settle(qtbot, window)
    sheet = find(window, AgentsSheet)
    qtbot.waitUntil(sheet.pairs.hasFocus)
    return sheet


def _joined(window: MainWindow) -> dict[str, list[str]]:
    return {row.agent.name: [agent.name for agent in row.joined] for row in project_of(window).agent_rows()}


def _press(qtbot: QtBot, window: MainWindow, key: Qt.Key | str, control: bool = False) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    press(focused, key, CTRL) if control else press(focused, key)
    settle(qtbot, window)


def test_pairs_are_joined_either_way_or_parted_and_everything_is_undone(qtbot: QtBot, opened: MainWindow) -> None:
    sheet = _sheet(qtbot, opened)
    assert sheet.pairs.count() == 2
    _press(qtbot, opened, "k")
    assert _joined(opened)["Marsh, Lena"] == ["Lena Marsh"]
    assert sheet.pairs.count() == 1
    _press(qtbot, opened, "n")
    assert sheet.pairs.isHidden(), "a pair that was parted is not asked about again"
    _press(qtbot, opened, Qt.Key.Key_Z, control=True)
    assert sheet.pairs.count() == 1
    sheet.pairs.setFocus()
    _press(qtbot, opened, "j")
    assert _joined(opened)["The Guardian"] == ["Guardian"]
    for _ in range(2):
        _press(qtbot, opened, Qt.Key.Key_Z, control=True)
    assert not any(_joined(opened).values())


def test_anybody_is_joined_to_anybody_and_parted_again(qtbot: QtBot, opened: MainWindow) -> None:
    sheet = _sheet(qtbot, opened)
    sheet.filter.setText("tamsin")
    assert sheet.everybody.count() == 1
    sheet.everybody.setFocus()
    _press(qtbot, opened, "j")
    sheet.filter.setText("lena marsh")
    sheet.everybody.setFocus()
    _press(qtbot, opened, "j")
    assert _joined(opened)["Lena Marsh"] == ["Tamsin Orrell"]
    assert "also Tamsin Orrell" in sheet.everybody.item(0).text()
    _press(qtbot, opened, "p")
    assert _joined(opened)["Lena Marsh"] == []
    _press(qtbot, opened, "j")
    _press(qtbot, opened, Qt.Key.Key_Escape)
    assert sheet.isVisible(), "Esc first lets go of who was picked"
    _press(qtbot, opened, Qt.Key.Key_Escape)
    assert opened.findChild(AgentsSheet) is None
