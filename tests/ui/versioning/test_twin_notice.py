"""Two teams took in one article apart: after a merge the window tells, and a person makes one a version of the other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from annotator.services.project import Project, open_project
from annotator.ui.main_window import MainWindow
from tests.ui.exchanging.conftest import merged
from tests.ui.versioning.revised import TITLE, first_version, place, second_version
from tests.ui.whole import ME, project_of, settle

THEIRS = "The 6,200 meters contain no valve at all."


def _judged_by_them(project: Project) -> None:
    version = second_version(project)
    passage = project.highlight(version, [place(project.text(version), THEIRS)])
    project.link_to_new_claim(passage.id, "The meters have valves.", stance="refutes", verdict="refuted")


def test_a_source_that_was_here_is_told_of_after_a_merge_and_made_a_version(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    case, back = tmp_path / "Meters.annotator", tmp_path / "back.bundle.zip"
    with open_project(case, annotator=ME, create=True) as project:
        first_version(project)
    with open_project(tmp_path / "theirs.annotator", annotator="Jonas Weld", create=True) as project:
        _judged_by_them(project)
        project.export("bundle", back)
    window.projects.open(case)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    merged(qtbot, window, back)
    qtbot.waitUntil(lambda: "came in and is" in window.error_bar.accessibleName(), timeout=20_000)
    before = project_of(window).state_digest()
    window.error_bar._retry.click()
    (asked,) = window.findChildren(QMessageBox)
    next(button for button in asked.buttons() if button.text() == "Make it a version").click()
    qtbot.waitUntil(lambda: len(project_of(window).sources()) == 1, timeout=20_000)
    settle(qtbot, window)
    (row,) = project_of(window).revised_rows()
    assert (row.title, row.versions, row.waiting, row.unsought) == (TITLE, 2, 3, 0)
    shown = project_of(window).passage_rows(row.newest)
    assert THEIRS in {project_of(window).text(row.newest)[each.start : each.end] for each in shown}
    project_of(window).undo()
    qtbot.waitUntil(lambda: len(project_of(window).sources()) == 2, timeout=20_000)
    assert project_of(window).state_digest() == before
    settle(qtbot, window)


def test_a_source_of_its_own_is_not_told_of(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    case, back = tmp_path / "Meters.annotator", tmp_path / "back.bundle.zip"
    with open_project(case, annotator=ME, create=True) as project:
        first_version(project)
    with open_project(tmp_path / "theirs.annotator", annotator="Jonas Weld", create=True) as project:
        project.type_source("A call", "The utility says on the telephone that it never sold a reading to anybody.")
        project.export("bundle", back)
    window.projects.open(case)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    merged(qtbot, window, back)
    assert "came in and is" not in window.error_bar.accessibleName()
