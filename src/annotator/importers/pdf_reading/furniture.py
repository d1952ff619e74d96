"""Running heads and page numbers: lines at the edge of a page that other pages repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from annotator.importers.pdf_reading.layout import PrintedPage
from annotator.importers.pdf_reading.lines import Printed

HEAD = "running head"
NUMBER = "page number"
LINE_NUMBER = "line number"

_EDGE = 0.25
_OUTERMOST = 3
_LARGE = 1.15
_SHIFT = 500
_FEW = 5
_DIGITS_AT_MOST = 5
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_NUMBERED = re.compile(
    r"[\W_]*(?:(?:page|seite|pagina|página|p|s|pg|стр|str|side|sida|strona|sayfa|صفحة)\W*)?#\W*(?:(?:of|von|de|di|sur|/|из|z|av|van)?\W*#\W*)?",
    re.I,
)

Furniture = dict[int, str]
"""The label of each line that is furniture, by its ``id``."""


def find_furniture(pages: Sequence[PrintedPage], body: int) -> Furniture:
    """Return the lines that are running heads or page numbers: the same but for their numbers, at the same height.

    ``body`` is the usual type size in 1/100 pt: what is larger is a heading.
    """
    seen: dict[tuple[bool, str], list[Printed]] = defaultdict(list)
    edges: list[list[Printed]] = []
    for page in pages:
        lines = [line for box in page.boxes for line in box if not line.spots]
        for upper in (True, False):
            edges.append(_edge(lines, page, body, upper=upper))
            for line in edges[-1]:
                seen[upper, _pattern(line.text)].append(line)
    found: Furniture = {
        id(line): LINE_NUMBER for page in pages for box in page.boxes if _counts_lines(box) for line in box
    }
    enough = 2 if len(pages) <= _FEW else 3
    for (_, pattern), lines in seen.items():
        height = median(line.top for line in lines)
        alike = [line for line in lines if abs(line.top - height) <= _SHIFT]
        if len({line.page for line in alike}) < enough:
            continue
        numbered = _NUMBERED.fullmatch(pattern) is not None
        if numbered and not _counts_up(alike):
            continue
        for line in alike:
            found[id(line)] = NUMBER if numbered else HEAD
    for edge in edges:
        _keep_outermost(edge, found)
    return found


def _keep_outermost(edge: list[Printed], found: Furniture) -> None:
    """Take back what lies beyond a line of the text, seen from the edge of the page."""
    barrier: Printed | None = None
    for line in edge:
        if barrier is not None and not barrier.same_row(line):
            found.pop(id(line), None)
        elif id(line) not in found:
            barrier = line


def _edge(lines: list[Printed], page: PrintedPage, body: int, *, upper: bool) -> list[Printed]:
    """Return the lines near the upper or lower edge of a page that few others lie beyond."""
    height = page.page.height
    if upper:
        near = sorted((line for line in lines if line.bottom < _EDGE * height), key=lambda line: line.top)
    else:
        near = sorted((line for line in lines if line.top > (1 - _EDGE) * height), key=lambda line: -line.bottom)
    kept: list[Printed] = []
    rows = 0
    for line in near:
        rows += not (kept and kept[-1].same_row(line))
        if rows > _OUTERMOST or line.size > _LARGE * body:
            break
        kept.append(line)
    return kept


def _pattern(text: str) -> str:
    folded = " ".join(text.casefold().split())
    return "#" if _ROMAN.fullmatch(folded) else _DIGITS.sub("#", folded)


def _counts_lines(box: list[Printed]) -> bool:
    """Tell whether a box is a column of line numbers, as beside the text of a transcript."""
    numbers = [
        int(line.text)
        for line in box
        if line.text.isascii() and line.text.isdigit() and len(line.text) <= _DIGITS_AT_MOST
    ]
    return len(box) == len(numbers) >= _FEW and len({b - a for a, b in pairwise(numbers)}) == 1


def _counts_up(lines: list[Printed]) -> bool:
    """Tell whether the numbers keep pace with the pages at least twice (or are Roman, which is not looked into)."""
    offsets: dict[int, int] = defaultdict(int)
    for line in lines:
        digits = _DIGITS.search(line.text)
        if digits is None:
            return True
        offsets[int(digits[0][:9]) - line.page] += 1
    return max(offsets.values()) > 1
