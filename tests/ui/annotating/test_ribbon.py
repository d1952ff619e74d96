"""The ribbon beside the scroll bar: where passages stand in the whole source, and how one gets there."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.find import Hits
from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import STANCES, Highlights
from annotator.ui.annotating.ribbon import WIDTH
from annotator.ui.theme import apply_theme, current_theme, load_theme
from tests.ui.annotating.conftest import Reading

LONG = "\n".join(
    f"Paragraph {number:03} says something that takes a line or so in the reader." for number in range(400)
)


def at(number: int, *stances: str) -> PassageRow:
    start = LONG.index(f"Paragraph {number:03}")
    return PassageRow(id=EntityId(str(number)), spans=((start, start + 40),), stances=stances)


def coloured(reading: Reading, colour: object) -> list[int]:
    """Return the rows of px of the ribbon with a colour."""
    image = reading.view.ribbon.grab().toImage()
    return [y for y in range(image.height()) if any(image.pixelColor(x, y) == colour for x in range(image.width()))]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("stance", [*STANCES, ""])
def test_a_passage_is_marked_where_it_stands_in_the_source(
    reading: Reading, qapp: QApplication, theme: str, stance: str
) -> None:
    apply_theme(qapp, load_theme(theme))
    view = reading.read(LONG)
    view.set_highlights(Highlights([at(300, *([stance] if stance else []))], LONG))
    colour = current_theme().stance(stance).line if stance else current_theme().edge
    found = [y for y in coloured(reading, colour) if y > view.ribbon.height() // 2]
    assert found
    assert abs(found[0] - view.ribbon.height() * 3 // 4) <= 3


def test_many_passages_are_worked_in_bit_by_bit(reading: Reading) -> None:
    view = reading.read(LONG)
    rows = [PassageRow(id=EntityId(f"{n:05}"), spans=((n, n + 9),), stances=("supports",)) for n in range(0, 25_000, 5)]
    reading.wait(lambda: not reading.desk.jobs.busy)
    view.set_highlights(Highlights(rows, LONG))
    assert not view.ribbon.is_drawn
    reading.wait(lambda: view.ribbon.is_drawn)
    marked = coloured(reading, current_theme().stance("supports").line)
    assert marked[-1] == pytest.approx(view.ribbon.height() * 25_000 / len(LONG), abs=5)


def test_a_click_goes_there_and_a_drag_goes_on(reading: Reading) -> None:
    view = reading.read(LONG)
    ribbon = view.ribbon
    QTest.mousePress(ribbon, Qt.MouseButton.LeftButton, pos=QPoint(WIDTH // 2, ribbon.height() // 2))
    middle = LONG.index("Paragraph 200")
    assert view.strip_of((middle, middle + 9)) is not None
    QTest.mouseMove(ribbon, QPoint(WIDTH // 2, ribbon.height() * 3 // 4))
    later = LONG.index("Paragraph 300")
    assert view.strip_of((later, later + 9)) is not None
    QTest.mouseRelease(ribbon, Qt.MouseButton.LeftButton, pos=QPoint(WIDTH // 2, ribbon.height() * 3 // 4))
    assert view.strip_of((later, later + 9)) is not None


def test_the_frame_is_around_what_is_in_sight(reading: Reading) -> None:
    view = reading.read(LONG)
    view.restore(LONG.index("Paragraph 200"))
    view.clearFocus()
    view.grab()
    image = view.ribbon.grab().toImage()
    framed = [y for y in range(image.height()) if image.pixelColor(12, y) == current_theme().edge]
    assert abs(framed[0] - image.height() // 2) <= 2


def test_hits_of_a_search_are_marked_and_the_current_one_strongly(reading: Reading) -> None:
    view = reading.read(LONG)
    starts = array("I", [LONG.index("Paragraph 100"), LONG.index("Paragraph 200")])
    view.set_hits(Hits(starts, array("I", [start + 9 for start in starts])), 1)
    view.clearFocus()
    image = view.ribbon.grab().toImage()
    accent = current_theme().accent
    left = [y for y in range(image.height()) if image.pixelColor(8, y) == accent]
    right = [y for y in range(image.height()) if image.pixelColor(WIDTH - 4, y) == accent]
    assert any(abs(y - image.height() // 4) <= 2 for y in right)
    assert left
    assert all(abs(y - image.height() // 2) <= 3 for y in left)


def test_it_tells_what_stands_where_the_mouse_rests(reading: Reading) -> None:
    view = reading.read(LONG)
    view.set_highlights(Highlights([at(300, "refutes"), at(301, "refutes"), at(20)], LONG))
    ribbon = view.ribbon
    told = ribbon.words_at(ribbon.height() * 3 / 4)
    assert "2 refuting" in told
    assert "Paragraph 300" in told
    assert "1 not linked" in ribbon.words_at(ribbon.height() * 20 / 400)


def test_what_is_not_the_article_is_hatched_and_named(reading: Reading) -> None:
    view = reading.read_page()
    assert "Not part of the article" in view.ribbon.words_at(1)
    assert coloured(reading, current_theme().hairline)[0] <= 1


def test_where_lines_begin_on_the_right_the_ribbon_is_on_the_left(reading: Reading) -> None:
    view = reading.read(LONG)
    assert view.ribbon.x() >= view.viewport().geometry().right()
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    reading.wait(lambda: view.ribbon.geometry().right() <= view.viewport().x())
    view.set_highlights(Highlights([at(300, "supports")], LONG))
    image = view.ribbon.grab().toImage()
    colour = current_theme().stance("supports").line
    columns = {x for x in range(WIDTH) for y in range(image.height()) if image.pixelColor(x, y) == colour}
    assert min(columns) > WIDTH // 2
