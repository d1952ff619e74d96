"""Tests of the dock of the passage under the cursor: reading, correcting by keys, withdrawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.ui.actions import Actions
from annotator.ui.claiming.judgement_rows import KeyButton, OtherJudgement
from annotator.ui.claiming.linkage_editor import LinkageEditor, WithdrawForm
from annotator.ui.claiming.linkage_panel import LinkagePanel
from annotator.ui.fields import KeyedWords
from tests.ui.claiming.conftest import Case, put, settle
from tests.ui.hands import CTRL, click, find, press, write


def _panel(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case, passage: EntityId) -> LinkagePanel:
    panel = LinkagePanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    case.desk.select_passage(passage)
    settle(qtbot, case.desk)
    return panel


def _words(panel: LinkagePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def _others(panel: LinkagePanel) -> list[OtherJudgement]:
    return [other for other in panel.findChildren(OtherJudgement) if other.isVisible()]


def _linkage(case: Case, id_: EntityId) -> Linkage:
    found = case.project.entity(id_)
    assert isinstance(found, Linkage)
    return found


def _edit(qtbot: QtBot, panel: LinkagePanel, case: Case) -> LinkageEditor:
    panel.setFocus()
    press(panel, Qt.Key.Key_Return)
    settle(qtbot, case.desk)
    return find(panel, LinkageEditor)


def test_says_what_it_is_for_until_a_passage_is_selected(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = LinkagePanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    assert find(panel, KeyedWords).accessibleName().startswith("Shows the passage under the cursor")


def test_shows_quote_speaker_judgement_and_who_judged(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    words = _words(panel)
    assert "The auditor examined 5,870 accounts and found 14.2 per cent" in words
    assert "City Auditor denies, in indirect speech" in words
    assert "A full count." in words
    assert "completeness" in words
    assert any(word.startswith("Ines Calder, today") for word in words)
    assert case.desk.linkage_id == case.ines_mean
    assert case.desk.claim_id == case.part
    (other,) = _others(panel)
    assert "Jonas Weld" in other.accessibleName()
    click(other)
    settle(qtbot, case.desk)
    assert case.desk.linkage_id == case.jonas_mean
    assert [other.accessibleName().split(",")[0] for other in _others(panel)] == ["Ines Calder"]


def test_a_passage_without_linkage_says_how_to_link_it_and_shows_its_notes(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.unlinked)
    assert find(panel, KeyedWords).accessibleName().startswith("Not linked yet. Press L")
    words = _words(panel)
    assert "Nobody linked this sentence 😡 yet." in words
    assert "Ask who could link it." in words
    assert case.desk.linkage_id == ""


def test_single_keys_correct_the_judgement_one_change_each(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    panel.setFocus()
    before = len(case.project.changes())
    for key in ("q", "3", "m"):
        press(panel, key)
        settle(qtbot, case.desk)
    linkage = _linkage(case, case.ines_mean)
    assert (linkage.stance, linkage.verdict, linkage.confidence) == ("qualifies", "not_enough_evidence", "moderate")
    assert linkage.confidence_percent == 60
    assert len(case.project.changes()) == before + 3
    press(panel, "q")
    settle(qtbot, case.desk)
    assert len(case.project.changes()) == before + 3
    case.desk.undo()
    settle(qtbot, case.desk)
    assert _linkage(case, case.ines_mean).confidence == "high"


def test_a_click_on_a_key_does_the_same(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    key = next(button for button in panel.findChildren(KeyButton) if button.level.code == "supports")
    click(key)
    settle(qtbot, case.desk)
    assert _linkage(case, case.ines_mean).stance == "supports"


def test_enter_opens_the_words_and_ctrl_enter_commits_them_once(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    before = len(case.project.changes())
    editor = _edit(qtbot, panel, case)
    assert editor.isVisible()
    assert editor.rationale.hasFocus()
    write(editor.rationale, " Not a sample.")
    press(editor.rationale, Qt.Key.Key_Return, CTRL)
    settle(qtbot, case.desk)
    assert _linkage(case, case.ines_mean).rationale == "A full count. Not a sample."
    assert len(case.project.changes()) == before + 1
    assert not editor.isVisible()
    assert panel.hasFocus()
    assert case.project.draft(f"linkage:{case.ines_mean}") is None


def test_from_elsewhere_the_edit_action_first_goes_to_the_panel(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    window.setFocus()
    panel.edit()
    assert panel.hasFocus()
    assert not find(panel, LinkageEditor).isVisible()


def test_a_rationale_being_typed_is_kept_and_taken_up_again(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    editor = _edit(qtbot, panel, case)
    write(editor.rationale, " But")
    case.desk.select_passage(case.accounts)
    settle(qtbot, case.desk)
    assert case.project.draft(f"linkage:{case.ines_mean}") == "A full count. But"
    assert not editor.isVisible()
    case.desk.select_passage(case.mean)
    settle(qtbot, case.desk)
    _edit(qtbot, panel, case)
    assert editor.rationale.toPlainText() == "A full count. But"
    press(editor.rationale, Qt.Key.Key_Escape)
    settle(qtbot, case.desk)
    assert case.project.draft(f"linkage:{case.ines_mean}") is None
    assert _linkage(case, case.ines_mean).rationale == "A full count."


def test_withdrawing_needs_a_reason_and_shows_who_did_it(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    panel.setFocus()
    press(panel, Qt.Key.Key_Backspace, CTRL)
    form = find(panel, WithdrawForm)
    press(form.reason, Qt.Key.Key_Return)
    assert form.isVisible()
    assert _linkage(case, case.ines_mean).withdrawn == ""
    write(form.reason, "Counted twice")
    press(form.reason, Qt.Key.Key_Return)
    settle(qtbot, case.desk)
    assert _linkage(case, case.ines_mean).withdrawn == "Counted twice"
    assert any("Withdrawn by Ines Calder" in word and "Counted twice" in word for word in _words(panel))
    assert all(not key.isEnabled() for key in panel.findChildren(KeyButton))
    press(panel, "s")
    settle(qtbot, case.desk)
    assert _linkage(case, case.ines_mean).stance == "refutes"


def test_a_linkage_is_deleted_by_key_and_undone(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    panel.setFocus()
    press(panel, Qt.Key.Key_Delete)
    settle(qtbot, case.desk)
    assert [row.linkage.id for row in case.project.linkage_rows(passage=case.mean)] == [case.jonas_mean]
    assert case.desk.linkage_id == case.jonas_mean
    case.desk.undo()
    settle(qtbot, case.desk)
    assert len(case.project.linkage_rows(passage=case.mean)) == 2


def test_keys_are_caps_only_while_they_work(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    panel.setFocus()
    assert all(key._works for key in panel.findChildren(KeyButton))
    _edit(qtbot, panel, case)
    assert not any(key._works for key in panel.findChildren(KeyButton))


def test_says_which_of_how_many_is_under_the_cursor(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    case.desk.stacked.emit(1, 3)
    assert "1 of 3 under the cursor" in _words(panel)
    case.desk.select_passage(case.accounts)
    assert "1 of 3 under the cursor" not in _words(panel)


def test_a_deleted_passage_leaves_an_empty_panel(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    case.desk.do(lambda project: project.delete(case.mean))
    settle(qtbot, case.desk)
    assert find(panel, KeyedWords).isVisible()


def test_enter_presses_the_button_that_has_the_focus(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    (other,) = _others(panel)
    other.setFocus()
    press(other, Qt.Key.Key_Return)
    settle(qtbot, case.desk)
    assert case.desk.linkage_id == case.jonas_mean
    assert not find(panel, LinkageEditor).isVisible()


def test_del_in_the_fields_deletes_nothing(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = _panel(qtbot, window, actions, case, case.mean)
    editor = _edit(qtbot, panel, case)
    chip = editor._reasons.chip("amount")
    chip.setFocus()
    press(chip, Qt.Key.Key_Delete)
    press(chip, Qt.Key.Key_Backspace, CTRL)
    press(chip, Qt.Key.Key_Return)
    settle(qtbot, case.desk)
    assert chip.isChecked()
    assert editor.isVisible()
    assert len(case.project.linkage_rows(passage=case.mean)) == 2
    press(chip, Qt.Key.Key_Return, CTRL)
    settle(qtbot, case.desk)
    assert set(_linkage(case, case.ines_mean).reasons) == {"completeness", "amount"}
