"""Reads the body of an OpenDocument text: paragraphs, lists and tables in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.documents.parts import Cell, Note, Paragraph, Part, Run, Table, reference
from annotator.importers.documents.pictures import PICTURE, description
from annotator.importers.documents.steps import Steps
from annotator.importers.documents.styles import MAX_LEVEL
from annotator.importers.odt_reading.lists import Lists, OpenList
from annotator.importers.odt_reading.styles import Styles
from annotator.importers.odt_reading.xml import DRAW, OFFICE, SVG, TABLE, TEXT, XLINK, count

_UNSHOWN = frozenset(
    f"{namespace}{name}"
    for namespace, names in (
        (OFFICE, ("annotation-end", "forms", "event-listeners")),
        (TEXT, ("tracked-changes", "script", "sequence-decls", "variable-decls", "user-field-decls", "note-citation",
                "alphabetical-index-auto-mark-file", "table-of-content-source", "alphabetical-index-source",
                "illustration-index-source", "table-index-source", "bibliography-source", "user-index-source",
                "object-index-source")),
        (TABLE, ("covered-table-cell",)),
        (DRAW, ("object", "object-ole", "image", "plugin")),
        (SVG, ("title", "desc")),
    )
    for name in names
)  # fmt: skip
_BLANKS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_MAX_SPAN = 1000


@dataclass(frozen=True, slots=True)
class _Look:
    strong: bool = False
    emphasis: bool = False
    target: str = ""


@dataclass(slots=True)
class Body:
    """Reads what holds paragraphs. ``counts`` is what was met and does not show; ``notes`` in the order of their marks."""

    styles: Styles
    lists: Lists
    steps: Steps
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _beside: list[Part] = field(default_factory=list)
    _readers: dict[str, Callable[[etree._Element, _Look], None]] = field(init=False)

    def __post_init__(self) -> None:
        self._readers = {
            f"{TEXT}span": self._span,
            f"{TEXT}a": self._link,
            f"{DRAW}a": self._link,
            f"{TEXT}note": self._note,
            f"{OFFICE}annotation": self._comment,
            f"{TEXT}ruby-text": self._above,
            **dict.fromkeys(_BLANKS, self._blank),
        }

    def read(self, element: etree._Element) -> list[Part]:
        """Return what an element holds, in reading order."""
        parts: list[Part] = []
        for one in element.iterchildren(etree.Element):
            self._block(parts, one)
        return parts

    def _block(self, parts: list[Part], element: etree._Element) -> None:
        tag = element.tag
        if tag in _UNSHOWN:
            return
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            parts += self._paragraph(element)
        elif tag == f"{TEXT}list":
            self._list(parts, element, self.lists.open(element), element.get(f"{TEXT}style-name", ""), 1)
        elif tag == f"{TABLE}table":
            parts.append(self._table(element))
        elif tag == f"{TEXT}section" and element.get(f"{TEXT}display") == "none":
            self.counts["hidden"] += len("".join(map(str, element.itertext())).split())
        elif tag.startswith(DRAW) and tag != f"{DRAW}text-box":
            parts += self._frame(element)
        else:
            parts += self.read(element)

    def _paragraph(self, element: etree._Element) -> list[Part]:
        """Return a paragraph, and behind it what is anchored in it."""
        self.steps.step()
        runs, beside = self._runs, self._beside
        self._runs, self._beside = [], []
        style = element.get(f"{TEXT}style-name", "")
        if self.styles.is_hidden(style):
            self.counts["hidden"] += len("".join(map(str, element.itertext())).split())
        else:
            self._inline(element, _Look())
        made: list[Part] = [self._with_role(element, style), *self._beside]
        self._runs, self._beside = runs, beside
        return made

    def _with_role(self, element: etree._Element, style: str) -> Paragraph:
        role = self.styles.role(style)
        paragraph = Paragraph(runs=self._runs, kind=role.kind, level=role.level)
        if element.tag == f"{TEXT}h" and role.kind is not BlockKind.TITLE:
            level = count(element.get(f"{TEXT}outline-level"), 1)
            paragraph.kind, paragraph.level = BlockKind.HEADING, min(level, MAX_LEVEL)
            if element.get(f"{TEXT}is-list-header") != "true" and paragraph.text.strip():
                paragraph.number = self.lists.heading(level, element.get(f"{TEXT}start-value"))
        return paragraph

    def _list(self, parts: list[Part], element: etree._Element, one: OpenList, style: str, level: int) -> None:
        """Read a list; the first paragraph of an item has its number."""
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            own = item.get(f"{TEXT}style-override") or style
            waits = item.tag == f"{TEXT}list-item"
            for child in item.iterchildren(etree.Element):
                if child.tag == f"{TEXT}list":
                    self._list(parts, child, one, child.get(f"{TEXT}style-name") or own, level + 1)
                    continue
                read: list[Part] = []
                self._block(read, child)
                first = read[0] if read else None
                if waits and isinstance(first, Paragraph):
                    by_style = own or self.styles.list_of(child.get(f"{TEXT}style-name", ""))
                    first.number = self.lists.printed(one, by_style, level, item.get(f"{TEXT}start-value"))
                    waits = False
                    if first.kind is BlockKind.PARAGRAPH:
                        first.kind, first.level = BlockKind.LIST_ITEM, level
                parts += read

    def _table(self, element: etree._Element) -> Table:
        table = Table()
        for row in element.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table"), None) is not element:
                continue
            cells = []
            for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                times = min(count(cell.get(f"{TABLE}number-columns-repeated"), 1), _MAX_SPAN)
                covered = cell.tag == f"{TABLE}covered-table-cell"
                cells.append(Cell([] if covered else self.read(cell), times))
            table.rows.append(cells)
        return table

    def _inline(self, element: etree._Element, look: _Look) -> None:
        self._write(element.text, look)
        for one in element:
            if isinstance(one.tag, str):
                self._element(one, one.tag, look)
            self._write(one.tail, look)

    def _element(self, element: etree._Element, tag: str, look: _Look) -> None:
        if tag in _UNSHOWN:
            return
        reader = self._readers.get(tag)
        if reader is not None:
            reader(element, look)
        elif element.get(f"{TEXT}is-hidden") == "true":
            self.counts["hidden"] += len((element.get(f"{TEXT}string-value") or element.text or "").split())
        elif tag.startswith(DRAW):
            self._beside += self._frame(element)
        else:
            self._inline(element, look)

    def _link(self, element: etree._Element, look: _Look) -> None:
        self._inline(element, _Look(look.strong, look.emphasis, element.get(f"{XLINK}href", "") or look.target))

    def _blank(self, element: etree._Element, look: _Look) -> None:
        self._runs.append(Run(_BLANKS[element.tag], strong=look.strong, emphasis=look.emphasis, target=look.target))

    def _comment(self, _element: etree._Element, _look: _Look) -> None:
        self.counts["comment"] += 1

    def _above(self, element: etree._Element, look: _Look) -> None:
        self._write(f"({''.join(map(str, element.itertext()))})", look)

    def _span(self, element: etree._Element, look: _Look) -> None:
        style = element.get(f"{TEXT}style-name", "")
        if self.styles.is_hidden(style):
            self.counts["hidden"] += len("".join(map(str, element.itertext())).split())
            return
        strong, emphasis = self.styles.is_strong(style), self.styles.is_emphasis(style)
        self._inline(element, _Look(look.strong or strong, look.emphasis or emphasis, look.target))

    def _note(self, element: etree._Element, look: _Look) -> None:
        """Read a note; a mark of its own (a star) stands as it is, numbers are counted through."""
        citation = element.find(f"{TEXT}note-citation")
        label = citation.get(f"{TEXT}label", "") if citation is not None else ""
        note = Note(label or str(len(self.notes) + 1))
        self.notes.append(note)
        self._write(reference(note.mark), look)
        body = element.find(f"{TEXT}note-body")
        if body is not None:
            note.parts = self.read(body)

    def _frame(self, element: etree._Element) -> list[Part]:
        """Return what a picture or shape says of itself, and what is written in it."""
        told = [
            description("".join(map(str, one.itertext()))) for one in element.iterchildren(f"{SVG}title", f"{SVG}desc")
        ]
        parts: list[Part] = [
            Paragraph(runs=[Run(words)], kind=BlockKind.CAPTION, label=PICTURE)
            for words in dict.fromkeys(told)
            if words
        ]
        parts += self.read(element)
        return parts

    def _write(self, text: str | None, look: _Look) -> None:
        """Write words; line ends in the file are blanks (ODF 1.3, part 3, 6.1.2)."""
        if text:
            words = text.replace("\r", " ").replace("\n", " ")
            self._runs.append(Run(words, strong=look.strong, emphasis=look.emphasis, target=look.target))
