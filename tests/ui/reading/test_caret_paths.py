"""The caret goes where that of Qt's own text field goes, in every script and however lines break."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.domain.text import Utf16Map, is_grapheme_boundary
from annotator.ui.reading.looks import MEASURE, Look, letters
from tests.ui.reading.scripts import SCRIPTS
from tests.ui.reading.views import PLAIN, SHIFT, Key, Modifier, make_view, walked

_LONG = {name: " ".join([text] * 3) for name, text in SCRIPTS.items()}


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


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Left])
def test_left_and_right_go_by_what_is_seen(qtbot: QtBot, name: str, key: Key) -> None:
    text = _LONG[name]
    field = _Field(qtbot, text, Qt.CursorMoveStyle.VisualMoveStyle)
    view = make_view(qtbot, text, size=(900, 500))
    for begin in (0, len(text)):
        field.put_caret(begin)
        view.put_caret(begin)
        whole = [place for place in field.walked(key) if is_grapheme_boundary(text, place)]
        assert walked(view, key, most=2_000) == whole


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
    places = [place for place in range(0, len(text), 9) if is_grapheme_boundary(text, place)]
    for place in places:
        for key in (Key.Key_Home, Key.Key_Up, Key.Key_Down):
            field.put_caret(place)
            view.put_caret(place)
            theirs, before = field.press(key), view.caret()
            QTest.keyClick(view, key)
            ours = view.caret()
            if theirs == before:
                assert ours in (before, 0, len(text)), "Qt stays on the first and the last line, ours goes to its end"
            elif text[ours:theirs].isspace():
                assert view.laid(0).line_of(theirs) > view.laid(0).line_of(ours), "Qt goes on to the line below"
            elif is_grapheme_boundary(text, theirs):
                assert ours == theirs


def test_on_to_the_next_paragraph_where_the_words_seen_last_run_the_other_way(qtbot: QtBot) -> None:
    text = "abc אבג\ndef"
    view = make_view(qtbot, text)
    path = walked(view, Key.Key_Right)
    assert path == [0, 1, 2, 3, 7, 6, 5, 4, 8, 9, 10, 11]
    assert walked(view, Key.Key_Left) == path[::-1]
