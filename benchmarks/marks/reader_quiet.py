"""The longest pass of the event loop in the 5 seconds after opening 5 MB with 20,000 passages ÷ the 16 ms that are allowed.

For two of these seconds a mouse wheel is turned.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea

from benchmarks.cases import allowed, worst
from benchmarks.mark import Mark
from benchmarks.moving import longest_pass
from benchmarks.reading import Stage, ours, plain
from benchmarks.texts import crowded_book

_STILL, _SCROLLED = 3.0, 2.0


def passes(stage: Stage, view: QAbstractScrollArea) -> list[float]:
    """Return the seconds of the longest pass while nothing is done and while the wheel is turned."""
    return [longest_pass(stage, view, _STILL, wheel=False), longest_pass(stage, view, _SCROLLED, wheel=True)]


MARK = Mark(
    name="longest pass of the event loop after opening",
    against="what is allowed",
    limit=1.0,
    product=worst(ours, crowded_book, passes),
    floor=allowed(0.016),
    rounds=3,
    beside={"QPlainTextEdit without passages": worst(plain, crowded_book, passes)},
)
