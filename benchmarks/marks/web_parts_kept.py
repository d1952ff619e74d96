"""Captions, embedded posts and correction notices of three corpora that are not in the text ÷ those that may be missing.

What a page has of them is found by selectors alone (``web_parts``): what a browser shows of ``figcaption`` and elements with the
usual classes of captions and of posts, and of short elements that open with the words of a correction. A part is there when its
letters stand in the text in one run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.importers.html_reading.hits import fold
from benchmarks.cases import allowed
from benchmarks.mark import Mark, Shown
from benchmarks.web_pages import READABILITY, TRAFILATURA, ZYTE, all_pages, read_page
from benchmarks.web_parts import CAPTIONS, CORRECTIONS, POSTS, parts_of


def product(_folder: Path) -> float:
    """Return the share of all parts that is missing."""
    return _missing(CAPTIONS, POSTS, CORRECTIONS)


def _only(kind: str) -> Callable[[Path], float]:
    return lambda _folder: _missing(kind)


def _missing(*kinds: str) -> float:
    kept: list[bool] = []
    for page in all_pages():
        parts = [letters for kind, letters in parts_of(page) if kind in kinds]
        imported = read_page(page) if parts else None
        text = fold(imported.text) if imported else ""
        kept += (letters in text for letters in parts)
    return kept.count(False) / len(kept)


MARK = Mark(
    name="captions, posts and corrections missing from the text",
    against="allowed",
    limit=1,
    product=product,
    floor=allowed(0.02),
    rounds=1,
    shown=Shown("%", 100),
    beside={kind: _only(kind) for kind in (CAPTIONS, POSTS, CORRECTIONS)},
    needs=(ZYTE, TRAFILATURA, READABILITY),
)
