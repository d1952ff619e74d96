"""History: who did what and when, in words; of the project and of one thing; and back to an earlier state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.ui.auditing.change_view import ChangeView
from annotator.ui.auditing.history_change import tell_change
from annotator.ui.auditing.history_screen import HistoryScreen
from annotator.ui.auditing.step_list import STEP, StepView
from annotator.ui.auditing.telling import Query, Step, tell_changes, tell_history
from annotator.ui.controls import LinkButton, PlainButton
from annotator.ui.main_window import MainWindow
from tests.ui.whole import CLAIM, ME, OPEN_CLAIM, click, find, press, project_of, settle


def steps(screen: HistoryScreen) -> list[Step]:
    model = find(screen, StepView).model()
    return [model.index(n, 0).data(STEP) for n in range(model.rowCount())]


def told(screen: HistoryScreen) -> str:
    labels = find(screen, ChangeView).findChildren(QLabel)
    return "\n".join(f"{label.text()} {label.accessibleName()}" for label in labels)


def history(qtbot: QtBot, window: MainWindow) -> HistoryScreen:
    press(window, "Ctrl+4")
    assert window.rooms is not None
    screen = window.rooms.history
    qtbot.waitUntil(lambda: bool(steps(screen)), timeout=20_000)
    settle(qtbot, window)
    return screen


def test_the_projects_changes_newest_first_in_words(qtbot: QtBot, opened: MainWindow) -> None:
    screen = history(qtbot, opened)
    labels = [step.label for step in steps(screen)]
    assert labels[:4] == ["Add claim", "Conclude", "Correct linkage", "Link to claim"]
    assert labels[-1] == "Join project"
    assert {step.who for step in steps(screen)} == {ME}
    assert steps(screen)[0].touched == OPEN_CLAIM
    assert find(screen, StepView).hasFocus()
    for _ in range(2):
        press(opened, "Down")
    settle(qtbot, opened)
    words = told(screen)
    for said in ("Correct linkage", "Stance", "Supports", "Refutes", "Verdict", "Supported", "Refuted", CLAIM):
        assert said in words
    assert project_of(opened).linkages()[0].id not in words


def test_enter_shows_what_was_touched(qtbot: QtBot, opened: MainWindow) -> None:
    history(qtbot, opened)
    press(opened, "Return")
    settle(qtbot, opened)
    assert opened.desk.claim_id == project_of(opened).claims()[1].id
    assert opened.top_bar.shown_screen == "claims"


def test_words_filter_the_history(qtbot: QtBot, opened: MainWindow) -> None:
    screen = history(qtbot, opened)
    press(opened, "/")
    QTest.keyClicks(opened.focusWidget(), "insurers")
    qtbot.waitUntil(lambda: [step.label for step in steps(screen)] == ["Add claim"], timeout=20_000)


def test_more_is_read_when_one_comes_to_the_end(qtbot: QtBot, opened: MainWindow) -> None:
    for number in range(210):
        project_of(opened).add_claim(f"Claim {number}.")
    settle(qtbot, opened)
    screen = history(qtbot, opened)
    qtbot.waitUntil(lambda: len(steps(screen)) >= 200, timeout=20_000)
    view = find(screen, StepView)
    view.scrollToBottom()
    qtbot.waitUntil(lambda: steps(screen)[-1].label == "Join project", timeout=20_000)
    assert (
        len({step.change for step in steps(screen)})
        == len(steps(screen))
        == len(project_of(opened).changes(limit=1000))
    )


def test_the_history_of_what_is_chosen_and_back_to_an_earlier_state(qtbot: QtBot, opened: MainWindow) -> None:
    [linkage] = project_of(opened).linkages()
    opened.desk.select_linkage(linkage.id)
    press(opened, "Ctrl+H")
    assert opened.rooms is not None
    screen = opened.rooms.history
    qtbot.waitUntil(lambda: len(steps(screen)) == 2, timeout=20_000)
    assert [step.label for step in steps(screen)] == ["Correct linkage", "Link to claim"]
    settle(qtbot, opened)
    click(screen._head.order.button(1))
    assert [step.label for step in steps(screen)] == ["Link to claim", "Correct linkage"]
    find(screen, StepView).setFocus()
    press(opened, "Home")
    settle(qtbot, opened)
    assert not [b for b in screen.findChildren(LinkButton) if b.isVisible() and b.accessibleName() == "Its history"]
    click(find(screen, PlainButton, "Restore this state"))
    qtbot.waitUntil(lambda: len(steps(screen)) == 3, timeout=20_000)
    settle(qtbot, opened)
    assert project_of(opened).linkages()[0].stance == "supports"
    press(opened, "Ctrl+Z")
    settle(qtbot, opened)
    assert project_of(opened).linkages()[0].stance == "refutes"
    click(find(screen, LinkButton, "All changes"))
    qtbot.waitUntil(lambda: steps(screen)[-1].label == "Join project", timeout=20_000)
    assert steps(screen)[0].label == "Undo: Restore state"


def test_each_kind_of_thing_has_its_history(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    source = project.sources()[0]
    version = project.versions(source.id)[0]
    passage = project.passages(version.id)[0]
    claim = project.claims()[0]
    conclusion = project.conclusions(claim.id)[0]
    on_claim, on_passage, on_source, on_conclusion = (
        project.note(about, "Ask again.") for about in (claim.id, passage.id, source.id, conclusion.id)
    )
    titles = {
        on_claim.id: f"Note on “{CLAIM}”",
        on_passage.id: "Note on “auditor examined 5,870 accounts”",
        on_source.id: "Note on “The review”",
        on_conclusion.id: f"Note on the conclusion on “{CLAIM}”",
        source.id: "Source The review",
        version.id: "Version The review, version 1",
        passage.id: "Passage “auditor examined 5,870 accounts”",
        claim.id: f"Claim {CLAIM}",
        conclusion.id: f"Conclusion on “{CLAIM}”",
    }
    for id_, title in titles.items():
        assert tell_history(project, id_).title == title
    settle(qtbot, opened)


def test_what_was_deleted_keeps_its_name(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    claim = project.claims()[1]
    project.delete(claim.id)
    newest = tell_changes(project, Query(), None).rows[0]
    assert newest.touched == OPEN_CLAIM
    change = tell_change(project, newest.change)
    assert change is not None
    assert [(field.name, field.after.words) for field in change.entities[0].fields] == [("Deleted", "yes")]
    settle(qtbot, opened)
    opened.go_to("claim", EntityId(claim.id))
    qtbot.waitUntil(lambda: opened.error_bar.isVisible(), timeout=20_000)


def test_every_field_and_level_has_words(qtbot: QtBot, opened: MainWindow) -> None:
    project = project_of(opened)
    for row in project.changes(limit=100):
        change = tell_change(project, row.change.id)
        assert change is not None
        for entity in change.entities:
            assert entity.kind
            assert "-7" not in entity.name, "no ids"
            for field in entity.fields:
                assert "_" not in field.name
    settle(qtbot, opened)


def test_the_view_says_what_is_before_and_after_to_those_who_listen(qtbot: QtBot, opened: MainWindow) -> None:
    screen = history(qtbot, opened)
    press(opened, "Down")
    press(opened, "Down")
    settle(qtbot, opened)
    names = [label.accessibleName() for label in find(screen, ChangeView).findChildren(QLabel)]
    assert "Stance before: Supports" in names
    assert "Stance after: Refutes" in names
    assert screen.findChildren(LinkButton)
    assert Qt.FocusPolicy.NoFocus != find(screen, StepView).focusPolicy()
