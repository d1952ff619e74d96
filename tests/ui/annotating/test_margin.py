"""The margin: on which side it stands, notes, and how many passages find no room in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.theme import current_theme
from tests.ui.annotating.conftest import Reading

TEXT = "The new meters made the bills rise by forty per cent.\nNone had asked to see any of the bills at all.\nEnd."
ARABIC = "قال الوزير إن الماء آمن في المدينة وإن الفواتير لم ترتفع."


def many(count: int) -> list[PassageRow]:
    return [PassageRow(id=EntityId(f"{n:03}"), spans=((n, n + 20),), stances=("refutes",)) for n in range(count)]


def inked(view: PointedReader, area: QRect) -> bool:
    """Tell whether anything stands in an area of the viewport."""
    view.clearFocus()
    image = view.viewport().grab().toImage()
    paper = current_theme().raised
    return any(
        image.pixelColor(x, y) != paper
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )


def test_beside_a_crowded_line_stands_how_many_have_no_tile(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.wait(lambda: not reading.desk.jobs.busy)
    strip = view.strip_of((0, 5))
    assert strip is not None
    margin = view.margin()
    outermost = round(margin.x(margin.shared))
    chip = QRect(outermost - 11, round(strip.top()), 22, round(strip.height()))
    view.set_highlights(Highlights(many(3), TEXT))
    assert not inked(view, chip)
    view.set_highlights(Highlights(many(30), TEXT))
    assert inked(view, chip)
    image = view.viewport().grab().toImage()
    grounds = [
        x for x in range(chip.left(), chip.right()) if image.pixelColor(x, chip.center().y()) == current_theme().hover
    ]
    assert len(grounds) > 4


def test_a_note_has_its_sign_at_the_tile(reading: Reading) -> None:
    view = reading.read(TEXT)
    reading.wait(lambda: not reading.desk.jobs.busy)
    (row,) = many(1)
    view.set_highlights(Highlights([row], TEXT))
    plain = view.viewport().grab().toImage()
    view.set_highlights(Highlights([replace(row, noted=True)], TEXT))
    assert view.viewport().grab().toImage() != plain


def test_in_a_text_from_right_to_left_stripes_stand_where_lines_begin(reading: Reading) -> None:
    reading.window.resize(1_100, 700)
    view = reading.read(ARABIC)
    reading.wait(lambda: not reading.desk.jobs.busy)
    start = ARABIC.index("الماء")
    row = PassageRow(id=EntityId("1"), spans=((start, start + 9),), stances=("supports",))
    view.set_highlights(Highlights([row], ARABIC))
    strip = view.strip_of((start, start + 9))
    assert strip is not None
    right = view.text_left() + round(view.page.measure)
    beside = QRect(right + 8, round(strip.top()), 60, round(strip.height()))
    assert inked(view, beside)
    assert not inked(view, QRect(2, round(strip.top()), view.text_left() - 10, round(strip.height())))
