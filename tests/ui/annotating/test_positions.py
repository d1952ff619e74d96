"""What is selected on the screen is what is stored, whatever the script and however Qt counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.annotating.conftest import Reading

MIXED = (
    "City water is “safe”, says the mayor 😀 of Port Ansel.\n"
    "Cafe\u0301 owners 👩‍👩‍👧 disagree: 41\u00a0percent found lead.\n"
    "قال الوزير إن الماء آمن في المدينة.\n"
    "市長は水が安全だと言った。\n"
    "हिन्दी में पानी साफ़ है।"
)


@pytest.mark.parametrize(
    "words",
    [
        "mayor 😀 of",
        "Cafe\u0301 owners",
        "👩‍👩‍👧",
        "41\u00a0percent",
        "الوزير إن",
        "水が安全",
        "पानी साफ़",
        "Ansel.\nCafe\u0301",
    ],
)
def test_what_is_highlighted_by_keyboard_is_stored(reading: Reading, words: str) -> None:
    reading.read(MIXED)
    passage = reading.highlight(words)
    assert passage.quote == words
    (row,) = reading.view.highlights.rows
    assert MIXED[row.start : row.end] == words


def test_line_ends_of_windows_do_not_move_anything(reading: Reading) -> None:
    original = "First line.\r\nSecond 😀 line.\r\nThird line."
    version = reading.project.import_source(("lines.txt", original.encode()))
    view = reading.open(version.id)
    assert view.text.text == original.replace("\r\n", "\n")
    assert reading.highlight("Third").quote == "Third"


def test_a_selection_takes_whole_characters(reading: Reading) -> None:
    view = reading.read(MIXED)
    start = MIXED.index("e\u0301")
    view.select(start, start + 1)
    assert view.selected() == ((start, start + 2),)


def test_line_ends_at_the_ends_of_a_selection_are_left_out(reading: Reading) -> None:
    view = reading.read("One.\n\nTwo.\n\nThree.")
    view.select(4, 12)
    assert [view.text.text[s:e] for s, e in view.selected()] == ["Two."]


def test_the_text_that_is_copied_keeps_no_break_spaces(reading: Reading) -> None:
    reading.read(MIXED)
    reading.select("41\u00a0percent")
    reading.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "41\u00a0percent"


def test_a_screen_reader_reads_the_canonical_text(reading: Reading) -> None:
    view = reading.read(MIXED)
    interface = QAccessible.queryAccessibleInterface(view)
    text = interface.textInterface()
    assert text.text(0, text.characterCount()) == MIXED
    assert interface.text(QAccessible.Text.Name) == "Call"
    view.put_caret(7)
    assert text.cursorPosition() == 7


def test_the_document_has_the_canonical_text_whatever_is_painted(reading: Reading) -> None:
    view = reading.read_page()
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    assert text.text(0, text.characterCount()) == view.text.text


@pytest.mark.parametrize("words", ["mayor", "Cafe\u0301 owners", "الوزير", "水が"])
def test_a_click_between_two_lines_hits_the_line_it_is_on(reading: Reading, words: str) -> None:
    view = reading.read(MIXED)
    start = MIXED.index(words)
    strip = view.strip_of((start, start + len(words)))
    assert strip is not None
    for y in (strip.top() + 1, strip.center().y(), strip.bottom() - 1):
        assert start <= view.offset_at(QPointF(strip.center().x(), y)) <= start + len(words)


def test_dragging_the_mouse_over_words_selects_them(reading: Reading) -> None:
    view = reading.read(MIXED)
    strip = view.strip_of((5, 10))
    assert strip is not None
    left, right = (QPointF(x, strip.center().y()).toPoint() for x in (strip.left(), strip.right()))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, left)
    QTest.mouseMove(view.viewport(), right)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, right)
    assert [MIXED[s:e] for s, e in view.selected()] == ["water"]
    reading.wait(lambda: reading.screen.marking.is_open)


def test_the_citation_names_where_the_words_stand(reading: Reading) -> None:
    reading.read(MIXED, title="Call with the mayor")
    reading.select("41\u00a0percent")
    reading.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "“41\u00a0percent”\n— Call with the mayor"
