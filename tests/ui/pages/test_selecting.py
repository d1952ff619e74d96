"""Selecting on pages, by mouse and by keys: the code points are those of the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest

from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.dragging import is_selected_words
from tests.ui.pages.conftest import LEFT, TURNED, Shown

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def words(shown: Shown) -> list[str]:
    return [shown.text[start:end] for start, end in shown.view.selected()]


def test_words_dragged_over_are_the_code_points_of_the_text(shown: Shown) -> None:
    start, end = shown.span("auditor read account 03")
    with shown.qtbot.waitSignal(shown.view.settled, timeout=2_000):
        shown.drag(shown.point(start), shown.point(end, behind=True))
    assert shown.view.selected() == ((start, end),)


def test_the_same_words_give_the_same_spans_in_the_text_view(shown: Shown) -> None:
    reader = PointedReader(shown.view.opened)
    shown.qtbot.addWidget(reader)
    reader.resize(900, 700)
    with shown.qtbot.waitExposed(reader):
        reader.show()
    start, end = shown.span("read account 05")
    shown.drag(shown.point(start), shown.point(end, behind=True))
    reader.scroll_up_to(start, 100)
    first, last = reader.strip_of((start, start + 1)), reader.strip_of((end - 1, end))
    assert first is not None
    assert last is not None
    port, button, none = reader.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    begin = QPoint(round(first.left()), round(first.center().y()))
    finish = QPoint(round(last.right()), round(last.center().y()))
    QTest.mousePress(port, button, none, begin)
    QTest.mouseMove(port, (begin + finish) / 2)
    QTest.mouseMove(port, finish)
    QTest.mouseRelease(port, button, none, finish)
    assert reader.selected() == shown.view.selected() == ((start, end),)


def test_a_column_is_selected_alone(shown: Shown) -> None:
    start, end = shown.span(LEFT[2])[0], shown.span(LEFT[5])[1]
    shown.drag(shown.point(start), shown.point(end, behind=True))
    assert shown.view.selected() == ((start, end),)
    assert "Nobody" not in words(shown)[0]


def test_hebrew_is_selected_from_right_to_left(shown: Shown) -> None:
    shown.view.show_page(2)
    word = TURNED[::-1]
    start, end = shown.span(f"{word} {word}", 2)
    first, last = shown.point(start), shown.point(end, behind=True)
    assert first.x() > last.x()
    shown.drag(first, last)
    assert shown.view.selected() == ((start, end),)
    shown.view.put_caret(start)
    shown.key(Qt.Key.Key_Left, SHIFT)
    assert shown.view.selected() == ((start, start + 1),)


def test_two_clicks_select_a_word_and_three_the_paragraph(shown: Shown) -> None:
    start, end = shown.span("account", 4)
    at = shown.point(start + 3)
    QTest.mouseDClick(shown.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert shown.view.selected() == ((start, end),)
    shown.press(at)
    shown.release(at)
    block = shown.view.text.block_at(start)
    assert block is not None
    assert shown.view.selected() == ((block.start, block.end),)
    assert end - start < block.end - block.start


def test_shift_and_a_click_extends(shown: Shown) -> None:
    start, end = shown.span(LEFT[1])
    shown.click(shown.point(start))
    shown.press(shown.point(end, behind=True), SHIFT)
    shown.release(shown.point(end, behind=True))
    assert shown.view.selected() == ((start, end),)


def test_a_drag_beyond_the_edge_scrolls(shown: Shown) -> None:
    bar, height = shown.view.verticalScrollBar(), shown.view.viewport().height()
    start = shown.span(LEFT[0])[0]
    shown.press(shown.point(start))
    shown.move(QPoint(200, height + 200))
    shown.qtbot.waitUntil(lambda: bar.value() > 300, timeout=5_000)
    shown.release(QPoint(200, height + 200))
    before = bar.value()
    assert shown.view.selection()[0] == start
    assert shown.view.has_selection
    QTest.qWait(80)
    assert bar.value() == before, "letting go ends it"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([(Qt.Key.Key_Right, SHIFT)] * 3, "The"),
        ([(Qt.Key.Key_Right, SHIFT | CTRL)] * 2, "The auditor"),
        ([(Qt.Key.Key_End, SHIFT)], LEFT[0]),
        ([(Qt.Key.Key_Down, SHIFT)], LEFT[0]),
        ([(Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Home, SHIFT)], LEFT[0]),
        ([(Qt.Key.Key_Right, CTRL), (Qt.Key.Key_Left, SHIFT | CTRL)], "The"),
    ],
)
def test_keys_select(shown: Shown, keys: list[tuple[Qt.Key, Qt.KeyboardModifier]], expected: str) -> None:
    shown.view.put_caret(shown.span(LEFT[0])[0])
    with shown.qtbot.waitSignal(shown.view.settled, timeout=2_000):
        for key, modifier in keys:
            shown.key(key, modifier)
    assert [each.strip() for each in words(shown)] == [expected]


def test_up_and_down_keep_the_column_and_the_ends_are_reached(shown: Shown) -> None:
    start = shown.span("auditor", 4)[0]
    shown.view.put_caret(start)
    shown.key(Qt.Key.Key_Down)
    assert shown.view.caret() == shown.span("auditor", 5)[0]
    shown.key(Qt.Key.Key_Up)
    shown.key(Qt.Key.Key_Up)
    assert shown.view.caret() == shown.span("auditor", 3)[0]
    shown.key(Qt.Key.Key_End, CTRL)
    assert shown.view.caret() == len(shown.text)
    assert shown.view.viewport().rect().contains(shown.point(len(shown.text), behind=True)), "it is scrolled to"
    shown.key(Qt.Key.Key_A, CTRL)
    assert words(shown)[0].startswith(LEFT[0])
    assert words(shown)[-1].endswith(LEFT[-1])


def test_page_keys_move_by_a_screen(shown: Shown) -> None:
    bar = shown.view.verticalScrollBar()
    shown.view.put_caret(0)
    shown.key(Qt.Key.Key_PageDown)
    assert bar.value() > bar.pageStep() / 2
    for _ in range(9):
        shown.key(Qt.Key.Key_PageDown, SHIFT)
    assert shown.view.caret() == len(shown.text)
    assert shown.view.has_selection


def test_copy_gives_the_words_of_the_text(shown: Shown) -> None:
    start, end = shown.span(LEFT[0])[0], shown.span(LEFT[1])[1]
    shown.view.select(start, end)
    shown.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == shown.text[start:end]


def test_a_click_on_words_tells_where_and_one_beside_them_that_nothing_is_there(shown: Shown) -> None:
    start = shown.span("account", 2)[0]
    with shown.qtbot.waitSignal(shown.view.clicked) as caught:
        shown.click(shown.point(start))
    assert caught.args == [start]
    with shown.qtbot.waitSignal(shown.view.clicked) as caught:
        shown.click(QPoint(shown.view.viewport().width() // 2, 15))
    assert caught.args == [-1]


def test_arrows_at_the_very_end_of_the_text(shown: Shown) -> None:
    end = len(shown.text)
    shown.key(Qt.Key.Key_End, CTRL)
    shown.key(Qt.Key.Key_Right)
    assert shown.view.caret() == end
    shown.key(Qt.Key.Key_Left)
    assert shown.view.caret() == end - 1


def test_what_is_selected_is_dragged_and_nothing_else(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _: taken.append(drag.mimeData()))
    start, end = shown.span("auditor read")
    shown.drag(shown.point(start), shown.point(end, behind=True))
    assert taken == []
    shown.drag(shown.point(start + 3), shown.point(start) + QPoint(200, 150))
    (mime,) = taken
    assert is_selected_words(mime)
    assert mime.text() == "auditor read"
    assert words(shown) == ["auditor read"], "it stays selected for the claim that takes it"
    shown.click(shown.point(start + 3))
    assert not shown.view.has_selection
    assert abs(shown.view.caret() - start - 3) <= 1


def test_a_marked_area_is_dragged_without_words(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _: taken.append(drag.mimeData()))
    view = shown.view
    view.turn_area()
    shown.drag(QPoint(300, 200), QPoint(500, 350))
    area = view.selected_area()
    assert area is not None
    shown.drag(QPoint(400, 300), QPoint(700, 500))
    assert [is_selected_words(mime) and mime.text() for mime in taken] == [""]
    assert view.selected_area() == area
