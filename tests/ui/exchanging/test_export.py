"""Giving work away from the window: form, place, progress, result."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.services.exchanging import formats, verify_bundle
from annotator.services.keys_file import keys_path
from annotator.ui.exchanging.export_sheet import ExportSheet
from annotator.ui.main_window import MainWindow
from tests.ui.whole import ME, click, find, press, project_of, settle


def sheet_of(qtbot: QtBot, window: MainWindow) -> ExportSheet:
    press(window, "Ctrl+E")
    sheet = find(window, ExportSheet)
    qtbot.waitUntil(lambda: sheet.chosen is not None, timeout=20_000)
    return sheet


def words(sheet: ExportSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("number", range(len(formats())))
def test_each_form_is_written_and_says_before_what_it_lacks(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path, number: int
) -> None:
    sheet = sheet_of(qtbot, opened)
    button = sheet.choices.button(number)
    button.setFocus()
    button.click()
    form = formats()[number]
    qtbot.waitUntil(lambda: form.lacks in words(sheet), timeout=5000)
    assert sheet.scope.what.isVisible() is sheet.scope.notes.isVisible() is (form.code == "bundle")
    assert sheet.scope.names.isVisible()
    assert sheet.place.text().endswith(f"Smart meters{form.suffix}")
    out = tmp_path / "out" / f"given{form.suffix}"
    out.parent.mkdir()
    sheet.place.setText(str(out))
    chosen = button if number % 2 else sheet.place
    chosen.setFocus()
    qtbot.waitUntil(chosen.hasFocus, timeout=20_000)
    press(opened, "Return")
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=60_000)
    assert out.is_file()
    said = "Verified" if form.code == "bundle" else "Exported"
    assert sheet.result.text().startswith(said)
    assert sheet.show_folder.isVisible()
    if form.code == "bundle":
        assert verify_bundle(out).texts == 1
    sheet.close()
    settle(qtbot, opened)


def test_what_cannot_be_written_says_why_and_can_be_tried_again(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    sheet = sheet_of(qtbot, opened)
    sheet.place.setText(str(tmp_path / "nowhere" / "at all.zip"))
    click(sheet.go)
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=30_000)
    assert "could not be written" in sheet.result.text()
    sheet.place.setText(str(tmp_path / "given.bundle.zip"))
    click(sheet.go)
    qtbot.waitUntil(lambda: sheet.result.text().startswith("Verified"), timeout=60_000)
    sheet.close()
    settle(qtbot, opened)


def test_stopping_leaves_nothing_behind(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    sheet = sheet_of(qtbot, opened)
    sheet.place.setText(str(tmp_path / "given.bundle.zip"))
    click(sheet.go)
    sheet.stop.click()
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=30_000)
    if not sheet.result.text().startswith("Verified"):
        assert sheet.result.text() == "Stopped. Nothing was written."
        assert not (tmp_path / "given.bundle.zip").exists()
    sheet.close()
    settle(qtbot, opened)


def test_in_a_small_window_the_place_and_what_came_of_it_are_in_sight(
    qtbot: QtBot, opened: MainWindow, tmp_path: Path
) -> None:
    opened.resize(900, 600)
    sheet = sheet_of(qtbot, opened)
    settle(qtbot, opened)
    for widget in (sheet.place, sheet.browse, sheet.go):
        assert widget.visibleRegion().boundingRect() == widget.rect()
    sheet.place.setText(str(tmp_path / "given.bundle.zip"))
    click(sheet.go)
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=60_000)
    settle(qtbot, opened)
    qtbot.waitUntil(lambda: sheet.result.visibleRegion().boundingRect() == sheet.result.rect(), timeout=20_000)
    sheet.close()
    settle(qtbot, opened)


def test_keys_that_cannot_be_read_spoil_no_export(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    keys_path().parent.mkdir(parents=True, exist_ok=True)
    keys_path().write_text("own = [", encoding="utf-8")
    sheet = sheet_of(qtbot, opened)
    out = tmp_path / "given.bundle.zip"
    sheet.place.setText(str(out))
    click(sheet.go)
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=60_000)
    assert sheet.result.text().startswith("Verified")
    assert "It is not signed: the keys of this computer cannot be used" in words(sheet)
    assert keys_path().read_text(encoding="utf-8") == "own = ["
    keys_path().unlink()
    assert verify_bundle(out).texts == 1
    sheet.close()
    settle(qtbot, opened)


def test_a_report_goes_out_without_names(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    sheet = sheet_of(qtbot, opened)
    number = next(number for number, form in enumerate(formats()) if form.code == "html")
    sheet.choices.button(number).click()
    click(sheet.scope.names)
    assert "everybody is called" in words(sheet)
    out = tmp_path / "given.html"
    sheet.place.setText(str(out))
    click(sheet.go)
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=60_000)
    page = out.read_text(encoding="utf-8")
    assert ME not in page
    assert "Annotator " in page
    sheet.close()
    settle(qtbot, opened)


def test_the_folder_is_shown(qtbot: QtBot, opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    sheet = sheet_of(qtbot, opened)
    sheet.place.setText(str(tmp_path / "given.bundle.zip"))
    click(sheet.go)
    qtbot.waitUntil(lambda: sheet.show_folder.isVisible(), timeout=60_000)
    click(sheet.show_folder)
    assert shown == [QUrl.fromLocalFile(str(tmp_path))]
    sheet.close()
    settle(qtbot, opened)


def choose(qtbot: QtBot, sheet: ExportSheet, what: int) -> None:
    """Choose what goes out with the keyboard."""
    sheet.scope.what.setFocus()
    qtbot.waitUntil(sheet.scope.what.hasFocus, timeout=20_000)
    QTest.keyClick(sheet.scope.what, Qt.Key.Key_Home)
    for _ in range(what):
        QTest.keyClick(sheet.scope.what, Qt.Key.Key_Down)
    assert sheet.scope.what.currentIndex() == what


def export(qtbot: QtBot, window: MainWindow, sheet: ExportSheet, out: Path) -> None:
    sheet.place.setText(str(out))
    sheet.place.setFocus()
    press(window, "Return")
    qtbot.waitUntil(lambda: sheet.result.isVisible(), timeout=60_000)
    assert sheet.result.text().startswith("Verified"), sheet.result.text()


def test_chosen_claims_are_told_before_they_go_and_go_alone(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    sheet = sheet_of(qtbot, opened)
    choose(qtbot, sheet, 1)
    qtbot.waitUntil(lambda: sheet.scope.claims.list.count() == 2, timeout=20_000)
    assert not sheet.go.isEnabled()
    assert "Tick the claims" in words(sheet)
    sheet.scope.claims.list.setFocus()
    QTest.keyClick(sheet.scope.claims.list, Qt.Key.Key_Space)
    sheet.scope.names.click()
    qtbot.waitUntil(lambda: sheet.outgoing.preview is not None, timeout=20_000)
    assert "Claims 1" in sheet.outgoing.going.text()
    assert "Names of annotators that go out: none." in sheet.outgoing.going.text()
    assert "Claims 1" in sheet.outgoing.staying.text()
    assert "“Annotator 7f3a”" in words(sheet)
    assert sheet.outgoing.preview is not None
    size = sheet.outgoing.preview.size
    sheet.scope.team.setCurrentText("The Desk")
    export(qtbot, opened, sheet, tmp_path / "part.bundle.zip")
    assert (tmp_path / "part.bundle.zip").stat().st_size == size
    line = project_of(opened).exchanges()[0]
    assert (line.team, line.note.limits, line.note.left_out) == ("The Desk", ("claims",), ("names",))
    sheet.close()
    settle(qtbot, opened)


def test_what_came_since_the_last_exchange(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    sheet = sheet_of(qtbot, opened)
    choose(qtbot, sheet, 3)
    assert "Give the whole project first" in words(sheet)
    assert not sheet.go.isEnabled()
    choose(qtbot, sheet, 0)
    sheet.scope.team.setCurrentText("The Desk")
    export(qtbot, opened, sheet, tmp_path / "whole.bundle.zip")
    sheet.close()
    settle(qtbot, opened)
    project_of(opened).add_claim("Nobody was asked.")
    sheet = sheet_of(qtbot, opened)
    choose(qtbot, sheet, 3)
    qtbot.waitUntil(lambda: sheet.outgoing.preview is not None, timeout=20_000)
    assert "Claims: “Nobody was asked.”." in sheet.outgoing.going.text()
    export(qtbot, opened, sheet, tmp_path / "since.bundle.zip")
    assert [(line.team, line.note.limits) for line in project_of(opened).exchanges()] == [
        ("The Desk", ("since",)),
        ("The Desk", ()),
    ]
    sheet.close()
    settle(qtbot, opened)
