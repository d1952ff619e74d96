"""Passages of real texts (English, Russian, Chinese) whose words survive a revision, and are not found at the right place.

One edit here and there up to 40 % of the words; paragraphs moved and left out.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.real_texts import NEEDED
from benchmarks.reanchoring import misplaced


def product(_folder: Path) -> float:
    """Return the share of them."""
    wrong, all_ = misplaced()
    return wrong / all_


MARK = Mark(
    name="passages misplaced in a new version",
    against="allowed",
    limit=1,
    product=product,
    floor=allowed(0.01),
    rounds=1,
    shown=Shown("%", 100),
    needs=NEEDED,
)
