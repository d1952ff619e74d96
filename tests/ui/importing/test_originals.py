"""Tests of originals in the window: shown after a warning, saved, checked, an altered one marked; and of new versions."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QMessageBox
from pysqlite3 import dbapi2
from pytestqt.qtbot import QtBot

from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.folders import first_folder
from annotator.ui.importing.source_details import SourceDetails
from annotator.ui.importing.source_entries import SourceEntry, spoken
from annotator.ui.importing.source_list import ENTRY
from annotator.ui.importing.sources_panel import SourcesPanel
from tests.ui.hands import click, find
from tests.ui.importing.conftest import PAGE, project_of, put, settle


def _panel(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> SourcesPanel:
    version = project_of(desk).import_source(("page.html", PAGE.encode()))
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    desk.select_version(version.id)
    settle(qtbot, desk)
    return panel


def _box(window: QMainWindow, words: str) -> None:
    box = next(each for each in window.findChildren(QMessageBox) if each.isVisible())
    click(next(button for button in box.buttons() if button.text().replace("&", "") == words))


def test_the_original_is_shown_as_a_copy_after_a_warning(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _panel(qtbot, window, actions, desk)
    actions["show_original"].trigger()
    box = find(window, QMessageBox)
    assert "load what the page names from the network" in box.informativeText()
    _box(window, "Stay here")
    settle(qtbot, desk)
    assert opened == []
    actions["show_original"].trigger()
    _box(window, "Open the copy")
    settle(qtbot, desk)
    (url,) = opened
    assert Path(url.toLocalFile()).read_bytes() == PAGE.encode()


def test_the_original_is_saved_and_checked(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    _panel(qtbot, window, actions, desk)
    actions["save_original"].trigger()
    dialog = find(window, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "saved.html"))
    dialog.reject()
    settle(qtbot, desk)
    assert (tmp_path / "saved.html").read_bytes() == PAGE.encode()
    actions["check_original"].trigger()
    settle(qtbot, desk)
    assert "is unchanged" in find(window, QMessageBox).text()


def test_the_name_of_an_original_leads_to_no_other_folder(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    version = project_of(desk).import_source(("/etc/../.profile.html", PAGE.encode()))
    desk.select_version(version.id)
    settle(qtbot, desk)
    actions["save_original"].trigger()
    dialog = find(window, QFileDialog)
    (offered,) = dialog.selectedFiles()
    dialog.reject()
    assert Path(offered) == first_folder() / "etc...profile.html"


def test_an_altered_original_is_said_in_the_list_the_notice_and_the_details(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, project_path: Path
) -> None:
    project_of(desk).import_source(("page.html", PAGE.encode()))
    project_of(desk).edit(project_of(desk).sources()[0].id, confirmed=True)
    with closing(dbapi2.connect(str(project_path))) as file:
        file.execute("UPDATE blob SET data = CAST(replace(data, '5,870', '9,870') AS BLOB) WHERE kind = 'original'")
        file.commit()
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    settle(qtbot, desk)
    entries = [panel._model.index(row).data(ENTRY) for row in range(panel._model.rowCount())]
    assert any("original is altered" in spoken(entry) for entry in entries if isinstance(entry, SourceEntry))
    assert "1 original altered" in [label.text() for label in panel.notices.findChildren(QLabel) if label.isVisible()]
    row = project_of(desk).source_rows()[0]
    dialog = SourceDetails(desk, row, row.versions[0].id, window)
    dialog.open()
    settle(qtbot, desk)
    assert any("stored original is altered" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_what_is_on_the_clipboard_becomes_the_next_version_and_changes_are_shown(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    project = project_of(desk)
    words = "The auditor examined 5,870 accounts and found a rise of 14.2 per cent.\nNobody has counted them all.\n"
    version = project.import_source(("report.txt", words.encode()))
    passage = project.highlight(version.id, [(4, 40)])
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    desk.select_version(version.id)
    settle(qtbot, desk)
    QGuiApplication.clipboard().setText(words.replace("5,870", "9,870"))
    with qtbot.waitSignal(desk.settle_wanted, timeout=20_000) as shown:
        actions["paste_version"].trigger()
    settle(qtbot, desk)
    (row,) = project.source_rows()
    assert [each.sequence for each in row.versions] == [1, 2]
    assert shown.args == [row.versions[1].id, ""]
    (anchor,) = project.anchors(row.versions[1].id)
    assert (anchor.passage, anchor.state) == (passage.id, "changed")
