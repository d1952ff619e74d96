"""Bundles in the history: what was merged and given away, and the project held against one kept elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from annotator.services.exchanging import BundleScope
from annotator.services.project import open_bundle, open_project
from annotator.ui.auditing.compare_sheet import CompareSheet
from annotator.ui.auditing.history_bundles import BundleView
from annotator.ui.auditing.history_head import HistoryHead
from annotator.ui.auditing.history_screen import HistoryScreen
from annotator.ui.auditing.verify_sheet import VerifySheet
from annotator.ui.controls import LinkButton, PlainButton
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.test_history import history, steps
from tests.ui.whole import ME, click, find, press, project_of, settle


def bundles(qtbot: QtBot, window: MainWindow, screen: HistoryScreen) -> BundleView:
    click(find(screen, HistoryHead).parts.button(1))
    settle(qtbot, window)
    return find(screen, BundleView)


@pytest.fixture
def theirs(opened: MainWindow, tmp_path: Path) -> Path:
    """Return a bundle that Jonas Weld made of the project as it was given away."""
    ours = project_of(opened).export("bundle", tmp_path / "ours.bundle.zip")
    with open_bundle(ours, tmp_path / "jonas.annotator", annotator="Jonas Weld") as other:
        other.add_claim("The meters were never tested.")
        return other.export("bundle", tmp_path / "northside-21-may.bundle.zip")


def test_a_project_that_has_exchanged_nothing_says_what_to_do(qtbot: QtBot, opened: MainWindow) -> None:
    screen = history(qtbot, opened)
    view = bundles(qtbot, opened, screen)
    assert steps(screen) == []
    assert view.empty.isVisible()
    assert find(view, PlainButton, "Compare with a bundle file…").isEnabled()


def test_bundles_merged_and_given_away_with_whether_all_is_here(qtbot: QtBot, opened: MainWindow, theirs: Path) -> None:
    project = project_of(opened)
    project.merge(project.plan_merge(theirs))
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    view = bundles(qtbot, opened, screen)

    assert [(step.label, step.who) for step in steps(screen)] == [
        ("northside-21-may.bundle.zip", "merged"),
        ("ours.bundle.zip", "given away"),
    ]
    assert steps(screen)[0].touched == "2 changes, all here"
    assert view.name.text() == "northside-21-may.bundle.zip"
    assert view.facts.text().startswith("Merged, today")
    assert view.whole.text() == "✓ All of it is still here."
    assert "Jonas Weld" in view.rest.text()

    click(find(view, LinkButton, "Show its changes"))
    settle(qtbot, opened)
    assert [step.label for step in steps(screen)] == ["Add claim", "Join project"]

    project.undo()
    settle(qtbot, opened)
    view = bundles(qtbot, opened, screen)
    assert steps(screen)[0].touched == "Taken back"
    assert "do not count" in view.rest.text()


def test_a_merge_is_taken_back_and_brought_back(qtbot: QtBot, opened: MainWindow, theirs: Path) -> None:
    project = project_of(opened)
    project.merge(project.plan_merge(theirs))
    came = "The meters were never tested."
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    view = bundles(qtbot, opened, screen)
    assert find(view, PlainButton, "Take back").accessibleDescription() == "Key T"

    click(find(view, PlainButton, "Take back"))
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: steps(screen)[0].touched == "Taken back", timeout=10_000)
    assert came not in [claim.text for claim in project.claims()]
    assert find(view, PlainButton, "Bring back").isEnabled()

    screen.focus_list()
    press(opened, "T")
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: steps(screen)[0].touched == "2 changes, all here", timeout=10_000)
    assert came in [claim.text for claim in project.claims()]

    press(opened, "Down")
    settle(qtbot, opened)
    assert view.name.text() == "ours.bundle.zip"
    assert not view.turn.isVisible()
    assert not opened.actions_table["turn_merge"].isEnabled()


def test_a_merge_that_is_built_on_stays_and_the_reason_is_said(qtbot: QtBot, opened: MainWindow, theirs: Path) -> None:
    project = project_of(opened)
    project.merge(project.plan_merge(theirs))
    came = next(claim for claim in project.claims() if claim.text == "The meters were never tested.")
    project.edit(came.id, text="The meters were tested once.")
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    view = bundles(qtbot, opened, screen)
    press(opened, "T")
    settle(qtbot, opened)
    assert opened.error_bar.isVisible()
    said = " ".join(label.text() for label in opened.error_bar.findChildren(QLabel))
    assert "northside-21-may.bundle.zip was not taken back: later work builds on it" in said
    assert find(view, PlainButton, "Take back").isVisible()


def test_a_bundle_kept_elsewhere_is_compared(qtbot: QtBot, opened: MainWindow, theirs: Path, tmp_path: Path) -> None:
    project = project_of(opened)
    project.add_claim("A later one.")
    held = len(project.changes(limit=1000)) - 1
    screen = history(qtbot, opened)
    click(find(bundles(qtbot, opened, screen), PlainButton, "Compare with a bundle file…"))
    dialog = find(opened, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "ours.bundle.zip"))
    dialog.close()
    settle(qtbot, opened)
    sheet = find(opened, CompareSheet)
    qtbot.waitUntil(sheet.stop.isHidden, timeout=30_000)
    assert sheet.result.text() == f"All {held} changes of ours.bundle.zip are here; 1 change was made since."
    click(sheet.close_button)
    settle(qtbot, opened)

    screen.compare_with(theirs)
    sheet = find(opened, CompareSheet)
    qtbot.waitUntil(lambda: "not here" in sheet.result.text(), timeout=30_000)
    assert sheet.result.text() == f"2 of the {held + 2} changes of northside-21-may.bundle.zip are not here."
    assert "Add claim" in sheet.remark.text()
    sheet.close()
    settle(qtbot, opened)


def test_an_older_copy_in_the_projects_place_is_noticed(
    qtbot: QtBot, window: MainWindow, case_path: Path, tmp_path: Path
) -> None:
    older = shutil.copy(case_path, tmp_path / "older")
    with open_project(case_path, annotator=ME) as project:
        project.add_claim("Written later.")
        kept = project.export("bundle", tmp_path / "kept.bundle.zip")
    shutil.copy(older, case_path)
    window.projects.open(case_path)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    screen = history(qtbot, window)

    click(find(screen, PlainButton, "Verify"))
    verified = find(window, VerifySheet)
    qtbot.waitUntil(lambda: "as they were recorded" in verified.result.text(), timeout=30_000)
    assert "kept elsewhere" in verified.limits.text()
    verified.close()
    settle(qtbot, window)

    screen.compare_with(kept)
    sheet = find(window, CompareSheet)
    qtbot.waitUntil(lambda: "not here" in sheet.result.text(), timeout=30_000)
    assert sheet.result.text().startswith("1 of the ")
    assert "Add claim" in sheet.remark.text()
    sheet.close()
    settle(qtbot, window)


def test_what_is_no_bundle_is_refused_in_a_sentence(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_bytes(b"Dear reader,")
    screen = history(qtbot, opened)
    screen.compare_with(tmp_path / "letter.zip")
    sheet = find(opened, CompareSheet)
    qtbot.waitUntil(lambda: sheet.stop.isHidden(), timeout=30_000)
    assert "letter.zip" in sheet.result.text()
    assert sheet.remark.text()
    assert sheet.close_button.hasFocus()
    press(opened, "Esc")
    settle(qtbot, opened)


def test_the_two_parts_of_the_history_are_chosen_with_keys(qtbot: QtBot, opened: MainWindow) -> None:
    screen = history(qtbot, opened)
    head = find(screen, HistoryHead)
    head.parts.button(0).setFocus(Qt.FocusReason.TabFocusReason)
    press(opened, "Right")
    settle(qtbot, opened)
    assert find(screen, BundleView).isVisible()
    assert not head.words.isVisible()
    press(opened, "Left")
    settle(qtbot, opened)
    assert head.words.isVisible()
    assert len(steps(screen)) == len(project_of(opened).changes(limit=1000))


def test_the_log_names_the_team_and_what_went(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    project = project_of(opened)
    part = BundleScope(claims=(project.claims()[0].id,), names=False)
    project.export("bundle", tmp_path / "part.bundle.zip", scope=part, team="The Desk")
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    view = bundles(qtbot, opened, screen)
    assert [step.who for step in steps(screen)] == ["given to The Desk"]
    assert view.facts.text().startswith("Given to The Desk, today")
    said = view.rest.text()
    assert "It held chosen claims and all they rest on." in said
    assert "Left out: names of annotators." in said
    assert "Claims 1, Conclusions 1, Linkages 1" in said
