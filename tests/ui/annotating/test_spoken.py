"""What a screen reader is told of the passages in the window: which one, what was judged, and when that is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible, QTextCharFormat
from pytestqt.qtbot import QtBot

from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.spoken import SpokenPassages
from annotator.ui.main_window import MainWindow
from annotator.ui.reading.accessible_text import TextBehind
from tests.ui.whole import CLAIM, TEXT, press, project_of, settle

JUDGED, BARE = TEXT.index("auditor"), TEXT.index("Nobody")
Words = Callable[[int], str]


@pytest.fixture
def view(opened: MainWindow) -> PointedReader:
    """Return the reader with a refuted passage and one that is linked to nothing."""
    assert opened.rooms is not None
    view = opened.rooms.reading.view
    assert isinstance(view, PointedReader)
    view.setFocus()
    return view


@pytest.fixture
def words(qtbot: QtBot, opened: MainWindow, view: PointedReader) -> Words:
    """Return what is told of a place, once it is known."""

    def told(offset: int) -> str:
        view.telling.marks.words_at(offset)
        settle(qtbot, opened)
        found = view.telling.marks.words_at(offset)
        assert found is not None
        return found

    return told


def test_a_passage_is_told_with_its_stance_and_claim(view: PointedReader, words: Words) -> None:
    assert isinstance(view.telling.marks, SpokenPassages)
    assert view.telling.marks.words_at(JUDGED) is None, "the claim has not been read yet"
    assert words(JUDGED) == f"Passage 1 of 2. Refutes: {CLAIM}"
    assert words(BARE) == "Passage 2 of 2. Linked to no claim."
    assert words(0) == ""


def test_the_chosen_passage_is_told_so_and_first(
    qtbot: QtBot, opened: MainWindow, view: PointedReader, words: Words
) -> None:
    shorter = project_of(opened).highlight(opened.desk.version_id, [(JUDGED, JUDGED + 7)])
    opened.desk.select_passage(shorter.id)
    settle(qtbot, opened)
    assert words(JUDGED).startswith("Passage 2 of 3, chosen. Linked to no claim. Passage 1 of 3.")
    view.put_caret(JUDGED)
    press(opened, "O")
    settle(qtbot, opened)
    assert words(JUDGED).startswith(f"Passage 1 of 3, chosen. Refutes: {CLAIM} Passage 2 of 3.")


def test_a_corrected_claim_is_told_as_it_is_now(qtbot: QtBot, opened: MainWindow, words: Words) -> None:
    assert CLAIM in words(JUDGED)
    project = project_of(opened)
    project.edit(project.linkages()[0].claim_id, text="Bills doubled.")
    settle(qtbot, opened)
    assert words(JUDGED) == "Passage 1 of 2. Refutes: Bills doubled."


def test_the_line_of_the_stance_is_an_attribute_of_the_words(qtbot: QtBot, view: PointedReader) -> None:
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    assert text.characterCount() == len(TEXT)
    view.put_caret(JUDGED)
    behind = view.findChild(TextBehind)
    assert isinstance(behind, TextBehind)
    lines = QTextCharFormat.UnderlineStyle
    cursor = behind.textCursor()
    cursor.setPosition(JUDGED + 1)
    assert cursor.charFormat().underlineStyle() == lines.WaveUnderline
    cursor.setPosition(TEXT.index("per cent"))
    assert cursor.charFormat().underlineStyle() == lines.NoUnderline
    view.put_caret(BARE)
    cursor = behind.textCursor()
    cursor.setPosition(BARE + 1)
    assert cursor.charFormat().underlineStyle() == lines.DotLine
