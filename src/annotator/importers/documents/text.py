"""Puts the text of a word processor's file together, with its blocks and inline marks; all of it is the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Structure
from annotator.domain.text import canonical_text
from annotator.importers.documents.parts import Cell, Document, Paragraph, Part, Run, Table, paragraphs_in

_BLANKS = re.compile(r"[ \t\f\v\x1c-\x1f\x85]+")
_AROUND_BREAK = re.compile(r"[ \t\f\v]*\n[ \t\f\v\n]*")
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "ftp://")
_MAX_ADDRESS = 4096


def compose(document: Document) -> tuple[str, Structure]:
    """Return the canonical text of ``document`` and its structure."""
    writer = _Writer()
    writer.parts(document.heads)
    writer.parts(document.body)
    for note in document.notes:
        writer.note(note.mark, note.parts)
    writer.parts(document.feet)
    inlines = sorted(writer.inlines, key=lambda one: (one.start, -one.end, one.kind))
    return "".join(writer.pieces), Structure(blocks=tuple(writer.blocks), inlines=tuple(inlines))


@dataclass(slots=True)
class _Line:
    """Words being put together, blanks drawn into one as they are read, and the marks among them."""

    verbatim: bool = False
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Inline] = field(default_factory=list)
    _blank: bool = False

    def add(self, runs: list[Run]) -> None:
        """Add runs behind what is there."""
        for run in runs:
            start = self._write(canonical_text(run.text))
            if start < self.length:
                self._mark(InlineKind.STRONG, start, "" if run.strong else None)
                self._mark(InlineKind.EMPHASIS, start, "" if run.emphasis else None)
                self._mark(InlineKind.LINK, start, _address(run.target) or None)

    def break_line(self) -> None:
        """Begin a new line, unless nothing is there or one has just begun."""
        self._blank = False
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self._put("\n")

    def text(self) -> str:
        """Return the words without blanks behind them."""
        text = "".join(self.pieces)
        return text.rstrip("\n") if self.verbatim else text.rstrip()

    def _write(self, text: str) -> int:
        """Write words and return where the first of them stands; the length itself when there are none."""
        if self.verbatim:
            self._put(text)
            return self.length - len(text)
        first = -1
        for number, line in enumerate(_AROUND_BREAK.split(text)):
            if number:
                self.break_line()
            for index, word in enumerate(_BLANKS.split(line)):
                self._blank = self._blank or index > 0
                if word:
                    if self._blank and self.pieces and not self.pieces[-1].endswith("\n"):
                        self._put(" ")
                    self._blank = False
                    first = self.length if first < 0 else first
                    self._put(word)
        return first if first >= 0 else self.length

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _mark(self, kind: InlineKind, start: int, target: str | None) -> None:
        """Mark from ``start`` to here; runs of one look that follow each other are one mark."""
        if target is None:
            return
        before = next((one for one in reversed(self.marks) if one.kind is kind), None)
        if before is not None and before.target == target and start - before.end <= 1:
            self.marks.remove(before)
            start = before.start
        self.marks.append(Inline(kind=kind, start=start, end=self.length, target=target))


@dataclass(slots=True)
class _Writer:
    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    _length: int = 0

    def parts(self, parts: list[Part]) -> None:
        for part in parts:
            if isinstance(part, Paragraph):
                self._paragraph(part, part.kind, part.number)
            elif _is_grid(part):
                self._grid(part)
            else:
                self.parts([inner for row in part.rows for cell in row for inner in cell.parts])

    def note(self, mark: str, parts: list[Part]) -> None:
        number = f"{mark}." if mark.isalnum() else mark
        for paragraph in paragraphs_in(parts):
            own = "".join((paragraph.number, " " if paragraph.number else ""))
            if self._paragraph(paragraph, BlockKind.FOOTNOTE, number, own):
                number = ""

    def _paragraph(self, paragraph: Paragraph, kind: BlockKind, number: str, before: str = "") -> bool:
        line = _Line(verbatim=kind is BlockKind.PREFORMATTED)
        if kind in (BlockKind.HEADING, BlockKind.TITLE) and number:
            before, number = f"{number} ", ""
        line.add([Run(before), *paragraph.runs] if before else paragraph.runs)
        if not paragraph.text.strip():
            return False
        return self._finish(
            line,
            "\n",
            Block(kind=kind, start=0, end=0, level=paragraph.level, number=number, article=not paragraph.label,
                  label=paragraph.label),
        )  # fmt: skip

    def _grid(self, table: Table) -> None:
        row = 0
        for cells in table.rows:
            if not any(paragraph.text.strip() for cell in cells for paragraph in paragraphs_in(cell.parts)):
                continue
            column = 0
            for index, cell in enumerate(cells):
                block = Block(kind=BlockKind.TABLE_CELL, start=0, end=0, row=row, column=column)
                self._finish(_cell_line(cell), "\t" if index else "\n", block)
                column += cell.span
            row += 1

    def _finish(self, line: _Line, separator: str, block: Block) -> bool:
        text = line.text()
        if self.pieces:
            self.pieces.append(separator)
            self._length += 1
        start = self._length
        self.pieces.append(text)
        self._length += len(text)
        for mark in line.marks:
            end = min(mark.end, len(text))
            if mark.start < end:
                self.inlines.append(
                    Inline(kind=mark.kind, start=start + mark.start, end=start + end, target=mark.target)
                )
        if text:
            self.blocks.append(
                Block(kind=block.kind, start=start, end=self._length, level=block.level, number=block.number,
                      row=block.row, column=block.column, article=block.article, label=block.label)
            )  # fmt: skip
        return bool(text)


def _cell_line(cell: Cell) -> _Line:
    line = _Line()
    for paragraph in paragraphs_in(cell.parts):
        line.break_line()
        line.add([Run(f"{paragraph.number} "), *paragraph.runs] if paragraph.number else paragraph.runs)
    return line


def _is_grid(table: Table) -> bool:
    """Tell whether a table holds data in rows and columns, rather than the layout of a page."""
    if len(table.rows) < 2 or max(map(len, table.rows)) < 2:
        return False
    parts = [part for row in table.rows for cell in row for part in cell.parts]
    return not any(isinstance(part, Table) or part.kind in (BlockKind.HEADING, BlockKind.TITLE) for part in parts)


def _address(target: str) -> str:
    """Return a link's address if it leads anywhere outside the document."""
    address = canonical_text(target).strip()
    return address if address.lower().startswith(_SCHEMES) and len(address) <= _MAX_ADDRESS else ""
