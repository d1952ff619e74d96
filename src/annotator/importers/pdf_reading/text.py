"""Sets paragraphs as canonical text, with the place on paper of each character."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.domain.structure import Block, BlockKind, Line, relative_edges
from annotator.importers.pdf_reading.lines import Printed
from annotator.importers.pdf_reading.paragraphs import Paragraph

_HYPHENS = ("-", "\u2010", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_PART = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_ADDRESS_GOES_ON = re.compile(r"(?:(?:://|www\.)\S*[/_=&?%#]|\w@)$")
_TIGHT = 15
"""How far apart, in per cent of the type size, two pieces of one row may stand and still be one word."""


class Setter:
    """Collects text, blocks and lines. ``vocabulary`` is made from the whole document, for hyphens at line ends."""

    def __init__(self, document: Iterable[Paragraph]) -> None:
        self._paragraphs = list(document)
        self._words = {
            word.casefold() for one in self._paragraphs for line in one.lines for word in _WORD.findall(line.text)
        }
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.lines: list[Line] = []

    def set(self) -> str:
        """Return the text; ``blocks`` and ``lines`` belong to it."""
        before: Paragraph | None = None
        for paragraph in self._paragraphs:
            self._put(_between(before, paragraph))
            before = paragraph
            start = self._length
            for index, line in enumerate(paragraph.lines):
                following = paragraph.lines[index + 1] if index + 1 < len(paragraph.lines) else None
                self._line(line, following)
            self.blocks.append(
                Block(
                    kind=paragraph.kind,
                    start=start,
                    end=self._length,
                    level=paragraph.level,
                    row=paragraph.row,
                    column=paragraph.column,
                    article=not paragraph.label,
                    label=paragraph.label,
                )
            )
        return "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _line(self, line: Printed, following: Printed | None) -> None:
        """Set a line and what joins it to the next one in the paragraph."""
        text, joint = line.text, ""
        if following is not None:
            text, joint = self._join(line, following)
        start = self._length
        self._put(text)
        if line.spots:
            for index, (top, bottom) in enumerate(line.spots[: len(text)]):
                edges = relative_edges(line.edges[2 * index : 2 * index + 2])
                place = start + index
                self.lines.append(Line(page=line.page, start=place, end=place + 1, top=top, bottom=bottom, edges=edges))
        else:
            edges = relative_edges(line.edges[: 2 * len(text)])
            self.lines.append(
                Line(page=line.page, start=start, end=self._length, top=line.top, bottom=line.bottom, edges=edges)
            )
        self._put(joint)

    def _join(self, a: Printed, b: Printed) -> tuple[str, str]:
        """Return what is kept of line ``a`` and what stands between it and line ``b``."""
        if a.page == b.page and a.same_row(b) and b.left >= a.left:
            return a.text, "" if 100 * (b.left - a.right) < _TIGHT * a.size else " "
        if a.text.endswith(_HYPHENS) and len(a.text) > 1 and a.text[-2].isalpha():
            if a.text.endswith("\u00ad") or (b.text[0].islower() and not self._hyphenated(a.text, b.text)):
                return a.text[:-1], ""
            return a.text, "" if b.text[0].isalnum() else " "
        dash = a.text[-1] in "–-" and a.text[-2:-1].isalnum() and b.text[0].isalnum()
        if (
            dash
            or a.text.endswith("—")
            or _ADDRESS_GOES_ON.search(a.text)
            or (_ideographic(a.text[-1]) and _ideographic(b.text[0]))
        ):
            return a.text, ""
        return a.text, " "

    def _hyphenated(self, a: str, b: str) -> bool:
        """Tell whether the word broken here is written with its hyphen elsewhere in the document, and never without."""
        first, second = _LAST_PART.search(a[:-1]), _FIRST_PART.match(b)
        if first is None or second is None:
            return False
        with_hyphen = f"{first[0]}{a[-1]}{second[0]}".casefold()
        return with_hyphen in self._words and f"{first[0]}{second[0]}".casefold() not in self._words


def _between(before: Paragraph | None, paragraph: Paragraph) -> str:
    """Return what stands before a paragraph: a line end, or in the row of a table a tab for each column."""
    if paragraph.kind is not BlockKind.TABLE_CELL:
        return "" if before is None else "\n"
    if before is not None and before.kind is BlockKind.TABLE_CELL and before.row == paragraph.row:
        return "\t" * (paragraph.column - before.column)
    return ("" if before is None else "\n") + "\t" * paragraph.column


def _ideographic(character: str) -> bool:
    """Tell whether a character is of a script that puts no spaces between words (Chinese, Japanese)."""
    return "\u2e80" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
