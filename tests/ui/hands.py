"""What a person does to the window: keys, clicks, and looking for a part of it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.refresher import Refresher

W = TypeVar("W", bound=QObject)

CTRL = Qt.KeyboardModifier.ControlModifier


def press(widget: QWidget, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key, or the key of a letter."""
    if isinstance(key, str):
        QTest.keyClicks(widget, key, modifier)
    else:
        QTest.keyClick(widget, key, modifier)


def write(widget: QWidget, words: str) -> None:
    """Type words into a field."""
    QTest.keyClicks(widget, words)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click on a widget, in its middle or at a point."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())


def find(parent: QObject, kind: type[W]) -> W:
    """Return the first part of this kind."""
    found = parent.findChild(kind)
    assert isinstance(found, kind), f"there is no {kind.__name__}"
    return found


def focused(window: QWidget) -> QWidget:
    """Return what has the focus."""
    found = window.focusWidget()
    assert found is not None
    return found


def is_refreshing() -> bool:
    """Tell whether something that is seen is about to ask anew: on a busy machine that may take longer than a wait."""
    refreshers = (each for window in QApplication.topLevelWidgets() for each in window.findChildren(Refresher))
    return any(timer.isActive() for each in refreshers for timer in each.findChildren(QTimer))
