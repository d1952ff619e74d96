"""How far painted passages reach beyond or stay behind Qt's own selection at an edge, at worst ÷ the pixel that is allowed.

In Latin, Arabic, Hebrew, Devanagari, Thai, Chinese and emoji, and in mixtures of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from tests.ui.reading.qt_selection import selected_columns
from tests.ui.reading.scripts import SCRIPTS

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

_LENGTHS = (1, 3, 8, 21, 1_000)
_STANCE = "supports"
"""The one whose line is neither dashed nor wavy."""

_AROUND = 4


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
            for line, parts in _wanted(column, start, end).items():
                top = round(seen.top + seen.laid.box.line_base(line))
                room = QRect(round(column.left), top, round(column.width), round(seen.laid.box.pitch / 3))
                wanted = {x for part in parts for x in range(*part)}
                wrong = len(_bare(image, room) & wanted) + len(_painted(image, room) - wanted)
                worst = max(worst, wrong / max(2 * len(parts), 1))
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


def _painted(image: QImage, room: QRect) -> set[int]:
    """Return the columns of pixels in which the line is to be seen."""
    return {x for x in _across(room) if any(_is(image, x, y, _line()) for y in _down(room))}


def _bare(image: QImage, room: QRect) -> set[int]:
    """Return the columns of pixels in which there is neither the line nor a letter that reaches down over it."""
    ground = current_theme().raised
    rows = [y for y in _down(room) if any(_is(image, x, y, _line()) for x in _across(room))]
    return {x for x in _across(room) if all(_is(image, x, y, ground) for y in rows)}


def _is(image: QImage, x: int, y: int, colour: QColor) -> bool:
    return image.pixelColor(x, y) == colour


def _line() -> QColor:
    return current_theme().stance(_STANCE).line


def _across(room: QRect) -> range:
    return range(room.left() - _AROUND, room.right() + _AROUND)


def _down(room: QRect) -> range:
    return range(room.top(), room.bottom())


MARK = Mark(
    name="an edge of a painted passage against Qt's own selection, at worst",
    against="what is allowed",
    limit=1.0,
    product=product,
    floor=allowed(1.0),
    rounds=1,
    shown=Shown("px", 1.0),
)
