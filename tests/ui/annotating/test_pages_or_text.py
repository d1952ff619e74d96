"""A source with pages is shown as published or as text, at the same words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.domain.passage import Area
from annotator.resources import resource
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.annotating.reading_page import PAGES, TEXT, ReadingPage
from annotator.ui.annotating.reading_view import ReadingView
from tests.ui.annotating.conftest import Reading

PDF = resource("sample", "auditor-review.pdf")


@pytest.fixture
def paged(reading: Reading) -> Reading:
    """Return a reading screen with a PDF open."""
    version = reading.project.import_source(PDF)
    reading.window.resize(1200, 800)
    reading.desk.select_version(version.id)
    reading.wait(lambda: reading.screen.view is not None)
    view(reading).setFocus()
    reading.wait(lambda: reading.screen.marking.is_known)
    return reading


def view(reading: Reading) -> ReadingView:
    shown = reading.screen.view
    assert shown is not None
    return shown


def page(reading: Reading) -> ReadingPage:
    shown = reading.screen.open_pages.page
    assert shown is not None
    return shown


def test_pages_come_first_and_t_turns_to_the_text_at_the_same_words(paged: Reading) -> None:
    assert page(paged).shows == PAGES
    text = view(paged).text.text
    place = text.index("3 What the pilot households paid")
    view(paged).restore(place)
    top = view(paged).top_place()
    paged.press(Qt.Key.Key_T)
    assert isinstance(view(paged), PointedReader)
    assert page(paged).widget.hasFocus()
    assert abs(view(paged).top_place() - top) < 200
    assert not paged.screen.details.pages.isHidden()
    paged.screen.details.pages.click()
    assert page(paged).shows == PAGES
    assert paged.screen.details.pages.isHidden()


def test_what_is_selected_stays_selected_and_is_highlighted_in_both(paged: Reading) -> None:
    text = view(paged).text.text
    start = text.index("the mean rise was 14.2 per cent")
    view(paged).select(start, start + 31)
    paged.press(Qt.Key.Key_T)
    assert view(paged).selected() == ((start, start + 31),)
    paged.press(Qt.Key.Key_H)
    paged.wait(lambda: len(paged.project.passages(paged.desk.version_id)) == 1)
    paged.press(Qt.Key.Key_T)
    paged.wait(lambda: len(view(paged).highlights.rows) == 1)


def test_a_text_has_no_pages_and_that_is_said(reading: Reading) -> None:
    said: list[str] = []
    reading.screen.status.connect(said.append)
    reading.read("Some words.")
    reading.press(Qt.Key.Key_T)
    assert "no pages" in said[-1]
    assert page(reading).shows == TEXT


def test_a_second_side_shows_the_text_beside_its_pages(paged: Reading) -> None:
    paged.press(Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    halves = paged.screen.open_pages.halves
    paged.wait(lambda: len(halves.all) == 2 and all(half.page for half in halves.all))
    assert [half.page.shows for half in halves.all if half.page] == [PAGES, TEXT]


def test_which_of_them_was_read_is_remembered(paged: Reading) -> None:
    version = paged.desk.version_id
    paged.press(Qt.Key.Key_T)
    paged.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    paged.desk.select_version(version)
    paged.wait(lambda: paged.screen.view is not None)
    assert page(paged).shows == TEXT


def test_an_area_is_highlighted_noted_and_never_quoted(paged: Reading) -> None:
    area = Area(page=0, left=10_000, top=10_000, right=30_000, bottom=20_000)
    passage = paged.project.highlight_area(paged.desk.version_id, area)
    paged.wait(lambda: view(paged).highlights.find(passage.id) is not None)
    paged.desk.select_passage(passage.id)
    said: list[str] = []
    paged.screen.status.connect(said.append)
    paged.press(Qt.Key.Key_A)
    bubble = paged.screen.marking.bubble
    assert bubble.panel_name == "note"
    assert not any(
        button.isVisible()
        for button in bubble.findChildren(type(bubble._plain["highlight"]))
        if button.text() == "Check a quotation"
    )
    paged.type("A chart.")
    paged.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    paged.wait(lambda: len(paged.project.notes(passage.id)) == 1)
    view(paged).setFocus()
    paged.press(Qt.Key.Key_L)
    assert bubble.panel_name == "link"
    assert paged.screen.marking.target is not None
    assert paged.screen.marking.target.area == area
    paged.press(Qt.Key.Key_Escape)
    view(paged).setFocus()
    paged.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert "cannot be changed" in said[-1]
    paged.press(Qt.Key.Key_N)
    assert said[-1] == "Passage 1 of 1"
