"""A passage and its linkage committed by the product ÷ the same rows put into the same tables by hand."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.linking import Linking, Raw, rows_by_change
from benchmarks.mark import Mark

_WARM, _PAIRS = 50, 300


def product(folder: Path) -> float:
    """Return the median seconds of a commit."""
    linking = Linking(folder / "product.annotator")
    times = []
    for _ in range(_WARM + _PAIRS):
        start = perf_counter()
        linking.add(1)
        times.append(perf_counter() - start)
    linking.store.close()
    return median(times[_WARM:])


def floor(folder: Path) -> float:
    """Return the median seconds of the same inserts in a transaction, in this thread, prepared."""
    path = folder / "product.annotator"
    linking = Linking(path)
    for _ in range(_WARM + _PAIRS):
        linking.add(1)
    linking.store.close()
    first, *changes = rows_by_change(path)
    raw = Raw(folder / "raw.annotator")
    raw.add(first)
    times = []
    for rows in changes:
        start = perf_counter()
        raw.add(rows)
        times.append(perf_counter() - start)
    return median(times[_WARM:])


def fsync(folder: Path) -> float:
    """Return the median seconds of writing a page at the end of a file and syncing it."""
    times = []
    with (folder / "probe").open("wb", buffering=0) as file:
        for _ in range(_PAIRS):
            start = perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            times.append(perf_counter() - start)
    return median(times)


MARK = Mark(
    name="a passage and its linkage committed",
    against="the same rows, same tables, by hand",
    limit=3.0,
    product=product,
    floor=floor,
    beside={"fsync": fsync},
)
