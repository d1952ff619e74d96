"""Tests of claims that may be the same: what looks like one is joined, parted and undone by keys alone; a merge tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.claim import Claim
from annotator.services.project import open_project
from annotator.ui.claiming.same_claims_sheet import SameClaimsSheet
from annotator.ui.main_window import MainWindow
from tests.ui.hands import CTRL, find, press
from tests.ui.whole import project_of, settle


def _entered(window: MainWindow) -> tuple[Claim, ...]:
    project = project_of(window)
    words = (
        "Rents rose by 4 percent.",
        "rents rose by 4 %",
        "The wall held all night",
        "A wall held all night",
        "Rents fell.",
    )
    claims = tuple(project.add_claim(each) for each in words)
    project.conclude(claims[1].id, verdict="refuted", confidence="high", justification="No.", stage="submitted")
    return claims


def _sheet(qtbot: QtBot, window: MainWindow) -> SameClaimsSheet:
    window.actions_table["same_claims"].trigger()
    settle(qtbot, window)
    sheet = find(window, SameClaimsSheet)
    qtbot.waitUntil(sheet.pair.hasFocus)
    return sheet


def _joined(window: MainWindow) -> dict[str, tuple[str, ...]]:
    return {row.claim.text: row.also for row in project_of(window).claim_rows() if row.also}


def _press(qtbot: QtBot, window: MainWindow, key: Qt.Key | str, control: bool = False) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    press(focused, key, CTRL) if control else press(focused, key)
    settle(qtbot, window)


def _asked(sheet: SameClaimsSheet) -> str:
    return next(label.text() for label in sheet.findChildren(QLabel) if label.text().startswith("Pair "))


def test_pairs_are_joined_either_way_or_parted_and_everything_is_undone(qtbot: QtBot, opened: MainWindow) -> None:
    _entered(opened)
    sheet = _sheet(qtbot, opened)
    assert _asked(sheet) == "Pair 1 of 2: the same words, written otherwise"
    assert [card.words.marked() for card in sheet.pair.cards] == [("Rents", "percent."), ("rents", "%")]
    assert "Refuted" in sheet.pair.accessibleName(), "what rests on it is said"
    _press(qtbot, opened, Qt.Key.Key_Right)
    assert _asked(sheet) == "Pair 2 of 2: the same but for little words"
    _press(qtbot, opened, "n")
    assert _asked(sheet).startswith("Pair 1 of 1"), "a pair that was parted is not asked about again"
    _press(qtbot, opened, "k")
    assert _joined(opened) == {"rents rose by 4 %": ("Rents rose by 4 percent.",)}
    assert sheet.pair.isHidden()
    for _ in range(2):
        _press(qtbot, opened, Qt.Key.Key_Z, control=True)
    assert _joined(opened) == {}
    assert _asked(sheet).startswith("Pair 1 of 2")
    sheet.pair.setFocus()
    _press(qtbot, opened, "j")
    assert _joined(opened) == {"Rents rose by 4 percent.": ("rents rose by 4 %",)}


def test_any_claim_is_joined_to_any_and_parted_again(qtbot: QtBot, opened: MainWindow) -> None:
    _entered(opened)
    sheet = _sheet(qtbot, opened)
    sheet.filter.setText("fell")
    settle(qtbot, opened)
    assert sheet.claims.count() == 1
    sheet.claims.setFocus()
    _press(qtbot, opened, "j")
    sheet.filter.setText("percent")
    settle(qtbot, opened)
    sheet.claims.setFocus()
    _press(qtbot, opened, "j")
    assert _joined(opened) == {"Rents rose by 4 percent.": ("Rents fell.",)}
    assert "also “Rents fell.”" in sheet.claims.item(0).text()
    _press(qtbot, opened, "p")
    assert _joined(opened) == {}
    _press(qtbot, opened, "j")
    _press(qtbot, opened, Qt.Key.Key_Escape)
    assert sheet.isVisible(), "Esc first lets go of what was picked"
    _press(qtbot, opened, Qt.Key.Key_Escape)
    assert opened.findChild(SameClaimsSheet) is None


def test_the_claim_that_counts_is_selected_where_the_joined_one_was(qtbot: QtBot, opened: MainWindow) -> None:
    kept, gone, *_ = _entered(opened)
    settle(qtbot, opened)
    opened.desk.select_claim(gone.id)
    opened.actions_table["show_claims"].trigger()
    settle(qtbot, opened)
    project_of(opened).join_claims(kept.id, gone.id)
    qtbot.waitUntil(lambda: opened.desk.claim_id == kept.id)
    settle(qtbot, opened)
    rooms = opened.rooms
    assert rooms is not None
    told = " ".join(label.text() for label in rooms.claims.findChildren(QLabel)).replace("\u00a0", " ")
    assert "Also entered as “rents rose by 4 %”" in told


def test_a_merge_tells_of_claims_that_may_be_the_same(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    kept, *_ = _entered(opened)
    settle(qtbot, opened)
    with open_project(tmp_path / "theirs", annotator="Bob", create=True) as theirs:
        theirs.add_claim("The rents rose by 4 percent")
        theirs.add_claim("Rents rose by 5 percent.")
        theirs.export("bundle", tmp_path / "theirs.zip")
    bar, rooms = opened.error_bar, opened.rooms
    assert rooms is not None
    with qtbot.waitSignal(rooms.same_claims.told, timeout=10_000):
        project_of(opened).merge(project_of(opened).plan_merge(tmp_path / "theirs.zip"))
    assert "“The rents rose by 4 percent” and a claim that was here may be the same." in bar.accessibleName()
    button = next(each for each in bar.findChildren(type(bar._retry)) if each.text() == "Look…")
    button.click()
    settle(qtbot, opened)
    assert find(opened, SameClaimsSheet).isVisible()
    assert kept.text == "Rents rose by 4 percent."


@pytest.mark.parametrize("action", ["same_claims"])
def test_the_sheet_says_so_where_nothing_looks_alike(qtbot: QtBot, opened: MainWindow, action: str) -> None:
    opened.actions_table[action].trigger()
    settle(qtbot, opened)
    sheet = find(opened, SameClaimsSheet)
    qtbot.waitUntil(lambda: sheet.said.text() == "No claims look alike.")
    assert sheet.pair.isHidden()
    qtbot.waitUntil(sheet.claims.hasFocus)
    sheet.filter.setFocus()
    for words in ("no such claim", ""):
        sheet.filter.setText(words)
        settle(qtbot, opened)
    assert sheet.filter.hasFocus(), "who writes into the filter goes on"
