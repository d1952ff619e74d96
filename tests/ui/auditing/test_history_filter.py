"""Narrowing the history with the mouse and with keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.services.project import open_bundle
from annotator.ui.auditing.history_filter import HistoryFilter
from annotator.ui.auditing.history_screen import HistoryScreen
from annotator.ui.auditing.step_list import StepView
from annotator.ui.controls import LinkButton
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.test_history import history, steps
from tests.ui.whole import click, find, press, project_of, settle


def pick(qtbot: QtBot, window: MainWindow, field: QComboBox, words: str) -> None:
    """Pick an entry of a pick list with the keyboard, as a person does who knows its first letters."""
    field.setFocus()
    for _ in range(field.count()):
        if field.currentText() == words:
            break
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.currentText() == words
    settle(qtbot, window)


@pytest.fixture
def screen(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> HistoryScreen:
    """Return the history of a project into which work of Jonas Weld has come."""
    project = project_of(opened)
    ours = project.export("bundle", tmp_path / "ours.bundle.zip")
    with open_bundle(ours, tmp_path / "jonas.annotator", annotator="Jonas Weld") as other:
        other.add_claim("The meters were never tested.")
        theirs = other.export("bundle", tmp_path / "northside-21-may.bundle.zip")
    project.merge(project.plan_merge(theirs))
    settle(qtbot, opened)
    return history(qtbot, opened)


def test_who_and_what_combine_and_are_said_and_cleared(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen) -> None:
    every = len(steps(screen))
    bar = find(screen, HistoryFilter)
    assert not bar.clear_all.isVisible()

    pick(qtbot, opened, bar.who, "Jonas Weld")
    assert {step.who for step in steps(screen)} == {"Jonas Weld"}
    assert len(steps(screen)) == 2
    pick(qtbot, opened, bar.what, "Claim")
    assert [step.touched for step in steps(screen)] == ["The meters were never tested."]
    assert bar.said.text() == "Only: by Jonas Weld, Claim"

    click(bar.clear_all)
    settle(qtbot, opened)
    assert len(steps(screen)) == every
    assert bar.in_words() == ""
    assert not bar.clear_all.isVisible()
    assert bar.who.hasFocus(), "the focus stays in the filter"


def test_every_filter_is_reached_with_tab(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen) -> None:
    bar = find(screen, HistoryFilter)
    pick(qtbot, opened, bar.when, "Dates…")
    press(opened, "/")
    reached = set()
    for _ in range(14):
        press(opened, "Tab")
        reached.add(QApplication.focusWidget())
    assert {bar.who, bar.what, bar.when, bar.bundle, bar.first, bar.last} <= reached


def test_the_bundle_that_brought_it(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen) -> None:
    bar = find(screen, HistoryFilter)
    pick(qtbot, opened, bar.bundle, "northside-21-may.bundle.zip")

    assert [step.label for step in steps(screen)] == ["Add claim", "Join project"]
    assert bar.said.text() == "Only: came with northside-21-may.bundle.zip"


def test_dates_from_and_to(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen) -> None:
    every = len(steps(screen))
    bar = find(screen, HistoryFilter)
    assert not bar.first.isVisible()
    pick(qtbot, opened, bar.when, "Dates…")
    assert bar.first.isVisible()

    QTest.keyClicks(bar.last, "2001")
    QTest.keyClick(bar.last, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert steps(screen) == []
    assert "Clear all" in find(screen, StepView).accessibleDescription()
    assert bar.said.text() == "Only: until 2001"

    bar.last.selectAll()
    QTest.keyClicks(bar.last, f"{datetime.now().astimezone():%Y-%m-%d}")
    QTest.keyClick(bar.last, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert len(steps(screen)) == every, "the last day belongs to it"

    bar.last.selectAll()
    QTest.keyClicks(bar.last, "9999-12")
    QTest.keyClicks(bar.first, "2020-02-29")
    QTest.keyClick(bar.first, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert len(steps(screen)) == every

    QTest.keyClicks(bar.first, "-7")
    QTest.keyClick(bar.first, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert "Write a date as" in bar.problem.text()
    assert bar.problem.isVisible()
    assert len(steps(screen)) == every, "what is no date does not matter"


@pytest.mark.parametrize("when", ["Today", "Last 7 days"])
def test_what_was_done_just_now_is_of_today(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen, when: str) -> None:
    every = len(steps(screen))
    bar = find(screen, HistoryFilter)
    pick(qtbot, opened, bar.when, when)
    assert len(steps(screen)) == every
    since, until = bar.query().since, bar.query().until
    assert since is not None
    assert until is None
    assert since < steps_time(opened)


def steps_time(window: MainWindow) -> str:
    return min(row.change.header.at for row in project_of(window).changes(limit=1000))


def test_words_and_picks_combine(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen) -> None:
    bar = find(screen, HistoryFilter)
    pick(qtbot, opened, bar.what, "Claim")
    press(opened, "/")
    QTest.keyClicks(opened.focusWidget(), "insurers")
    qtbot.waitUntil(lambda: len(steps(screen)) == 1, timeout=20_000)
    settle(qtbot, opened)
    pick(qtbot, opened, bar.who, "Jonas Weld")
    assert steps(screen) == []


def test_the_history_of_one_thing_is_not_narrowed(qtbot: QtBot, opened: MainWindow, screen: HistoryScreen) -> None:
    bar = find(screen, HistoryFilter)
    pick(qtbot, opened, bar.who, "Jonas Weld")
    screen.show_of(EntityId(project_of(opened).linkages()[0].id))
    settle(qtbot, opened)
    assert len(steps(screen)) == 2
    assert not bar.isVisible()
    click(find(screen, LinkButton, "All changes"))
    settle(qtbot, opened)
    assert {step.who for step in steps(screen)} == {"Jonas Weld"}, "what was picked is still in force, and said"
    assert bar.clear_all.isVisible()
