"""Our window painted ÷ a bare ``QMainWindow`` painted, in wall time."""

from __future__ import annotations

from benchmarks.mark import Mark
from benchmarks.window import bare, product

MARK = Mark(
    name="window painted, wall time",
    against="a bare QMainWindow",
    limit=1.8,
    product=product("wall"),
    floor=bare("wall"),
    rounds=11,
)
