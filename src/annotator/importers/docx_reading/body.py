"""Reads the body of a Word document, of its notes and of its running heads: paragraphs and tables in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.documents.parts import Cell, Paragraph, Part, Run, Table
from annotator.importers.documents.pictures import PICTURE
from annotator.importers.documents.steps import Steps
from annotator.importers.docx_reading.numbering import Numbering
from annotator.importers.docx_reading.runs import Runs
from annotator.importers.docx_reading.styles import Styles
from annotator.importers.docx_reading.xml import W, child, local, number, value

_THROUGH = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "txbxContent"))
_MAX_SPAN = 1000


@dataclass(slots=True)
class Body:
    """Reads one part of a document; ``runs`` knows its links."""

    styles: Styles
    numbering: Numbering
    runs: Runs
    steps: Steps
    _merged: list[Run] = field(default_factory=list)

    def read(self, element: etree._Element) -> list[Part]:
        """Return what an element holds, in reading order."""
        parts: list[Part] = []
        self._into(parts, element)
        if self._merged:
            parts.append(Paragraph(runs=self._merged))
            self._merged = []
        return parts

    def _into(self, parts: list[Part], element: etree._Element) -> None:
        for one in element:
            name = local(one)
            if name == "p":
                self._paragraph(parts, one)
            elif name == "tbl":
                parts.append(self._table(one))
            elif name in _THROUGH:
                self._into(parts, one)
            elif name == "AlternateContent":
                self._into(parts, next(iter(one.iterchildren()), one))
            elif name in ("del", "moveFrom"):
                self.runs.noticed.counts["deleted"] += 1
            elif name == "altChunk":
                self.runs.noticed.counts["embedded"] += 1

    def _paragraph(self, parts: list[Part], element: etree._Element) -> None:
        """Read a paragraph; one whose end is deleted goes on in the next (ECMA-376-1, 17.13.5.15)."""
        self.steps.step()
        properties = child(element, "pPr")
        runs = self._merged + self.runs.read(element, value(properties, "pStyle"))
        self._merged = []
        if child(properties, "rPr/del") is not None:
            self.runs.noticed.counts["deleted"] += 1
            self._merged = runs
            return
        parts.append(self._with_role(properties, runs))
        boxes, pictures = self.runs.boxes, self.runs.pictures
        self.runs.boxes, self.runs.pictures = [], []
        parts += [Paragraph(runs=[Run(words)], kind=BlockKind.CAPTION, label=PICTURE) for words in pictures]
        for box in boxes:
            self._into(parts, box)

    def _with_role(self, properties: etree._Element | None, runs: list[Run]) -> Paragraph:
        role = self.styles.role(properties)
        list_id, level = self.styles.numbering(properties)
        shown = any(run.text.strip() for run in runs)
        printed = self.numbering.printed(list_id, level) if list_id and shown else None
        kind = role.kind
        if printed is not None and kind is BlockKind.PARAGRAPH:
            kind = BlockKind.LIST_ITEM
        depth = level + 1 if kind is BlockKind.LIST_ITEM else role.level
        return Paragraph(runs=runs, kind=kind, level=depth, number=printed or "")

    def _table(self, element: etree._Element) -> Table:
        table = Table()
        for row in self._children(element, "tr"):
            if child(row, "trPr/del") is not None:
                self.runs.noticed.counts["deleted"] += 1
                continue
            cells = [self._cell(cell) for cell in self._children(row, "tc")]
            before = number(value(row, "trPr/gridBefore"))
            if before > 0:
                cells.insert(0, Cell(span=min(before, _MAX_SPAN)))
            table.rows.append(cells)
        return table

    def _cell(self, element: etree._Element) -> Cell:
        span = min(max(number(value(element, "tcPr/gridSpan"), 1), 1), _MAX_SPAN)
        merged = child(element, "tcPr/vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") != "restart":
            return Cell(span=span)
        return Cell(self.read(element), span)

    def _children(self, element: etree._Element, tag: str) -> Iterable[etree._Element]:
        for one in element:
            name = local(one)
            if name == tag:
                yield one
            elif name in _THROUGH:
                yield from self._children(one, tag)
