"""Tests of the evidence board and the conclusion: grouping, counts, disagreement, concluding by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.judgement import Stage
from annotator.ui.actions import Actions
from annotator.ui.claiming.board import read_board
from annotator.ui.claiming.claims_screen import ClaimsScreen
from annotator.ui.claiming.conclusion_form import ConclusionForm
from annotator.ui.controls import AccentButton
from annotator.ui.forms import WordsField
from tests.ui.claiming.conftest import Case, put, settle
from tests.ui.hands import CTRL, click, find, focused, press, write


def _screen(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> ClaimsScreen:
    screen = ClaimsScreen(case.desk, actions)
    put(qtbot, window, screen, case.desk)
    case.desk.select_claim(case.part)
    settle(qtbot, case.desk)
    return screen


def _words(widget: QWidget) -> list[str]:
    return [label.text().replace("\u00a0", " ") for label in widget.findChildren(QLabel) if label.isVisible()]


def _send(screen: ClaimsScreen) -> QPushButton:
    return find(screen.conclusion, AccentButton)


def test_the_board_sorts_by_stance_and_source_and_its_counts_add_up(case: Case) -> None:
    board = read_board(case.project, case.part)
    columns = {column.stance: column for column in board.columns}
    assert {stance: (column.passages, column.sources) for stance, column in columns.items()} == {
        "supports": (1, 1), "refutes": (1, 1), "qualifies": (1, 1), "contextualises": (2, 2),
    }  # fmt: skip
    row = next(row for row in case.project.claim_rows() if row.claim.id == case.part)
    assert dict(row.stances) == {stance: column.passages for stance, column in columns.items()}
    assert [group.name for group in columns["contextualises"].groups] == ["Lena Marsh", "City Gazette"]
    assert len(board.standing) == 6


def test_cards_show_every_annotator_and_where_they_differ(case: Case) -> None:
    columns = {column.stance: column for column in read_board(case.project, case.part).columns}
    (mean,) = columns["refutes"].cards
    assert [row.annotator for row in mean.judged] == ["Ines Calder", "Jonas Weld"]
    assert mean.differs
    (accounts,) = columns["supports"].cards
    assert [row.annotator for row in accounts.elsewhere] == ["Ines Calder"]
    assert accounts.differs
    assert not columns["contextualises"].cards[0].differs


def test_withdrawn_linkages_are_counted_apart(case: Case) -> None:
    case.project.withdraw(case.ines_mean, reason="Twice")
    board = read_board(case.project, case.part)
    assert board.withdrawn == 1
    assert len(board.standing) == 5


def test_the_words_keep_their_context_cut_at_words(case: Case) -> None:
    columns = {column.stance: column for column in read_board(case.project, case.part).columns}
    piece = columns["contextualises"].cards[0].pieces[0]
    assert piece.words == "On average bills are 40 per cent higher"
    assert (piece.before, piece.after) == ("", ", the circle says.")


def test_the_screen_shows_claim_parent_and_disagreement(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    words = _words(screen)
    assert "Bills rose by 40 per cent on average." in words
    assert "Part of" in words
    assert any("Ratepayers’ Circle" in word and "Port Ansel" in word for word in words)
    assert words.count("≠ They differ") == 3
    parent = next(
        button for button in screen.findChildren(QPushButton) if button.text().startswith("The meters raised")
    )
    click(parent)
    assert case.desk.claim_id == case.claim


def test_enter_on_a_card_shows_its_place(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    screen = _screen(qtbot, window, actions, case)
    card = screen.board.cards("refutes")[0]
    card.setFocus()
    with qtbot.waitSignal(case.desk.shown) as shown:
        press(card, Qt.Key.Key_Return)
    version, start, end = shown.args
    assert version == case.version
    assert case.project.text(case.version)[start:end].startswith("The auditor examined")
    assert case.desk.passage_id == case.mean
    assert case.desk.linkage_id == case.ines_mean


def test_arrows_go_from_card_to_card(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    screen = _screen(qtbot, window, actions, case)
    screen.board.focus_first()
    first = screen.board.cards("supports")[0]
    assert first.hasFocus()
    for stance in ("refutes", "qualifies", "contextualises"):
        press(focused(window), Qt.Key.Key_Right)
        assert screen.board.cards(stance)[0].hasFocus()
    press(focused(window), Qt.Key.Key_Down)
    assert screen.board.cards("contextualises")[1].hasFocus()


def test_the_focus_stays_on_a_card_when_something_changes(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    screen.board.cards("refutes")[0].setFocus()
    case.desk.do(lambda project: project.edit(case.ines_mean, rationale="All accounts."))
    settle(qtbot, case.desk)
    card = screen.board.cards("refutes")[0]
    assert card.hasFocus()
    assert any("All accounts." in word for word in _words(card))


def test_nothing_is_answered_beforehand(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    screen = _screen(qtbot, window, actions, case)
    given = find(screen.conclusion, ConclusionForm).given()
    assert given == {
        "verdict": "", "confidence": "", "flags": [], "reasons": [], "likelihood": "", "as_of": None,
        "justification": "", "stage": "draft",
    }  # fmt: skip
    assert not _send(screen).isEnabled()
    assert "Jonas Weld" in _words(screen.conclusion)


def test_concluding_by_keys(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    screen = _screen(qtbot, window, actions, case)
    panel = screen.conclusion
    panel.setFocus()
    press(panel, Qt.Key.Key_Return, CTRL)
    assert "Give a verdict first: 1 to 4." in _words(panel)
    for key in ("2", "h", "f"):
        press(panel, key)
    chip = focused(window)
    press(chip, Qt.Key.Key_Space)
    field = find(panel, WordsField)
    field.setFocus()
    write(field, "The mean rose by 14.2.")
    press(field, Qt.Key.Key_Return, CTRL)
    settle(qtbot, case.desk)
    own = next(c for c in case.project.conclusions(case.part) if c.annotator_id == case.project.annotator_id)
    assert (own.verdict, own.confidence, own.confidence_percent, own.flags) == (
        "refuted",
        "high",
        90,
        ("missing_context",),
    )
    assert (own.justification, own.stage) == ("The mean rose by 14.2.", Stage.DRAFT)
    assert len(own.linkage_ids) == 6
    assert case.project.draft(f"conclusion:{case.part}") is None
    assert not _send(screen).isEnabled()
    assert _send(screen).text() == "Change conclusion"


def test_a_conclusion_is_changed_not_doubled(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    case.project.conclude(case.part, verdict="refuted", confidence="low")
    screen = _screen(qtbot, window, actions, case)
    screen.conclusion.setFocus()
    press(screen.conclusion, "4")
    form = find(screen.conclusion, ConclusionForm)
    click(form._stage.button(1))
    click(_send(screen))
    settle(qtbot, case.desk)
    own = [c for c in case.project.conclusions(case.part) if c.annotator_id == case.project.annotator_id]
    assert [(c.verdict, c.confidence, c.stage) for c in own] == [("conflicting_evidence", "low", Stage.SUBMITTED)]
    assert "≠ Differs from yours" in _words(screen.conclusion)


def test_what_is_not_concluded_is_kept_and_can_be_given_up(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    screen.conclusion.setFocus()
    press(screen.conclusion, "1")
    case.desk.select_claim(case.claim)
    settle(qtbot, case.desk)
    assert find(screen.conclusion, ConclusionForm).given()["verdict"] == ""
    case.desk.select_claim(case.part)
    settle(qtbot, case.desk)
    assert find(screen.conclusion, ConclusionForm).given()["verdict"] == "supported"
    assert "Kept, but not concluded yet." in _words(screen.conclusion)
    screen.conclusion.give_up()
    settle(qtbot, case.desk)
    assert find(screen.conclusion, ConclusionForm).given()["verdict"] == ""
    assert case.project.draft(f"conclusion:{case.part}") is None


def test_a_change_of_the_evidence_leaves_what_is_being_typed(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    field = find(screen.conclusion, WordsField)
    field.setFocus()
    write(field, "Half a")
    case.desk.do(lambda project: project.edit(case.ines_mean, confidence="low"))
    settle(qtbot, case.desk)
    assert field.toPlainText() == "Half a"
    write(field, " thought")
    assert field.toPlainText() == "Half a thought"


def test_a_conclusion_says_when_the_evidence_has_changed(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    case.project.conclude(case.part, verdict="refuted", confidence="low")
    screen = _screen(qtbot, window, actions, case)
    assert not _send(screen).isEnabled()
    case.desk.do(lambda project: project.withdraw(case.ines_mean, reason="Twice"))
    settle(qtbot, case.desk)
    assert "The evidence has changed since." in _words(screen.conclusion)
    assert _send(screen).isEnabled()


def test_a_wrong_date_is_said_and_nothing_concluded(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    screen.conclusion.setFocus()
    press(screen.conclusion, "1")
    form = find(screen.conclusion, ConclusionForm)
    write(form._as_of, "May")
    actions["conclude"].trigger()
    assert any("2025-05-14" in word for word in _words(screen.conclusion))
    settle(qtbot, case.desk)
    assert len(case.project.conclusions(case.part)) == 1


def test_without_a_claim_the_screen_says_what_to_do(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = ClaimsScreen(case.desk, actions)
    put(qtbot, window, screen, case.desk)
    assert "Choose a claim" in _words(screen)


def test_del_in_the_conclusion_deletes_no_claim(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    screen.conclusion.setFocus()
    press(screen.conclusion, "f")
    press(focused(window), Qt.Key.Key_Delete)
    screen.board.cards("refutes")[0].setFocus()
    press(focused(window), Qt.Key.Key_Delete)
    settle(qtbot, case.desk)
    assert len(case.project.claims()) == 2


def test_everything_that_takes_the_focus_has_a_name(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = _screen(qtbot, window, actions, case)
    nameless = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
        and not getattr(widget, "text", str)()
    ]  # fmt: skip
    assert nameless == []
