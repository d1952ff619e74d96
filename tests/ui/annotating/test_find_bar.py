"""Finding in the text with real keys: marks, steps, options, what is said, and what comes of a hit."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.domain.find import Finder, Query
from annotator.ui.reading.find_bar import FindBar
from annotator.ui.theme import current_theme
from tests.ui.annotating.conftest import Reading
from tests.ui.hands import click
from tests.ui.spoken import unspoken

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
TEXT = "The Café paid.\nA cafe\u0301 did not; the cafeteria did.\nCAFE prices rose by 40\u00a0% and\nnobody asked."


def bar_of(reading: Reading) -> FindBar:
    return reading.screen.find_bar


def settle(reading: Reading) -> None:
    """Wait until the hits are known and told."""
    reading.wait(lambda: not bar_of(reading).seeker.is_searching)


def look_for(reading: Reading, words: str) -> str:
    """Open the bar, type words, and return what is said."""
    reading.press(KEY.Key_F, CTRL)
    reading.type(words)
    settle(reading)
    return bar_of(reading).count.text()


def marked(reading: Reading) -> list[str]:
    """Return the words that are marked in the view."""
    text = reading.view.text.text
    return [text[start:end] for start, end in reading.view.hits.hits]


def current(reading: Reading) -> str:
    """Return the words that are marked strongly, with what follows."""
    layer = reading.view.hits
    start, _ = layer.hits[layer.current]
    return reading.view.text.text[start : start + 12]


def pixels(image: QImage, colour: QColor) -> int:
    return sum(
        image.pixelColor(x, y) == colour for x in range(0, image.width(), 1) for y in range(0, image.height(), 1)
    )


def test_hits_are_marked_while_one_types_and_enter_steps_through_them(reading: Reading) -> None:
    reading.read(TEXT)
    assert not bar_of(reading).isVisible()
    assert look_for(reading, "cafe") == "1 of 4"
    assert marked(reading) == ["Café", "cafe\u0301", "cafe", "CAFE"]
    assert current(reading).startswith("Café paid")
    reading.press(KEY.Key_Return)
    assert (bar_of(reading).count.text(), current(reading)) == ("2 of 4", "cafe\u0301 did no")
    reading.press(KEY.Key_Return, SHIFT)
    reading.press(KEY.Key_Return, SHIFT)
    assert bar_of(reading).count.text() == "4 of 4, from the end again"
    reading.press(KEY.Key_F3)
    assert bar_of(reading).count.text() == "1 of 4, from the top again"
    reading.type(" paid. a")
    settle(reading)
    assert bar_of(reading).count.text() == "1 of 1"
    assert marked(reading) == ["Café paid.\nA"]


def test_line_ends_and_no_break_spaces_are_spaces(reading: Reading) -> None:
    reading.read(TEXT)
    assert look_for(reading, "40 % and nobody") == "1 of 1"
    assert marked(reading) == ["40\u00a0% and\nnobody"]


def test_options_have_keys_and_search_again_at_once(reading: Reading) -> None:
    reading.read(TEXT)
    look_for(reading, "cafe")
    for key, expected in (
        (KEY.Key_W, ["Café", "cafe\u0301", "CAFE"]),
        (KEY.Key_C, ["cafe\u0301"]),
        (KEY.Key_A, []),
        (KEY.Key_C, ["CAFE"]),
        (KEY.Key_W, ["cafe", "CAFE"]),
    ):
        reading.press(key, ALT)
        settle(reading)
        assert marked(reading) == expected, key
    reading.press(KEY.Key_R, ALT)
    bar_of(reading).field.setText(r"^\w+\s")
    settle(reading)
    assert marked(reading) == ["The ", "A ", "CAFE ", "nobody "]


def test_what_is_not_found_is_said(reading: Reading) -> None:
    reading.read(TEXT)
    assert look_for(reading, "xyz") == "Not found"
    assert not bar_of(reading).next_button.isEnabled()
    bar_of(reading).field.setText("  ")
    settle(reading)
    assert bar_of(reading).count.text() == ""


def test_what_is_no_regular_expression_is_said_and_typing_on_mends_it(reading: Reading) -> None:
    reading.read(TEXT)
    reading.press(KEY.Key_F, CTRL)
    reading.press(KEY.Key_R, ALT)
    reading.type("(paid")
    settle(reading)
    said = bar_of(reading).problem
    assert said.isVisible()
    assert said.text() == (
        "“(paid” is not a regular expression: missing ) (character 6). Correct it, or look for it as plain words."
    )
    reading.type(")")
    settle(reading)
    assert not said.isVisible()
    assert marked(reading) == ["paid"]


def test_a_pattern_that_never_ends_leaves_the_window_alive_and_is_said(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.domain.find_pattern.PATIENCE", 0.3)
    reading.read("a" * 5_000)
    reading.press(KEY.Key_F, CTRL)
    reading.press(KEY.Key_R, ALT)
    bar_of(reading).field.setText(r"(.*)(.*)(.*)(.*)(.*)\d")
    settle(reading)
    assert "takes too long" in bar_of(reading).problem.text()


def test_esc_closes_the_bar_with_the_hit_selected_so_that_h_marks_it(reading: Reading) -> None:
    reading.read(TEXT)
    look_for(reading, "cafeteria")
    reading.press(KEY.Key_Escape)
    assert not bar_of(reading).isVisible()
    assert marked(reading) == []
    assert reading.view.hasFocus()
    reading.press(KEY.Key_H)
    (passage,) = reading.wait_for_passages(1)
    assert passage.quote == "cafeteria"


def test_f3_in_the_text_selects_hit_after_hit_with_the_bar_closed(reading: Reading) -> None:
    reading.read(TEXT)
    look_for(reading, "the")
    reading.press(KEY.Key_Escape)
    found = []
    for _ in range(3):
        ((start, end),) = reading.view.selected()
        found.append(reading.view.text.text[start : end + 3])
        reading.press(KEY.Key_F3)
    assert found == ["The Ca", "the ca", "The Ca"]
    reading.press(KEY.Key_G, CTRL | SHIFT)
    ((start, _),) = reading.view.selected()
    assert start == 0


def test_f3_and_h_mark_one_hit_after_the_other_however_fast(reading: Reading) -> None:
    view = reading.read(TEXT)
    look_for(reading, "cafe")
    reading.press(KEY.Key_Escape)
    reading.press(KEY.Key_H)
    reading.press(KEY.Key_F3)
    passages = reading.wait_for_passages(1)
    assert [passage.quote for passage in passages] == ["Café"]
    assert [view.text.text[start:end] for start, end in view.selected()] == ["cafe\u0301"]
    reading.press(KEY.Key_H)
    assert [passage.quote for passage in reading.wait_for_passages(2)] == ["Café", "cafe\u0301"]


def test_the_next_hit_is_the_next_from_where_one_clicked(reading: Reading) -> None:
    view = reading.read("\n".join(f"line {n} of words" for n in range(60)))
    look_for(reading, "words")
    view.setFocus()
    view.put_caret(view.text.text.index("line 9"))
    reading.press(KEY.Key_F3)
    assert bar_of(reading).count.text() == "10 of 60"


def test_a_selection_fills_the_field(reading: Reading) -> None:
    reading.read(TEXT)
    reading.select("40\u00a0% and\nnobody")
    reading.press(KEY.Key_F, CTRL)
    settle(reading)
    assert bar_of(reading).field.text() == "40 % and nobody"
    assert bar_of(reading).field.selectedText() == "40 % and nobody"
    assert bar_of(reading).count.text() == "1 of 1"
    reading.type("cafe")
    settle(reading)
    assert bar_of(reading).count.text() == "1 of 4"


def test_a_selection_becomes_a_pattern_that_finds_it(reading: Reading) -> None:
    reading.read("What (is) this? What.")
    bar_of(reading).options["find_regex"].setChecked(True)
    reading.select("(is) this?")
    reading.press(KEY.Key_F, CTRL)
    settle(reading)
    assert marked(reading) == ["(is) this?"]


def test_f3_before_anything_was_looked_for_asks_what(reading: Reading) -> None:
    reading.read(TEXT)
    reading.press(KEY.Key_F3)
    assert reading.focused is bar_of(reading).field


def test_hits_that_are_folded_away_are_counted_and_unfolded_when_gone_to(reading: Reading) -> None:
    view = reading.read_page()
    folded = view.closed_asides
    assert folded
    assert look_for(reading, "harbour") == "1 found, 1 folded away"
    assert view.closed_asides == folded
    reading.press(KEY.Key_Return)
    assert bar_of(reading).count.text() == "1 of 1, from the top again"
    assert len(view.closed_asides) == len(folded) - 1
    assert view.is_in_sight(view.hits.hits[0])


def test_typing_goes_to_the_first_hit_that_can_be_seen(reading: Reading) -> None:
    view = reading.read_page()
    look_for(reading, "city")
    folded = view.folded()
    start, _ = view.hits.hits[view.hits.current]
    assert not any(first <= start < last for first, last in folded)
    assert len(view.hits.hits) > 1


def test_another_tab_is_searched_without_being_moved(reading: Reading) -> None:
    reading.read("\n".join(f"line {n} of words" for n in range(200)), "One")
    other = reading.read("\n".join(f"row {n} of words" for n in range(150)), "Two")
    look_for(reading, "words")
    one = reading.screen.tabs.version(0)
    reading.desk.select_version(one)
    reading.wait(lambda: reading.version == one)
    settle(reading)
    assert bar_of(reading).count.text() == "200 found"
    assert reading.view.top_place() == 0
    assert len(other.hits.hits) == 0
    reading.press(KEY.Key_W, CTRL)
    reading.wait(lambda: reading.view is other)
    settle(reading)
    assert len(other.hits.hits) == 150
    reading.press(KEY.Key_W, CTRL)
    reading.wait(lambda: reading.screen.view is None)
    assert not bar_of(reading).isVisible()


def test_esc_in_the_text_closes_the_bar_and_keeps_what_is_selected(reading: Reading) -> None:
    view = reading.read(TEXT)
    look_for(reading, "cafe")
    view.setFocus()
    span = reading.select("prices")
    reading.screen.marking.close()
    reading.press(KEY.Key_Escape)
    assert not bar_of(reading).isVisible()
    assert view.selected() == (span,)


def test_the_buttons_do_what_the_keys_do(reading: Reading) -> None:
    reading.read(TEXT)
    look_for(reading, "cafe")
    bar = bar_of(reading)
    click(bar.next_button)
    assert bar.count.text() == "2 of 4"
    click(bar.previous_button)
    assert bar.count.text() == "1 of 4"
    click(bar.options["find_case"])
    settle(reading)
    assert marked(reading) == ["cafe\u0301", "cafe"]
    assert "Alt" in bar.options["find_case"].toolTip()


def test_a_screen_reader_and_tab_find_every_part_of_the_bar(reading: Reading) -> None:
    reading.read(TEXT)
    look_for(reading, "cafe")
    bar = bar_of(reading)
    assert unspoken(bar) == []
    assert bar.count.accessibleName() == "1 of 4"
    stops: list[QWidget] = [bar.field]
    while reading.focused is not bar.field or len(stops) == 1:
        reading.press(KEY.Key_Tab)
        if not bar.isAncestorOf(reading.focused):
            break
        stops.append(reading.focused)
    assert stops == [bar.field, bar.previous_button, bar.next_button, *bar.options.values(), bar.close_button]


def test_the_hits_in_sight_are_painted_the_current_one_strongly(reading: Reading) -> None:
    view = reading.read(TEXT)
    accent = current_theme().accent
    before = pixels(view.viewport().grab().toImage(), accent)
    look_for(reading, "cafe")
    strip = view.strip_of(view.hits.hits[0])
    other = view.strip_of(view.hits.hits[3])
    assert strip is not None
    assert other is not None
    image = view.viewport().grab().toImage()
    assert pixels(image, accent) > before
    strong = pixels(image.copy(strip.toAlignedRect()), accent)
    assert strong > 2 * strip.width()
    assert pixels(image.copy(other.toAlignedRect()), accent) == 0
    assert image.copy(other.toAlignedRect()) != view.viewport().grab().toImage().copy(strip.toAlignedRect())
    reading.press(KEY.Key_Escape)
    view.unselect()
    assert pixels(view.viewport().grab().toImage(), accent) <= before


def test_many_hits_cost_nothing_to_paint_and_the_window_goes_on_while_they_are_sought(reading: Reading) -> None:
    text = ("“Words” of a lòng tëxt, and a line of it.\n" * 60_000)[:2_000_000]
    view = reading.read(text)
    reading.press(KEY.Key_F, CTRL)
    longest, clock = 0, QElapsedTimer()
    clock.start()
    beat = QTimer(interval=0)

    def tick() -> None:
        nonlocal longest
        longest = max(longest, clock.restart())

    beat.timeout.connect(tick)
    beat.start()
    for letter in "words":
        QTest.keyClicks(reading.focused, letter)
        QTest.qWait(15)
    settle(reading)
    beat.stop()
    assert len(view.hits.hits) == text.lower().count("words")
    assert longest < 150, "the window stood still while words were sought"
    started = time.thread_time()
    for _ in range(20):
        view.viewport().repaint()
    with_hits = time.thread_time() - started
    view.set_hits(Finder("").find(Query("")), -1)
    started = time.thread_time()
    for _ in range(20):
        view.viewport().repaint()
    assert with_hits < 4 * (time.thread_time() - started) + 0.05


def test_in_a_narrow_window_signs_stand_for_words_and_the_count_is_whole(reading: Reading) -> None:
    reading.window.resize(430, 600)
    reading.read(TEXT)
    assert look_for(reading, "cafe") == "1 of 4"
    bar = bar_of(reading)
    assert bar.count.fontMetrics().horizontalAdvance("1 of 4") <= bar.count.width()
    narrow = bar.options["find_case"].width()
    reading.window.resize(1300, 600)
    reading.wait(lambda: bar.options["find_case"].width() > narrow)
    parts = [bar.field, bar.previous_button, bar.next_button, bar.count, *bar.options.values()]
    assert all(one.geometry().right() < other.geometry().left() for one, other in pairwise(parts))
