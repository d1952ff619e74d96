"""A PDF of 120 pages imported by two processes ÷ by one: two are at least 1.7 times as fast."""

from __future__ import annotations

from pathlib import Path

from benchmarks.importing import report, seconds_to_import
from benchmarks.mark import Mark

_PAGES = 120


def product(_folder: Path) -> float:
    """Return the seconds with two processes."""
    return seconds_to_import(report(_PAGES), processes=2)


def floor(_folder: Path) -> float:
    """Return the seconds with one."""
    return seconds_to_import(report(_PAGES), processes=1)


MARK = Mark(
    name="a long PDF on two cores",
    against="on one core",
    limit=1 / 1.7,
    product=product,
    floor=floor,
    rounds=3,
)
