"""Puts the paragraphs and tables of one stretch of Rich Text together: the body, a note, a text box, a running head."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.domain.structure import BlockKind
from annotator.importers.documents.parts import Cell, Paragraph, Part, Run, Table
from annotator.importers.documents.styles import MAX_LEVEL, Role

_BODY = 9


class Format(NamedTuple):
    """What a paragraph is said to be: its style, outline level (0 = highest, none), depth in lists, in a table or not."""

    style: int = 0
    outline: int = _BODY
    depth: int = 0
    in_table: bool = False


@dataclass(slots=True)
class Story:
    """A stretch of text being read. ``beside`` waits until the paragraph ends that it is anchored in."""

    roles: dict[int, Role]
    parts: list[Part] = field(default_factory=list)
    format: Format = field(default_factory=Format)
    number: str | None = None
    beside: list[Part] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _cell: list[Part] = field(default_factory=list)
    _row: list[Cell] = field(default_factory=list)
    _table: Table = field(default_factory=Table)

    def write(self, run: Run) -> None:
        """Add words to the paragraph, joined to those before of the same look."""
        last = self._runs[-1] if self._runs else None
        if last is not None and last.looks_like(run):
            last.text += run.text
        else:
            self._runs.append(run)

    def end_paragraph(self) -> None:
        """End the paragraph; it goes to the cell that is open, if it stands in a table."""
        paragraph = self._paragraph()
        if self.format.in_table:
            self._cell += [paragraph, *self.beside]
        else:
            self._close_table()
            self.parts += [paragraph, *self.beside]
        self.beside = []

    def end_cell(self) -> None:
        """End a cell."""
        self._cell += [self._paragraph(), *self.beside]
        self._row.append(Cell(self._cell))
        self._cell, self.beside = [], []

    def end_row(self) -> None:
        """End a row of a table."""
        if self._row:
            self._table.rows.append(self._row)
            self._row = []

    def end(self) -> list[Part]:
        """End the whole and return it."""
        if self._runs or self.beside:
            self.end_paragraph()
        self._close_table()
        return self.parts

    def _close_table(self) -> None:
        if self._cell:
            self._row.append(Cell(self._cell))
            self._cell = []
        self.end_row()
        if self._table.rows:
            self.parts.append(self._table)
            self._table = Table()

    def _paragraph(self) -> Paragraph:
        role = self.roles.get(self.format.style, Role(BlockKind.PARAGRAPH))
        paragraph = Paragraph(runs=self._runs, kind=role.kind, level=role.level)
        if paragraph.kind is BlockKind.PARAGRAPH and 0 <= self.format.outline < _BODY:
            paragraph.kind, paragraph.level = BlockKind.HEADING, min(self.format.outline + 1, MAX_LEVEL)
        if self.number is not None:
            paragraph.number = self.number if any(map(str.isalnum, self.number)) else ""
            if paragraph.kind is BlockKind.PARAGRAPH:
                paragraph.kind, paragraph.level = BlockKind.LIST_ITEM, self.format.depth + 1
        if paragraph.kind in (BlockKind.HEADING, BlockKind.TITLE):
            for run in self._runs:
                run.strong = run.emphasis = False  # how headings look is written out for every one of them
        self._runs, self.number = [], None
        return paragraph
