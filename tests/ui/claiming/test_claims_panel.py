"""Tests of the dock of claims: which are shown, writing, correcting, deleting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.ui.actions import Actions
from annotator.ui.claiming.claim_editor import ClaimEditor
from annotator.ui.claiming.claim_list import ENTRY
from annotator.ui.claiming.claim_view import ClaimView
from annotator.ui.claiming.claims_panel import ClaimsPanel
from annotator.ui.controls import LinkButton
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.forms import Field, WordsField
from tests.ui.claiming.conftest import Case, put, settle
from tests.ui.hands import CTRL, click, find, press, write


def _shown(panel: ClaimsPanel) -> list[str]:
    model = find(panel, ClaimView).model()
    return [model.index(row, 0).data(ENTRY).row.claim.text for row in range(model.rowCount())]


def _counts(panel: ClaimsPanel, row: int) -> dict[str, int]:
    return dict(find(panel, ClaimView).model().index(row, 0).data(ENTRY).counts)


def test_shows_all_claims_until_a_source_is_read_and_then_those_in_it(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    assert len(_shown(panel)) == 2
    case.desk.select_version(case.other_version)
    settle(qtbot, case.desk)
    assert _shown(panel) == ["Bills rose by 40 per cent on average."]
    assert _counts(panel, 0) == {"contextualises": 1}
    toggle = next(button for button in panel.findChildren(LinkButton) if button.text() == "All 2")
    click(toggle)
    assert len(_shown(panel)) == 2
    assert _counts(panel, 1) == {"contextualises": 2, "qualifies": 1, "refutes": 1, "supports": 1}


@pytest.mark.parametrize("narrow", [200, 216, 232, 248, 264])
def test_in_a_narrow_panel_no_word_stands_on_the_counts(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case, narrow: int
) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    view = find(panel, ClaimView)

    def counts(width: int) -> QImage:
        """Return the line of counts in the row of the claim that has four of them."""
        window.resize(width, 800)
        settle(qtbot, case.desk)
        row = view.visualRect(view.model().index(1, 0))
        assert row.width() < 2 * width
        return view.viewport().grab(QRect(0, row.bottom() - 30, 40 + 4 * 32, 28)).toImage()

    assert counts(narrow) == counts(600)


def test_arrows_select_the_claim_on_the_desk(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.focus_list()
    assert case.desk.claim_id == ""
    press(find(panel, ClaimView), Qt.Key.Key_Return)
    assert case.desk.claim_id == case.claim
    press(find(panel, ClaimView), Qt.Key.Key_Down)
    assert case.desk.claim_id == case.part


def test_the_filter_narrows_and_esc_empties_it(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.focus_filter()
    field = find(panel, FilterField)
    write(field, "average")
    assert _shown(panel) == ["Bills rose by 40 per cent on average."]
    write(field, " zebra")
    assert find(panel, KeyedWords).isVisible()
    assert "No claim has these words" in find(panel, KeyedWords).accessibleName()
    press(field, Qt.Key.Key_Escape)
    assert len(_shown(panel)) == 2


def test_an_empty_project_says_what_to_do(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    panel = ClaimsPanel(desk, actions)
    put(qtbot, window, panel, desk)
    words = find(panel, KeyedWords).accessibleName()
    assert words.startswith("No claims yet.")
    assert "Ctrl Shift A" in words


def test_a_claim_is_written_by_keys_and_undone(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    actions["add_claim"].trigger()
    settle(qtbot, case.desk)
    editor = find(panel, ClaimEditor)
    press(find(editor, WordsField), Qt.Key.Key_Return, CTRL)
    assert any(field.problem for field in editor.findChildren(Field))
    assert len(case.project.claims()) == 2
    write(find(editor, WordsField), "The council voted on it.")
    names, parent, date, place = (editor._claimants, editor._parent, editor._date, editor._location)
    write(names, "Orrin Dahl; Estuary Radio")
    parent.setText("The meters raised bills by 40 per cent.")
    write(date, "2025-06")
    write(place, "Port Ansel")
    editor._types.chip("causal").click()
    press(place, Qt.Key.Key_Return, CTRL)
    settle(qtbot, case.desk)
    claim = case.project.claims()[-1]
    agents = {agent.id: agent.name for agent in case.project.agents()}
    assert (claim.text, claim.date, claim.location) == ("The council voted on it.", "2025-06", "Port Ansel")
    assert [agents[id_] for id_ in claim.claimants] == ["Orrin Dahl", "Estuary Radio"]
    assert (claim.parent, claim.relation, claim.types) == (case.claim, "part_of", ("causal",))
    assert case.desk.claim_id == claim.id
    assert "The council voted on it." in _shown(panel)
    case.desk.undo()
    settle(qtbot, case.desk)
    assert len(_shown(panel)) == 2


def test_wrong_dates_and_parents_are_said_beside_the_field(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.add_claim()
    settle(qtbot, case.desk)
    editor = find(panel, ClaimEditor)
    write(find(editor, WordsField), "Something.")
    write(editor._date, "last May")
    write(editor._parent, "No such claim")
    editor.submit()
    problems = [field.problem for field in editor.findChildren(Field) if field.problem]
    assert len(problems) == 2
    assert any("2025-05-14" in problem for problem in problems)
    assert len(case.project.claims()) == 2


def test_a_claim_is_corrected_in_one_change(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.focus_list()
    case.desk.select_claim(case.part)
    before = len(case.project.changes())
    press(find(panel, ClaimView), Qt.Key.Key_F2)
    settle(qtbot, case.desk)
    editor = find(panel, ClaimEditor)
    assert find(editor, WordsField).toPlainText() == "Bills rose by 40 per cent on average."
    assert editor._claimants.names() == ("Ratepayers’ Circle",)
    find(editor, WordsField).setPlainText("Bills rose by 41 per cent on average.")
    press(find(editor, WordsField), Qt.Key.Key_Return, CTRL)
    settle(qtbot, case.desk)
    assert "Bills rose by 41 per cent on average." in _shown(panel)
    assert len(case.project.changes()) == before + 1
    assert not editor.isVisible()


def test_a_claim_is_deleted_and_undone(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.focus_list()
    case.desk.select_claim(case.part)
    press(find(panel, ClaimView), Qt.Key.Key_Delete)
    settle(qtbot, case.desk)
    assert len(_shown(panel)) == 1
    assert case.desk.claim_id != case.part
    case.desk.undo()
    settle(qtbot, case.desk)
    assert len(_shown(panel)) == 2


def test_what_was_typed_is_kept_when_the_window_goes(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.add_claim()
    settle(qtbot, case.desk)
    write(find(panel, WordsField), "Half a thou")
    qtbot.waitUntil(lambda: case.project.draft("claim:new") == "Half a thou")
    again = ClaimsPanel(case.desk, actions)
    put(qtbot, window, again, case.desk)
    again.add_claim()
    settle(qtbot, case.desk)
    assert find(again, WordsField).toPlainText() == "Half a thou"
    press(find(again, WordsField), Qt.Key.Key_Escape)
    settle(qtbot, case.desk)
    assert case.project.draft("claim:new") is None


def test_the_tree_shows_parts_below_their_claim_and_folds(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = ClaimsPanel(case.desk, actions, tree=True)
    put(qtbot, window, panel, case.desk)
    view = find(panel, ClaimView)
    assert [view.model().index(row, 0).data(ENTRY).depth for row in range(2)] == [0, 1]
    panel.focus_list()
    press(view, Qt.Key.Key_Left)
    assert len(_shown(panel)) == 1
    press(view, Qt.Key.Key_Right)
    assert len(_shown(panel)) == 2


def test_claims_that_are_each_other_s_parents_stand_at_the_top(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    case.project.edit(case.claim, parent=case.part)
    panel = ClaimsPanel(case.desk, actions, tree=True)
    put(qtbot, window, panel, case.desk)
    assert len(_shown(panel)) == 2


def test_the_action_goes_to_the_list_that_has_the_focus(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    first, second = ClaimsPanel(case.desk, actions), ClaimsPanel(case.desk, actions, tree=True)
    holder = QMainWindow()
    holder.setCentralWidget(first)
    put(qtbot, window, holder, case.desk)
    second.setParent(window)
    second.setGeometry(600, 0, 400, 600)
    second.show()
    first.focus_list()
    actions["add_claim"].trigger()
    assert find(first, ClaimEditor).isVisible()
    assert not find(second, ClaimEditor).isVisible()


def test_all_fields_have_names(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    panel.add_claim()
    settle(qtbot, case.desk)
    assert all(field.accessibleName() for field in panel.findChildren(QLineEdit))
