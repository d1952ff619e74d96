"""What the marks of importing PDFs share: reading as the program does, and as bare pdfminer.six does."""

from __future__ import annotations

import io
from time import perf_counter

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams

from annotator.importers.confined import ranges
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
from benchmarks.pages import printed

_OPTIONS = ReadOptions(name="report.pdf")


def report(pages: int) -> bytes:
    """Return a PDF of so many pages, always the same."""
    return printed(pages, 0)[0]


def seconds_to_import(data: bytes, *, processes: int) -> float:
    """Return what it takes to read a document in one or two processes, the worker warm."""
    count = ranges.LONG
    with ImportWorker() as worker:
        worker.read(report(1), _OPTIONS)
        ranges.LONG = count if processes > 1 else len(data)
        start = perf_counter()
        worker.read(data, _OPTIONS)
        return perf_counter() - start


def seconds_to_lay_out(data: bytes) -> float:
    """Return what pdfminer.six takes for its own layout, text in figures included."""
    parameters = LAParams(all_texts=True)
    list(extract_pages(io.BytesIO(report(1)), laparams=parameters))
    start = perf_counter()
    for _ in extract_pages(io.BytesIO(data), laparams=parameters):
        pass
    return perf_counter() - start
