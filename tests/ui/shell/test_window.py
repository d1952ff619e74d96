"""The whole window: from the start screen to closing it, by keys and by clicks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from annotator.services.settings import Recent, load_settings
from annotator.ui.controls import LinkButton, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.main_window import MainWindow
from annotator.ui.shell.empty_project import EmptyProject
from annotator.ui.shell.name_panel import NamePanel
from annotator.ui.shell.preferences import Preferences
from annotator.ui.shell.recent_row import RecentRow
from annotator.ui.shell.work_line import WorkLine
from tests.ui.whole import CLAIM, ME, click, close, find, focused, press, project_of, settle


def choose_file(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QFileDialog)), timeout=5000)
    dialog = find(window, QFileDialog)
    dialog.setDirectory(str(path.parent))
    find(dialog, QLineEdit).setText(path.name)
    dialog.accept()


def test_the_name_is_asked_once_and_then_what_was_wanted_happens(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Desk(), Preferences(load_settings()))
    with qtbot.waitSignal(window.painted, timeout=20_000):
        window.show()
    window.activateWindow()
    assert isinstance(find(window, NamePanel), NamePanel)
    window.projects.open(tmp_path / "new.annotator", create=True)
    assert window.desk.project is None
    field = find(window, NamePanel).field
    assert field.hasFocus()
    QTest.keyClicks(field, "  Ada   Lovelace ")
    with qtbot.waitSignal(window.desk.opened, timeout=20_000):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert load_settings().name == "Ada Lovelace"
    assert [person.name for person in project_of(window).annotators()] == ["Ada Lovelace"]
    close(qtbot, window)
    again = MainWindow(Desk(), Preferences(load_settings()))
    again.show()
    assert not again.findChildren(NamePanel)
    close(qtbot, again)


def test_a_new_project_is_made_where_one_says_and_says_what_to_do(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    press(window, "Ctrl+N")
    choose_file(qtbot, window, tmp_path / "Harbour")
    qtbot.waitUntil(lambda: window.standing.now is not None, timeout=20_000)
    assert project_of(window).path == tmp_path / "Harbour.annotator"
    assert isinstance(window.stack.currentWidget(), EmptyProject)
    assert window.windowTitle().startswith("Harbour")


def test_a_project_opens_where_one_left_it(qtbot: QtBot, opened: MainWindow, case_path: Path) -> None:
    assert opened.top_bar.project_button.accessibleName() == "Smart meters"
    kept = load_settings()
    assert kept.recent[0] == Recent(str(case_path), kept.recent[0].at, sources=1, claims=2, concluded=1)
    version = opened.desk.version_id
    press(opened, "Ctrl+Shift+W")
    settle(qtbot, opened)
    assert opened.stack.currentWidget() is opened.start
    assert load_settings().window[f"read {case_path}"] == version
    row = find(opened, RecentRow)
    assert "1 of 2 claims" in row.accessibleDescription()
    row.setFocus()
    with qtbot.waitSignal(opened.desk.opened, timeout=20_000):
        QTest.keyClick(row, Qt.Key.Key_Return)


def test_what_has_moved_can_be_found_or_forgotten(
    qtbot: QtBot, window: MainWindow, case_path: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        window.preferences.add_recent(Recent(str(tmp_path / f"{name}.annotator"), "2025-05-14T12:00:00Z"))
    qtbot.waitUntil(lambda: len([b for b in window.findChildren(LinkButton) if b.isVisible()]) == 4, timeout=5000)
    rows = {row.name: row for row in window.findChildren(RecentRow) if row.isVisible()}
    assert "not found" in rows["one"].accessibleDescription()
    click(find(rows["one"], LinkButton, "Remove from the list"))
    assert [Path(recent.path).stem for recent in load_settings().recent] == ["two"]
    qtbot.waitUntil(lambda: len([b for b in window.findChildren(LinkButton) if b.isVisible()]) == 2, timeout=5000)
    click(find(find(window, RecentRow), LinkButton, "Find it"))
    with qtbot.waitSignal(window.desk.opened, timeout=20_000):
        choose_file(qtbot, window, case_path)
    qtbot.waitUntil(lambda: window.standing.now is not None, timeout=20_000)
    assert [recent.path for recent in load_settings().recent] == [str(case_path)]


def test_what_is_no_project_is_said_in_a_line(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "holiday.annotator"
    other.write_bytes(b"not a database")
    window.projects.open(other)
    qtbot.waitUntil(lambda: window.error_bar.isVisible(), timeout=20_000)
    assert "is not an Annotator project" in window.error_bar.accessibleName()
    assert window.desk.project is None


def test_one_that_cannot_be_opened_leaves_the_open_one(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    opened.projects.open(tmp_path / "nowhere.annotator")
    qtbot.waitUntil(lambda: opened.error_bar.isVisible(), timeout=20_000)
    assert project_of(opened).name == "Smart meters"


def test_screens_change_by_key_and_by_click(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.rooms is not None
    pages = {
        "Ctrl+2": opened.rooms.claims,
        "Ctrl+3": opened.rooms.audit,
        "Ctrl+4": opened.rooms.history,
        "Ctrl+1": opened.rooms.reading,
    }
    for keys, page in pages.items():
        press(opened, keys)
        assert opened.stack.currentWidget() is page
        assert page.isAncestorOf(focused())
        settle(qtbot, opened)
    assert all(dock.isVisible() for dock in opened.rooms.docks)
    click(opened.top_bar._tabs["claims"])
    assert opened.stack.currentWidget() is opened.rooms.claims
    assert not any(dock.isVisible() for dock in opened.rooms.docks)
    settle(qtbot, opened)
    assert opened.desk.claim_id, "the first claim is chosen"


def test_the_bars_say_what_there_is(opened: MainWindow) -> None:
    words = [label.text() for label in opened.status.findChildren(QLabel) if label.isVisible()]
    assert "2 passages, 1 linked, 1 open claim" in words
    assert any(said.startswith("Saved ") for said in words)
    assert opened.top_bar._tabs["claims"].accessibleName() == "Claims 2"


def test_actions_can_be_used_when_there_is_something_for_them(qtbot: QtBot, opened: MainWindow) -> None:
    table = opened.actions_table
    assert table["export"].isEnabled()
    assert not table["delete_passage"].isEnabled()
    passage = project_of(opened).passages(opened.desk.version_id)[0]
    opened.desk.select_passage(passage.id)
    assert table["delete_passage"].isEnabled()
    opened.desk.close_project()
    settle(qtbot, opened)
    assert not table["export"].isEnabled()
    assert table["new_project"].isEnabled()


def test_undo_goes_to_typing_first_and_to_the_project_then(qtbot: QtBot, opened: MainWindow) -> None:
    assert not opened.actions_table["undo"].isEnabled()
    opened.desk.do(lambda project: project.add_claim("Something else."))
    settle(qtbot, opened)
    assert "Undo: Add claim (Ctrl Z)" in [
        w.toolTip() for w in opened.top_bar.findChildren(type(opened.top_bar.menu_button))
    ]
    press(opened, "Ctrl+1")
    press(opened, "/")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "abc")
    press(opened, "Ctrl+Z")
    assert field.text() == ""
    settle(qtbot, opened)
    assert len(project_of(opened).claims()) == 3, "the project was left alone"
    press(opened, "Ctrl+Z")
    settle(qtbot, opened)
    assert len(project_of(opened).claims()) == 2
    press(opened, "Ctrl+Shift+Z")
    settle(qtbot, opened)
    assert field.text() == "abc", "redo, too, is for typing first"
    QApplication.focusWidget().clearFocus()  # type: ignore[union-attr]
    press(opened, "Ctrl+Y")
    settle(qtbot, opened)
    assert len(project_of(opened).claims()) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_a_field_that_goes_while_it_has_the_focus_is_no_mistake(opened: MainWindow) -> None:
    field = QLineEdit(opened)
    field.show()
    field.setFocus()
    assert QApplication.focusWidget() is field
    delete(field)
    assert QApplication.focusWidget() is not field


def test_a_full_disk_is_said_and_what_was_done_is_tried_again(qtbot: QtBot, opened: MainWindow) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        opened.desk.do(lambda project: project.add_claim("Not yet."))
        qtbot.waitUntil(lambda: opened.error_bar.isVisible(), timeout=20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "cannot be written" in opened.error_bar.accessibleName()
    assert len(project_of(opened).claims()) == 2
    click(find(opened.error_bar, PlainButton, "Try again"))
    settle(qtbot, opened)
    assert "Not yet." in [claim.text for claim in project_of(opened).claims()]
    assert not opened.error_bar.isVisible()


def test_what_is_dropped_is_imported(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    page = tmp_path / "letter.txt"
    page.write_text("A letter to the editor about water meters.\n", encoding="utf-8")
    drop(opened, page)
    qtbot.waitUntil(lambda: len(project_of(opened).sources()) == 2, timeout=30_000)
    settle(qtbot, opened)


def test_what_is_dropped_on_the_start_screen_gets_a_project(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = tmp_path / "letter.txt"
    page.write_text("A letter to the editor about water meters.\n", encoding="utf-8")
    drop(window, page)
    choose_file(qtbot, window, tmp_path / "letter.annotator")
    qtbot.waitUntil(lambda: window.standing.now is not None and window.standing.now.sources == 1, timeout=30_000)
    settle(qtbot, window)


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(QPointF(400, 400), copy, mime, Qt.MouseButton.LeftButton, none))


def test_work_is_seen_in_the_status_bar_and_can_be_stopped(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Letter {number} to the editor.\n", encoding="utf-8")
    assert opened.rooms is not None
    opened.rooms.imports.import_paths([folder])
    qtbot.waitUntil(lambda: any(line.isVisible() for line in opened.findChildren(WorkLine)), timeout=20_000)
    line = find(opened, WorkLine)
    qtbot.waitUntil(lambda: bool([b for b in line.findChildren(LinkButton) if b.isVisible()]), timeout=20_000)
    assert any("Importing" in label.text() for label in line.findChildren(QLabel))
    opened.rooms.imports._panel.hide()  # type: ignore[union-attr]
    click(find(line, LinkButton, "Show"))
    assert opened.rooms.imports._panel.isVisible()  # type: ignore[union-attr]
    click(find(line, PlainButton, "Stop"))
    qtbot.waitUntil(lambda: not line.isVisible(), timeout=30_000)
    assert len(project_of(opened).sources()) < 41
    settle(qtbot, opened)


def test_docks_are_moved_hidden_and_remembered(qtbot: QtBot, opened: MainWindow, case_path: Path) -> None:
    assert opened.rooms is not None
    left = opened.rooms.docks[0]
    press(opened, "Ctrl+Shift+L")
    assert not left.isVisible()
    opened.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, opened.rooms.docks[2])
    settle(qtbot, opened)
    close(qtbot, opened)
    again = MainWindow(Desk(), Preferences(load_settings()))
    again.resize(1440, 900)
    again.show()
    again.projects.open(case_path)
    qtbot.waitUntil(lambda: again.standing.now is not None and again.rooms is not None, timeout=20_000)
    settle(qtbot, again)
    assert again.rooms is not None
    assert not again.rooms.docks[0].isVisible()
    assert again.dockWidgetArea(again.rooms.docks[2]) == Qt.DockWidgetArea.LeftDockWidgetArea
    close(qtbot, again)


def test_the_parts_of_the_window_are_walked_with_one_key(opened: MainWindow) -> None:
    assert opened.rooms is not None
    parts = [opened.rooms.docks[0], opened.stack, *opened.rooms.docks[1:]]
    press(opened, "Ctrl+1")
    seen = []
    for _ in range(8):
        press(opened, "F6")
        seen.append(next(n for n, part in enumerate(parts) if part.isAncestorOf(focused())))
    assert {0, 1, 2} <= set(seen)


def test_the_menu_opens_with_f10_and_with_alt(qtbot: QtBot, opened: MainWindow) -> None:
    press(opened, "F10")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:3] == ["Project", "Source", "Edit"]
    menu.close()
    QTest.keyPress(opened, Qt.Key.Key_Alt)
    QTest.keyRelease(opened, Qt.Key.Key_Alt)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    QTest.keyPress(opened, Qt.Key.Key_Alt)
    press(opened, "Ctrl+2")
    QTest.keyRelease(opened, Qt.Key.Key_Alt)
    assert QApplication.activePopupWidget() is None


def test_closing_waits_for_what_is_under_way(qtbot: QtBot, opened: MainWindow, case_path: Path) -> None:
    opened.desk.do(lambda project: project.add_claim("At the last moment."))
    opened.close()
    assert opened.isVisible(), "it does not freeze, it finishes"
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=20_000)
    from annotator.services.project import open_project

    with open_project(case_path, annotator=ME) as project:
        assert {claim.text for claim in project.claims()} >= {CLAIM, "At the last moment."}


def test_a_small_window_works(qtbot: QtBot, opened: MainWindow) -> None:
    opened.resize(1024, 640)
    qtbot.waitUntil(lambda: opened.width() == 1024, timeout=5000)
    bar = opened.top_bar
    assert bar.search.mapTo(bar, QPoint(bar.search.width(), 0)).x() <= bar.width()
    assert opened.rooms is not None
    assert opened.rooms.reading.width() > 400


def test_a_wide_screen_takes_no_room_from_the_docks(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.rooms is not None
    opened.resize(1400, 900)
    for screen in ("audit", "claims", "conflicts", "read"):
        opened.show_screen(screen)
        settle(qtbot, opened)
    assert opened.rooms.audit.minimumSizeHint().width() > 1400 - 272 - 352, "it is wider than the room between them"
    assert [dock.width() for dock in opened.rooms.docks] == [272, 352, 352]
    opened.resize(1000, 650)
    settle(qtbot, opened)
    assert opened.width() == 1000
    assert opened.stack.width() >= opened.rooms.reading.minimumSizeHint().width()
