"""How far the text of PDFs is from the ground truth of py-pdf/benchmarks, by its own measure (``Levenshtein.ratio``).

The ground truth has the lines as they are printed, so the printed lines of the import are compared, not the joined ones.
"""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

from rapidfuzz.distance import Indel

from annotator.domain.imported import Imported
from annotator.domain.structure import Line
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
from benchmarks.cases import allowed
from benchmarks.corpora import there
from benchmarks.mark import Mark, Shown

_TRUTH, _FILES = "py-pdf/benchmarks", "py-pdf/sample-files"
_ELSEWHERE = {"GeoTopo-book": "009-pdflatex-geotopo/GeoTopo-komprimiert.pdf"}
"""What the benchmark takes from the other repository; its other documents lie beside their truth, if anywhere."""


def product(_folder: Path) -> float:
    """Return what is missing on average from being all the same."""
    return mean(1 - score for score in _scores())


def joined(_folder: Path) -> float:
    """Return the same of the text as it is read, its lines joined."""
    return mean(1 - score for score in _scores(is_joined=True))


def _scores(*, is_joined: bool = False) -> list[float]:
    """Return the ratio of each document that is there."""
    scores = []
    with ImportWorker() as worker:
        for truth in sorted((there(_TRUTH) / "read/extraction-ground-truth").glob("*.txt")):
            file = there(_FILES) / _ELSEWHERE[truth.stem] if truth.stem in _ELSEWHERE else truth.with_suffix(".pdf")
            if file.exists():
                imported = worker.read(file.read_bytes(), ReadOptions(name=file.name))
                text = imported.text if is_joined else as_printed(imported)
                scores.append(Indel.normalized_similarity(truth.read_text(encoding="utf-8"), text))
    return scores


def as_printed(imported: Imported) -> str:
    """Return the printed lines, those of one row in one line, with an empty line where blocks stand apart.

    The rest of a word that was broken stands at the end of the first line, as the benchmark's own clean-up has it.
    """
    parts: list[str] = []
    last: Line | None = None
    for line in imported.structure.lines:
        if last is not None:
            parts.append(_between(imported.text[last.end : line.start], last, line))
        parts.append(imported.text[line.start : line.end])
        last = line
    return re.sub("\x00(\\S*) ?", r"\1\n", "".join(parts))


def _between(text: str, a: Line, b: Line) -> str:
    """Return what parts two lines; a NUL for a word that was broken there."""
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    if a.page == b.page and 2 * overlap > min(a.bottom - a.top, b.bottom - b.top):
        return text.replace("\n", " ")
    if not text:
        return "\0"
    is_apart = a.page != b.page or 2 * (b.top - a.bottom) > b.bottom - b.top
    return "\n\n" if is_apart and "\n" in text else "\n"


MARK = Mark(
    name="text of PDFs, what is missing from the truth",
    against="allowed",
    limit=1,
    product=product,
    floor=allowed(0.05),
    rounds=1,
    shown=Shown("%", 100),
    beside={"lines joined": joined},
    needs=(_TRUTH, _FILES),
)
