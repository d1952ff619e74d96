"""From printed lines to paragraphs: where one ends, which belong together, what each is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.domain.structure import BlockKind
from annotator.importers.pdf_reading.furniture import Furniture, find_furniture
from annotator.importers.pdf_reading.layout import PrintedPage
from annotator.importers.pdf_reading.lines import Printed
from annotator.importers.pdf_reading.tables import Table, with_tables

_SAME_SIZE = 0.12
_MORE_SPACE = 0.35
_INDENT = 0.8
_FIT = 1.0
_MUCH_ROOM = 5.0
_NARROW = 10
_HEADING_SIZE = 1.15
_HEADING_LENGTH = 250
_HEADING_LINES = 4
_BOLD_LENGTH = 120
_BOLD_LINES = 2
_LEVELS = 6
_NOTE_SIZE = 0.92
_BULLET = re.compile(r"[•‣▪●○■□◦∙·➢►✓](?:\s*\S|$)|[–—*-]\s+\w|[!–*-]$")
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[A-Z]\)|\(?[ivx]{1,5}[.)]|\[\d{1,3}\])(?:\s+\S|$)")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|chart|abb(?:ildung|\.)|tab(?:elle|leau|la|\.)|figura|gr[aá]fico|рис(?:унок|\.)|таблица)\s*\d",
    re.I,
)
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?[.)]?|[*†‡§¹²³⁴-⁹])\s*[^\W\d_]")
_DIGITS = re.compile(r"\[?(\d{1,3})")
_ENDS = re.compile(r"[.!?:;…。！？؟۔][\"'”’»)\]]*$")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_ASIDE = (BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.TABLE_CELL)
"""What may stand in the middle of a sentence."""

_HYPHENS = ("-", "\u2010", "\u00ad")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, and what they are. ``label`` is set for what is not part of the article."""

    lines: list[Printed]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    right: int = 0
    row: int = 0
    column: int = 0

    @property
    def size(self) -> int:
        """The font size of most of its characters, in 1/100 pt."""
        sizes: Counter[int] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def text(self) -> str:
        """Its words, roughly: for telling what it is."""
        return " ".join(line.text for line in self.lines)


def paragraphs(pages: Sequence[PrintedPage]) -> list[Paragraph]:
    """Return the paragraphs of a document in reading order; one that goes on in the next column or page is one."""
    furniture = find_furniture(pages, _body_size(pages, {}))
    body = _body_size(pages, furniture)
    read: list[list[Paragraph]] = []
    for page in pages:
        found = [
            paragraph
            for box in with_tables(page.boxes, furniture, page.rules)
            for paragraph in _of_box(box, furniture, body)
        ]
        for paragraph in found:
            _tell_kind(paragraph, page, body)
        _take_back_notes(found, body)
        notes = [one for one in found if one.kind is BlockKind.FOOTNOTE]
        found = [one for one in found if one.kind is not BlockKind.FOOTNOTE]
        middle = page.page.height / 2
        above = [one for one in found if one.label and one.lines[0].top < middle]
        below = [one for one in found if one.label and one.lines[0].top >= middle]
        read.append([*above, *(one for one in found if not one.label), *notes, *below])
    _tell_headings([one for page in read for one in page], body)
    return _joined(read)


def _body_size(pages: Sequence[PrintedPage], furniture: Furniture) -> int:
    sizes: Counter[int] = Counter()
    for page in pages:
        for box in page.boxes:
            for line in box:
                if id(line) not in furniture:
                    sizes[round(line.size / 50) * 50] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1000)


def _of_box(box: list[Printed] | Table, furniture: Furniture, body: int) -> Iterator[Paragraph]:
    """Yield the paragraphs of a box; each line of furniture is one of its own, and each cell of a table."""
    if isinstance(box, Table):
        for cell in box.cells:
            yield Paragraph(cell.lines, BlockKind.TABLE_CELL, row=cell.row, column=cell.column)
        return
    plain: list[Printed] = []
    for line in box:
        label = furniture.get(id(line))
        if label is None:
            plain.append(line)
        else:
            yield from _split(plain, body)
            plain = []
            yield Paragraph([line], label=label)
    yield from _split(plain, body)


def _split(lines: list[Printed], body: int) -> Iterator[Paragraph]:
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = [b.top - a.top for a, b in pairwise(lines) if not a.same_row(b)]
    step = median(steps) if steps else 0
    current = [lines[0]]
    for index, (a, b) in enumerate(pairwise(lines)):
        following = lines[index + 2] if index + 2 < len(lines) else None
        if not a.same_row(b) and (
            _parted(a, b, right, step)
            or (a.size < _HEADING_SIZE * body and _breaks(a, b, following, left, right))
            or (b.size <= _NOTE_SIZE * body and _is_next_note(current[0], a, b))
        ):
            yield Paragraph(current, right=right)
            current = []
        current.append(b)
    yield Paragraph(current, right=right)


def _parted(a: Printed, b: Printed, right: int, step: float) -> bool:
    """Tell whether two lines differ in type, or stand further apart than the ``step`` usual in their box."""
    if abs(a.size - b.size) > _SAME_SIZE * max(a.size, b.size) or b.top - a.top > step + _MORE_SPACE * b.size:
        return True
    if a.bold == b.bold or (a.text[0] if a.bold else b.text[0]).islower():
        return False  # the same, or bold in the middle of a sentence
    return _ENDS.search(a.text) is not None or _would_fit(a, b, right, 0)


def _breaks(a: Printed, b: Printed, following: Printed | None, left: int, right: int) -> bool:
    """Tell whether a new paragraph begins with line ``b``, which stands below ``a`` in a box from ``left`` to ``right``."""
    ended = _ENDS.search(a.text) is not None
    if _BULLET.match(b.text) and (ended or _BULLET.match(a.text) or b.left <= a.left):
        return True
    if _NUMBERED.match(b.text) and (ended or _NUMBERED.match(a.text)) and b.left <= a.left + b.size:
        return True
    if a.text.endswith(_HYPHENS):
        return False
    indent = b.left - left > _INDENT * b.size
    outdented = following is None or following.left < b.left - _INDENT * b.size / 2
    if indent and outdented and a.left < b.left - _INDENT * b.size / 2 and (ended or following is not None):
        return ended or a.right < right - b.size
    centred = abs((a.left + a.right) - (b.left + b.right)) < b.size and abs(a.left - b.left) > b.size
    if right - left < _NARROW * b.size:
        return not centred and not b.text[0].islower()  # labels, cells of a table
    room = _FIT if ended else _MUCH_ROOM
    return (
        not centred and (ended or not b.text[0].islower()) and _would_fit(a, b, right, room) and not _from_the_right(a)
    )


def _is_next_note(first: Printed, a: Printed, b: Printed) -> bool:
    """Tell whether line ``b`` begins the note after the one from line ``first`` to ``a``."""
    if not (_NOTE.match(first.text) and _NOTE.match(b.text) and _ENDS.search(a.text)):
        return False
    number, following = _DIGITS.match(first.text), _DIGITS.match(b.text)
    return number is None or following is None or int(following[1]) == int(number[1]) + 1


def _would_fit(a: Printed, b: Printed, right: int, room: float) -> bool:
    """Tell whether the first word of ``b`` had room behind ``a``: then the line was ended on purpose."""
    word = b.text.find(" ")
    width = b.edges[2 * word - 1] - b.edges[0] if word > 0 and not b.spots else b.right - b.left
    return right - a.right > width + room * b.size


def _from_the_right(line: Printed) -> bool:
    return any("\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufefc" for character in line.text)


def _tell_kind(paragraph: Paragraph, page: PrintedPage, body: int) -> None:
    if paragraph.label or paragraph.kind is BlockKind.TABLE_CELL:
        return
    first = paragraph.lines[0]
    text = paragraph.text
    low = first.top > page.page.height / 2
    if _CAPTION.match(text):
        paragraph.kind = BlockKind.CAPTION
    elif low and paragraph.size <= _NOTE_SIZE * body and _NOTE.match(text):
        paragraph.kind = BlockKind.FOOTNOTE
    elif (
        _BULLET.match(text)
        or _BULLET.match(first.text)
        or (_NUMBERED.match(text) and paragraph.size < _HEADING_SIZE * body and not first.bold)
    ):
        paragraph.kind, paragraph.level = BlockKind.LIST_ITEM, 1


def _take_back_notes(found: Sequence[Paragraph], body: int) -> None:
    """Make plain what looks like a note but has text of the body below it: the scale of a chart, small print in a form."""
    text = [one for one in found if not one.label and one.size > _NOTE_SIZE * body]
    for note in [one for one in found if one.kind is BlockKind.FOOTNOTE]:
        left, right = min(line.left for line in note.lines), max(line.right for line in note.lines)
        bottom = note.lines[-1].bottom
        if any(line.top >= bottom and line.left < right and left < line.right for one in text for line in one.lines):
            note.kind = BlockKind.PARAGRAPH


def _tell_headings(found: list[Paragraph], body: int) -> None:
    """Find headings by size, else by weight; the larger the type, the higher the level."""
    plain = [one for one in found if one.kind is BlockKind.PARAGRAPH and not one.label]
    weight = sum(len(line.text) * (1 if line.bold else -1) for one in plain for line in one.lines)
    large = [
        one for one in plain if one.size >= _HEADING_SIZE * body and _is_short(one, _HEADING_LENGTH, _HEADING_LINES)
    ]
    bold = [
        one
        for one in plain
        if one not in large
        and weight < 0
        and all(line.bold for line in one.lines)
        and one.size > _NOTE_SIZE * body
        and _is_short(one, _BOLD_LENGTH, _BOLD_LINES)
        and not one.text.endswith((".", ",", ";"))
    ]
    sizes = sorted({_rounded(one.size) for one in large}, reverse=True)
    for one in large:
        one.kind, one.level = BlockKind.HEADING, min(sizes.index(_rounded(one.size)) + 1, _LEVELS)
    for one in bold:
        one.kind, one.level = BlockKind.HEADING, min(len(sizes) + 1, _LEVELS)
    opening = [one for one in large if one.lines[0].page == 0]
    if opening:
        max(opening, key=lambda one: one.size).kind = BlockKind.TITLE


def _rounded(size: int) -> int:
    return round(size / 100)


def _is_short(one: Paragraph, length: int, lines: int) -> bool:
    fits = len(one.text) <= length and len(one.lines) <= lines
    return fits and any(map(str.isalpha, one.text)) and not _LEADERS.search(one.text)


def _joined(pages: list[list[Paragraph]]) -> list[Paragraph]:
    """Join a paragraph that stops in the middle of a sentence with the next one of its kind."""
    result: list[Paragraph] = []
    last: Paragraph | None = None
    for page in pages:
        for one in page:
            if last is not None and one.kind is BlockKind.PARAGRAPH and not one.label and _goes_on(last, one):
                last.lines += one.lines
                last.right = one.right
                continue
            result.append(one)
            if not one.label and one.kind not in _ASIDE:
                last = one
    return result


def _goes_on(last: Paragraph, one: Paragraph) -> bool:
    if last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    a, b = last.lines[-1], one.lines[0]
    if abs(a.size - b.size) > _SAME_SIZE * a.size / 2 or a.bold != b.bold or _ENDS.search(a.text):
        return False
    if b.text[0].islower():
        return len(a.text.split()) > 1 or a.text.endswith(_HYPHENS)
    cased = any(character.isupper() or character.islower() for character in b.text)
    full = last.right - a.right < a.size and len(last.lines) > 1
    return not cased and full and not b.text[0].isdigit()
