"""The caret under the keyboard: lines, pages, tables, what is folded away, and what is told of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Structure
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView
from annotator.ui.reading.walking import Move
from annotator.ui.theme import ThemeChoice, choose_theme, current_theme
from tests.ui.reading.views import (
    CTRL,
    PLAIN,
    SHIFT,
    Key,
    make_view,
    paragraphs,
    press,
    table,
    walked,
    words_selected,
)

_LINES = "\n".join(f"Line {n} of the harbour book, which is not long." for n in range(400))
_CJK = "市長は水が安全だと言った。" * 8
_LONG = "the auditor counted nine barges before the thaw " * 12


def _line(view: TextView) -> int:
    caret = view.selection_made.caret
    return view.piece_of(caret.offset).line_of(caret.offset, before=caret.before)


# -- lines


def test_a_walk_down_and_up_keeps_its_x_over_short_and_empty_lines(qtbot: QtBot) -> None:
    text = "A line that is long enough.\n\nShort\nAnother line that is long.\n"
    view = make_view(qtbot, text)
    view.put_caret(20)
    down = walked(view, Key.Key_Down)
    assert [text.count("\n", 0, place) for place in down] == [0, 1, 2, 3, 4]
    assert text[: down[2]].endswith("Short")
    assert 18 <= down[3] - text.index("Another") <= 22
    assert walked(view, Key.Key_Up)[:5] == down[::-1]


def test_a_walk_sideways_begins_a_new_x(qtbot: QtBot) -> None:
    view = make_view(qtbot, "A line that is long enough.\nxy\nAnother line that is long.")
    view.put_caret(20)
    press(view, Key.Key_Down, Key.Key_Left, Key.Key_Down)
    assert view.text.text[: view.caret()].endswith("\nA")


def test_the_end_of_a_line_without_a_blank_is_on_that_line(qtbot: QtBot) -> None:
    view = make_view(qtbot, _CJK)
    press(view, Key.Key_End)
    end = view.caret()
    assert 20 < end < 60
    assert _line(view) == 0
    right = view.caret_strip()
    assert right.x() > view.text_left() + 500
    press(view, Key.Key_End)
    assert view.caret() == end
    press(view, Key.Key_Home)
    assert view.caret() == 0
    press(view, Key.Key_Down, Key.Key_Home)
    assert view.caret() == end
    assert _line(view) == 1
    assert view.caret_strip().x() < right.x()


def test_the_end_of_a_line_is_before_the_blank_that_hangs_over_it(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LONG)
    press(view, Key.Key_End)
    assert view.text.text[view.caret()] == " "
    assert _line(view) == 0
    press(view, Key.Key_Right)
    assert _line(view) == 1
    press(view, Key.Key_Home)
    assert _line(view) == 1


def test_beyond_the_first_and_the_last_line_are_the_ends_of_the_text(qtbot: QtBot) -> None:
    view = make_view(qtbot, "one two\nthree four")
    view.put_caret(3)
    press(view, Key.Key_Up)
    assert view.caret() == 0
    press(view, Key.Key_Down, Key.Key_Down, with_=SHIFT)
    assert view.selection() == (0, 18)


def test_steps_by_words_and_paragraphs(qtbot: QtBot) -> None:
    text = "One two, three.\nfour five\n\nsix"
    view = make_view(qtbot, text)
    assert [text[at : at + 1] for at in walked(view, Key.Key_Right, CTRL)] == [
        *"Ot,t.",
        "\n",
        "f",
        "f",
        "\n",
        "\n",
        "s",
        "",
    ]
    assert walked(view, Key.Key_Up, CTRL) == [30, 27, 26, 16, 0]
    assert walked(view, Key.Key_Down, CTRL) == [0, 16, 26, 27, 30]
    view.put_caret(18)
    press(view, Key.Key_Up, with_=CTRL)
    assert view.caret() == 16
    press(view, Key.Key_Down, with_=CTRL | SHIFT)
    assert words_selected(view) == "four five"


def test_a_word_to_the_left_is_the_next_one_where_words_run_from_right_to_left(qtbot: QtBot) -> None:
    text = "שלום עולם שוב"
    view = make_view(qtbot, text)
    press(view, Key.Key_Left, with_=CTRL)
    assert view.caret() == 5
    press(view, Key.Key_Left, with_=CTRL | SHIFT)
    assert words_selected(view) == "עולם "


def test_both_ends_of_the_text(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    press(view, Key.Key_End, with_=CTRL)
    assert view.caret() == len(_LINES)
    assert view.caret_rect(view.caret()) is not None
    press(view, Key.Key_Home, with_=CTRL | SHIFT)
    assert view.selection() == (0, len(_LINES))
    assert view.top_place() == 0
    assert view.verticalScrollBar().value() == 0


def test_the_platforms_own_keys_for_paragraphs(qtbot: QtBot) -> None:
    view = make_view(qtbot, "one\n" + _LONG + "\nthree")
    view.put_caret(200)
    view.walk(Move.PARAGRAPH_END, extend=False)
    assert view.caret() == 4 + len(_LONG)
    view.walk(Move.PARAGRAPH_START, extend=True)
    assert view.selection() == (4, 4 + len(_LONG))


@pytest.mark.parametrize(("key", "end"), [(Key.Key_Left, 4), (Key.Key_Right, 7)])
def test_an_arrow_leaves_a_selection_at_its_side(qtbot: QtBot, key: Key, end: int) -> None:
    view = make_view(qtbot, "one two three")
    for span in ((4, 7), (7, 4)):
        view.select(*span)
        press(view, key)
        assert view.selection() == (end, end)


def test_an_arrow_leaves_a_selection_of_hebrew_at_the_side_where_it_points(qtbot: QtBot) -> None:
    view = make_view(qtbot, "שלום עולם שוב")
    view.select(5, 9)
    press(view, Key.Key_Left)
    assert view.caret() == 9
    view.select(5, 9)
    press(view, Key.Key_Right)
    assert view.caret() == 5


# -- pages and what is in sight


def test_pages_take_the_caret_along_at_its_height(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    press(view, Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Right)
    y, places = view.caret_strip().top(), [view.caret()]
    for _ in range(5):
        press(view, Key.Key_PageDown)
        places.append(view.caret())
        assert view.caret_strip().top() == pytest.approx(y, abs=46)
    steps = [_LINES.count("\n", one, other) for one, other in pairwise(places)]
    assert set(steps) <= {6, 7, 8}
    for place in reversed(places[:-1]):
        press(view, Key.Key_PageUp)
        assert abs(_LINES.count("\n", 0, view.caret()) - _LINES.count("\n", 0, place)) <= 1
    press(view, Key.Key_PageUp)
    assert view.caret() == 0


def test_the_last_page_ends_at_the_end(qtbot: QtBot) -> None:
    view = make_view(qtbot, "one two\nthree")
    view.put_caret(3)
    press(view, Key.Key_PageDown, with_=SHIFT)
    assert view.selection() == (3, 13)
    press(view, Key.Key_PageUp)
    assert view.selection() == (0, 0)


def test_pages_go_on_from_what_is_read_and_not_from_a_caret_that_was_left_behind(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    view.verticalScrollBar().setValue(5_000)
    top = view.top_place()
    press(view, Key.Key_PageDown)
    assert top < view.top_place() < top + 1_000
    assert view.caret() > top


def test_the_blank_key_turns_pages_and_leaves_caret_and_selection(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    view.select(5, 9)
    press(view, Key.Key_Space, Key.Key_Space)
    assert view.top_place() > 400
    assert view.selection() == (5, 9)
    press(view, Key.Key_Space, Key.Key_Space, with_=SHIFT)
    assert view.top_place() == 0


def test_the_text_scrolls_line_by_line_under_a_caret_at_the_edge(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    view.put_caret(5)
    bar, steps = view.verticalScrollBar(), []
    for _ in range(60):
        before = bar.value()
        press(view, Key.Key_Down)
        assert view.viewport().rect().contains(view.caret_strip().toAlignedRect())
        steps.append(bar.value() - before)
    assert max(steps) < 70
    assert bar.value() > 1_000
    for _ in range(60):
        before = bar.value()
        press(view, Key.Key_Up)
        assert view.viewport().rect().contains(view.caret_strip().toAlignedRect())
        assert before - bar.value() < 70
    assert view.caret() == 5
    assert bar.value() == 0


def test_a_caret_far_away_is_brought_back_with_what_is_around_it(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    view.put_caret(_LINES.index("Line 200 "))
    press(view, Key.Key_Right)
    assert 60 < view.caret_strip().top() < view.viewport().height() - 100


def test_one_press_of_page_down_at_the_end_of_a_scrolled_text_reaches_the_last_line(qtbot: QtBot) -> None:
    view = make_view(qtbot, _LINES)
    press(view, *[Key.Key_PageDown] * 80)
    assert view.caret() == len(_LINES)


# -- folded parts and tables


_FOLDED = "Head.\nMenu one\nMenu two\nBody of it.\nFoot."


def test_the_caret_steps_over_what_is_folded_away_both_ways(qtbot: QtBot) -> None:
    view = make_view(qtbot, _FOLDED, paragraphs(_FOLDED, [1, 2]))
    body = _FOLDED.index("Body")
    view.put_caret(5)
    for key, modifier in ((Key.Key_Right, PLAIN), (Key.Key_Right, CTRL), (Key.Key_Down, PLAIN), (Key.Key_Down, CTRL)):
        view.put_caret(5)
        press(view, key, with_=modifier)
        assert body <= view.caret() <= body + 11
    for key, modifier in ((Key.Key_Left, PLAIN), (Key.Key_Left, CTRL), (Key.Key_Up, PLAIN)):
        view.put_caret(body)
        press(view, key, with_=modifier)
        assert view.caret() <= 5


def test_a_selection_over_a_fold_has_two_parts_until_it_is_opened(qtbot: QtBot) -> None:
    view = make_view(qtbot, _FOLDED, paragraphs(_FOLDED, [1, 2]))
    press(view, Key.Key_Down, with_=SHIFT)
    assert words_selected(view) == "Head."
    press(view, Key.Key_A, with_=CTRL)
    assert words_selected(view) == "Head.|Body of it.\nFoot."
    press(view, Key.Key_C, with_=CTRL)
    assert QGuiApplication.clipboard().text() == "Head.\nBody of it.\nFoot."
    view.fold([0], closed=False)
    assert words_selected(view) == _FOLDED


def test_the_caret_leaves_what_is_being_folded_away(qtbot: QtBot) -> None:
    view = make_view(qtbot, _FOLDED, paragraphs(_FOLDED, [1, 2]))
    view.fold([0], closed=False)
    view.put_caret(_FOLDED.index("two"))
    view.fold([0], closed=True)
    assert view.caret() == _FOLDED.index("Body")


def test_a_text_that_ends_folded_ends_where_it_can_be_seen(qtbot: QtBot) -> None:
    view = make_view(qtbot, _FOLDED, paragraphs(_FOLDED, [0, 3, 4]))
    press(view, Key.Key_End, with_=CTRL)
    assert view.caret() == _FOLDED.index("\nBody")
    assert walked(view, Key.Key_Right) == [view.caret()]
    press(view, Key.Key_Home, with_=CTRL)
    assert view.caret() == 6


def test_a_text_of_nothing_but_asides_can_be_walked_through(qtbot: QtBot) -> None:
    view = make_view(qtbot, _FOLDED, paragraphs(_FOLDED, range(5)))
    assert len(walked(view, Key.Key_Right)) == len(_FOLDED) + 1


_ROWS = [["Wharf", "Crowns", "What the board said"], ["Fourth", "41", "Dry in May, " * 12], ["Second", "1200", ""]]


def test_in_a_table_up_and_down_stay_in_a_column(qtbot: QtBot) -> None:
    text, structure = table(_ROWS)
    view = make_view(qtbot, text, structure, size=(900, 500))
    view.put_caret(text.index("1200") + 4)
    up = walked(view, Key.Key_Up)
    assert [text[at - 2 : at] for at in up[1:3]] == ["41", "ns"]
    view.put_caret(text.index("Dry"))
    down = walked(view, Key.Key_Down)
    cell = view.piece_of(text.index("Dry")).columns[2]
    assert sum(cell.start <= at <= cell.end for at in down) == cell.layout.lineCount() > 2
    assert down[-2:] == [text.index("\nBelow"), len(text)]


def test_in_a_table_steps_go_from_cell_to_cell(qtbot: QtBot) -> None:
    text, structure = table(_ROWS)
    view = make_view(qtbot, text, structure, size=(900, 500))
    everywhere = list(range(len(text) + 1))
    assert walked(view, Key.Key_Right) == everywhere
    assert walked(view, Key.Key_Left) == everywhere[::-1]
    view.put_caret(0)
    press(view, Key.Key_End, with_=CTRL | SHIFT)
    assert view.selection() == (0, len(text))


def test_in_a_table_home_and_end_are_those_of_the_cell(qtbot: QtBot) -> None:
    text, structure = table(_ROWS)
    view = make_view(qtbot, text, structure, size=(900, 500))
    view.put_caret(text.index("1200") + 2)
    press(view, Key.Key_End)
    assert view.caret() == text.index("1200") + 4
    press(view, Key.Key_Home)
    assert view.caret() == text.index("1200")


# -- texts at the edge


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_texts_without_words_take_every_key(qtbot: QtBot, text: str) -> None:
    view = make_view(qtbot, text)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_End, Key.Key_PageDown, Key.Key_Space, Key.Key_Left, Key.Key_Up):
        for modifier in (PLAIN, SHIFT, CTRL):
            press(view, key, with_=modifier)
            assert 0 <= view.caret() <= len(text)
    press(view, Key.Key_A, with_=CTRL)
    assert view.selected() == ()
    assert not view.caret_strip().isEmpty()


def test_a_paragraph_of_a_megabyte_is_walked_through_where_its_parts_meet(qtbot: QtBot) -> None:
    text = "水" * 1_000_000
    view = make_view(qtbot, text)
    seam = view.pieces.end(3)
    view.put_caret(seam - 2)
    press(view, *[Key.Key_Right] * 4)
    assert view.caret() == seam + 2
    press(view, *[Key.Key_Left] * 4)
    assert view.caret() == seam - 2
    press(view, Key.Key_End)
    assert view.caret() == seam
    assert view.number_of(seam, before=view.selection_made.caret.before) == 3
    press(view, Key.Key_Down, Key.Key_Up)
    assert view.number_of(view.caret(), before=view.selection_made.caret.before) == 3
    press(view, Key.Key_Home, Key.Key_Down, Key.Key_Home)
    assert view.caret() == seam
    press(view, Key.Key_End, with_=CTRL)
    assert view.caret() == len(text)
    press(view, Key.Key_Up, with_=CTRL | SHIFT)
    assert view.selection() == (0, len(text))


# -- what is told, and what is seen


def test_signals_tell_of_changes_and_of_nothing_else(qtbot: QtBot) -> None:
    view = make_view(qtbot, "one two three")
    told: list[str] = []
    view.caret_moved.connect(lambda: told.append("caret"))
    view.selection_changed.connect(lambda: told.append("selection"))
    view.put_caret(4)
    view.put_caret(4)
    assert told == ["caret"]
    view.select(4, 7)
    assert told == ["caret", "caret", "selection"]
    view.select(4, 7)
    view.unselect()
    assert told[3:] == ["selection"]
    assert view.caret() == 7


def test_offsets_from_outside_are_brought_into_the_text_and_out_of_characters(qtbot: QtBot) -> None:
    view = make_view(qtbot, "e\u0301 x 👩‍👩‍👧")
    view.put_caret(1)
    assert view.caret() == 0
    view.put_caret(99)
    assert view.caret() == 10
    view.select(1, 1_000)
    assert view.selection() == (0, 10)
    view.select(7, -5)
    assert view.selection() == (0, 10)
    assert view.caret() == 0


def test_tab_moves_the_focus_on(qtbot: QtBot) -> None:
    view = make_view(qtbot, "one\ttwo")
    field = QLineEdit(view.parentWidget())
    qtbot.addWidget(field)
    window = view.window()
    field.setParent(window)
    field.show()
    window.setTabOrder(view, field)
    press(view, Key.Key_Tab)
    assert QApplication.focusWidget() is field


def test_keys_that_mean_nothing_here_go_on_to_others(qtbot: QtBot) -> None:
    around = _Listening()
    qtbot.addWidget(around)
    view = TextView(OpenText("one", Structure()), around)
    around.show()
    press(view, Key.Key_H, Key.Key_Escape, Key.Key_Right)
    assert around.heard == [Key.Key_H, Key.Key_Escape]


def test_the_caret_is_painted_with_the_focus_and_comes_and_goes(qtbot: QtBot, qapp: QApplication) -> None:
    choose_theme(qapp, "light")
    view = make_view(qtbot, "iiii llll")
    view.put_caret(4)
    bar = view.caret_strip().toAlignedRect()
    assert _is_painted(view, bar)
    flash = QGuiApplication.styleHints().cursorFlashTime()
    qtbot.waitUntil(lambda: not _is_painted(view, bar), timeout=flash * 3)
    press(view, Key.Key_Right, Key.Key_Left)
    assert _is_painted(view, bar), "a caret that moves is seen"
    view.clearFocus()
    assert not _is_painted(view, bar)


def test_a_person_who_wants_no_blinking_has_a_caret_that_stays(qtbot: QtBot) -> None:
    hints = QGuiApplication.styleHints()
    flash = hints.cursorFlashTime()
    try:
        hints.setCursorFlashTime(0)
        view = make_view(qtbot, "one")
        bar = view.caret_strip().toAlignedRect()
        qtbot.wait(flash)
        assert _is_painted(view, bar)
    finally:
        hints.setCursorFlashTime(flash)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_selection_is_seen_on_empty_lines_and_beyond_the_last_word(
    qtbot: QtBot, qapp: QApplication, theme: ThemeChoice
) -> None:
    choose_theme(qapp, theme)
    text = "one\n\nשלום\nlast"
    view = make_view(qtbot, text)
    view.select(0, text.index("last"))
    picture = view.viewport().grab().toImage()

    def colour(offset: int, dx: float) -> QColor:
        place = view.caret_rect(offset)
        assert place is not None
        return picture.pixelColor(round(place.x() + dx), round(place.top() + 4))

    chosen, paper = current_theme().selection, current_theme().raised
    assert colour(3, 3) == chosen
    assert colour(4, 3) == chosen
    assert colour(text.index("\nlast"), -3) == chosen
    assert colour(text.index("last"), 3) != chosen
    assert colour(3, 12) == paper
    choose_theme(qapp, "light")


def test_input_methods_learn_where_the_caret_is_and_may_type_nothing(qtbot: QtBot) -> None:
    text = "first\n" + "😀 two three " * 200
    view = make_view(qtbot, text)
    at = text.index("three")
    view.select(at + 5, at)
    ask, asked = view.inputMethodQuery, Qt.InputMethodQuery
    assert ask(asked.ImEnabled) is False
    assert ask(asked.ImReadOnly) is True
    assert ask(asked.ImSurroundingText).startswith("😀 two three")
    assert len(ask(asked.ImSurroundingText)) < 1_100
    assert ask(asked.ImCursorPosition) == 7
    assert ask(asked.ImAnchorPosition) == 12
    assert ask(asked.ImAbsolutePosition) == at + 1
    assert ask(asked.ImCurrentSelection) == "three"
    assert ask(asked.ImTextBeforeCursor) == "😀 two "
    assert ask(asked.ImTextAfterCursor).startswith("three 😀")
    place = ask(asked.ImCursorRectangle)
    assert isinstance(place, QRect)
    assert place.height() > 10
    assert view.viewport().geometry().contains(place)
    assert ask(asked.ImAnchorRectangle).left() > place.left()


class _Listening(QWidget):
    """Stands around a view and hears of the keys that it leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        self.heard.append(event.key())


def _is_painted(view: TextView, bar: QRect) -> bool:
    picture = view.viewport().grab().toImage()
    return bool(picture.pixelColor(bar.center()) == current_theme().text)
