"""The longest event of the whole window ÷ the 16 ms that are allowed, with 5 MB and 20,000 passages, each linked, in a project.

It is left alone for 5 seconds after the first frame; then ``N`` is pressed ten times, ``H``, undo, and the window is resized.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import allowed
from benchmarks.mark import Mark
from benchmarks.texts import crowded_book
from benchmarks.whole import longest_event, make_project


def _product(folder: Path) -> float:
    make_project(folder / "book.annotator", crowded_book())
    return longest_event(folder / "book.annotator")


MARK = Mark(
    name="longest event of the whole window",
    against="what is allowed",
    limit=1.0,
    product=_product,
    floor=allowed(0.016),
    rounds=1,
)
