"""Verifying the project from the window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.ui.auditing.verify_sheet import VerifySheet
from annotator.ui.main_window import MainWindow
from tests.ui.whole import find, press, project_of, settle


def test_a_whole_project_is_said_to_be_whole(qtbot: QtBot, opened: MainWindow) -> None:
    opened.actions_table["verify"].trigger()
    sheet = find(opened, VerifySheet)
    qtbot.waitUntil(lambda: "as they were recorded" in sheet.result.text(), timeout=30_000)
    assert str(len(project_of(opened).changes(limit=1000))) in sheet.result.text()
    press(opened, "Esc")
    settle(qtbot, opened)


def test_an_altered_one_is_named(qtbot: QtBot, opened: MainWindow) -> None:
    path = project_of(opened).path
    from pysqlite3 import dbapi2

    with dbapi2.connect(path) as connection:
        connection.execute("UPDATE linkage SET verdict = 'supported'")
    opened.actions_table["verify"].trigger()
    sheet = find(opened, VerifySheet)
    qtbot.waitUntil(lambda: "altered" in sheet.result.text(), timeout=30_000)
    sheet.close()
    settle(qtbot, opened)
