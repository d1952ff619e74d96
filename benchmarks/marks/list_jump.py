"""A jump anywhere in a list of a million passages ÷ the same in a bare table over a plain list."""

from __future__ import annotations

from benchmarks.lists import bare, jump, product
from benchmarks.mark import Mark

MARK = Mark(
    name="a jump in a list of a million passages, 95th of a hundred",
    against="a bare QTableView over a plain list",
    limit=2.0,
    product=product(jump),
    floor=bare(jump),
    rounds=3,
)
