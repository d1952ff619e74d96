"""How long until a list of a million passages is shown ÷ a bare table over a plain list."""

from __future__ import annotations

from benchmarks.lists import bare, product, shown
from benchmarks.mark import Mark

MARK = Mark(
    name="until a list of a million passages is shown, window’s thread",
    against="a bare QTableView over a plain list",
    limit=2.5,
    product=product(shown),
    floor=bare(shown),
    rounds=3,
)
