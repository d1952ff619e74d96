"""What tells a table from words that merely stand in columns: prose, lists, contents pages, forms to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from annotator.importers.pdf_reading.bands import Band, Span, column_of
from annotator.importers.pdf_reading.lines import Printed

_PROSE_LINES = 3
_PROSE_LETTERS = 25
_PROSE_SHARE = 0.6
_CELL_WORDS = 4
_RUNNING = 0.35
_FILLED = 0.55
_ALIGNED = 0.6
_NEAR = 0.5
_MOSTLY = 0.6
_PAGES_AT_MOST = 4
_SHOWN = 0.3
"""How many of the figures must be some: the others may be dots or dashes."""
_LEADERS = re.compile(r"\.{3,}|…{2,}|(?:\. ){3,}|_{3,}|(?:[·•] ?){4,}")
_NUMBER = re.compile(
    r"[-+−–±~≈<>≤≥(]*\s*(?:[$€£¥]|[A-Z]{2,3} ?)?\s*[-+−–]?\d[\d.,'’ \u00a0\u202f/:–-]*\)?\s*"
    r"(?:%|‰|[$€£¥°*†]|[a-zA-Zµ]{1,3}\.?|\(.{1,12}\)|±.*)?|[-–—.*]|n/?a\.?|nil",
    re.I,
)
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_MARKER = re.compile(r"[•‣▪●○■□◦∙·➢►✓!–*-]|[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)\]]|\d+(?:\.\d+)+\.?")


def is_prose(box: Sequence[Printed]) -> bool:
    """Tell whether lines run on from one to the next: most begin in the middle of a sentence."""
    if len(box) < _PROSE_LINES or sum(len(line.text) for line in box) < _PROSE_LETTERS * len(box):
        return False
    running = sum(1 for a, b in pairwise(box) if not a.same_row(b) and begins_small(b.text))
    return running >= _PROSE_SHARE * (len(box) - 1)


def begins_small(text: str) -> bool:
    """Tell whether words begin with a letter that begins no sentence, or of a script without capitals."""
    return text[0].isalpha() and not text[0].isupper()


def is_from_the_right(text: str) -> bool:
    """Tell whether words are of a script that runs to the left."""
    return any("\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufefc" for character in text)


def is_table(rows: Sequence[Band], found: Sequence[Span], *, is_ruled: bool) -> bool:
    """Tell whether rows in the columns ``found`` are a table: ruled, with figures, or with heads in bold over short words."""
    filled = [row for row in rows if len(row.pieces) > 1]
    if any(_LEADERS.search(line.text) for row in rows for line in row.origins):
        return False
    cells = _without_marks(filled, found)
    if len(cells) < 2 or sum(map(len, cells)) < _FILLED * len(cells) * len(filled):
        return False
    if not all(map(_is_aligned, cells)):
        return False
    return is_ruled or (not any(map(_is_running, cells)) and not _is_contents(cells) and _says_so(cells, filled))


def _says_so(cells: Sequence[Sequence[Printed]], rows: Sequence[Band]) -> bool:
    """Tell whether figures stand beside words, or heads in bold above short ones."""
    texts = [piece.text for column in cells for piece in column]
    if not any(map(str.isalpha, "".join(texts))):
        return False
    figures = [
        column
        for column, following in zip(cells[1:], [*cells[2:], []], strict=True)
        if _are_figures(column) and not (following and not _are_figures(following) and _words(following) > 1)
    ]  # figures with words behind them may be the numbers of sections
    shown = [any(map(str.isdigit, piece.text)) for column in figures for piece in column]
    if figures and sum(shown) >= _SHOWN * len(shown):
        return True
    return len(cells) > 2 and _has_bold_heads(rows) and all(_words(column) <= _CELL_WORDS for column in cells)


def _without_marks(rows: Sequence[Band], found: Sequence[Span]) -> list[list[Printed]]:
    """Return what stands in each column but those at the left that hold the marks of a list."""
    cells: list[list[Printed]] = [[] for _ in found]
    for row in rows:
        for piece in row.pieces:
            cells[column_of(piece, found)].append(piece)
    while cells and _share(cells[0], _MARKER) >= _MOSTLY:
        cells = cells[1:]
    return cells


def _share(column: Sequence[Printed], pattern: re.Pattern[str]) -> float:
    return sum(1 for piece in column if pattern.fullmatch(piece.text)) / len(column) if column else 0


def _are_figures(column: Sequence[Printed]) -> bool:
    """Tell whether figures stand in a column, below its head."""
    return _share(column[len(column) > _PROSE_LINES :], _NUMBER) >= _MOSTLY


def _words(column: Sequence[Printed]) -> float:
    return median(len(piece.text.split()) for piece in column)


def _is_running(column: Sequence[Printed]) -> bool:
    small = sum(1 for piece in column if begins_small(piece.text))
    return _words(column) >= _CELL_WORDS and small > _RUNNING * len(column)


def _is_aligned(column: Sequence[Printed]) -> bool:
    """Tell whether most pieces have their left edge, right edge or middle in common."""
    near = _NEAR * max(piece.size for piece in column)
    for edges in (
        [piece.left for piece in column],
        [piece.right for piece in column],
        [(piece.left + piece.right) / 2 for piece in column],
    ):
        usual = median(edges)
        if sum(1 for edge in edges if abs(edge - usual) <= near) >= _ALIGNED * len(column):
            return True
    return False


def _is_contents(cells: Sequence[Sequence[Printed]]) -> bool:
    """Tell whether the only figures are those of pages, which never fall."""
    pages = [piece.text for piece in cells[-1] if _PAGE.fullmatch(piece.text)]
    if len(pages) < len(cells[-1]) - 1 or any(_share(column, _NUMBER) >= _MOSTLY for column in cells[1:-1]):
        return False
    numbers = [int(page) for page in pages if page.isdecimal()]
    return all(a <= b for a, b in pairwise(numbers)) and all(len(page) <= _PAGES_AT_MOST for page in pages)


def _has_bold_heads(rows: Sequence[Band]) -> bool:
    return all(piece.bold for piece in rows[0].pieces) and not any(piece.bold for piece in rows[-1].pieces)
