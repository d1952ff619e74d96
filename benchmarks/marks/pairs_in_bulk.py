"""10,000 passages and their linkages in one change ÷ the same rows put into the same tables by hand in one transaction."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from benchmarks.linking import Linking, Raw, rows_by_change
from benchmarks.mark import Mark

_PAIRS = 10_000


def product(folder: Path) -> float:
    """Return the seconds of the change."""
    linking = Linking(folder / "product.annotator")
    start = perf_counter()
    linking.add(_PAIRS)
    return perf_counter() - start


def floor(folder: Path) -> float:
    """Return the seconds of the same rows, ``executemany`` a table, search index included."""
    path = folder / "product.annotator"
    linking = Linking(path)
    linking.add(_PAIRS)
    linking.store.close()
    first, rows = rows_by_change(path)
    raw = Raw(folder / "raw.annotator")
    raw.add(first)
    start = perf_counter()
    raw.add(rows)
    return perf_counter() - start


MARK = Mark(
    name="10,000 passages and linkages in one change",
    against="the same rows, same tables, by hand",
    limit=4.0,
    product=product,
    floor=floor,
)
