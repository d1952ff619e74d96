"""Tests of the dock of sources where there are too many to read them all: the same list, read as it is looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.importing import sources_panel
from annotator.ui.importing.source_entries import Entry, GroupEntry, SourceEntry, VersionEntry
from annotator.ui.importing.source_list import ENTRY
from annotator.ui.importing.source_view import SourceView
from annotator.ui.importing.sources_panel import SourcesPanel
from tests.ui.hands import find, press, write
from tests.ui.importing.conftest import PAGE, project_of, put, settle

MANY = 300
"""More than two pages."""


@pytest.fixture
def many(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> SourcesPanel:
    """Return the panel of a project with so many sources that it takes them for many; one has two versions."""
    monkeypatch.setattr(sources_panel, "_FEW", MANY // 2)
    project = project_of(desk)
    for number in range(MANY):
        project.type_source(f"Source {number:03}", f"Words {number}")
    project.import_source(("page.html", PAGE.encode()))
    new = project.import_source(("page.html", PAGE.replace("14.2", "14.3").encode()))
    project.highlight(new.id, [(0, 3)])
    window.resize(300, 400)
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    qtbot.waitUntil(lambda: find(panel, SourceView).model().rowCount() == MANY + 3, timeout=20_000)
    return panel


def _name(entry: Entry | None) -> str:
    if isinstance(entry, GroupEntry):
        return f"[{entry.group.value} {entry.count}]"
    if isinstance(entry, SourceEntry):
        return entry.row.source.title
    return f"v{entry.version.sequence}" if isinstance(entry, VersionEntry) else "…"


def _seen(panel: SourcesPanel) -> list[str]:
    """Return what is on the screen."""
    view = find(panel, SourceView)
    index, shown = view.indexAt(view.viewport().rect().topLeft()), list[str]()
    while index.isValid() and view.visualRect(index).intersects(view.viewport().rect()):
        shown.append(_name(index.data(ENTRY)))
        index = view.model().index(index.row() + 1, 0)
    return shown


def _wait(qtbot: QtBot, panel: SourcesPanel, *expected: str) -> None:
    def is_seen() -> bool:
        return all(words in _seen(panel) for words in expected)

    qtbot.waitUntil(is_seen, timeout=20_000)


def test_many_sources_stand_in_their_groups_and_are_read_where_one_looks(qtbot: QtBot, many: SourcesPanel) -> None:
    _wait(qtbot, many, "[in work 1]", "Meters", f"[to read {MANY}]", "Source 000")
    view = find(many, SourceView)
    view.setFocus()
    press(view, Qt.Key.Key_End)
    _wait(qtbot, many, f"Source {MANY - 1:03}", f"Source {MANY - 4:03}")
    assert "Source 000" not in _seen(many)
    last = view.visualRect(view.currentIndex())
    assert last.bottom() == view.viewport().rect().bottom()
    press(view, Qt.Key.Key_Home)
    assert _seen(many)[0] == "[in work 1]"


def test_many_sources_are_opened_and_show_their_versions(qtbot: QtBot, many: SourcesPanel, desk: Desk) -> None:
    _wait(qtbot, many, "Meters")
    view = find(many, SourceView)
    view.setCurrentIndex(view.model().index(1, 0))
    press(view, Qt.Key.Key_Return)
    _wait(qtbot, many, "v2", "v1")
    assert _seen(many)[:4] == ["[in work 1]", "Meters", "v2", "v1"]
    entry = view.currentIndex().data(ENTRY)
    assert isinstance(entry, SourceEntry)
    assert entry.chosen
    assert desk.version_id == entry.row.versions[-1].id


def test_a_version_that_is_opened_elsewhere_is_found_among_many(qtbot: QtBot, many: SourcesPanel, desk: Desk) -> None:
    project = project_of(desk)
    source = next(row for row in project.source_rows() if row.source.title == "Source 250")
    desk.select_version(source.versions[0].id)
    _wait(qtbot, many, "Source 250")
    assert _name(find(many, SourceView).currentIndex().data(ENTRY)) == "Source 250"


def test_many_sources_are_narrowed_by_the_project(qtbot: QtBot, many: SourcesPanel) -> None:
    many.focus_filter()
    write(find(many, FilterField), "source 29")
    _wait(qtbot, many, "[to read 10]", "Source 290")
    write(find(many, FilterField), " zebra")
    qtbot.waitUntil(lambda: find(many, KeyedWords).isVisible(), timeout=20_000)
    assert "No source has these words" in find(many, KeyedWords).accessibleName()
    press(find(many, FilterField), Qt.Key.Key_Escape)
    _wait(qtbot, many, "[in work 1]", "Source 001")


def test_many_sources_fold(qtbot: QtBot, many: SourcesPanel) -> None:
    view = find(many, SourceView)
    view.setCurrentIndex(view.model().index(2, 0))
    press(view, Qt.Key.Key_Left)
    assert view.model().rowCount() == 3
    press(view, Qt.Key.Key_Right)
    assert view.model().rowCount() == MANY + 3


def test_a_change_among_many_keeps_the_current_entry_and_the_place(
    qtbot: QtBot, many: SourcesPanel, desk: Desk
) -> None:
    view = find(many, SourceView)
    view.setCurrentIndex(view.model().index(200, 0))
    _wait(qtbot, many, "Source 197")
    position, version = view.verticalScrollBar().value(), _version(desk, "Source 100")
    desk.do(lambda project: project.highlight(version, [(0, 5)]))
    qtbot.waitUntil(lambda: _name(view.model().index(0, 0).data(ENTRY)) == "[in work 2]", timeout=20_000)
    qtbot.waitUntil(lambda: _name(view.currentIndex().data(ENTRY)) == "Source 197", timeout=20_000)
    assert view.verticalScrollBar().value() == position
    assert view.currentIndex().row() == 200


def test_a_long_list_becomes_a_short_one_as_sources_are_deleted(
    qtbot: QtBot, many: SourcesPanel, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources_panel, "_FEW", MANY)
    source = project_of(desk).sources()[0].id
    desk.do(lambda project: project.delete(source))
    view = find(many, SourceView)
    qtbot.waitUntil(lambda: view.model().rowCount() == MANY + 2, timeout=20_000)
    settle(qtbot, desk)
    assert "Source 001" in _seen(many)
    assert "Source 000" not in _seen(many)


def test_rows_that_are_yet_to_be_read_are_no_sources(many: SourcesPanel, desk: Desk) -> None:
    view = find(many, SourceView)
    view.setCurrentIndex(QModelIndex())
    view.setCurrentIndex(view.model().index(280, 0))
    assert view.currentIndex().data() == "…"
    press(view, Qt.Key.Key_Delete)
    press(view, Qt.Key.Key_Return)
    assert desk.version_id == ""
    assert len(project_of(desk).sources()) == MANY + 1


def _version(desk: Desk, title: str) -> EntityId:
    return next(row.versions[0].id for row in project_of(desk).source_rows() if row.source.title == title)
