"""Our window painted ÷ a bare ``QMainWindow`` painted, in CPU."""

from __future__ import annotations

from benchmarks.mark import Mark
from benchmarks.window import bare, product

MARK = Mark(
    name="window painted, CPU",
    against="a bare QMainWindow",
    limit=1.8,
    product=product("cpu"),
    floor=bare("cpu"),
    rounds=11,
)
