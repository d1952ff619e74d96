"""A text of 5 MB with 10,000 passages opened ÷ a fiftieth of what it takes peers, who merge formats into a QTextEdit."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cases import opening
from benchmarks.mark import Mark
from benchmarks.reading import ours, rich
from benchmarks.texts import book

_TIMES_FASTER = 50


def floor(folder: Path) -> float:
    """Return the seconds that are allowed."""
    return opening(rich, book)(folder) / _TIMES_FASTER


MARK = Mark(
    name="5 MB with 10,000 passages opened",
    against="a fiftieth of QTextEdit with merged formats",
    limit=1.0,
    product=opening(ours, book),
    floor=floor,
    rounds=1,
)
