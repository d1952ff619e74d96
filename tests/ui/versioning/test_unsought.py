"""Passages that a merge brought, which nobody has looked for in the newest version: told, and looked for by a click."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.services.project import Project, open_bundle, open_project
from annotator.ui.main_window import MainWindow
from tests.ui.exchanging.conftest import merged
from tests.ui.versioning.conftest import versions_shown
from tests.ui.versioning.revised import first_version, place, second_version
from tests.ui.whole import ME, project_of, settle

LATE = "“There is nothing in the box that can close,” said Odile Brandt"


def _late_passage(project: Project) -> None:
    version = project.versions(project.sources()[0].id)[0]
    passage = project.highlight(version.id, [place(project.text(version.id), LATE)])
    claim = project.claims()[0].id
    project.link(passage.id, claim, stance="refutes", verdict="refuted", confidence="low", rationale="She says so.")


def test_a_colleagues_passage_on_the_old_version_is_told_of_and_looked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    case, given, back = tmp_path / "Meters.annotator", tmp_path / "given.bundle.zip", tmp_path / "back.bundle.zip"
    with open_project(case, annotator=ME, create=True) as project:
        first_version(project)
        project.export("bundle", given)
    with open_bundle(given, tmp_path / "theirs.annotator", annotator="Jonas Weld") as project:
        _late_passage(project)
        project.export("bundle", back)
    with open_project(case, annotator=ME) as project:
        second_version(project)
    window.projects.open(case)
    qtbot.waitUntil(lambda: window.standing.now is not None and bool(window.desk.version_id), timeout=20_000)
    settle(qtbot, window)
    merged(qtbot, window, back)
    said = "1 passage not looked for in the newest version yet."
    qtbot.waitUntil(lambda: said in window.error_bar.accessibleName(), timeout=20_000)
    screen = versions_shown(qtbot, window)
    qtbot.waitUntil(screen.find_again.isVisible, timeout=20_000)
    assert screen.find_again.text() == "Look for 1 more passage"
    QTest.mouseClick(screen.find_again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not screen.find_again.isVisible(), timeout=20_000)
    settle(qtbot, window)
    newest = project_of(window).source_rows()[0].versions[-1].id
    (late,) = [row for row in project_of(window).anchors(newest) if row.quote == LATE]
    assert not late.is_settled
    assert late.found == "“There is nothing in [the box] that could move, let alone close,” said Odile Brandt"
