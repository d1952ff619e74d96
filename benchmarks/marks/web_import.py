"""A web page imported, a process forked for it and the store included ÷ trafilatura's own time, metadata included."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import trafilatura

from annotator.services.project import open_project
from benchmarks.mark import Mark
from benchmarks.web_pages import ZYTE, zyte_page, zyte_truth

_EVERY, _WARM = 4, 2


def product(folder: Path) -> float:
    """Return the seconds for a page on average, once the worker is warm."""
    pages = _pages()
    with open_project(folder / "case.annotator", annotator="Benchmark", create=True) as project:
        for number in range(_WARM):
            project.import_source((f"warm{number}.html", f"<p>Warm {number}</p>".encode()))
        start = perf_counter()
        for number, page in enumerate(pages):
            project.import_source((f"{number}.html", page))
        return (perf_counter() - start) / len(pages)


def floor(_folder: Path) -> float:
    """Return the seconds for a page on average."""
    pages = _pages()
    trafilatura.extract(pages[0], with_metadata=True)
    start = perf_counter()
    for page in pages:
        trafilatura.extract(page, with_metadata=True)
    return (perf_counter() - start) / len(pages)


def _pages() -> list[bytes]:
    return [zyte_page(name) for name in sorted(zyte_truth())[::_EVERY]]


MARK = Mark(
    name="a web page imported",
    against="trafilatura with metadata",
    limit=1.6,
    product=product,
    floor=floor,
    rounds=3,
    needs=(ZYTE,),
)
