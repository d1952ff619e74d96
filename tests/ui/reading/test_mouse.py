"""The mouse on a text: selecting by characters, words and paragraphs, beyond the edge, dragging words away, the wheel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView
from tests.ui.reading.views import (
    CTRL,
    SHIFT,
    Key,
    double_click,
    drag,
    make_view,
    mouse,
    paragraphs,
    point_of,
    press,
    table,
    words_selected,
)

_TEXT = "The auditor examined 5,870 accounts.\nShe found a rise, the auditor’s own words.\n\nNobody else counted."
_LINES = "\n".join(f"Line {n} of the harbour book." for n in range(600))
_PRESS, _MOVE, _RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease


class _Carrier(TextView):
    """Keeps what would be dragged: a real drag waits for somebody to let go."""

    carried = ""

    def start_drag(self) -> None:
        self.drag_started.emit()
        self.carried = self.drag_data().text()


def _carrier(qtbot: QtBot, text: str) -> _Carrier:
    view = _Carrier(OpenText(text, paragraphs(text)))
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_a_click_puts_the_caret_and_gives_the_view_the_keyboard(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    view.clearFocus()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, "examined", within=0.02))
    assert view.caret() == _TEXT.index("examined")
    assert not view.has_selection
    assert view.hasFocus()


def test_a_drag_selects_and_tells_while_it_goes_on(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    told: list[str] = []
    view.selection_changed.connect(lambda: told.append(words_selected(view)))
    start, end = point_of(view, "examined", within=0.02), point_of(view, "examined", within=0.98)
    drag(view, start, (start + end) / 2, end, release=False)
    held = view.pressed
    assert len(told) == 2
    assert told[-1] == "examined"
    mouse(view, _RELEASE, end)
    assert (held, view.pressed) == (True, False)
    view.unselect()
    drag(view, end, start)
    assert words_selected(view) == "examined"
    assert view.caret() == _TEXT.index("examined")


def test_a_drag_over_lines_takes_their_ends(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    drag(view, point_of(view, "accounts", within=0.01), point_of(view, "Nobody", within=0.99))
    assert words_selected(view) == _TEXT[_TEXT.index("accounts") : _TEXT.index(" else")]


def test_beside_and_below_the_words_the_nearest_place_counts(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    y = point_of(view, "She").y()
    for point, place in (
        (QPoint(2, y), _TEXT.index("She")),
        (QPoint(790, y), _TEXT.index("\n\nNobody")),
        (QPoint(790, 390), len(_TEXT)),
        (QPoint(2, 2), 0),
    ):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert view.caret() == place


def test_shift_and_click_goes_on(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    view.put_caret(4)
    for words in ("accounts", "examined"):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, point_of(view, words, within=0.01))
        assert view.selection() == (4, _TEXT.index(words))


# -- words and paragraphs


@pytest.mark.parametrize("within", [0.02, 0.5, 0.98])
def test_two_clicks_take_the_word_under_the_mouse_wherever_on_it(qtbot: QtBot, within: float) -> None:
    view = make_view(qtbot, _TEXT)
    for word in ("examined", "5,870", "accounts"):
        double_click(view, point_of(view, word, within=within))
        assert words_selected(view) == word
        view.unselect()


def test_two_clicks_on_a_blank_take_the_word_before_it(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    double_click(view, point_of(view, " accounts", within=0.01))
    assert words_selected(view) == "5,870"


def test_two_clicks_and_a_drag_select_by_words_to_both_sides(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    double_click(view, point_of(view, "examined"), release=False)
    mouse(view, _MOVE, point_of(view, "5,870", within=0.3))
    assert words_selected(view) == "examined 5,870"
    mouse(view, _MOVE, point_of(view, " 5,870", within=0.02))
    assert words_selected(view) == "examined"
    mouse(view, _MOVE, point_of(view, "auditor examined", within=0.2))
    assert words_selected(view) == "auditor examined"
    assert view.caret() == 4
    mouse(view, _MOVE, point_of(view, "Nobody"))
    assert words_selected(view) == _TEXT[_TEXT.index("examined") : _TEXT.index(" else")]
    mouse(view, _RELEASE, point_of(view, "Nobody"))


def test_three_clicks_take_the_paragraph_and_a_drag_whole_ones(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    point = point_of(view, "rise")
    double_click(view, point)
    mouse(view, _PRESS, point)
    assert words_selected(view) == "She found a rise, the auditor’s own words."
    mouse(view, _MOVE, point_of(view, "examined"))
    assert words_selected(view) == _TEXT[: _TEXT.index("\n\nNobody")]
    mouse(view, _RELEASE, point_of(view, "examined"))


def test_a_third_click_elsewhere_is_a_first_one(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    double_click(view, point_of(view, "rise"))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, "Nobody", within=0.01))
    assert view.selection() == (_TEXT.index("Nobody"),) * 2


def test_three_clicks_in_a_table_take_the_cell(qtbot: QtBot) -> None:
    text, structure = table([["Wharf", "Crowns"], ["Fourth wharf", "forty-one crowns"]])
    view = make_view(qtbot, text, structure, size=(900, 400))
    point = point_of(view, "crowns")
    double_click(view, point)
    mouse(view, _PRESS, point)
    mouse(view, _RELEASE, point)
    assert words_selected(view) == "forty-one crowns"


# -- beyond the edge


def test_a_drag_beyond_the_edge_scrolls_the_faster_the_farther(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    bar, ways = view.verticalScrollBar(), []
    seen: list[int] = []
    bar.valueChanged.connect(seen.append)
    for below in (5, 200):
        bar.setValue(0)
        start = point_of(view, "Line 2 ")
        drag(view, start, QPoint(300, view.viewport().height() + below), release=False)
        begin = bar.value()
        seen.clear()
        qtbot.waitUntil(lambda: len(seen) >= 10, timeout=5_000)
        ways.append((seen[9] - begin) / 10)
        assert view.viewport().rect().intersects(view.caret_strip().toAlignedRect())
        mouse(view, _RELEASE, QPoint(300, 100))
        end = bar.value()
        qtbot.wait(60)
        assert bar.value() == end, "it stops when the button is let go"
    assert ways[1] > 3 * ways[0] > 0


def test_a_drag_back_into_the_text_stops_the_scrolling(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    bar = view.verticalScrollBar()
    bar.setValue(3_000)
    drag(view, QPoint(300, 200), QPoint(300, -60), release=False)
    qtbot.waitUntil(lambda: bar.value() < 2_900, timeout=5_000)
    mouse(view, _MOVE, QPoint(300, 150))
    value = bar.value()
    qtbot.wait(60)
    assert bar.value() == value
    mouse(view, _RELEASE, QPoint(300, 150))


def test_the_wheel_goes_on_with_a_selection_that_is_being_made(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    drag(view, point_of(view, "Line 2 "), point_of(view, "Line 4 "), release=False)
    end = view.selection()[1]
    _turn(view, angle=-240)
    assert view.verticalScrollBar().value() > 50
    assert view.selection()[1] > end
    mouse(view, _RELEASE, QPoint(300, 100))


# -- the selected words


def test_a_drag_of_selected_words_takes_them_away_and_leaves_them_selected(qtbot: QtBot) -> None:
    view = _carrier(qtbot, _TEXT)
    told: list[bool] = []
    view.drag_started.connect(lambda: told.append(True))
    view.select(4, 20)
    drag(view, point_of(view, "auditor"), point_of(view, "5,870"), release=False)
    assert view.carried == "auditor examined"
    assert told == [True]
    assert view.selection() == (4, 20)
    assert not view.pressed


def test_a_click_on_selected_words_unselects_them_when_it_is_let_go(qtbot: QtBot) -> None:
    view = _carrier(qtbot, _TEXT)
    view.select(0, 20)
    point = point_of(view, "examined", within=0.01)
    mouse(view, _PRESS, point)
    mouse(view, _MOVE, point + QPoint(2, 1))
    assert view.has_selection
    mouse(view, _RELEASE, point)
    assert view.selection() == (_TEXT.index("examined"),) * 2
    assert not view.carried


def test_a_right_click_keeps_the_selection_it_is_on_and_leaves_any_other(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    view.select(4, 20)
    mouse(view, _PRESS, point_of(view, "examined"), Qt.MouseButton.RightButton)
    assert view.selection() == (4, 20)
    mouse(view, _PRESS, point_of(view, "Nobody", within=0.01), Qt.MouseButton.RightButton)
    assert view.selection() == (_TEXT.index("Nobody"),) * 2


def test_the_mouse_shows_what_a_press_would_do(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    view.select(4, 20)
    for words, shape in (("examined", Qt.CursorShape.ArrowCursor), ("accounts", Qt.CursorShape.IBeamCursor)):
        QTest.mouseMove(view.viewport(), QPoint(2, 2))
        QApplication.processEvents()
        QTest.mouseMove(view.viewport(), point_of(view, words))
        QApplication.processEvents()
        assert view.viewport().cursor().shape() == shape


def test_what_is_copied_is_what_was_published(qtbot: QtBot) -> None:
    text = "41\u00a0crowns, un\u00addry\u2028or not"
    view = make_view(qtbot, text)
    press(view, Key.Key_C, with_=CTRL)
    QGuiApplication.clipboard().setText("before")
    press(view, Key.Key_C, with_=CTRL)
    assert QGuiApplication.clipboard().text() == "before", "nothing selected, nothing copied"
    press(view, Key.Key_A, Key.Key_C, with_=CTRL)
    assert QGuiApplication.clipboard().text() == text


@pytest.mark.skipif(
    "not __import__('PySide6.QtGui').QtGui.QGuiApplication.clipboard().supportsSelection()",
    reason="the middle button pastes on some systems only",
)
def test_the_middle_button_pastes_elsewhere_what_the_mouse_selected(qtbot: QtBot) -> None:
    view = make_view(qtbot, _TEXT)
    double_click(view, point_of(view, "examined"))
    assert QGuiApplication.clipboard().text(QClipboard.Mode.Selection) == "examined"


# -- the wheel


def _turn(view: TextView, *, angle: int = 0, px: int = 0, phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase) -> None:
    point = QPointF(300, 100)
    where = view.viewport().mapToGlobal(point)
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(point, where, QPoint(0, px), QPoint(0, angle), none, plain, phase, False)
    QApplication.sendEvent(view.viewport(), event)


def test_a_trackpad_scrolls_by_its_very_px(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    for _ in range(7):
        _turn(view, angle=-1, px=-3, phase=Qt.ScrollPhase.ScrollUpdate)
    assert view.verticalScrollBar().value() == 21
    _turn(view, angle=1, px=11, phase=Qt.ScrollPhase.ScrollUpdate)
    assert view.verticalScrollBar().value() == 10


def test_a_wheel_scrolls_by_lines(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    _turn(view, angle=-120)
    lines = QApplication.wheelScrollLines()
    assert view.verticalScrollBar().value() == lines * view.verticalScrollBar().singleStep()
