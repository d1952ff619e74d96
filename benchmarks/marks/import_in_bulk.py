"""A bundle of 100,000 passages with their linkages read, checked and merged ÷ the same rows inserted by hand."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from benchmarks.linking import Raw, rows_by_change
from benchmarks.mark import Mark
from benchmarks.merging import make_bundle, merge_into, new_project

_PAIRS = 100_000


def product(folder: Path) -> float:
    """Return the seconds of reading, checking and merging, commit included."""
    store = new_project(folder)
    seconds = sum(merge_into(store, _bundle(folder)))
    store.close()
    return seconds


def floor(folder: Path) -> float:
    """Return the seconds of the same rows, ``executemany`` a table, search index included."""
    rows = rows_by_change(_bundle(folder).with_name("colleague.annotator"))
    raw = Raw(folder / "raw.annotator")
    start = perf_counter()
    for change in rows:
        raw.add(change)
    return perf_counter() - start


def _bundle(folder: Path) -> Path:
    made = folder.parent / "import_in_bulk"
    if not made.exists():
        made.mkdir()
        make_bundle(made, _PAIRS)
    return made / "colleague.bundle.zip"


MARK = Mark(
    name="a bundle of 100,000 linkages imported",
    against="the same rows, same tables, by hand",
    limit=6.0,
    product=product,
    floor=floor,
    rounds=3,
)
