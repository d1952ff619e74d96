"""A passage added to 10,000 in 5 MB, and painted ÷ painting the same view once more."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtWidgets import QAbstractScrollArea

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.pointing import PointedReader
from benchmarks.cases import middle
from benchmarks.mark import Mark
from benchmarks.moving import repaints
from benchmarks.reading import Stage, ours
from benchmarks.texts import book

_TIMES, _STEP, _LENGTH = 100, 7, 60


def added(stage: Stage, view: QAbstractScrollArea) -> list[float]:
    """Add a passage to what is in sight, again and again to the same ones; return the seconds until each has been painted."""
    reader = cast("PointedReader", view)
    before, top = reader.highlights, reader.top_place()
    found = []
    for number in range(_TIMES):
        start = top + number * _STEP
        row = PassageRow(id=EntityId(f"new {start}"), spans=((start, start + _LENGTH),), stances=("supports",))
        found += repaints(stage, view, partial(_add, reader, before, row), times=1)
        reader.set_highlights(before)
        stage.settle()
    return found


def _add(reader: PointedReader, before: Highlights, row: PassageRow) -> None:
    reader.set_highlights(before.with_row(row, reader.text.text))


MARK = Mark(
    name="a passage added to 10,000",
    against="the same view painted again",
    limit=1.5,
    product=middle(ours, book, added),
    floor=middle(ours, book, repaints),
)
