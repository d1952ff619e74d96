"""What lies over the window: keys, settings, what is left, about; and that the window below is left alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.services.protecting import protection
from annotator.services.settings import load_settings
from annotator.ui.actions import SPECS, WINDOW, conflicts
from annotator.ui.controls import ElidedLabel, KeyCap
from annotator.ui.main_window import MainWindow
from annotator.ui.shell.about import About
from annotator.ui.shell.keys_help import KeysHelp, keyed_groups
from annotator.ui.shell.settings_sheet import SettingsSheet
from annotator.ui.shell.to_do import ToDoSheet
from annotator.ui.theme import current_theme
from tests.ui.whole import OPEN_CLAIM, click, find, focused, press, project_of, settle


def words(sheet: object) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))  # type: ignore[attr-defined]


def test_the_table_has_no_two_actions_on_one_key() -> None:
    assert conflicts({}) == {}
    assert conflicts({"export": "Ctrl+K"}) == {"export": ("search",), "search": ("export",)}
    assert conflicts({"export": "L"}) == {"export": ("link",), "link": ("export",)}
    assert conflicts({"edit_claim": "L"}) == {}, "the list of claims and the text never have the focus at once"


def test_the_keys_are_all_there_by_place(window: MainWindow) -> None:
    press(window, "?")
    sheet = find(window, KeysHelp)
    for _, specs in keyed_groups(window.actions_table):
        assert all(spec.text.rstrip("…") in words(sheet) for spec in specs)
    listed = {spec.name for _, specs in keyed_groups(window.actions_table) for spec in specs}
    assert listed == {spec.name for spec in SPECS if spec.keys and (spec.menu or spec.place != WINDOW)}
    press(window, "Esc")
    assert not [s for s in window.findChildren(KeysHelp) if s.isVisible()]


@pytest.mark.parametrize("size", [(1440, 900), (1250, 700), (1000, 650)])
def test_no_key_touches_another_and_words_are_cut_with_an_ellipsis(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    press(window, "?")
    sheet = find(window, KeysHelp)
    caps = [cap.geometry() for cap in sheet.findChildren(KeyCap) if cap.isVisible() and cap.parent() is sheet._content]
    grown = [cap.adjusted(-2, 0, 2, 0) for cap in caps]
    assert len(caps) > 60
    assert not [cap for n, cap in enumerate(grown) if any(cap.intersects(other) for other in grown[n + 1 :])]
    said = [label for label in sheet.findChildren(ElidedLabel) if label.isVisible()]
    assert len(said) > 60
    assert not [label.text() for label in said if any(label.geometry().intersects(cap) for cap in caps)]
    assert max(cap.right() for cap in caps) < sheet._scroll.viewport().width()


def test_the_focus_stays_in_a_sheet_and_the_window_takes_no_keys(window: MainWindow) -> None:
    window.start.focus_first()
    before = QApplication.focusWidget()
    press(window, "Ctrl+,")
    sheet = find(window, SettingsSheet)
    for keys in ["Tab"] * 12 + ["Shift+Tab"] * 15:
        press(window, keys)
        assert sheet.isAncestorOf(focused())
    sheet.name.setFocus()
    press(window, "F1")
    assert not window.findChildren(KeysHelp)
    sheet.keys.edit.setFocus()
    press(window, "Esc")
    assert QApplication.focusWidget() is before
    press(window, "F1")
    find(window, KeysHelp).close()


def test_settings_are_in_force_and_kept_at_once(window: MainWindow) -> None:
    press(window, "Ctrl+,")
    sheet = find(window, SettingsSheet)
    sheet.name.selectAll()
    QTest.keyClicks(sheet.name, "Jonas Weld\t")
    click(sheet.theme.button(2))
    assert current_theme().dark
    sheet.zoom.setFocus()
    press(window, "Down")
    kept = load_settings()
    assert (kept.name, kept.theme, kept.zoom) == ("Jonas Weld", "dark", 110)
    assert window.desk.zoom == 110
    sheet.close()


def test_a_key_is_changed_told_when_it_clashes_and_put_back(qtbot: QtBot, window: MainWindow) -> None:
    press(window, "Ctrl+,")
    keys = find(window, SettingsSheet).keys
    keys.choose("export")
    keys.edit.setFocus()
    QTest.keyClick(keys.edit, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Search or run a command" in keys.remark.text(), timeout=5000)
    keys.edit.clear()
    QTest.keyClick(keys.edit, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: load_settings().keys == {"export": "Ctrl+J"}, timeout=5000)
    assert window.actions_table.key("export") == "Ctrl J"
    assert "Choose another" not in keys.remark.text()
    click(keys._reset)
    assert load_settings().keys == {}
    assert window.actions_table.key("export") == "Ctrl E"
    find(window, SettingsSheet).close()


def test_what_is_left_leads_there(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, "Ctrl+L")
    sheet = find(opened, ToDoSheet)
    qtbot.waitUntil(lambda: len(sheet.lists) == 2, timeout=20_000)
    passages, claims = sheet.lists
    assert [passages.item(n).text() for n in range(passages.count())] == ["“Nobody else has count”"]
    assert [claims.item(n).text() for n in range(claims.count())] == [OPEN_CLAIM]
    qtbot.waitUntil(passages.hasFocus, timeout=5000)
    press(opened, "Return")
    settle(qtbot, opened)
    assert opened.desk.passage_id == project_of(opened).to_do().unlinked_passages[0]
    press(opened, "Ctrl+L")
    sheet = find(opened, ToDoSheet)
    qtbot.waitUntil(lambda: len(sheet.lists) == 2, timeout=20_000)
    click_row = sheet.lists[1]
    QTest.mouseClick(
        click_row.viewport(), Qt.MouseButton.LeftButton, pos=click_row.visualItemRect(click_row.item(0)).center()
    )
    settle(qtbot, opened)
    assert opened.desk.claim_id == project_of(opened).to_do().open_claims[0]
    assert opened.top_bar.shown_screen == "claims"


def test_about_says_what_this_is_where_it_lies_and_what_strangers_files_are_kept_from(
    qtbot: QtBot, opened: MainWindow
) -> None:
    opened.actions_table["about"].trigger()
    sheet = find(opened, About)
    assert "0.1.0" in words(sheet)
    assert str(project_of(opened).path) in words(sheet)
    found = protection()
    qtbot.waitUntil(lambda: sheet.level.text() == found.sentence, timeout=20_000)
    for reaches, said in ((found.barred, "It cannot"), (found.open, "Here it could still")):
        line = next((line for line in words(sheet).split("\n") if line.startswith(said)), "")
        assert all(reach.value in line for reach in reaches)
        assert bool(reaches) == bool(line)
    sheet.close()


def test_about_is_closed_before_the_trial_has_ended(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["about"].trigger()
    find(window, About).close()
    qtbot.waitUntil(lambda: not window.desk.jobs.busy, timeout=20_000)
