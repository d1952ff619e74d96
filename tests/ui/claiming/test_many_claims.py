"""Tests of the dock of claims where there are too many to read them all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from annotator.ui.actions import Actions
from annotator.ui.claiming import claims_panel
from annotator.ui.claiming.claim_list import ENTRY, ClaimEntry
from annotator.ui.claiming.claim_view import ClaimView
from annotator.ui.claiming.claims_panel import ClaimsPanel
from annotator.ui.controls import LinkButton
from annotator.ui.fields import FilterField, KeyedWords
from tests.ui.claiming.conftest import Case, put, settle
from tests.ui.hands import click, find, press, write

MANY = 300


@pytest.fixture
def many(case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a project with so many claims that the panel takes them for many; every tenth has a part."""
    monkeypatch.setattr(claims_panel, "_FEW", MANY // 2)
    for number in range(MANY):
        claim = case.project.add_claim(f"Claim {number:03} of many.")
        if number % 10 == 0:
            case.project.add_claim(f"Part of {number:03}.", parent=claim.id, relation="part_of")
    return case


def _shown(qtbot: QtBot, panel: ClaimsPanel, count: int) -> list[str]:
    """Wait until the list has so many rows and those that are seen are read, and return these."""
    view, found = find(panel, ClaimView), list[ClaimEntry | None]()

    def is_read() -> bool:
        found.clear()
        index = view.indexAt(view.viewport().rect().topLeft())
        while index.isValid() and view.visualRect(index).intersects(view.viewport().rect()):
            found.append(index.data(ENTRY))
            index = view.model().index(index.row() + 1, 0)
        return view.model().rowCount() == count and bool(found) and None not in found

    qtbot.waitUntil(is_read, timeout=20_000)
    return [entry.row.claim.text for entry in found if entry]


def test_many_claims_stand_below_their_parents(qtbot: QtBot, window: QMainWindow, actions: Actions, many: Case) -> None:
    panel = ClaimsPanel(many.desk, actions, tree=True)
    put(qtbot, window, panel, many.desk)
    whole = MANY + MANY // 10 + 2
    assert _shown(qtbot, panel, whole)[2:5] == ["Claim 000 of many.", "Part of 000.", "Claim 001 of many."]
    view = find(panel, ClaimView)
    view.setCurrentIndex(view.model().index(2, 0))
    press(view, Qt.Key.Key_Left)
    assert _shown(qtbot, panel, whole - 1)[2:4] == ["Claim 000 of many.", "Claim 001 of many."]
    entry = view.currentIndex().data(ENTRY)
    assert (entry.row.claim.text, entry.folded, entry.parts) == ("Claim 000 of many.", True, 1)
    many.project.add_claim("One more.")
    many.desk.changed.emit(None)
    assert _shown(qtbot, panel, whole)[2:4] == ["Claim 000 of many.", "Claim 001 of many."]
    press(view, Qt.Key.Key_Right)
    assert _shown(qtbot, panel, whole + 1)[3] == "Part of 000."


def test_keys_select_a_claim_once_it_has_been_read(
    qtbot: QtBot, window: QMainWindow, actions: Actions, many: Case
) -> None:
    panel = ClaimsPanel(many.desk, actions, tree=True)
    put(qtbot, window, panel, many.desk)
    _shown(qtbot, panel, MANY + MANY // 10 + 2)
    panel.focus_list()
    press(find(panel, ClaimView), Qt.Key.Key_End)
    last = many.project.claims()[-1]
    qtbot.waitUntil(lambda: many.desk.claim_id == last.id, timeout=20_000)
    first = many.project.claims()[150]
    many.desk.select_claim(first.id)
    view = find(panel, ClaimView)

    def is_current() -> bool:
        entry = view.currentIndex().data(ENTRY)
        return isinstance(entry, ClaimEntry) and entry.row.claim.id == first.id

    qtbot.waitUntil(is_current, timeout=20_000)


def test_many_claims_are_narrowed_by_the_project(
    qtbot: QtBot, window: QMainWindow, actions: Actions, many: Case
) -> None:
    panel = ClaimsPanel(many.desk, actions)
    put(qtbot, window, panel, many.desk)
    whole = MANY + MANY // 10 + 2
    _shown(qtbot, panel, whole)
    panel.focus_filter()
    write(find(panel, FilterField), "claim 29")
    assert _shown(qtbot, panel, 10)[0] == "Claim 290 of many."
    write(find(panel, FilterField), " zebra")
    qtbot.waitUntil(lambda: find(panel, KeyedWords).isVisible(), timeout=20_000)
    press(find(panel, FilterField), Qt.Key.Key_Escape)
    _shown(qtbot, panel, whole)


def test_all_claims_and_those_in_the_source_take_turns(
    qtbot: QtBot, window: QMainWindow, actions: Actions, many: Case
) -> None:
    panel = ClaimsPanel(many.desk, actions)
    put(qtbot, window, panel, many.desk)
    many.desk.select_version(many.other_version)
    settle(qtbot, many.desk)
    assert _shown(qtbot, panel, 1) == ["Bills rose by 40 per cent on average."]
    whole = MANY + MANY // 10 + 2
    for words, count in ((f"All {whole}", whole), ("In this source 1", 1)):
        click(next(button for button in panel.findChildren(LinkButton) if button.text() == words))
        _shown(qtbot, panel, count)
