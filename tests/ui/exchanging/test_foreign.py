"""Taking in another program's annotations from the window: looked at first, then written as one step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.kinds import Passage
from annotator.ui.exchanging.foreign_sheet import ForeignSheet
from annotator.ui.main_window import MainWindow
from tests.importers.annotations.samples import REVIEW
from tests.ui.whole import click, find, press, project_of, settle


def note(quote: str, source: str) -> dict[str, Any]:
    target = {"source": source, "selector": {"type": "TextQuoteSelector", "exact": quote}}
    return {"id": f"https://notes.example/{len(quote)}", "type": "Annotation", "target": target}


@pytest.fixture
def words_here(opened: MainWindow) -> str:
    """Return words that stand once in the only source of the case."""
    project = project_of(opened)
    (row, *_) = project.source_rows()
    text = project.text(row.versions[-1].id)
    return next(line for line in text.splitlines() if len(line) > 40 and text.count(line) == 1)


def sheet_with(qtbot: QtBot, window: MainWindow, path: Path) -> ForeignSheet:
    window.actions_table["import_annotations"].trigger()
    sheet = find(window, ForeignSheet)
    dialog = find(sheet, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=20_000)
    qtbot.waitUntil(lambda: not sheet.bar.isVisible(), timeout=60_000)
    return sheet


def shown(sheet: ForeignSheet) -> str:
    labels = "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
    return "\n".join(
        [
            labels,
            *(each.list.item(row).text() for each in (sheet.waiting, sheet.left) for row in range(each.list.count())),
        ]
    )


def test_a_source_is_chosen_and_all_is_one_step(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, words_here: str
) -> None:
    path = tmp_path / "notes.jsonld"
    path.write_text(
        json.dumps([note(words_here, "https://gone.example/"), note("never written", "https://gone.example/")])
    )
    before = project_of(opened).store.read().state_digest()
    sheet = sheet_with(qtbot, opened, path)
    assert not sheet.go.isEnabled()
    assert "2 things stay out" in shown(sheet)
    assert "Its source is not in the project: https://gone.example/." in shown(sheet)
    (box,) = sheet.choices.boxes.values()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(sheet.go.isEnabled, timeout=30_000)
    assert "Passages: 2 new" in shown(sheet)
    assert "1 of the passages waits for you" in shown(sheet)
    assert not sheet.left.isVisible()
    assert project_of(opened).store.read().state_digest() == before
    press(opened, "Return")
    qtbot.waitUntil(
        lambda: "Taken in. Passages: 2. 1 waits under Versions. One undo takes it back." in shown(sheet), timeout=30_000
    )
    assert words_here in {each.quote for each in project_of(opened).store.read().all(Passage)}
    click(sheet.close_button)
    settle(qtbot, opened)
    opened.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: project_of(opened).store.read().state_digest() == before, timeout=30_000)
    settle(qtbot, opened)


def test_a_level_is_matched_by_hand(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "check.json"
    path.write_text(json.dumps({**REVIEW, "reviewRating": {"alternateName": "Half true"}}))
    sheet = sheet_with(qtbot, opened, path)
    assert "By The Checkers, as the file says" in shown(sheet)
    assert "“Half true” (verdict), kept as it is" in shown(sheet)
    box = sheet.choices.boxes["level", "Half true"]
    box.setFocus()
    for _ in range(4):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == "conflicting_evidence"
    qtbot.waitUntil(sheet.go.isEnabled, timeout=30_000)
    click(sheet.go)
    qtbot.waitUntil(lambda: "Taken in" in shown(sheet), timeout=30_000)
    verdicts = {
        each.verdict for claim in project_of(opened).claims() for each in project_of(opened).conclusions(claim.id)
    }
    assert "conflicting_evidence" in verdicts
    sheet.close()
    settle(qtbot, opened)


def test_codes_become_with_keys_what_a_person_says(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, words_here: str
) -> None:
    project = project_of(opened)
    (row, *_) = project.source_rows()
    path = tmp_path / "tags.json"
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in ("Bills rose", "pro", "money")]
    tagged = {**note(words_here, ""), "creator": "https://notes.example/eve", "body": bodies}
    tagged["target"]["source"] = f"urn:uuid:{row.source.id}"
    path.write_text(json.dumps([tagged]))
    sheet = sheet_with(qtbot, opened, path)
    assert "What the codes become: 3 labels" in shown(sheet)
    codes = sheet.codes.list
    qtbot.waitUntil(sheet.go.hasFocus, timeout=30_000)
    codes.setFocus()
    QTest.keyClick(codes, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: "1 claim" in sheet.codes.head.text(), timeout=30_000)
    assert codes.hasFocus()
    QTest.keyClick(codes, Qt.Key.Key_Down)
    sheet.codes.box.setFocus()
    while sheet.codes.box.currentData() != "stance:supports":
        QTest.keyClick(sheet.codes.box, Qt.Key.Key_Down)
        settle(qtbot, opened)
    qtbot.waitUntil(lambda: "Linkages: 1 new" in sheet.counts.text(), timeout=30_000)
    assert "pro · 1 passage → stance: Supports" in codes.item(1).text()
    click(sheet.go)
    qtbot.waitUntil(lambda: "Taken in" in shown(sheet), timeout=30_000)
    assert any(claim.text == "Bills rose" for claim in project.claims())
    sheet.read(path)
    qtbot.waitUntil(lambda: codes.isVisible() and codes.count() == 3, timeout=60_000)
    assert "1 label, 1 level" in sheet.codes.head.text() or "1 claim, 1 level, 1 label" in sheet.codes.head.text()
    sheet.close()
    settle(qtbot, opened)


def test_a_bad_file_is_one_sentence_and_another_can_be_chosen(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{")
    sheet = sheet_with(qtbot, opened, path)
    assert "no annotations in a format that is known here" in shown(sheet)
    assert not sheet.go.isVisible()
    assert sheet.other.hasFocus()
    press(opened, "Esc")
    settle(qtbot, opened)
