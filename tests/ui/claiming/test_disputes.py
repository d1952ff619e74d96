"""What two people see differently after a merge: marked wherever it is shown, with all values, and settled where one answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.services.project import Project, open_project
from annotator.services.settings import Settings
from annotator.ui.actions import Actions
from annotator.ui.claiming.board import read_board
from annotator.ui.claiming.claim_list import spoken
from annotator.ui.claiming.claims_panel import ClaimsPanel
from annotator.ui.claiming.claims_screen import ClaimsScreen
from annotator.ui.claiming.linkage_panel import LinkagePanel
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine, DisputedMark, stands
from annotator.ui.main_window import MainWindow
from annotator.ui.shell.preferences import Preferences
from annotator.ui.theme import choose_theme
from tests.ui.claiming.conftest import put, settle
from tests.ui.hands import click, find, press
from tests.ui.whole import close
from tests.ui.whole import settle as settle_window

TEXT = "The auditor examined 5,870 accounts and found 14.2 per cent. Nobody else counted.\n"


@dataclass(frozen=True, slots=True)
class Case:
    """The ids of what the case is made of."""

    desk: Desk
    claim: EntityId
    calm: EntityId
    version: EntityId
    passage: EntityId
    linkage: EntityId
    conclusion: EntityId

    @property
    def project(self) -> Project:
        """The project on the desk."""
        assert self.desk.project is not None
        return self.desk.project


def build(path: Path) -> dict[str, EntityId]:
    """Make a case that two people corrected apart from each other, and merge what the second did."""
    ids: dict[str, EntityId] = {}
    with open_project(path, annotator="Ines Calder", create=True) as project:
        source = project.type_source("The meters", TEXT)
        ids["version"] = source.id
        ids["passage"] = project.highlight(source.id, [(4, 59)]).id
        ids["claim"] = project.add_claim("Bills rose by 40 per cent.").id
        ids["calm"] = project.add_claim("Nobody argues about this.").id
        ids["linkage"] = project.link(
            ids["passage"], ids["claim"], stance="refutes", verdict="refuted", confidence="low", rationale="A count."
        ).id
        ids["conclusion"] = project.conclude(ids["claim"], verdict="refuted", confidence="low").id
    theirs = path.with_name("theirs.annotator")
    shutil.copy(path, theirs)
    with open_project(theirs, annotator="Jonas Weld") as project:
        project.edit(ids["claim"], text="Bills rose by two fifths.")
        project.edit(ids["linkage"], stance="qualifies", rationale="It counts some.")
        project.edit(ids["conclusion"], verdict="conflicting_evidence")
        bundle = project.export("bundle", path.with_name("theirs.bundle.zip"))
    with open_project(path, annotator="Ines Calder") as project:
        project.edit(ids["claim"], text="Bills rose by 40% on average.")
        project.edit(ids["linkage"], stance="supports", rationale="It counts all.")
        project.edit(ids["conclusion"], verdict="supported")
        project.merge(project.plan_merge(bundle))
    return ids


@pytest.fixture
def case(qtbot: QtBot, project_path: Path) -> Iterator[Case]:
    """Return the case, open for Ines Calder."""
    ids = build(project_path)
    desk = Desk()
    crashes: list[Exception] = []
    desk.jobs.crashed.connect(crashes.append)
    with qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(project_path, annotator="Ines Calder")
    yield Case(desk=desk, **ids)
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=20_000)
    desk.close()
    assert crashes == []


@pytest.fixture
def window_with_dispute(
    qtbot: QtBot, qapp: QApplication, named: Settings, project_path: Path
) -> Iterator[tuple[MainWindow, dict[str, EntityId]]]:
    """Return the whole window with the case open in it, and the ids."""
    ids = build(project_path)
    choose_theme(qapp, "light")
    whole = MainWindow(Desk(), Preferences(named))
    with qtbot.waitSignal(whole.painted, timeout=20_000):
        whole.show()
    whole.projects.open(project_path)
    qtbot.waitUntil(lambda: whole.standing.now is not None and bool(whole.desk.version_id), timeout=20_000)
    settle_window(qtbot, whole)
    yield whole, ids
    close(qtbot, whole)
    whole.deleteLater()


def shown(parent: QWidget) -> list[str]:
    """Return what the lines of disputed values say, where they can be seen."""
    lines = [line for line in parent.findChildren(DisputedLine) if line.isVisible()]
    return [line.findChildren(QLabel)[0].text() for line in lines]


def marks(parent: QWidget) -> list[DisputedMark]:
    """Return the marks that can be seen."""
    return [mark for mark in parent.findChildren(DisputedMark) if mark.isVisible()]


def test_rows_name_the_disputed_fields(case: Case) -> None:
    rows = {row.claim.id: row for row in case.project.claim_rows()}
    assert rows[case.claim].disputed == ("text",)
    assert rows[case.claim].conclusion_disputed == ("verdict",)
    assert rows[case.calm].conflicted is False
    (linkage,) = case.project.linkage_rows(claim=case.claim)
    assert linkage.disputed == ("rationale", "stance")
    assert linkage.claim_disputed == ("text",)
    (passage,) = case.project.passage_rows(case.version)
    assert passage.conflicted is True
    assert passage.disputed == ()


def test_what_stands_is_told_with_who_and_when(case: Case) -> None:
    found = stands(case.project, case.conclusion)
    assert list(found) == ["verdict"]
    words = found["verdict"].words
    assert words.startswith("Verdict: Supported (Ines Calder, today")
    assert "Conflicting (Jonas Weld, today" in words
    assert stands(case.project, case.calm) == {}


def test_the_list_of_claims_says_it(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    said = {entry.row.claim.id: spoken(entry) for entry in panel._model._entries}
    assert said[case.claim].endswith(", disputed")
    assert "disputed" not in said[case.calm]


def test_the_list_of_claims_marks_it(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    view = panel._view
    rows = {
        entry.row.claim.id: view.visualRect(panel._model.index_of(entry.row.claim.id))
        for entry in panel._model._entries
    }
    before = {id_: view.viewport().grab(rect).toImage() for id_, rect in rows.items()}
    for row in case.project.claim_rows():
        for field in row.disputed:
            case.project.settle(row.claim.id, field, row.claim.text)
        if row.conclusion:
            case.project.settle(row.conclusion.id, "verdict", row.conclusion.verdict)
    settle(qtbot, case.desk)
    after = {id_: view.viewport().grab(rect).toImage() for id_, rect in rows.items()}
    assert before[case.claim] != after[case.claim]
    assert before[case.calm] == after[case.calm]


def test_the_board_shows_every_value(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    screen = ClaimsScreen(case.desk, actions)
    put(qtbot, window, screen, case.desk)
    case.desk.select_claim(case.claim)
    settle(qtbot, case.desk)
    told = shown(screen)
    assert any(
        "Bills rose by 40% on average. (Ines Calder" in words and "two fifths. (Jonas Weld" in words for words in told
    )
    assert any("Supported (Ines Calder" in words and "Conflicting (Jonas Weld" in words for words in told)
    (card,) = (card for column in screen.board._columns for card in column)
    assert len(marks(card)) == 1
    assert "disputed" in card.accessibleName()
    assert read_board(case.project, case.claim).disputed == {case.claim: ("text",), case.conclusion: ("verdict",)}


def test_a_mark_leads_to_the_conflict(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    screen = ClaimsScreen(case.desk, actions)
    put(qtbot, window, screen, case.desk)
    case.desk.select_claim(case.claim)
    settle(qtbot, case.desk)
    (card,) = (card for column in screen.board._columns for card in column)
    (mark,) = marks(card)
    assert "Stance: " in mark.toolTip()
    assert "Jonas Weld" in mark.toolTip()
    with qtbot.waitSignal(case.desk.dispute_wanted) as asked:
        click(mark)
    assert asked.args == [case.linkage]
    mark.setFocus()
    with qtbot.waitSignal(case.desk.dispute_wanted):
        press(mark, " ")


def test_the_panel_shows_every_value_below_its_field(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    panel = LinkagePanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    case.desk.select_passage(case.passage)
    settle(qtbot, case.desk)
    told = shown(panel)
    assert len(told) == 3
    assert any("Supports (Ines Calder" in words and "Qualifies (Jonas Weld" in words for words in told)
    assert any("It counts all. (Ines Calder" in words for words in told)


@pytest.mark.parametrize("which", ["shown", "other"])
def test_answering_settles_it(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case, which: str) -> None:
    panel = LinkagePanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    case.desk.select_passage(case.passage)
    settle(qtbot, case.desk)
    linkage = case.project.entity(case.linkage)
    assert isinstance(linkage, Linkage)
    keys = {"supports": "S", "qualifies": "Q", "refutes": "R"}
    wanted = linkage.stance if which == "shown" else "refutes"
    panel.setFocus()
    press(panel, keys[wanted])
    settle(qtbot, case.desk)
    assert [conflict.field for conflict in case.project.conflicts(case.linkage)] == ["rationale"]
    assert case.project.entity(case.linkage).stance == wanted  # type: ignore[attr-defined]
    assert len(shown(panel)) == 2
    case.desk.undo()
    settle(qtbot, case.desk)
    assert len(case.project.conflicts(case.linkage)) == 2
    assert len(shown(panel)) == 3


def test_the_editor_shows_every_value(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = LinkagePanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    case.desk.select_passage(case.passage)
    settle(qtbot, case.desk)
    panel.setFocus()
    panel.edit()
    settle(qtbot, case.desk)
    told = shown(panel._editor)
    assert len(told) == 1
    assert "It counts all. (Ines Calder" in told[0]
    assert "It counts some. (Jonas Weld" in told[0]
    find(panel._editor, QPlainTextEdit).setPlainText("It counts those that answered.")
    panel._send_edit()
    settle(qtbot, case.desk)
    assert [conflict.field for conflict in case.project.conflicts(case.linkage)] == ["stance"]


@pytest.mark.parametrize("which", ["shown", "other"])
def test_concluding_settles_the_verdict(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case, which: str
) -> None:
    screen = ClaimsScreen(case.desk, actions)
    put(qtbot, window, screen, case.desk)
    case.desk.select_claim(case.claim)
    settle(qtbot, case.desk)
    conclusion = case.project.entity(case.conclusion)
    assert isinstance(conclusion, Conclusion)
    wanted = conclusion.verdict if which == "shown" else "refuted"
    screen.conclusion._form.set_verdict(wanted)
    screen.conclusion.conclude()
    settle(qtbot, case.desk)
    assert case.project.conflicts(case.conclusion) == ()
    assert case.project.conclusions(case.claim)[-1].verdict == wanted
    assert shown(screen.conclusion) == []


def test_concluding_something_else_leaves_the_verdict_open(
    qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case
) -> None:
    screen = ClaimsScreen(case.desk, actions)
    put(qtbot, window, screen, case.desk)
    case.desk.select_claim(case.claim)
    settle(qtbot, case.desk)
    screen.conclusion._form._justification.setPlainText("Counted twice.")
    screen.conclusion.conclude()
    settle(qtbot, case.desk)
    assert [conflict.field for conflict in case.project.conflicts(case.conclusion)] == ["verdict"]
    assert case.project.conclusions(case.claim)[-1].justification == "Counted twice."


def test_the_claim_editor_shows_every_value(qtbot: QtBot, window: QMainWindow, actions: Actions, case: Case) -> None:
    panel = ClaimsPanel(case.desk, actions)
    put(qtbot, window, panel, case.desk)
    case.desk.select_claim(case.claim)
    panel.edit_claim()
    settle(qtbot, case.desk)
    (words,) = shown(panel._editor)
    assert "40% on average. (Ines Calder" in words
    assert "two fifths. (Jonas Weld" in words
    panel._editor.cancel()
    case.desk.select_claim(case.calm)
    panel.edit_claim()
    settle(qtbot, case.desk)
    assert shown(panel._editor) == []


def test_words_that_two_people_marked_are_one_passage(case: Case) -> None:
    again = case.project.highlight(case.version, [(4, 59)]).id
    assert again != case.passage
    case.project.link(again, case.claim, stance="supports", verdict="supported")
    board = read_board(case.project, case.claim)
    stance = case.project.linkage_rows(claim=case.claim)[0].linkage.stance
    cards = [card for column in board.columns for card in column.cards]
    assert all(card.differs for card in cards)
    assert {row.annotator for card in cards for row in card.judged} == {"Ines Calder"}
    (row,) = (row for row in case.project.claim_rows() if row.claim.id == case.claim)
    assert dict(row.stances) == dict.fromkeys({stance, "supports"}, 1)
    assert dict(case.project.stances_in(case.version)[case.claim]) == dict(row.stances)


def test_the_window_goes_to_where_it_is_settled(
    qtbot: QtBot, window_with_dispute: tuple[MainWindow, dict[str, EntityId]]
) -> None:
    whole, ids = window_with_dispute
    assert whole.rooms is not None
    whole.desk.select_claim(ids["claim"])
    whole.show_screen("claims")
    settle_window(qtbot, whole)
    mark = next(mark for mark in marks(whole.rooms.claims))
    mark.click()
    settle_window(qtbot, whole)
    assert whole.stack.currentWidget() is whole.rooms.conflicts
