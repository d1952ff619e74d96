"""A PDF of 40 pages imported by one process, from its bytes to its text and boxes ÷ pdfminer.six's own layout of it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.importing import report, seconds_to_import, seconds_to_lay_out
from benchmarks.mark import Mark

_PAGES = 40


def product(_folder: Path) -> float:
    """Return the seconds of an import."""
    return seconds_to_import(report(_PAGES), processes=1)


def floor(_folder: Path) -> float:
    """Return the seconds of the layout."""
    return seconds_to_lay_out(report(_PAGES))


MARK = Mark(
    name="a PDF imported",
    against="pdfminer.six's layout",
    limit=1.15,
    product=product,
    floor=floor,
    rounds=3,
)
