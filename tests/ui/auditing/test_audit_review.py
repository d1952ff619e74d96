"""The review: one key a decision, one judgement after the other, and nothing decided by accident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.judgement import Linkage
from annotator.domain.review import Decision
from annotator.services.project import Project, open_project
from annotator.ui.auditing.audit_screen import AuditScreen
from annotator.ui.auditing.review_bar import CommentField
from annotator.ui.auditing.review_marks import SameMark
from annotator.ui.auditing.review_queue_list import QueueList
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.audits import (
    INES,
    JONAS,
    checked,
    labels,
    make_twice_judged,
    my_reviews,
    open_audit,
    reading,
)
from tests.ui.exchanging.conftest import work_apart
from tests.ui.whole import focused, press, project_of, settle


def test_twenty_linkages_are_passed_with_one_key_each(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    screen = open_audit(qtbot, window, make_twice_judged(tmp_path / "bills.annotator", 20))
    assert len(screen.queue_items) == 20
    assert screen.review.page.hasFocus(), focused()
    keys = 0
    while any(item.decision is None for item in screen.queue_items):
        before = reading(screen).item.entities
        press(window, "A")
        keys += 1
        assert keys <= 20
        qtbot.waitUntil(lambda: screen.review.reading is not None, timeout=20_000)
        settle(qtbot, window)
        assert reading(screen).item.entities != before or keys == 20
    assert keys == 20
    checked(qtbot, window, screen)
    reviews = my_reviews(window)
    assert len(reviews) == 40, "both say the same, so both are accepted at once"
    assert {review.decision for review in reviews} == {Decision.ACCEPTED}
    assert {review.about for review in reviews} == {linkage.id for linkage in project_of(window).linkages()}
    assert all(item.decision is Decision.ACCEPTED for item in screen.queue_items)


def test_those_who_differ_are_decided_on_one_after_the_other(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    item = reading(screen).item
    assert "differs" in item.why
    assert item.annotators == (INES, JONAS)
    press(window, "A")
    settle(qtbot, window)
    assert reading(screen).item.entities == item.entities, "Jonas’s judgement is still open"
    press(window, "C")
    settle(qtbot, window)
    assert reading(screen).item.entities != item.entities
    decided = {review.about: review.decision for review in my_reviews(window)}
    assert decided == {item.entities[0]: Decision.ACCEPTED, item.entities[1]: Decision.CONTESTED}
    assert screen.queue_items[0].decision is Decision.CONTESTED


@pytest.mark.parametrize(
    ("key", "decision"),
    [("A", Decision.ACCEPTED), ("C", Decision.CONTESTED), ("R", Decision.REJECTED), ("W", Decision.NEEDS_WORK)],
)
def test_each_decision_has_a_key(qtbot: QtBot, window: MainWindow, case: Path, key: str, decision: Decision) -> None:
    open_audit(qtbot, window, case)
    press(window, "J")
    settle(qtbot, window)
    press(window, key)
    settle(qtbot, window)
    assert {review.decision for review in my_reviews(window)} == {decision}


def test_no_key_decides_while_one_writes_the_comment(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    press(window, "Tab")
    field = focused()
    assert isinstance(field, CommentField)
    QTest.keyClicks(field, "Are we sure? A crack was seen. Jack knows. ")
    press(window, "Left")
    assert field.cursorPosition() == len(field.text()) - 1
    press(window, "End")
    press(window, "Right")
    assert screen.review.page.comparison is not None
    assert [head.isChecked() for head in screen.review.page.comparison.heads] == [True, False]
    settle(qtbot, window)
    assert not my_reviews(window)
    press(window, "Return")
    assert screen.review.page.hasFocus(), focused()
    press(window, "W")
    settle(qtbot, window)
    [review] = my_reviews(window)
    assert review.comment == "Are we sure? A crack was seen. Jack knows."
    assert review.decision is Decision.NEEDS_WORK
    assert not field.text()


def test_not_even_a_key_of_ones_own_decides_while_one_writes(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    window.actions_table.set_keys({"accept": "Return"})
    screen.review.bar.comment.setFocus()
    press(window, "Return")
    settle(qtbot, window)
    assert screen.review.page.hasFocus()
    assert not my_reviews(window)
    press(window, "Return")
    settle(qtbot, window)
    assert len(my_reviews(window)) == 1


def test_one_goes_back_and_forth_and_from_judgement_to_judgement(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    first, second = screen.queue_items[:2]
    press(window, "J")
    settle(qtbot, window)
    assert reading(screen).item.entities == second.entities
    assert screen.queue.currentIndex().row() == 1
    press(window, "K")
    press(window, "K")
    settle(qtbot, window)
    assert reading(screen).item.entities == first.entities
    heads = screen.review.page.comparison.heads if screen.review.page.comparison else ()
    assert [head.isChecked() for head in heads] == [True, False]
    press(window, "Right")
    assert [head.isChecked() for head in heads] == [False, True]
    press(window, "Right")
    assert [head.isChecked() for head in heads] == [True, True]
    press(window, "R")
    settle(qtbot, window)
    assert {review.about for review in my_reviews(window)} == set(first.entities)


def test_a_column_is_chosen_by_a_click(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    item = reading(screen).item
    assert screen.review.page.comparison is not None
    QTest.mouseClick(screen.review.page.comparison.heads[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.review.bar.buttons["reject"], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    [review] = my_reviews(window)
    assert review.about == item.entities[1]


@pytest.mark.parametrize("width", [800, 1024, 1440])
def test_no_decision_is_cut_in_a_narrow_window(qtbot: QtBot, window: MainWindow, case: Path, width: int) -> None:
    screen = open_audit(qtbot, window, case)
    window.resize(width, 600)
    settle(qtbot, window)
    bar = screen.review.bar
    for button in bar.buttons.values():
        assert bar.rect().contains(QRect(button.mapTo(bar, QPoint(0, 0)), button.size()))
        assert button.width() >= button.sizeHint().width()
        assert bar.mapTo(screen, QPoint(bar.width(), 0)).x() <= screen.width()


def decisions(screen: AuditScreen) -> list[Decision | None]:
    return [item.decision for item in screen.queue_items]


def test_undo_takes_a_decision_back_and_shows_it_again(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    press(window, "J")
    settle(qtbot, window)
    wanted = reading(screen).item
    assert len(wanted.entities) == 1
    press(window, "R")
    checked(qtbot, window, screen)
    assert decisions(screen)[1] is Decision.REJECTED
    assert reading(screen).item.entities != wanted.entities
    press(window, "Ctrl+Z")
    checked(qtbot, window, screen)
    assert not my_reviews(window)
    assert decisions(screen)[1] is None
    assert reading(screen).item.entities == wanted.entities


def test_what_is_decided_keeps_its_place_and_earlier_reviews_are_told(
    qtbot: QtBot, window: MainWindow, case: Path
) -> None:
    screen = open_audit(qtbot, window, case)
    order = [item.entities for item in screen.queue_items]
    screen.review.bar.comment.setText("Ask the office.")
    press(window, "C")
    checked(qtbot, window, screen)
    assert [item.entities for item in screen.queue_items] == order
    assert "“Ask the office.”" in labels(screen)
    judged = reading(screen).judgements[0]
    assert [told.outdated for told in judged.reviews] == [False]
    project_of(window).edit(judged.id, rationale="Another reason.")
    checked(qtbot, window, screen)
    assert "changed since" in labels(screen)
    assert "Rationale changed" in labels(screen)


def test_what_is_new_finds_its_place_and_what_is_known_keeps_it(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    items = screen.queue_items
    queue = QueueList(screen)
    queue.show((items[0], items[2], items[3]))
    queue.show((items[3], items[1], items[0], items[2]))
    assert list(queue.items) == [items[0], items[2], items[3], items[1]]


def test_what_is_not_yet_seen_is_not_decided_on(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    screen = open_audit(qtbot, window, make_twice_judged(tmp_path / "bills.annotator", 3))
    wanted = reading(screen).item.entities
    press(window, "A")
    press(window, "R")
    settle(qtbot, window)
    assert {review.about for review in my_reviews(window)} == set(wanted)
    assert {review.decision for review in my_reviews(window)} == {Decision.ACCEPTED}


def test_the_queue_is_a_way_to_jump(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    third = screen.queue.visualRect(screen.queue.model().index(2, 0)).center()
    QTest.mouseClick(screen.queue.viewport(), Qt.MouseButton.LeftButton, pos=third)
    settle(qtbot, window)
    assert reading(screen).item.entities == screen.queue_items[2].entities
    assert screen.review.page.hasFocus(), focused()
    screen.queue.setFocus()
    press(window, "Down")
    press(window, "Return")
    settle(qtbot, window)
    assert reading(screen).item.entities == screen.queue_items[3].entities


def test_judgements_stand_side_by_side_with_what_differs(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    item = reading(screen).item
    one, other = (project_of(window).entity(id_) for id_ in item.entities)
    marks = [mark.accessibleName() for mark in screen.review.page.findChildren(SameMark)]
    expected = [
        "same" if getattr(one, field) == getattr(other, field) else "differs"
        for field in ("stance", "verdict", "confidence", "reasons")
    ]
    assert marks == expected
    assert "differs" in marks
    assert item.claim in labels(screen)
    assert "Unchanged since" in labels(screen)
    assert "Disagreement" in labels(screen)


def test_words_that_differ_are_marked(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = make_twice_judged(tmp_path / "bills.annotator", 2)
    screen = open_audit(qtbot, window, path)
    second = reading(screen).judgements[1]
    project_of(window).edit(second.id, rationale="The utility says so twice itself.")
    checked(qtbot, window, screen)
    from annotator.ui.word_diff import WordDiff

    marked = [part.marked() for part in screen.review.page.findChildren(WordDiff)]
    assert [word.strip() for words in marked for word in words] == ["twice"]


def test_ones_own_judgement_is_shown_but_not_offered(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case, who=INES)
    item = next(item for item in screen.queue_items if INES in item.annotators)
    screen.review.show_about(item.entities)
    settle(qtbot, window)
    press(window, "Right")
    press(window, "A")
    settle(qtbot, window)
    mine = {each.id for each in linkages_of(window, INES)}
    assert {review.about for review in my_reviews(window)} == set(item.entities) - mine


def linkages_of(window: MainWindow, name: str) -> list[Linkage]:
    project = project_of(window)
    [who] = [each.id for each in project.annotators() if each.name == name]
    return [linkage for linkage in project.linkages() if linkage.annotator_id == who]


def test_what_is_in_dispute_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = make_twice_judged(tmp_path / "bills.annotator", 1)

    def judge(verdict: str) -> Callable[[Project], object]:
        return lambda project: project.edit(project.linkages()[0].id, verdict=verdict)

    bundle = work_apart(path, tmp_path, judge("refuted"), judge("conflicting_evidence"))
    with open_project(path, annotator=INES) as project:
        project.merge(project.plan_merge(bundle))
        assert [conflict.field for conflict in project.conflicts()] == ["verdict"]
    screen = open_audit(qtbot, window, path)
    assert "≠ Verdict: settle it first" in labels(screen)
    assert "Verdict" in reading(screen).judgements[0].disputed
    remarks = [label.text() for label in screen.review.bar.findChildren(QLabel)]
    assert "In dispute: Verdict" in remarks


def test_nothing_is_decided_from_elsewhere(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen: AuditScreen = open_audit(qtbot, window, case)
    assert window.actions_table["accept"].isEnabled()
    press(window, "Ctrl+1")
    settle(qtbot, window)
    assert not screen.isVisible()
    assert not window.actions_table["accept"].isEnabled()
