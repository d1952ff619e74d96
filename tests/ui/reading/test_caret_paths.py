"""The caret goes where that of Qt's own text field goes, in every script and however lines break."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.domain.text import Utf16Map, is_grapheme_boundary
from annotator.ui.reading.direction import is_plain
from annotator.ui.reading.laid import glyphs_of
from annotator.ui.reading.looks import MEASURE, Look, letters
from tests.ui.reading.scripts import SCRIPTS
from tests.ui.reading.views import PLAIN, SHIFT, Key, Modifier, make_view, press, walked

_LONG = {name: " ".join([text] * 3) for name, text in SCRIPTS.items()}
_BLANK = 6.0
"""Px of the widest blank of the faces that may stand in for another: carets at a blank may stand on either side of it."""


class _Field:
    """Qt's own field with the same letters and lines."""

    def __init__(self, qtbot: QtBot, text: str, style: Qt.CursorMoveStyle) -> None:
        self._field, self._units = QTextEdit(), Utf16Map(text)
        qtbot.addWidget(self._field)
        self._field.setFrameShape(QFrame.Shape.NoFrame)
        self._field.document().setDocumentMargin(0)
        self._field.document().setDefaultCursorMoveStyle(style)
        self._field.setFont(letters(Look(), 1.0))
        self._field.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self._field.setLineWrapColumnOrWidth(MEASURE)
        self._field.setTabStopDistance(32)
        self._field.setPlainText(text)
        self._field.resize(900, 500)
        self._field.show()

    def caret(self) -> int:
        return self._units.to_code_points(self._field.textCursor().position())

    def put_caret(self, offset: int) -> None:
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(self._units.to_utf16(offset))
        self._field.setTextCursor(cursor)

    def press(self, key: Key, modifier: Modifier = PLAIN) -> int:
        QTest.keyClick(self._field, key, modifier)
        return self.caret()

    def walked(self, key: Key, modifier: Modifier = PLAIN) -> list[int]:
        found = [self.caret()]
        while self.press(key, modifier) != found[-1]:
            found.append(self.caret())
        return found


@pytest.mark.parametrize("name", [name for name, text in SCRIPTS.items() if is_plain(text)])
@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Left])
def test_where_all_words_run_one_way_left_and_right_stop_where_qt_stops(qtbot: QtBot, name: str, key: Key) -> None:
    text = _LONG[name]
    field = _Field(qtbot, text, Qt.CursorMoveStyle.VisualMoveStyle)
    view = make_view(qtbot, text, size=(900, 500))
    for begin in (0, len(text)):
        field.put_caret(begin)
        view.put_caret(begin)
        whole = [place for place in field.walked(key) if is_grapheme_boundary(text, place)]
        assert walked(view, key, most=2_000) == whole


@pytest.mark.parametrize("name", [name for name, text in SCRIPTS.items() if not is_plain(text)])
@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Left])
def test_left_and_right_go_past_one_character_after_the_other_as_they_are_seen(
    qtbot: QtBot, name: str, key: Key
) -> None:
    text = _LONG[name]
    view = make_view(qtbot, text, size=(900, 500))
    laid = view.laid(0)
    forward = (key is Key.Key_Right) is not laid.box.rtl
    view.put_caret(0 if forward else len(text))
    walked(view, Key.Key_Left if key is Key.Key_Right else Key.Key_Right)
    stops: dict[int, list[float]] = {}
    last = None
    for _ in range(2 * len(text)):
        if view.selection_made.caret == last:
            break
        last = view.selection_made.caret
        stops.setdefault(laid.line_of(last.offset, before=last.before), []).append(view.caret_strip().center().x())
        press(view, key)
    assert list(stops) == sorted(stops, reverse=not forward)
    assert len(stops) == laid.lines
    for number, places in stops.items():
        assert places == sorted(places, reverse=key is Key.Key_Left)
        column = laid.columns[0]
        end = laid.span_of_line(column.offset(column.layout.lineAt(number).textStart()))[1]
        for start, stop, glyph in glyphs_of(column, column.layout.lineAt(number)):
            for x in (glyph.left, glyph.right) if stop <= end else ():
                assert min(abs(x - place) for place in places) < _BLANK, (number, start)


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Left])
def test_with_shift_the_selection_grows_by_one_character_after_the_other(qtbot: QtBot, name: str, key: Key) -> None:
    text = SCRIPTS[name]
    field = _Field(qtbot, text, Qt.CursorMoveStyle.LogicalMoveStyle)
    view = make_view(qtbot, text, size=(900, 500))
    for begin in (0, len(text)):
        field.put_caret(begin)
        view.put_caret(begin)
        path = walked(view, key, SHIFT)
        assert path == field.walked(key, SHIFT)
        assert path in (sorted(path), sorted(path, reverse=True))


@pytest.mark.parametrize("name", SCRIPTS)
def test_up_down_and_the_ends_of_lines(qtbot: QtBot, name: str) -> None:
    text = _LONG[name]
    field = _Field(qtbot, text, Qt.CursorMoveStyle.LogicalMoveStyle)
    view = make_view(qtbot, text, size=(900, 500))
    laid = view.laid(0)
    places = [place for place in range(0, len(text), 9) if is_grapheme_boundary(text, place)]
    for place in places:
        for key in (Key.Key_Home, Key.Key_Up, Key.Key_Down):
            field.put_caret(place)
            view.put_caret(place)
            theirs, before = field.press(key), view.caret()
            QTest.keyClick(view, key)
            ours, caret = view.caret(), view.selection_made.caret
            if theirs == before:
                assert ours in (before, 0, len(text)), "Qt stays on the first and the last line, ours goes to its end"
            elif key is Key.Key_Home:
                assert ours == theirs
            elif is_grapheme_boundary(text, theirs) and not text[ours:theirs].isspace():
                x, line = laid.caret(place).x(), laid.line_of(place) + (1 if key is Key.Key_Down else -1)
                assert laid.line_of(caret.offset, before=caret.before) == line
                away = abs(view.caret_strip().center().x() - x)
                seen = [abs(laid.caret(theirs, before=side).x() - x) for side in (True, laid.line_of(theirs) > line)]
                assert away <= max(seen) + 1


def test_on_to_the_next_paragraph_where_the_words_seen_last_run_the_other_way(qtbot: QtBot) -> None:
    view = make_view(qtbot, "abc אבג\ndef")
    assert walked(view, Key.Key_Right)[-5:] == [4, 8, 9, 10, 11]
    assert walked(view, Key.Key_Left)[3:5] == [8, 4]


@pytest.mark.parametrize("way", [Key.Key_Right, Key.Key_Left])
def test_the_selection_ends_where_the_caret_is_seen(qtbot: QtBot, way: Key) -> None:
    text = SCRIPTS["english with quotations"]
    view = make_view(qtbot, text, size=(900, 500))
    view.put_caret(len(text) // 2)
    for _ in range(len(text) // 2 - 3):
        before = view.selection()
        press(view, way, with_=SHIFT)
        start, end = view.selection()
        grown = (end - 1, end) if end != before[1] else (start, start + 1)
        edges = [x for strip in view.strips(grown) for x in (strip.left(), strip.right())]
        if edges and is_grapheme_boundary(text, grown[0]) and is_grapheme_boundary(text, grown[1]):
            assert min(abs(x - view.caret_strip().center().x()) for x in edges) < 1.6
