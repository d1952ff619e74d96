"""Tests of the fields that several screens use, and of words painted in a few lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from annotator.ui.fields import FilterField, KeyedWords, NamesField, Segments
from annotator.ui.painting import wrapped
from annotator.ui.theme import panel_font
from tests.ui.hands import click, press, write


def test_words_wrap_and_the_last_line_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    text = "Bills 😡 of pilot households rose by 40 per cent on average because of the new meters."
    lines = wrapped(text, panel_font(), 160, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert text.startswith(lines[0])
    assert all(QFontMetrics(panel_font()).horizontalAdvance(line) <= 160 for line in lines)
    assert "".join(wrapped(text, panel_font(), 160, 99)).replace(" ", "") == text.replace(" ", "")


def test_no_break_spaces_stay_as_published(qtbot: QtBot) -> None:
    assert wrapped("14.2\u00a0%", panel_font(), 300, 1) == ["14.2\u00a0%"]


def test_the_filter_is_left_with_down_enter_and_esc(qtbot: QtBot) -> None:
    field = FilterField("Filter sources")
    qtbot.addWidget(field)
    left: list[bool] = []
    field.left.connect(lambda: left.append(True))
    write(field, "water")
    press(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert left == []
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(field, key)
    assert len(left) == 3


def test_names_are_parted_by_semicolons_and_each_counts_once(qtbot: QtBot) -> None:
    field = NamesField()
    qtbot.addWidget(field)
    field.setText(" Lena  Marsh; Smith, John ;; Lena Marsh")
    assert field.names() == ("Lena Marsh", "Smith, John")


def test_words_with_keys_take_more_lines_where_it_is_narrow(qtbot: QtBot) -> None:
    words = KeyedWords("No sources yet. Drop some here, or press {0}", ("Ctrl I",))
    qtbot.addWidget(words)
    assert words.accessibleName() == "No sources yet. Drop some here, or press Ctrl I"
    assert words.heightForWidth(120) > words.heightForWidth(600)
    words.resize(200, words.heightForWidth(200))
    words.grab()


def test_one_segment_is_taken(qtbot: QtBot) -> None:
    segments = Segments(["All", "Errors"], "Which findings")
    qtbot.addWidget(segments)
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    segments.choose(0)
    segments.show()
    click(segments.button(1))
    assert (segments.current(), chosen) == (1, [1])
    segments.set_texts(["All 3", "Errors 2"])
    assert segments.button(1).text() == "Errors 2"
    segments.grab()
