"""What a screen reader reads of a text: words, lines, caret, selection, places, marks; and that asking hurts nothing."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QAccessible, QAccessibleTextInterface, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.structure import Block, BlockKind, Structure
from annotator.ui.reading.accessible_text import Mark, TextBehind
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView

WORDS = "The auditor examined 5,870 accounts and found a rise. Nobody else has counted them 😀 all, she says. "
MIXED = "\n".join(
    (
        "A heading",
        WORDS * 4,
        "Second ffi paragraph: " + "الوزير قال إن الماء ينفد في المدينة. " * 12,
        "漢字かな交じり文" * 40,
        "हिन्दी में लिखा " * 20,
        "",
        "The end 😀.",
    )
)
LONG = "lorem ipsum dolor sit amet, " * 1200


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    """Return a view of words of all kinds, with a heading, in a window."""
    yield from shown(qtbot, MIXED, (Block(kind=BlockKind.HEADING, start=0, end=9, level=1),))


def shown(qtbot: QtBot, text: str, blocks: tuple[Block, ...] = ()) -> Iterator[TextView]:
    window = QWidget()
    view = TextView(OpenText(text, Structure(blocks=blocks)))
    view.setAccessibleName("The review")
    QVBoxLayout(window).addWidget(view)
    window.resize(700, 500)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield view


def interface(view: TextView) -> QAccessibleTextInterface:
    found = QAccessible.queryAccessibleInterface(view).textInterface()
    assert found is not None
    return found


def behind(view: TextView) -> TextBehind:
    interface(view)
    found = view.findChild(TextBehind)
    assert isinstance(found, TextBehind)
    return found


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def settle(qtbot: QtBot) -> None:
    qtbot.wait(1)


class Marked:
    """One marked stretch."""

    def __init__(self, start: int, end: int) -> None:
        self.span = start, end
        self.asked: list[int] = []

    def within(self, _start: int, _end: int) -> Iterable[Mark]:
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        yield *self.span, form

    def words_at(self, offset: int) -> str:
        self.asked.append(offset)
        return "Refutes: bills rose" if self.span[0] <= offset < self.span[1] else ""


def test_a_view_is_a_text_that_can_be_read_and_selected_and_not_changed(view: TextView) -> None:
    seen = QAccessible.queryAccessibleInterface(view)
    state = seen.state()
    assert seen.role() == QAccessible.Role.EditableText
    assert seen.text(QAccessible.Text.Name) == "The review"
    assert (state.readOnly, state.multiLine, state.selectableText, state.focusable) == (True, True, True, True)
    assert not state.editable
    assert seen.editableTextInterface() is None


def test_all_words_are_read_and_any_part_of_them(view: TextView) -> None:
    text = interface(view)
    assert text.characterCount() == units(MIXED)
    assert text.text(0, text.characterCount()) == MIXED
    start = MIXED.index("الوزير")
    assert text.text(units(MIXED[:start]), units(MIXED[: start + 6])) == "الوزير"


def test_the_caret_is_where_the_view_has_it_and_goes_where_it_is_put(view: TextView) -> None:
    text, at = interface(view), MIXED.index("The end")
    view.put_caret(at)
    assert text.cursorPosition() == units(MIXED[:at])
    text.setCursorPosition(units(MIXED[: at - 40]))
    assert view.caret() == at - 40
    assert not view.has_selection


def test_the_selection_is_told_both_ways(view: TextView) -> None:
    text, start = interface(view), MIXED.index("examined")
    assert text.selectionCount() == 0
    view.select(start, start + 8)
    assert text.selectionCount() == 1
    assert behind(view).textCursor().selectedText() == "examined"
    view.select(start + 8, start)
    assert text.cursorPosition() == start
    text.addSelection(4, 11)
    assert view.selected() == ((4, 11),)
    view.unselect()
    assert text.selectionCount() == 0


def lines(layout: QTextLayout) -> list[int]:
    return [layout.lineAt(number).textStart() for number in range(layout.lineCount())]


@pytest.mark.parametrize("width", [420, 700, 1100])
@pytest.mark.parametrize("zoom", [100, 150])
def test_lines_are_those_that_are_seen(qtbot: QtBot, view: TextView, width: int, zoom: int) -> None:
    hidden = behind(view)
    view.window().resize(width, 600)
    view.set_zoom(zoom)
    settle(qtbot)
    for number in range(len(view.pieces)):
        piece = view.laid(number)
        block = hidden.document().findBlock(view.text.units.to_utf16(piece.start))
        hidden.lines.blockBoundingRect(block)
        assert lines(block.layout()) == (lines(piece.columns[0].layout) or [0])


def test_letters_are_told_where_they_stand_on_the_screen(qtbot: QtBot, view: TextView) -> None:
    text = interface(view)
    for words in ("heading", "auditor", "Nobody", "漢字"):
        at = MIXED.index(words)
        view.put_caret(at)
        view.show_caret()
        settle(qtbot)
        strip = view.strip_of((at, at + 1))
        assert strip is not None
        place = text.characterRect(units(MIXED[:at])).translated(-view.viewport().mapToGlobal(QPoint(0, 0)))
        assert abs(place.left() - strip.left()) <= 2
        assert strip.top() - 3 <= place.top() <= place.bottom() <= strip.bottom() + 3
        middle = view.viewport().mapToGlobal(strip.center().toPoint())
        assert text.offsetAtPoint(middle) in (units(MIXED[:at]), units(MIXED[: at + 1]))


def test_what_is_out_of_sight_is_told_so(qtbot: QtBot) -> None:
    for view in shown(qtbot, WORDS + "\n" + "More.\n" * 400):
        text = interface(view)
        settle(qtbot)
        assert view.rect().translated(view.mapToGlobal(QPoint(0, 0))).intersects(text.characterRect(4))
        view.scroll_up_to(len(view.text.text), 0)
        settle(qtbot)
        assert not view.rect().translated(view.mapToGlobal(QPoint(0, 0))).intersects(text.characterRect(4))


def test_letters_stand_where_they_are_after_a_screen_reader_has_gone_far(qtbot: QtBot) -> None:
    for view in shown(qtbot, WORDS + "\n" + "More.\n" * 400):
        text, at = interface(view), len(WORDS) + 1 + 6 * 300
        text.setCursorPosition(units(view.text.text[:at]))
        view.show_caret()
        settle(qtbot)
        place, strip = text.characterRect(units(view.text.text[:at])), view.strip_of((at, at + 1))
        assert strip is not None
        assert abs(place.translated(-view.viewport().mapToGlobal(QPoint(0, 0))).top() - strip.top()) <= 4


def test_a_paragraph_in_parts_is_one_line_after_the_other(qtbot: QtBot) -> None:
    for view in shown(qtbot, LONG):
        assert len(view.pieces) > 1
        text, at = interface(view), view.pieces.start(2)
        view.put_caret(at + 5)
        view.show_caret()
        settle(qtbot)
        rect = view.caret_rect(at + 5)
        assert rect is not None
        top = text.characterRect(at + 5).translated(-view.viewport().mapToGlobal(QPoint(0, 0))).top()
        assert abs(top - rect.top()) <= 3


def test_marks_are_told_as_a_format_and_in_words(qtbot: QtBot, view: TextView) -> None:
    start = MIXED.index("examined")
    marks = Marked(start, start + 8)
    view.telling.marks = marks
    hidden = behind(view)
    view.put_caret(start + 2)
    settle(qtbot)
    cursor = hidden.textCursor()
    assert cursor.charFormat().underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    assert marks.asked[-1] == start + 2
    marks.span = 0, 4
    view.telling.marked()
    assert hidden.textCursor().charFormat().underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline
    assert hidden.document().toPlainText() == MIXED


def test_nothing_is_made_until_somebody_asks(view: TextView) -> None:
    view.put_caret(30)
    view.select(3, 9)
    view.telling.marked()
    assert view.findChild(TextBehind) is None


def test_what_is_never_shown_is_no_child_of_the_view(view: TextView) -> None:
    seen = QAccessible.queryAccessibleInterface(view)
    hidden = behind(view)
    children = [seen.child(number).object() for number in range(seen.childCount())]
    assert hidden not in children
    assert not hidden.isVisible()
    assert shiboken6.isValid(hidden)


def test_asking_a_thousand_times_while_garbage_is_collected(qtbot: QtBot, view: TextView) -> None:
    for turn in range(1500):
        seen = QAccessible.queryAccessibleInterface(view)
        text = seen.textInterface()
        at = turn % 70
        view.put_caret(at)
        assert text.text(at, at + 5) == behind(view).toPlainText()[at : at + 5]
        seen.state(), seen.rect(), seen.role(), text.characterRect(at)
        if turn % 150 == 0:
            gc.collect()
            settle(qtbot)


def test_views_come_and_go_while_they_are_asked(qtbot: QtBot) -> None:
    for turn in range(60):
        view = TextView(OpenText(WORDS, Structure()))
        assert interface(view).text(4, 11) == "auditor"
        view.put_caret(8)
        view.deleteLater()
        del view
        if turn % 10 == 0:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()
            settle(qtbot)


PROGRAM = f"""
import ctypes
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from annotator.domain.structure import Structure
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.text_view import TextView

app = QApplication([])
ctypes.pythonapi.Py_IncRef(ctypes.py_object(app))
views = [TextView(OpenText({WORDS!r}, Structure())) for _ in range(3)]
for view in views:
    view.show()
    assert QAccessible.queryAccessibleInterface(view).textInterface().text(4, 11) == "auditor"
app.processEvents()
print("ends")
"""


def test_a_program_that_was_read_ends_without_a_crash() -> None:
    """Its application is held until after Python has ended, as one that a window refers to is."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "ends\n"), done.stderr
