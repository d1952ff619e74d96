"""Verifying the project from the window."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog
from pysqlite3 import dbapi2
from pytestqt.qtbot import QtBot

from annotator.ui.auditing.verify_sheet import VerifySheet
from annotator.ui.controls import PlainButton
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.test_history import history
from tests.ui.whole import click, find, press, project_of, settle


def test_a_whole_project_is_said_to_be_whole(qtbot: QtBot, opened: MainWindow) -> None:
    opened.actions_table["verify"].trigger()
    sheet = find(opened, VerifySheet)
    qtbot.waitUntil(lambda: "as they were recorded" in sheet.result.text(), timeout=30_000)
    assert str(len(project_of(opened).changes(limit=1000))) in sheet.result.text()
    press(opened, "Esc")
    settle(qtbot, opened)


def test_an_altered_one_is_named(qtbot: QtBot, opened: MainWindow) -> None:
    path = project_of(opened).path
    with dbapi2.connect(path) as connection:
        connection.execute("UPDATE linkage SET verdict = 'supported'")
    opened.actions_table["verify"].trigger()
    sheet = find(opened, VerifySheet)
    qtbot.waitUntil(lambda: "altered" in sheet.result.text(), timeout=30_000)
    sheet.close()
    settle(qtbot, opened)


def test_it_says_what_it_cannot_show_and_leads_to_a_comparison(qtbot: QtBot, opened: MainWindow) -> None:
    opened.actions_table["verify"].trigger()
    sheet = find(opened, VerifySheet)
    assert sheet.stop.isVisible()
    assert sheet.stop.hasFocus()
    qtbot.waitUntil(sheet.stop.isHidden, timeout=30_000)
    assert "only a bundle helps" in sheet.limits.text()
    click(find(sheet, PlainButton, "Compare with a bundle file…"))
    find(opened, QFileDialog).close()
    settle(qtbot, opened)


def test_stopping_ends_the_check(qtbot: QtBot, opened: MainWindow) -> None:
    opened.actions_table["verify"].trigger()
    sheet = find(opened, VerifySheet)
    press(opened, "Space")
    assert not sheet.isVisible()
    settle(qtbot, opened)


def test_an_altered_word_in_the_history_is_named_with_what_to_do(qtbot: QtBot, opened: MainWindow) -> None:
    path = project_of(opened).path
    with dbapi2.connect(path) as connection:
        connection.execute(
            "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), 'A full count.', 'A half count.') AS BLOB)"
        )
    click(find(history(qtbot, opened), PlainButton, "Verify"))
    sheet = find(opened, VerifySheet)
    qtbot.waitUntil(sheet.stop.isHidden, timeout=30_000)
    assert "altered" in sheet.result.text()
    assert "revision" in sheet.result.text()
    assert sheet.remark.text(), "what to do"
    assert not sheet.limits.isVisible()
    sheet.close()
    settle(qtbot, opened)
