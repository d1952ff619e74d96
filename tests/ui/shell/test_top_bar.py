"""The row above everything in windows of any width: nothing lies on anything else, and what is cut is said otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.main_window import MainWindow
from annotator.ui.shell.top_bar import TopBar
from tests.ui.whole import settle

_WAITING = {"versions": 3, "conflicts": 12}


def parts(bar: TopBar) -> list[QWidget]:
    """Return what is shown in the bar, from the left to the right."""
    found = [bar.project_button, *bar._tabs.values(), bar._undo, bar._redo, bar.search]
    return [widget for widget in found if widget.isVisible()]


def place(widget: QWidget, bar: TopBar) -> QRect:
    return QRect(widget.mapTo(bar, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("width", [800, 900, 1024, 1440])
@pytest.mark.parametrize("waiting", [(), tuple(_WAITING)], ids=["five screens", "seven screens"])
def test_nothing_lies_on_anything_else(qtbot: QtBot, opened: MainWindow, width: int, waiting: tuple[str, ...]) -> None:
    bar = opened.top_bar
    for name in waiting:
        bar.show_waiting(name, _WAITING[name])
    opened.resize(width, 600)
    settle(qtbot, opened)
    shown = parts(bar)
    assert len(shown) == len(waiting) + len(("project", "undo", "redo", "search")) + 5
    for left, right in pairwise(place(widget, bar) for widget in shown):
        assert left.right() < right.left()
    assert place(shown[-1], bar).right() < bar.width()


def test_a_screen_without_its_word_is_named_otherwise(qtbot: QtBot, opened: MainWindow) -> None:
    bar = opened.top_bar
    opened.resize(800, 480)
    opened.show_screen("claims")
    settle(qtbot, opened)
    for name, count in _WAITING.items():
        bar.show_waiting(name, count)
    claims, lists = bar._tabs["claims"], bar._tabs["lists"]
    assert (claims.toolTip(), lists.toolTip()) == ("", lists.text())
    assert lists.accessibleName() == lists.text()
    bar.show_screen("lists")
    assert (claims.toolTip(), lists.toolTip()) == (claims.text(), "")
    opened.resize(1440, 900)
    settle(qtbot, opened)
    assert (claims.toolTip(), lists.toolTip()) == ("", "")
