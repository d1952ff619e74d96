"""10,000 linkages and their passages merged from a bundle that was read and checked ÷ the same rows inserted by hand."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from benchmarks.linking import Raw, rows_by_change
from benchmarks.mark import Mark
from benchmarks.merging import PAIRS_A_CHANGE, make_bundle, merge_into, new_project


def product(folder: Path) -> float:
    """Return the seconds of merging, commit included."""
    return _merged(folder)[1]


def reading(folder: Path) -> float:
    """Return the seconds of reading and checking the bundle in full, which comes before."""
    return _merged(folder)[0]


def floor(folder: Path) -> float:
    """Return the seconds of the same rows, ``executemany`` a table, search index included."""
    make_bundle(folder, PAIRS_A_CHANGE)
    first, rows = rows_by_change(folder / "colleague.annotator")
    raw = Raw(folder / "raw.annotator")
    raw.add(first)
    start = perf_counter()
    raw.add(rows)
    return perf_counter() - start


def _merged(folder: Path) -> tuple[float, float]:
    bundle = make_bundle(folder, PAIRS_A_CHANGE)
    store = new_project(folder)
    times = merge_into(store, bundle)
    store.close()
    return times


MARK = Mark(
    name="10,000 linkages merged",
    against="the same rows, same tables, by hand",
    limit=4.0,
    product=product,
    floor=floor,
    beside={"reading": reading},
)
