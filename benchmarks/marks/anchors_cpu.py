"""A text of a million code points with 10,000 passages mapped to its new version: seconds of CPU ÷ the three that it may take."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from annotator.domain.anchoring_again import find_again
from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.real_texts import NEEDED
from benchmarks.reanchoring import megabyte


def product(_folder: Path) -> float:
    """Return the seconds of CPU."""
    case = megabyte()
    start = process_time()
    for _ in find_again(case.revised.old, case.revised.new, [[span] for span in case.passages]):
        pass
    return process_time() - start


MARK = Mark(
    name="10,000 passages of 1 MB mapped",
    against="allowed",
    limit=1,
    product=product,
    floor=allowed(3),
    rounds=3,
    shown=Shown("s", 1),
    needs=NEEDED,
)
