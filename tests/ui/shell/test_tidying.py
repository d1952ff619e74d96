"""Garbage is found by and by, and a search through everything waits until nobody does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.shell.tidying import Tidying


class _Knot:
    """Something that only a search finds: it holds itself."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def own_collector() -> Iterator[None]:
    """Give the collector back as it was."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window that is in front."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_what_is_new_is_searched_though_the_interpreter_no_longer_does(qtbot: QtBot, window: QWidget) -> None:
    Tidying(window)
    assert not gc.isenabled()
    knots = [_Knot() for _ in range(20_000)]
    gone = weakref.ref(knots[0])
    del knots
    qtbot.waitUntil(lambda: gone() is None, timeout=10_000)


def test_what_is_old_is_searched_only_when_nobody_does_anything(qtbot: QtBot, window: QWidget) -> None:
    busy = Tidying(window, away=3600, rest=0)
    old = _Knot()
    gc.collect(0)
    gc.collect(1)
    gone = weakref.ref(old)
    del old
    for _ in range(2):
        with qtbot.waitSignal(busy.looked, timeout=10_000):
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    assert gone() is not None
    Tidying(window, away=0, rest=0)
    gc.unfreeze()
    qtbot.waitUntil(lambda: gone() is None, timeout=10_000)
