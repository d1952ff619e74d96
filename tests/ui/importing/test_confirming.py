"""Tests of confirming what import found: one source after the other, by keys alone, without nagging."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.services.project import Project
from annotator.ui.actions import Actions
from annotator.ui.controls import LinkButton
from annotator.ui.desk import Desk
from annotator.ui.importing.source_details import SourceDetails
from annotator.ui.importing.source_entries import SourceEntry, spoken
from annotator.ui.importing.source_list import ENTRY
from annotator.ui.importing.sources_panel import SourcesPanel
from tests.ui.hands import CTRL, click, press
from tests.ui.importing.conftest import PAGE, project_of, put, settle

_SEND = (Qt.Key.Key_Return, CTRL)


def _take_in(project: Project, count: int) -> None:
    for number in range(count):
        page = PAGE.replace("Meters", f"Meters {number}").replace("/meters", f"/meters-{number}")
        project.import_source((f"page-{number}.html", page.replace("5,870", str(5000 + 777 * number)).encode()))


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _dialog(window: QMainWindow) -> SourceDetails:
    (dialog,) = (each for each in window.findChildren(SourceDetails) if each.isVisible())
    return dialog


def _panel(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, count: int) -> SourcesPanel:
    _take_in(project_of(desk), count)
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    return panel


def _notices(panel: SourcesPanel) -> list[str]:
    notices = panel.notices.findChildren(QLabel)
    return [label.text() for label in notices if label.isVisible()]


def test_each_suggestion_stands_with_how_it_is_known_and_nothing_is_confirmed_before(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    panel = _panel(qtbot, window, actions, desk, 1)
    assert _notices(panel) == ["1 not confirmed"]
    entries = [panel._model.index(row).data(ENTRY) for row in range(panel._model.rowCount())]
    assert any("not confirmed" in spoken(entry) for entry in entries if isinstance(entry, SourceEntry))
    actions["confirm_sources"].trigger()
    settle(qtbot, desk)
    dialog = _dialog(window)
    hints = {name: field._remark.text() for name, field in dialog.fields.items()}
    assert hints["url"] == "from canonical link"
    assert hints["publishers"] == "from og:site_name"
    assert hints["medium"] == "from media type"
    assert not project_of(desk).sources()[0].confirmed
    press(_focused(), *_SEND)
    settle(qtbot, desk)
    assert project_of(desk).sources()[0].confirmed
    assert desk.undo_label == "Confirm source details"
    assert _notices(panel) == []


def test_several_are_gone_through_by_keys_one_is_left_and_esc_ends_it(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    panel = _panel(qtbot, window, actions, desk, 4)
    actions["confirm_sources"].trigger()
    settle(qtbot, desk)
    first = _dialog(window)
    assert "1 of 4" in first.windowTitle()
    title = first.fields["title"].field
    assert isinstance(title, QLineEdit)
    title.setText("What the meters do")
    press(_focused(), *_SEND)
    settle(qtbot, desk)
    assert "2 of 4" in _dialog(window).windowTitle()
    press(_focused(), Qt.Key.Key_PageDown, CTRL)
    settle(qtbot, desk)
    assert "3 of 4" in _dialog(window).windowTitle()
    press(_focused(), Qt.Key.Key_Escape)
    settle(qtbot, desk)
    assert not any(each.isVisible() for each in window.findChildren(SourceDetails)), "nobody asks again"
    confirmed = [source.title for source in project_of(desk).sources() if source.confirmed]
    assert confirmed == ["What the meters do"]
    assert _notices(panel) == ["3 not confirmed"]
    click(next(link for link in panel.notices.findChildren(LinkButton) if link.text() == "Confirm…"))
    settle(qtbot, desk)
    assert "1 of 3" in _dialog(window).windowTitle()


def test_what_nobody_has_confirmed_is_filtered(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    _take_in(project_of(desk), 2)
    project = project_of(desk)
    first, second = project.sources()
    project.edit(first.id, confirmed=True)
    assert [row.id for row in project.rows("sources", only=["unconfirmed"])] == [second.id]
    assert [row.source.id for row in project.unconfirmed_sources()] == [second.id]
    project.undo()
    assert len(project.unconfirmed_sources()) == 2
