"""Passages: made, chosen, moved, joined and deleted with keys and mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.ui.annotating.pointing import PointedReader
from tests.ui.annotating.conftest import Reading

TEXT = "The new meters made the bills rise by forty per cent.\nNone had asked to see the bills 😀 at all.\nEnd of it."
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def middle_of(view: PointedReader, words: str) -> QPoint:
    start = view.text.text.index(words)
    strip = view.strip_of((start, start + len(words)))
    assert strip is not None
    return strip.center().toPoint()


def test_a_new_passage_is_chosen_and_undo_takes_it_back(reading: Reading) -> None:
    view = reading.read(TEXT)
    passage = reading.highlight("new meters")
    assert reading.desk.passage_id == passage.id == view.shown.chosen
    assert not view.textCursor().hasSelection()
    reading.desk.undo()
    reading.wait(lambda: not view.shown.highlights.rows)
    assert reading.desk.passage_id == ""


def test_nothing_is_highlighted_without_a_selection_and_the_status_says_why(reading: Reading) -> None:
    reading.read(TEXT)
    with reading.qtbot.waitSignal(reading.screen.status) as told:
        reading.press(Qt.Key.Key_H)
    assert "Select some words first" in told.args[0]
    assert not reading.passages()


def test_a_second_selection_becomes_another_fragment(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    reading.select("forty per cent")
    reading.press(Qt.Key.Key_H, SHIFT)
    reading.wait(lambda: reading.passages()[0].quote == "new meters … forty per cent")
    reading.wait(lambda: len(view.shown.highlights.rows[0].spans) == 2)


def test_arrows_move_the_ends_of_the_chosen_passage(reading: Reading) -> None:
    reading.read(TEXT)
    reading.highlight("see the bills")
    for _ in range(3):
        reading.press(Qt.Key.Key_Right, SHIFT)
    reading.wait(lambda: reading.passages()[0].quote == "see the bills 😀 ")
    reading.press(Qt.Key.Key_Left, SHIFT)
    reading.wait(lambda: reading.passages()[0].quote == "see the bills 😀")
    reading.press(Qt.Key.Key_Right, SHIFT | CONTROL)
    reading.wait(lambda: reading.passages()[0].quote == "ee the bills 😀")
    reading.press(Qt.Key.Key_Up, SHIFT | CONTROL)
    reading.wait(lambda: reading.passages()[0].quote == "see the bills 😀")
    reading.press(Qt.Key.Key_Up, SHIFT | CONTROL)
    reading.wait(lambda: reading.passages()[0].quote == "to see the bills 😀")
    assert not reading.view.textCursor().hasSelection()


def test_away_from_the_passage_the_arrows_select_words(reading: Reading) -> None:
    view = reading.read(TEXT)
    passage = reading.highlight("new meters")
    view.put_caret(TEXT.index("End"))
    reading.press(Qt.Key.Key_Right, SHIFT)
    assert view.textCursor().hasSelection()
    assert reading.desk.passage_id == passage.id


def test_delete_removes_the_chosen_passage(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    reading.press(Qt.Key.Key_Delete)
    reading.wait(lambda: not view.shown.highlights.rows)
    assert not reading.passages()
    reading.desk.undo()
    reading.wait_for_passages(1)


def test_o_goes_through_the_passages_at_the_caret(reading: Reading) -> None:
    view = reading.read(TEXT)
    outer, inner = reading.highlight("new meters made the bills"), reading.highlight("made")
    view.put_caret(TEXT.index("made") + 1)
    reading.press(Qt.Key.Key_Escape)
    reading.press(Qt.Key.Key_O)
    assert reading.desk.passage_id == inner.id
    reading.press(Qt.Key.Key_O)
    assert reading.desk.passage_id == outer.id
    reading.press(Qt.Key.Key_O)
    assert reading.desk.passage_id == inner.id


def test_n_and_p_go_from_passage_to_passage_and_round(reading: Reading) -> None:
    view = reading.read(TEXT)
    first, second, third = (reading.highlight(words) for words in ("new meters", "forty", "End"))
    reading.press(Qt.Key.Key_Escape)
    view.put_caret(0)
    seen = []
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_P):
        reading.press(key)
        seen.append(reading.desk.passage_id)
    assert seen == [first.id, second.id, third.id, first.id, third.id, second.id]
    assert view.caret() == TEXT.index("forty")


def test_a_click_chooses_the_shortest_passage_and_beside_it_none(reading: Reading) -> None:
    view = reading.read(TEXT)
    outer, inner = reading.highlight("new meters made the bills"), reading.highlight("made")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, "meters"))
    assert reading.desk.passage_id == outer.id
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, "End"))
    assert reading.desk.passage_id == ""
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, "made"))
    assert reading.desk.passage_id == inner.id


def test_a_handle_is_dragged_to_another_place(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    row = view.shown.highlights.rows[0]
    block, top = next(iter(view.visible_blocks()))
    handles = {
        is_end: (place, height) for is_end, place, height in view.underlay.handles(block, view.reading.box(block), row)
    }
    place, height = handles[True]
    knob = QPoint(round(place.x()), round(top + place.y() + height))
    target = middle_of(view, "rise")
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, knob)
    QTest.mouseMove(view.viewport(), target)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    reading.wait(lambda: reading.passages()[0].quote.startswith("new meters made the bills r"))


def test_escape_closes_one_thing_after_the_other(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    reading.select("forty")
    reading.wait(lambda: reading.screen.marking.is_open)
    reading.press(Qt.Key.Key_Escape)
    assert not reading.screen.marking.is_open
    assert view.textCursor().hasSelection()
    reading.press(Qt.Key.Key_Escape)
    assert not view.textCursor().hasSelection()
    assert reading.desk.passage_id
    reading.press(Qt.Key.Key_Escape)
    assert reading.desk.passage_id == ""


def test_a_note_and_its_passage_are_one_step(reading: Reading) -> None:
    reading.read(TEXT)
    reading.select("forty per cent")
    reading.press(Qt.Key.Key_A)
    reading.type("Ask for the bills")
    reading.press(Qt.Key.Key_Return, CONTROL)
    (passage,) = reading.wait_for_passages(1)
    assert [note.text for note in reading.project.notes(passage.id)] == ["Ask for the bills"]
    reading.wait(lambda: reading.view.hasFocus())
    reading.desk.undo()
    reading.wait_for_passages(0)
