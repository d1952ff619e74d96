"""Finding in the whole window: from any screen, and with keys that other parts of the window have too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.main_window import MainWindow
from tests.ui.whole import focused, press, project_of, settle


def test_find_leads_to_the_reader_from_another_screen(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, "Ctrl+2")
    settle(qtbot, opened)
    assert opened.rooms is not None
    bar = opened.rooms.reading.find_bar
    press(opened, "Ctrl+F")
    settle(qtbot, opened)
    assert bar.isVisible()
    assert focused() is bar.field
    QTest.keyClicks(focused(), "auditor")
    settle(qtbot, opened)
    assert bar.count.text() == "1 of 2"


def test_keys_of_the_bar_open_no_menu_and_mark_nothing(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.rooms is not None
    bar = opened.rooms.reading.find_bar
    before = len(project_of(opened).passages(opened.desk.version_id))
    press(opened, "Ctrl+F")
    QTest.keyClicks(focused(), "hl")
    QTest.keyPress(focused(), Qt.Key.Key_Alt)
    QTest.keyClick(focused(), Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(focused(), Qt.Key.Key_Alt)
    settle(qtbot, opened)
    assert bar.options["find_case"].isChecked()
    assert QApplication.activePopupWidget() is None
    assert not [menu for menu in opened.findChildren(QMenu) if menu.isVisible()]
    assert bar.field.text() == "hl"
    assert len(project_of(opened).passages(opened.desk.version_id)) == before


def test_closing_the_project_closes_the_bar(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.rooms is not None
    bar = opened.rooms.reading.find_bar
    press(opened, "Ctrl+F")
    QTest.keyClicks(focused(), "auditor")
    press(opened, "Ctrl+Shift+W")
    settle(qtbot, opened)
    assert not bar.is_open
    assert bar.seeker.view is None
