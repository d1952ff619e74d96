"""A web page read in a process of its own, forked and confined for it ÷ the same page read by the same reader in this process."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from annotator.domain.imported import Imported
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions, importer_for
from benchmarks.mark import Mark
from benchmarks.texts import KILOBYTE, make

_TIMES, _SIZE = 30, 40 * KILOBYTE
_OPTIONS = ReadOptions(name="page.html")


def product(_folder: Path) -> float:
    """Return the median seconds of reading a page once the worker is warm."""
    page = _page()
    times = []
    with ImportWorker() as worker:
        worker.read(page, _OPTIONS)
        worker.read(page, _OPTIONS)
        for _ in range(_TIMES):
            start = perf_counter()
            imported = worker.read(page, _OPTIONS)
            times.append(perf_counter() - start)
    _check(imported)
    return median(times)


def floor(_folder: Path) -> float:
    """Return the median seconds of the reader alone."""
    page = _page()
    read = importer_for(page, _OPTIONS).read
    times = []
    for _ in range(_TIMES):
        start = perf_counter()
        imported = read(page, _OPTIONS, lambda _done, _total: None)
        times.append(perf_counter() - start)
    _check(imported)
    return median(times)


def _page() -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in make(_SIZE, 0).text.splitlines() if line)
    return f"<!DOCTYPE html><html><title>A page</title><body><article>{paragraphs}</article></body></html>".encode()


def _check(imported: Imported) -> None:
    if len(imported.text) < _SIZE // 2:
        raise RuntimeError("the page was not read")


MARK = Mark(
    name="a web page read in a confined process of its own",
    against="the reader in this process",
    limit=1.5,
    product=product,
    floor=floor,
)
