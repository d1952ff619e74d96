"""Public test PDFs, many of them broken on purpose: those that give neither text nor a true reason ÷ those allowed to."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.errors import ImportFailedError
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
from benchmarks.corpora import there
from benchmarks.mark import Mark, Shown

_NEEDS = ("mozilla/pdf.js", "pdfminer/pdfminer.six", "jsvine/pdfplumber", "py-pdf/sample-files")
_ALLOWED = 1 - 1355 / 1450
_TRUE = ("password", "encrypted", "damaged or cut short", "no pages", "which letters they are", "file is empty")
"""Reasons that are true of a file whatever the reader; "its reader broke down on it" is not."""


def product(_folder: Path) -> float:
    """Return how many files give neither."""
    with ImportWorker() as worker:
        return sum(not _comes_in(worker, file) for file in _files())


def floor(_folder: Path) -> float:
    """Return how many may."""
    return _ALLOWED * len(_files())


def _files() -> list[Path]:
    return sorted(file for each in _NEEDS for file in there(each).rglob("*.pdf"))


def _comes_in(worker: ImportWorker, file: Path) -> bool:
    try:
        return bool(worker.read(file.read_bytes(), ReadOptions(name=file.name)).text)
    except ImportFailedError as error:
        return any(words in str(error.data["reason"]) for words in _TRUE)


MARK = Mark(
    name="PDFs of public corpora without text or a true reason",
    against="95 of 1,450",
    limit=1,
    product=product,
    floor=floor,
    rounds=1,
    shown=Shown("files", 1),
    needs=_NEEDS,
)
