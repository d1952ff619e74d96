"""A step of the wheel in a list of a million passages ÷ the same in a bare table over a plain list."""

from __future__ import annotations

from benchmarks.lists import bare, product, smooth
from benchmarks.mark import Mark

MARK = Mark(
    name="a step of the wheel in a list of a million passages, 95th of a hundred",
    against="a bare QTableView over a plain list",
    limit=1.5,
    product=product(smooth),
    floor=bare(smooth),
    rounds=3,
)
