"""A passage added to 10,000 in 5 MB, and painted ÷ painting the same view once more."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import cast

from PySide6.QtWidgets import QAbstractScrollArea

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.pointing import PointedReader
from benchmarks.cases import middle
from benchmarks.mark import Mark
from benchmarks.moving import repaints
from benchmarks.reading import Stage, ours
from benchmarks.texts import book

_STEP, _LENGTH = 7, 60


def added(stage: Stage, view: QAbstractScrollArea) -> list[float]:
    """Add passages to what is in sight; return the seconds until each has been painted."""
    return repaints(stage, view, _adder(cast("PointedReader", view)))


def _adder(view: PointedReader) -> Callable[[], None]:
    numbers, top = count(), view.top_place()

    def add() -> None:
        start = top + next(numbers) * _STEP
        row = PassageRow(id=EntityId(f"new {start}"), spans=((start, start + _LENGTH),), stances=("supports",))
        view.set_highlights(view.highlights.with_row(row, view.text.text))

    return add


MARK = Mark(
    name="a passage added to 10,000",
    against="the same view painted again",
    limit=1.5,
    product=middle(ours, book, added),
    floor=middle(ours, book, repaints),
)
