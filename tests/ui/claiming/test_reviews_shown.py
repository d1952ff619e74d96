"""Tests that whoever judged sees what colleagues made of it, where the judgement is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.domain.judgement import Conclusion, Linkage
from annotator.services.project import Project, open_project
from annotator.ui.actions import Actions
from annotator.ui.auditing.review_marks import DecisionMark
from annotator.ui.claiming.claims_screen import ClaimsScreen
from annotator.ui.claiming.linkage_panel import LinkagePanel
from annotator.ui.claiming.review_lines import ReviewLines
from annotator.ui.desk import Desk
from tests.ui.claiming.conftest import put, settle
from tests.ui.whole import make_case


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk with a case of Ines Calder whose linkage and conclusion Jonas Weld has reviewed."""
    path = make_case(tmp_path / "case.annotator")
    with open_project(path, annotator="Jonas Weld") as project:
        linkage, conclusion = _judged(project)
        project.review(linkage.id, "contested", comment="Which accounts?")
        project.review(conclusion.id, "accepted")
    desk = Desk()
    with qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(path, annotator="Ines Calder")
    yield desk
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=20_000)
    desk.close()


def _judged(project: Project) -> tuple[Linkage, Conclusion]:
    linkage = project.linkage_rows()[0].linkage
    return linkage, project.conclusions(linkage.claim_id)[0]


def _open(desk: Desk) -> Project:
    assert desk.project is not None
    return desk.project


def _said(lines: ReviewLines) -> list[str]:
    marks = [mark.accessibleName() for mark in lines.findChildren(DecisionMark) if mark.isVisible()]
    return [*marks, *(label.text() for label in lines.findChildren(QLabel) if label.isVisible())]


def test_a_linkage_shows_its_reviews_and_that_it_has_changed_since(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    project = _open(desk)
    linkage, _ = _judged(project)
    panel = LinkagePanel(desk, actions)
    put(qtbot, window, panel, desk)
    desk.select_passage(linkage.passage_ids[0])
    settle(qtbot, desk)
    (lines,) = panel.findChildren(ReviewLines)
    said = _said(lines)
    assert said[:3] == ["contested", "Reviews", "“Which accounts?”"]
    assert said[3].startswith("Jonas Weld, today")
    assert len(said) == 4

    project.edit(linkage.id, rationale="5,870 of them.")
    settle(qtbot, desk)
    assert _said(lines)[4:] == ["The judgement has changed since."]


def test_a_linkage_without_reviews_says_nothing_of_them(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    project = _open(desk)
    linkage, _ = _judged(project)
    for review in project.reviews(linkage.id):
        project.delete(review.id)
    panel = LinkagePanel(desk, actions)
    put(qtbot, window, panel, desk)
    desk.select_passage(linkage.passage_ids[0])
    settle(qtbot, desk)
    assert not panel.findChildren(ReviewLines)[0].isVisible()


def test_the_conclusion_panel_shows_the_reviews_of_ones_own(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    linkage, _ = _judged(_open(desk))
    screen = ClaimsScreen(desk, actions)
    put(qtbot, window, screen, desk)
    desk.select_claim(linkage.claim_id)
    settle(qtbot, desk)
    (lines,) = [each for each in screen.conclusion.findChildren(ReviewLines) if each.isVisible()]
    said = _said(lines)
    assert said[:2] == ["accepted", "Reviews"]
    assert said[2].startswith("Jonas Weld, today")
