"""How far painted passages reach beyond or stay behind Qt's own selection at an edge, at worst ÷ the pixel that is allowed.

In Latin, Arabic, Hebrew, Devanagari, Thai, Chinese and emoji, and in mixtures of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.domain.structure import Structure
from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.reading.laid import Column
from annotator.ui.theme import current_theme
from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.reading import HEIGHT, WIDTH, Stage, ours
from benchmarks.texts import Made
from tests.ui.reading.qt_selection import selected_columns
from tests.ui.reading.scripts import SCRIPTS

_LENGTHS = (1, 3, 8, 21, 1_000)
_STANCE = "supports"
"""The one whose line is neither dashed nor wavy."""


def product(_folder: Path) -> float:
    """Return the pixels by which the worst edge is wrong."""
    stage = Stage()
    worst = 0.0
    for text in SCRIPTS.values():
        view = stage.show(ours, Made(text, Structure(), ()))
        if not isinstance(view, PointedReader):
            raise TypeError("our reader is wanted")
        for start, end in _stretches(text):
            row = PassageRow(id=EntityId(f"{start}-{end}"), spans=((start, end),), stances=(_STANCE,))
            view.set_highlights(Highlights([row], text))
            worst = max(worst, _wrong(view, start, end))
        view.hide()
    return worst


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole characters, long and short ones in turn."""
    at, sizes = 0, count()
    while at < len(text):
        begin, end = snap_to_graphemes(text, at, min(at + _LENGTHS[next(sizes) % len(_LENGTHS)], len(text)))
        yield begin, end
        at = snap_to_graphemes(text, at + 1, min(at + 2, len(text)))[1]


def _wrong(view: PointedReader, start: int, end: int) -> float:
    """Return the pixels by which an edge is wrong, at worst, with one passage shown."""
    image, worst = view.viewport().grab().toImage(), 0.0
    for seen in view.seen():
        for column in seen.laid.columns:
            wanted = _wanted(column, start, end)
            for line, parts in wanted.items():
                top = round(seen.top + seen.laid.box.line_base(line))
                found = _painted(image, QRectF(column.left, top, column.width, seen.laid.box.pitch / 3))
                edges = 2 * max(len(parts), 1)
                worst = max(worst, len(found ^ {x for part in parts for x in range(*part)}) / edges)
    return worst


def _wanted(column: Column, start: int, end: int) -> dict[int, list[tuple[int, int]]]:
    """Return by line what Qt selects, without blanks that hang over a line's end."""
    found = selected_columns(column.layout, column.position(start), column.position(end), 2 * WIDTH, 2 * HEIGHT)
    for line, parts in found.items():
        shape = column.layout.lineAt(line)
        left = round(shape.naturalTextRect().left())
        right = round(shape.naturalTextRect().left() + shape.horizontalAdvance())
        found[line] = [(max(begin, left), min(stop, right)) for begin, stop in parts if begin < right and stop > left]
    return found


def _painted(image: QImage, room: QRectF) -> set[int]:
    """Return the columns of pixels in which a line is painted."""
    colour, area = current_theme().stance(_STANCE).line, room.toRect()
    return {
        x
        for x in range(area.left() - 4, area.right() + 4)
        if any(image.pixelColor(x, y) == colour for y in range(area.top(), area.bottom()))
    }


MARK = Mark(
    name="an edge of a painted passage against Qt's own selection, at worst",
    against="what is allowed",
    limit=1.0,
    product=product,
    floor=allowed(1.0),
    rounds=1,
    shown=Shown("px", 1.0),
)
