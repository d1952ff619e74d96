"""Fingers on a text: they scroll it, a tap puts the caret, and one that is held still selects."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.reading.text_view import TextView
from tests.ui.reading.views import make_view, point_of, words_selected

_LINES = "\n".join(f"Line {n} of the harbour book." for n in range(600))


class _Finger:
    def __init__(self, view: TextView) -> None:
        self._view = view
        self._screen = _screen()

    def down(self, point: QPoint) -> None:
        QTest.touchEvent(self._view.viewport(), self._screen).press(1, point, self._view.viewport()).commit()

    def move(self, point: QPoint) -> None:
        QTest.touchEvent(self._view.viewport(), self._screen).move(1, point, self._view.viewport()).commit()

    def up(self, point: QPoint) -> None:
        QTest.touchEvent(self._view.viewport(), self._screen).release(1, point, self._view.viewport()).commit()


_screens: list[QPointingDevice] = []


def _screen() -> QPointingDevice:
    if not _screens:
        _screens.append(QTest.createTouchDevice())
    return _screens[0]


def test_a_finger_scrolls_and_selects_nothing(qtbot: QtBot) -> None:
    view, start = make_view(qtbot, _LINES), QPoint(300, 350)
    finger = _Finger(view)
    view.select(5, 9)
    finger.down(start)
    for way in range(10, 300, 20):
        qtbot.wait(8)
        finger.move(start - QPoint(0, way))
    assert view.verticalScrollBar().value() > 150
    finger.up(start - QPoint(0, 290))
    value = view.verticalScrollBar().value()
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > value + 20, timeout=3_000)
    assert view.selection() == (5, 9)
    assert not view.pressed


def test_a_tap_puts_the_caret(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    point = point_of(view, "Line 3 ", within=0.01)
    finger = _Finger(view)
    finger.down(point)
    held = view.pressed
    finger.up(point)
    assert view.caret() == _LINES.index("Line 3 ")
    assert not view.has_selection
    assert (held, view.pressed) == (True, False)


def test_a_finger_held_still_selects_a_word_and_draws_the_selection_on(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    finger = _Finger(view)
    finger.down(point_of(view, "6 of the", within=0.02))
    wait = QGuiApplication.styleHints().mousePressAndHoldInterval()
    qtbot.waitUntil(lambda: view.has_selection, timeout=wait * 4)
    assert words_selected(view) == "6"
    for words in ("5 of the", "4 of the", "3 of the", "2 of the"):
        finger.move(point_of(view, words, within=0.02))
        qtbot.wait(10)
    finger.up(point_of(view, "2 of the", within=0.02))
    qtbot.wait(50)
    assert words_selected(view).startswith("2 of the")
    assert words_selected(view).endswith("Line 6")
    assert view.verticalScrollBar().value() == 0, "it selects and does not scroll"
