"""Passages: made, chosen, moved, joined and deleted with keys and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.underlay import handles, knob_of
from tests.ui.annotating.conftest import Reading

TEXT = "The new meters made the bills rise by forty per cent.\nNone had asked to see the bills 😀 at all.\nEnd of it."
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def middle_of(view: PointedReader, words: str) -> QPoint:
    start = view.text.text.index(words)
    strip = view.strip_of((start, start + len(words)))
    assert strip is not None
    return strip.center().toPoint()


def knob(view: PointedReader, *, is_end: bool) -> QPoint:
    """Return where a handle of the chosen passage is taken."""
    row = view.shown.row
    assert row is not None
    for seen in view.seen():
        for side, top, height in handles(seen.laid, row):
            if side is is_end:
                return (knob_of(side, top, height) + QPointF(0, seen.top)).toPoint()
    raise AssertionError("the handle is out of sight")


def drag(
    view: PointedReader,
    start: QPoint,
    end: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press the mouse at one place and let it go at another."""
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, modifier, start)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(end),
        QPointF(view.viewport().mapToGlobal(end)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifier,
    )
    QApplication.sendEvent(view.viewport(), moved)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, modifier, end)


def test_a_new_passage_is_chosen_and_undo_takes_it_back(reading: Reading) -> None:
    view = reading.read(TEXT)
    passage = reading.highlight("new meters")
    assert reading.desk.passage_id == passage.id == view.shown.chosen
    assert not view.has_selection
    reading.desk.undo()
    reading.wait(lambda: not view.highlights.rows)
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
    reading.wait(lambda: len(view.highlights.rows[0].spans) == 2)


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
    assert not reading.view.has_selection


def test_away_from_the_passage_the_arrows_select_words(reading: Reading) -> None:
    view = reading.read(TEXT)
    passage = reading.highlight("new meters")
    view.put_caret(TEXT.index("End"))
    reading.press(Qt.Key.Key_Right, SHIFT)
    assert view.has_selection
    assert reading.desk.passage_id == passage.id


def test_delete_removes_the_chosen_passage(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    reading.press(Qt.Key.Key_Delete)
    reading.wait(lambda: not view.highlights.rows)
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
    drag(view, knob(view, is_end=True), middle_of(view, "ris"))
    reading.wait(lambda: reading.passages()[0].quote == "new meters made the bills rise")
    drag(view, knob(view, is_end=False), middle_of(view, "met"))
    reading.wait(lambda: reading.passages()[0].quote == "meters made the bills rise")


@pytest.mark.parametrize("modifier", [CONTROL, Qt.KeyboardModifier.AltModifier])
def test_with_a_key_a_handle_goes_by_characters(reading: Reading, modifier: Qt.KeyboardModifier) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    drag(view, knob(view, is_end=True), middle_of(view, "rise"), modifier)
    reading.wait(lambda: reading.passages()[0].quote == "new meters made the bills ri")


def test_a_handle_never_stops_inside_a_character(reading: Reading) -> None:
    text = "Cafe\u0301 owners 👩‍👩‍👧 disagree with all that."
    view = reading.read(text)
    reading.highlight("disagree")
    place = middle_of(view, "👩‍👩‍👧")
    for x in range(-12, 13, 4):
        drag(view, knob(view, is_end=False), place + QPoint(x, 0), CONTROL)
        (row,) = view.highlights.rows
        assert snap_to_graphemes(text, row.start, row.end) == (row.start, row.end)
    reading.wait(lambda: not reading.desk.jobs.busy)


def test_a_handle_held_below_the_edge_scrolls_on(reading: Reading) -> None:
    view = reading.read("\n".join(f"Paragraph {n} says something that takes a line or so." for n in range(200)))
    reading.highlight("Paragraph 3 says")
    below = QPoint(300, view.viewport().height() + 200)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=knob(view, is_end=True))
    QTest.mouseMove(view.viewport(), below)
    reading.wait(lambda: view.top_place() > view.text.text.index("Paragraph 20 "))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    reading.wait(lambda: reading.passages()[0].fragments[0].end > view.text.text.index("Paragraph 20 "))
    place = view.top_place()
    reading.qtbot.wait(60)
    assert view.top_place() == place


def test_escape_closes_one_thing_after_the_other(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.highlight("new meters")
    reading.select("forty")
    reading.wait(lambda: reading.screen.marking.is_open)
    reading.press(Qt.Key.Key_Escape)
    assert not reading.screen.marking.is_open
    assert view.selected()
    reading.press(Qt.Key.Key_Escape)
    assert not view.has_selection
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


def test_a_project_closed_while_an_end_moves_leaves_the_next_one_its_passages(
    reading: Reading, project_path: Path
) -> None:
    reading.read(TEXT)
    passage = reading.highlight("new meters")
    version = reading.desk.version_id
    reading.screen.passages.reshape(((passage.fragments[0].start, passage.fragments[0].end + 5),))
    reading.desk.close_project()
    with reading.qtbot.waitSignal(reading.desk.opened, timeout=20_000):
        reading.desk.open(project_path, annotator="Ines Calder")
    reading.open(version)
    (passage,) = reading.wait_for_passages(1)
    assert passage.quote == "new meters made"


def test_what_was_highlighted_is_not_shown_in_another_source_that_is_read_by_then(reading: Reading) -> None:
    other = reading.read("Short.", title="Other").opened.version.id
    first = reading.read(TEXT).opened.version.id
    reading.select("None had asked")
    chosen: list[str] = []
    reading.desk.passage_selected.connect(chosen.append)
    reading.press(Qt.Key.Key_H)
    reading.desk.select_version(other)
    assert reading.version == other
    reading.wait(lambda: len(reading.project.passages(first)) == 1 and not reading.desk.jobs.busy)
    assert chosen == []
    assert not reading.view.highlights.rows
    reading.open(first)
    reading.wait_for_passages(1)


def test_a_passage_of_an_earlier_version_is_placed_in_the_one_that_is_read_and_never_moves(reading: Reading) -> None:
    """Its ends, moved in the new text, say where it stands there; in its own text it stays where it was."""
    reading.read(TEXT)
    passage = reading.highlight("bills rise")
    source = reading.view.opened.version.source_id
    report = reading.project.add_version(source, ("later.txt", f"Stop press.\n{TEXT}".encode()))
    reading.open(report.version.id)
    reading.wait(lambda: len(reading.view.highlights.rows) == 1)
    reading.view.put_caret(reading.view.text.text.index("bills rise"))
    reading.desk.select_passage(passage.id)
    reading.wait(lambda: reading.view.shown.chosen == passage.id)
    reading.press(Qt.Key.Key_Right, SHIFT)
    reading.wait(lambda: reading.project.anchors(report.version.id)[0].found == "bills rise ")
    assert reading.project.entity(passage.id) == passage
    reading.wait(lambda: reading.view.highlights.rows[0].anchor is not None)
    reading.desk.undo()
    reading.wait(lambda: reading.project.anchors(report.version.id)[0].found == "bills rise")
