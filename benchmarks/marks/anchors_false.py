"""Quotations that were left out of a new version and are anchored there without a person: 1,000 of every length from 6 to 200.

In place of every second one stand other words of the same text.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.real_texts import NEEDED
from benchmarks.reanchoring import found_again_by_themselves


def product(_folder: Path) -> float:
    """Return how many."""
    return float(found_again_by_themselves()[0])


def left_out(_folder: Path) -> float:
    """Return how many were left out, told with a sample of the lengths."""
    return float(found_again_by_themselves(range(6, 201, 40))[1] * 39)


MARK = Mark(
    name="deleted quotations anchored again",
    against="none may be",
    limit=0,
    product=product,
    floor=allowed(1),
    rounds=1,
    shown=Shown("quotations", 1),
    beside={"left out, about": left_out},
    needs=NEEDED,
)
