"""After a merge: a title that two people set differently, and an article that two people imported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.services.project import open_project
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.importing.source_entries import SourceEntry, spoken
from annotator.ui.importing.source_list import ENTRY
from annotator.ui.importing.sources_panel import SourcesPanel
from tests.ui.hands import find
from tests.ui.importing.conftest import project_of, put, settle

TEXT = "The auditor examined 5,870 accounts and found 14.2 per cent.\n"


@pytest.fixture
def merged(qtbot: QtBot, project_path: Path) -> Iterator[Desk]:
    """Return a desk with a project into which a colleague's work was merged."""
    with open_project(project_path, annotator="Ines Calder", create=True) as project:
        project.type_source("The meters", TEXT)
        project.type_source("Another one", "Other words.\n")
        source = project.sources()[0].id
    theirs = project_path.with_name("theirs.annotator")
    shutil.copy(project_path, theirs)
    with open_project(theirs, annotator="Jonas Weld") as project:
        project.edit(source, title="Meters and bills")
        project.type_source("From the archive", TEXT)
        bundle = project.export("bundle", project_path.with_name("theirs.bundle.zip"))
    with open_project(project_path, annotator="Ines Calder") as project:
        project.edit(source, title="The new meters")
        project.merge(project.plan_merge(bundle))
    desk = Desk()
    with qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(project_path, annotator="Ines Calder")
    yield desk
    desk.close()


def entries(panel: SourcesPanel) -> dict[str, SourceEntry]:
    """Return the sources in the list by their titles."""
    model = find(panel, QListView).model()
    found = (model.index(row, 0).data(ENTRY) for row in range(model.rowCount()))
    return {entry.row.source.title: entry for entry in found if isinstance(entry, SourceEntry)}


def test_a_disputed_title_is_marked(qtbot: QtBot, window: QMainWindow, actions: Actions, merged: Desk) -> None:
    panel = SourcesPanel(merged, actions)
    put(qtbot, window, panel, merged)
    (disputed,) = (entry for entry in entries(panel).values() if entry.row.disputed)
    assert disputed.row.disputed == ("title",)
    assert disputed.row.source.title in ("Meters and bills", "The new meters")
    assert spoken(disputed).endswith(", disputed")
    assert "disputed" not in spoken(entries(panel)["Another one"])
    view = find(panel, QListView)
    rect = view.visualRect(panel._model.index_of(disputed.key))
    before = view.viewport().grab(rect).toImage()
    project_of(merged).settle(disputed.row.source.id, "title", disputed.row.source.title)
    settle(qtbot, merged)
    assert view.viewport().grab(rect).toImage() != before
    assert not any(entry.row.disputed for entry in entries(panel).values())


def test_an_article_that_two_people_imported_says_so(
    qtbot: QtBot, window: QMainWindow, actions: Actions, merged: Desk
) -> None:
    panel = SourcesPanel(merged, actions)
    put(qtbot, window, panel, merged)
    found = entries(panel)
    (shared,) = (title for title in found if title not in ("From the archive", "Another one"))
    assert found["From the archive"].row.twins == (shared,)
    assert f"Same text as “{shared}”" in spoken(found["From the archive"])
    assert "Same text as “From the archive”" in spoken(found[shared])
    assert found["Another one"].row.twins == ()
    view = find(panel, QListView)
    heights = {title: view.visualRect(panel._model.index_of(entry.key)).height() for title, entry in found.items()}
    assert heights["From the archive"] == heights[shared] > heights["Another one"]
