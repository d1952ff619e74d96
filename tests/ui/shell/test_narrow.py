"""The buttons of the claim editor, in a panel that is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.claiming.claim_editor import ClaimEditor
from annotator.ui.main_window import MainWindow
from tests.ui.whole import find, press, project_of, settle


def test_no_button_is_clipped_in_a_narrow_panel(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.rooms is not None
    opened.desk.select_claim(project_of(opened).claims()[0].id)
    opened.resize(1000, 650)
    settle(qtbot, opened)
    opened.rooms.claims_panel.focus_list()
    press(opened, "F2")
    settle(qtbot, opened)
    editor = find(opened, ClaimEditor)
    assert editor.width() < editor._send.sizeHint().width() + editor._cancel.sizeHint().width() + 40
    for button in (editor._send, editor._cancel):
        assert button.width() >= button.sizeHint().width()
        assert editor.rect().contains(button.geometry())
    opened.resize(1440, 900)
    opened.resizeDocks(opened.rooms.docks[1:2], [400], Qt.Orientation.Horizontal)
    settle(qtbot, opened)
    assert editor._send.geometry().top() == editor._cancel.geometry().top(), "side by side where there is room"
