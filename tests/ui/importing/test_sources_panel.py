"""Tests of the dock of sources: groups, opening, filtering, deleting; nothing jumps."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.importing.source_entries import Entry, GroupEntry, SourceEntry, VersionEntry
from annotator.ui.importing.source_list import ENTRY
from annotator.ui.importing.sources_panel import SourcesPanel
from tests.ui.hands import click, find, press, write
from tests.ui.importing.conftest import PAGE, project_of, put, settle


def _fill(desk: Desk) -> dict[str, EntityId]:
    """Make one source to read, one in work with two versions, and one done."""
    project = project_of(desk)
    done = project.type_source("Done source", "All of it.", person="Ada", date="2024-11")
    to_read = project.type_source("New source", "None of it.")
    old = project.import_source(("page.html", PAGE.encode()))
    new = project.import_source(("page.html", PAGE.replace("14.2", "14.3").encode()))
    claim = project.add_claim("It is so.")
    passage = project.highlight(done.id, [(0, 3)])
    project.link(passage.id, claim.id, stance="supports")
    project.highlight(new.id, [(0, 3)])
    return {"done": done.id, "to_read": to_read.id, "old": old.id, "new": new.id}


def _shown(panel: SourcesPanel) -> list[str]:
    model = find(panel, QListView).model()
    return [_name(model.index(row, 0).data(ENTRY)) for row in range(model.rowCount())]


def _name(entry: Entry) -> str:
    if isinstance(entry, GroupEntry):
        return f"[{entry.group.value} {entry.count}]"
    if isinstance(entry, SourceEntry):
        return entry.row.source.title
    return f"v{entry.version.sequence}" if isinstance(entry, VersionEntry) else "…"


def _panel(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> SourcesPanel:
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    return panel


def _go(panel: SourcesPanel, title: str) -> QListView:
    view = find(panel, QListView)
    view.setCurrentIndex(view.model().index(_shown(panel).index(title), 0))
    view.setFocus()
    return view


def test_an_empty_list_says_what_to_do(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    panel = _panel(qtbot, window, actions, desk)
    assert find(panel, KeyedWords).accessibleName() == "No sources yet. Drop some here, or press Ctrl I"


def test_sources_stand_in_groups_by_how_far_one_is(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    assert _shown(panel) == ["[in work 1]", "Meters", "[to read 1]", "New source", "[done 1]", "Done source"]


def test_enter_opens_the_newest_version_and_lists_all(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    ids = _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    view = _go(panel, "Meters")
    with qtbot.waitSignal(desk.shown):
        press(view, Qt.Key.Key_Return)
    assert desk.version_id == ids["new"]
    assert _shown(panel)[:4] == ["[in work 1]", "Meters", "v2", "v1"]
    for _ in range(2):
        press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Return)
    assert desk.version_id == ids["old"]


def test_a_click_opens(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    ids = _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    view = find(panel, QListView)
    line = view.visualRect(view.model().index(_shown(panel).index("Done source"), 0))
    click(view.viewport(), line.center())
    assert desk.version_id == ids["done"]


def test_groups_fold(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    view = _go(panel, "[in work 1]")
    press(view, Qt.Key.Key_Left)
    assert _shown(panel) == ["[in work 1]", "[to read 1]", "New source", "[done 1]", "Done source"]
    assert view.currentIndex().row() == 0
    press(view, Qt.Key.Key_Right)
    assert "Meters" in _shown(panel)


def test_the_filter_narrows_by_title_publisher_and_date(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    panel.focus_filter()
    field = find(panel, FilterField)
    write(field, "ada 2024")
    assert _shown(panel) == ["[done 1]", "Done source"]
    write(field, "x")
    assert "No source has these words" in find(panel, KeyedWords).accessibleName()
    press(field, Qt.Key.Key_Escape)
    assert len(_shown(panel)) == 6
    press(field, Qt.Key.Key_Down)
    assert find(panel, QListView).hasFocus()


def test_a_change_keeps_the_current_entry_and_the_place(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    project = project_of(desk)
    for number in range(40):
        project.type_source(f"Source {number:02}", f"Words {number}")
    window.resize(272, 300)
    panel = _panel(qtbot, window, actions, desk)
    view = _go(panel, "Source 20")
    bar = view.verticalScrollBar()
    position = bar.value()
    assert position > 0
    desk.do(lambda project: project.type_source("One more", "Words"))
    settle(qtbot, desk)
    assert "One more" in _shown(panel)
    assert bar.value() == position
    assert view.currentIndex().data(ENTRY).row.source.title == "Source 20"


def test_del_deletes_a_source_and_undo_brings_it_back(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    ids = _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    desk.select_version(ids["done"])
    view = _go(panel, "Done source")
    press(view, Qt.Key.Key_Delete)
    settle(qtbot, desk)
    assert "Done source" not in _shown(panel)
    assert desk.version_id == ""
    desk.undo()
    settle(qtbot, desk)
    assert "Done source" in _shown(panel)


def test_the_context_menu_offers_what_can_be_done(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    view = find(panel, QListView)
    line = view.visualRect(view.model().index(1, 0))
    view.customContextMenuRequested.emit(QPoint(line.center()))
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    assert menu.actions()[0].text() == "Open"
    with qtbot.waitSignal(desk.shown):
        menu.actions()[0].trigger()
    menu.close()


def test_a_row_speaks(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    _fill(desk)
    panel = _panel(qtbot, window, actions, desk)
    model = find(panel, QListView).model()
    spoken = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert spoken[1].startswith("Meters, The Ledger")
    assert "0 of 1" in spoken[1]
    assert "Done source, Ada, November 2024, 1 of 1" in spoken
