"""Tabs, details, places: the screen around the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QTabBar, QToolButton

from annotator.domain.ids import EntityId
from annotator.ui.annotating.stretching import with_end
from tests.ui.annotating.conftest import Reading

LONG = "\n".join(f"Paragraph {number} says something that takes a line or so in the reader." for number in range(400))
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_with_nothing_open_the_screen_says_what_to_do(reading: Reading) -> None:
    assert reading.screen.view is None
    assert not reading.screen.tabs.isVisible()


def test_each_version_has_a_tab_and_the_desk_decides_which_is_read(reading: Reading) -> None:
    first = reading.read("One.", title="First & foremost")
    reading.read("Two.", title="Second")
    tabs = reading.screen.tabs
    assert [tabs.tabText(n) for n in range(2)] == ["First && foremost", "Second"]
    tabs.setCurrentIndex(0)
    assert reading.desk.version_id == first.opened.version.id
    assert reading.view is first
    reading.press(Qt.Key.Key_Tab, CONTROL)
    assert tabs.currentIndex() == 1


def test_a_tab_is_closed_and_its_place_remembered(reading: Reading) -> None:
    view = reading.read(LONG)
    version = view.opened.version.id
    view.restore(LONG.index("Paragraph 200 "))
    place = view.top_place()
    close = reading.screen.tabs.tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert isinstance(close, QToolButton)
    close.click()
    assert reading.desk.version_id == ""
    assert reading.screen.tabs.count() == 0
    assert reading.open(version).top_place() == place


def test_back_and_forward_go_over_the_places_one_was_at(reading: Reading) -> None:
    view = reading.read(LONG, title="Long")
    version, target = view.opened.version.id, LONG.index("Paragraph 300 ")
    reading.desk.show_place(version, target, target + 9)
    there = view.top_place()
    assert there > LONG.index("Paragraph 250 ")
    reading.qtbot.wait(1)
    reading.read("Short.", title="Short")
    reading.qtbot.wait(1)
    reading.press(Qt.Key.Key_Left, ALT)
    assert (reading.desk.version_id, reading.view.top_place()) == (version, there)
    reading.press(Qt.Key.Key_Left, ALT)
    assert reading.view.top_place() == 0
    reading.press(Qt.Key.Key_Right, ALT)
    assert reading.view.top_place() == there
    reading.press(Qt.Key.Key_Right, ALT)
    assert reading.view.text.text == "Short."
    assert not reading.screen.details.forward.isEnabled()


def test_a_place_is_shown_and_pointed_out_even_in_a_version_not_open(reading: Reading) -> None:
    version = reading.project.type_source("Long", LONG).id
    start = LONG.index("Paragraph 200 ")
    reading.desk.show_place(version, start, start + 13)
    reading.wait(lambda: reading.screen.view is not None)
    view = reading.view
    assert view.is_in_sight((start, start + 13))
    assert view.shown.pulse == (start, start + 13)
    reading.wait(lambda: view.shown.strength > 0)
    reading.wait(lambda: view.shown.strength == 0)


def test_the_details_say_what_is_known(reading: Reading) -> None:
    reading.read_page()
    shown = {
        label.text()
        for label in reading.screen.details.findChildren(type(reading.screen.details.address))
        if label.text()
    }
    assert "Original kept" in shown
    source = reading.project.sources()[0].id
    reading.project.edit(
        source, title="Better", publishers=["The Ledger"], date_published="2025-05-14", url="https://l.example/water"
    )
    reading.wait(lambda: reading.screen.tabs.tabText(0) == "Better")
    assert reading.screen.details.address.text() == "l.example/water"
    assert reading.view.accessibleName() == "Better"


def test_a_source_that_is_deleted_is_closed(reading: Reading) -> None:
    reading.read("One.")
    reading.project.delete(reading.project.sources()[0].id)
    reading.wait(lambda: reading.screen.tabs.count() == 0)
    assert reading.desk.version_id == ""


def test_closing_the_project_closes_everything(reading: Reading) -> None:
    reading.read("One.")
    reading.desk.close_project()
    assert reading.screen.view is None
    assert reading.screen.tabs.count() == 0


def test_another_version_of_a_source_says_which_it_is(reading: Reading) -> None:
    head = "<html><head><link rel='canonical' href='https://l.example/a'></head>"
    page = head + "<body><p>{0} words of an article.</p></body></html>"
    first = reading.project.import_source(("a.html", page.format("Old").encode()))
    second = reading.project.import_source(("a.html", page.format("New").encode()))
    assert first.source_id == second.source_id
    reading.open(first.id)
    assert "Version 1 of 2" in reading.screen.details.facts
    reading.open(second.id)
    assert "Version 2 of 2" in reading.screen.details.facts


@pytest.mark.parametrize("width", [330, 344, 364, 400, 450, 520, 620, 980])
def test_in_a_narrow_window_what_is_known_of_a_version_never_overlaps(reading: Reading, width: int) -> None:
    reading.window.resize(width, 600)
    source = reading.project.type_source("Call", "One.", person="The Port Ansel Ledger", date="2025-05-14")
    reading.open(source.id)
    details = reading.screen.details

    def stands_apart() -> bool:
        shown = [each for each in (*details.findChildren(QLabel), details.filter) if each.isVisible() and each.width()]
        parts = sorted((QRect(each.mapTo(details, QPoint()), each.size()) for each in shown), key=QRect.left)
        return all(one.right() < other.left() for one, other in pairwise(parts))

    reading.wait(stands_apart)
    reading.window.resize(980, 600)
    reading.wait(
        lambda: {each.text() for each in details.findChildren(QLabel) if each.isVisible()} >= set(details.facts)
    )
    assert details.facts == ("The Port Ansel Ledger", "14 May 2025")
    reading.window.resize(width, 600)
    reading.wait(lambda: details.width() <= width)
    reading.wait(stands_apart)


def test_a_large_text_is_laid_out_only_where_it_is_seen(reading: Reading) -> None:
    view = reading.read(LONG * 20)
    assert len(view.pieces) > 7_000
    assert view.laid_out < 100
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    last = len(view.text.text)
    assert view.is_in_sight((last - 10, last))
    assert view.laid_out < 200


@pytest.mark.parametrize("size", [(760, 640), (420, 500), (1400, 900)])
def test_the_text_fits_every_width(reading: Reading, size: tuple[int, int]) -> None:
    view = reading.read(LONG)
    reading.window.resize(*size)
    reading.wait(lambda: abs(reading.window.width() - size[0]) < 2)
    strip = view.strip_of((0, 60))
    assert strip is not None
    assert strip.left() >= 48
    assert strip.right() <= view.viewport().width()
    assert strip.width() <= 601


def test_an_end_is_moved_within_its_fragments() -> None:
    assert with_end(((0, 4), (8, 12)), 6, is_end=True) == ((0, 6),)
    assert with_end(((0, 4), (8, 12)), 9, is_end=False) == ((9, 12),)
    assert with_end(((0, 4),), 0, is_end=True) == ()


def test_an_unknown_version_opens_nothing(reading: Reading) -> None:
    reading.desk.select_version(EntityId("0190d3a0-0000-7000-8000-000000000000"))
    reading.wait(lambda: not reading.desk.jobs.busy)
    assert reading.screen.view is None


def _two_versions(reading: Reading) -> tuple[EntityId, EntityId, str]:
    page = "<html><head><link rel='canonical' href='https://l.example/a'></head><body>{0}</body></html>"
    lines = [f"<p>Paragraph {number} of a report that was read by nobody but its author.</p>" for number in range(120)]
    more = [f"<p>One more line {number}, which was not there before.</p>" for number in range(30)]
    first = reading.project.import_source(("a.html", page.format("".join(lines)).encode()))
    second = reading.project.import_source(("a.html", page.format("".join([lines[0], *more, *lines[1:]])).encode()))
    return first.id, second.id, "Paragraph 80 of"


def test_another_version_is_read_at_the_same_place(reading: Reading) -> None:
    first, second, words = _two_versions(reading)
    view = reading.open(first)
    view.restore(view.text.text.index(words))
    button = reading.screen.details.version
    newest = button.menu_of_versions().actions()[0]
    assert newest.text().startswith("Version 2, today")
    newest.trigger()
    reading.wait(lambda: reading.version == second)
    assert reading.view.text.text[reading.view.top_place() :].startswith(words)


def test_keys_lead_to_the_version_before_and_after(reading: Reading) -> None:
    first, second, words = _two_versions(reading)
    view = reading.open(second)
    view.restore(view.text.text.index(words))
    reading.actions["older_version"].trigger()
    reading.wait(lambda: reading.version == first)
    assert reading.view.text.text[reading.view.top_place() :].startswith(words)
    reading.actions["newer_version"].trigger()
    reading.wait(lambda: reading.version == second)
