"""What a change did: words that differ, disputes, more of it, and back to an earlier state."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.services.project import open_bundle
from annotator.ui.auditing.change_entity import EntityView
from annotator.ui.auditing.change_view import ChangeView
from annotator.ui.auditing.history_screen import HistoryScreen
from annotator.ui.auditing.step_list import STEP, StepView
from annotator.ui.controls import ConfidenceBars, LinkButton, PlainButton, StanceTile, VerdictChip
from annotator.ui.main_window import MainWindow
from annotator.ui.word_diff import WordDiff
from tests.ui.auditing.test_history import history, steps
from tests.ui.whole import OPEN_CLAIM, click, find, press, project_of, settle


def choose(qtbot: QtBot, window: MainWindow, screen: HistoryScreen, label: str, who: str = "") -> None:
    """Choose the newest step of this name."""
    view = find(screen, StepView)
    model = view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    found = [row for row in rows if row.data(STEP).label == label and who in row.data(STEP).who]
    view.setCurrentIndex(found[0])
    view.setFocus()
    settle(qtbot, window)


def test_a_corrected_text_is_told_word_by_word(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    project.edit(project.claims()[1].id, text="The city never sells the readings to insurers.")
    screen = history(qtbot, opened)

    view = find(find(screen, ChangeView), WordDiff)

    assert view.marked() == ("never ",)
    assert view.accessibleName() == "Words: The city [new: never ]sells the readings to insurers."


def test_levels_are_told_by_their_marks(qtbot: QtBot, opened: MainWindow) -> None:
    screen = history(qtbot, opened)
    choose(qtbot, opened, screen, "Correct linkage")
    view = find(screen, ChangeView)
    assert [chip.accessibleName() for chip in view.findChildren(VerdictChip)] == [
        "Verdict before: Supported",
        "Verdict after: Refuted",
    ]
    assert len(view.findChildren(StanceTile)) == 2
    choose(qtbot, opened, screen, "Link to claim")
    assert len(view.findChildren(ConfidenceBars)) == 1


def test_r_restores_the_state_and_undo_takes_it_back(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    claim = project.claims()[1]
    project.edit(claim.id, text="Something else.")
    screen = history(qtbot, opened)
    assert "It is like this now." in [label.text() for label in find(screen, ChangeView).findChildren(QLabel)]
    count = len(steps(screen))
    press(opened, "R")
    settle(qtbot, opened)
    assert len(steps(screen)) == count, "what is so already is not written again"

    choose(qtbot, opened, screen, "Add claim")
    press(opened, "R")
    qtbot.waitUntil(lambda: len(steps(screen)) == count + 1, timeout=20_000)
    settle(qtbot, opened)
    assert project.entity(claim.id).text == OPEN_CLAIM  # type: ignore[attr-defined]
    assert "It is like this now." in [label.text() for label in find(screen, ChangeView).findChildren(QLabel)]

    press(opened, "Ctrl+Z")
    settle(qtbot, opened)
    assert project.entity(claim.id).text == "Something else."  # type: ignore[attr-defined]


def test_r_restores_the_one_of_several_that_has_the_focus(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    version = project.versions(project.sources()[0].id)[0]
    made = project.link_to_new_claim(
        project.highlight(version.id, [(0, 3)]).id, "First wording.", stance="supports", rationale="One."
    )
    project.edit(made.id, rationale="Two.")
    project.edit(made.claim_id, text="Second wording.")
    screen = history(qtbot, opened)
    choose(qtbot, opened, screen, "Link to claim")
    press(opened, "R")
    settle(qtbot, opened)
    assert project.entity(made.id).rationale == "Two.", "which of them is not said"  # type: ignore[attr-defined]

    view = next(each for each in screen.findChildren(EntityView) if each.told.id == made.id)
    view.findChildren(LinkButton)[0].setFocus()
    press(opened, "R")
    settle(qtbot, opened)

    assert project.entity(made.id).rationale == "One."  # type: ignore[attr-defined]
    assert project.entity(made.claim_id).text == "Second wording."  # type: ignore[attr-defined]


def test_what_a_large_change_touched_is_shown_page_by_page(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    claim, version = project.claims()[0], project.versions(project.sources()[0].id)[0]
    common = {"version": version.id, "claim": claim.id, "stance": "supports", "verdict": "supported"}
    project.link_many([{**common, "fragments": [(number, number + 5)]} for number in range(80)])
    screen = history(qtbot, opened)
    choose(qtbot, opened, screen, "Link passages to claims")
    view = find(screen, ChangeView)
    assert len(view.entities) == 30

    click(find(view, PlainButton, "Show 100 of 130 more"))
    settle(qtbot, opened)
    assert len(view.entities) == 130
    more = find(view, PlainButton, "Show 30 more")
    more.setFocus()
    press(opened, "Space")
    settle(qtbot, opened)

    assert len(view.entities) == 160
    assert {entity.id for entity in view.entities} == set(project.touched(steps(screen)[0].change))
    shown = [each for each in view.findChildren(EntityView) if each.isVisibleTo(view)]
    assert [each.told for each in sorted(shown, key=lambda each: each.y())] == list(view.entities)
    at = opened.focusWidget()
    assert at is not None
    assert shown[130].isAncestorOf(at), "the focus goes on with what was added"


def test_disputed_values_say_so_and_lead_to_where_they_are_settled(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    project = project_of(opened)
    [linkage] = project.linkages()
    ours = project.export("bundle", tmp_path / "ours.bundle.zip")
    with open_bundle(ours, tmp_path / "jonas.annotator", annotator="Jonas Weld") as other:
        other.edit(linkage.id, verdict="not_enough_evidence")
        theirs = other.export("bundle", tmp_path / "theirs.bundle.zip")
    project.edit(linkage.id, verdict="conflicting_evidence")
    project.merge(project.plan_merge(theirs))
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    choose(qtbot, opened, screen, "Correct linkage", "Jonas Weld")
    view = find(screen, ChangeView)
    words = [label.text() for label in view.findChildren(QLabel)]
    assert "≠ disputed" in words
    assert "beside it stands: Conflicting evidence / cherry-picking" in words

    with qtbot.waitSignal(opened.desk.dispute_wanted) as wanted:
        click(find(view, LinkButton, "Settle…"))
    assert wanted.args == [linkage.id]
    settle(qtbot, opened)

    project.settle(linkage.id, "verdict", "conflicting_evidence")
    project.undo()
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    choose(qtbot, opened, screen, "Undo: Settle conflict")
    both = "Conflicting evidence / cherry-picking / Not enough evidence"
    assert f"opened again: {both}" in [label.text() for label in find(screen, ChangeView).findChildren(QLabel)]


def test_long_words_wrap_and_the_view_never_scrolls_sideways(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    opened.resize(1000, 650)
    project.edit(project.claims()[1].id, text="word " * 400 + "x" * 300)
    screen = history(qtbot, opened)
    view = find(screen, ChangeView)
    page = view.widget()
    assert page is not None
    assert page.width() <= view.viewport().width()
    assert page.height() > view.viewport().height()
    assert view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    for each in page.findChildren(WordDiff):
        assert each.height() >= each.heightForWidth(each.width())
