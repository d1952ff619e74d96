"""Reduces a parsed page to blocks of text: all of the page that can be seen, as browsers set it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree

from annotator.domain.structure import BlockKind, Inline, InlineKind
from annotator.domain.text import canonical_text
from annotator.importers.html_reading.found import Found, Place, Reduced
from annotator.importers.html_reading.kinds import (
    HEADINGS,
    chrome_label,
    holds_footnotes,
    inline_kind,
    is_block,
    is_data_table,
    is_hidden,
    refined_kind,
)
from annotator.importers.html_reading.lists import ListItem, printed_numbers
from annotator.importers.html_reading.names import Names, names_of

_WHITE = " \t\n\r\f"
_SPACES = re.compile(f"[{_WHITE}]+")
_SCHEMES = ("http", "https", "mailto", "tel", "")
_ABSOLUTE = re.compile(r"https?://[\w.-]+(?:[/?#][!-~]*+)?", re.A)
"""What is the same however it is resolved."""
_SITE = re.compile(r"https?://[\w.-]+(?::\d+)?(?=[/?#]|$)", re.A)
_ROOTED = re.compile(r"(?:/[\w~%-][\w.~%-]*+)++/?+(?:\?[!-\"$-~]++)?(?:#[!-~]++)?", re.A)
"""A path from the root of a site, without dots or anything else that needs care: what goes before it is all that lacks."""
_MAX_ADDRESS = 4096
_MAX_SPAN = 1000


def reduce_page(root: etree._Element, address: str, *, hidden: bool = False) -> Reduced:
    """Return the text of a page that stands at ``address`` (empty when unknown); ``hidden`` takes in what is hidden too."""
    walker = _Walker(address, hidden=hidden, _origin=_origin(address))
    walker.walk(root, Place())
    walker.flush()
    inlines = sorted(walker.inlines, key=lambda one: (one.start, -one.end, one.kind))
    return Reduced("".join(walker.parts), walker.found, inlines)


@dataclass(slots=True, eq=False)
class _Mark:
    kind: InlineKind
    target: str
    start: int = -1


@dataclass(slots=True)
class _Walker:
    """Goes through the page once; ``current`` is the block being written, its offsets count from its own start."""

    address: str
    hidden: bool
    parts: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    length: int = 0
    _origin: str = ""
    _path: list[etree._Element] = field(default_factory=list)
    _current: list[str] = field(default_factory=list)
    _numbers: dict[etree._Element, str] = field(default_factory=dict)
    _size: int = 0
    _space: bool = False
    _place: Place = field(default_factory=Place)
    _block_path: tuple[etree._Element, ...] = ()
    _open: list[_Mark] = field(default_factory=list)
    _closed: list[tuple[_Mark, int]] = field(default_factory=list)

    def walk(self, element: etree._Element, place: Place) -> None:
        """Write the text of an element and of all in it."""
        tag = element.tag
        names = names_of(element)
        if not isinstance(tag, str) or is_hidden(element, tag, names, hidden_too=self.hidden):
            return
        if tag == "br":
            self._line_break()
            return
        if tag == "table" and not place.cell and is_data_table(element):
            self._table(element, place)
            return
        block = is_block(element, tag)
        if block:
            self._boundary(place)
            place = self._entered(element, tag, names, place)
        self._path.append(element)
        mark = self._opened(element, tag)
        if element.text:
            self._write(element.text, place)
        for child in element:
            self.walk(child, place)
            if child.tail:
                self._write(child.tail, place)
        if mark is not None:
            self._close(mark)
        self._path.pop()
        if block:
            self._boundary(place)

    def _entered(self, element: etree._Element, tag: str, names: Names, place: Place) -> Place:
        """Return the place inside a block element."""
        depth = len(self._path)
        label = chrome_label(element, tag, names, self._path)
        if label:
            place = place._replace(chrome=(*place.chrome, (depth, label)))
        if not place.footnote and holds_footnotes(element, names):
            place = place._replace(footnote=True)
        if tag in HEADINGS:
            return place._replace(kind=BlockKind.HEADING, level=HEADINGS[tag])
        if tag == "ol":
            self._numbers |= printed_numbers(element)
        if tag == "li":
            return place._replace(
                kind=BlockKind.LIST_ITEM, depth=place.depth + 1, item=ListItem(self._numbers.get(element, ""))
            )
        if tag == "pre":
            return place._replace(kind=BlockKind.PREFORMATTED)
        if tag == "blockquote" or names.embedded:
            return place._replace(kind=BlockKind.QUOTATION)
        if tag in ("figcaption", "caption"):
            return place._replace(kind=BlockKind.CAPTION)
        return place

    def _boundary(self, place: Place) -> None:
        """A block element begins or ends here: inside a table cell that is no more than a new line."""
        if place.cell:
            self._line_break()
        else:
            self.flush()

    def _write(self, raw: str, place: Place) -> None:
        text = raw if raw.isascii() and "\r" not in raw else canonical_text(raw)
        if place.kind is BlockKind.PREFORMATTED and not place.cell:
            if not self._current:
                text = text.removeprefix("\n")
            self._append(text, place)
            return
        run = text.strip(_WHITE)
        if not run:
            self._space = self._space or text != ""
            return
        if (self._space or text[0] in _WHITE) and self._current and not self._current[-1].endswith("\n"):
            self._put(" ")
        self._append(_SPACES.sub(" ", run), place)
        self._space = text[-1] in _WHITE

    def _append(self, text: str, place: Place) -> None:
        if not text:
            return
        if not self._current:
            self._place = place
            self._block_path = tuple(self._path)
        for mark in self._open:
            if mark.start < 0:
                mark.start = self._size
        self._put(text)

    def _put(self, text: str) -> None:
        self._current.append(text)
        self._size += len(text)

    def _line_break(self) -> None:
        """Begin a new line; a second one in a row begins a new block, or nothing in a table cell."""
        self._space = False
        if not self._current:
            return
        if not self._current[-1].endswith("\n"):
            self._put("\n")
        elif not self._place.cell:
            self.flush()

    def _opened(self, element: etree._Element, tag: str) -> _Mark | None:
        kind = inline_kind(element, tag)
        if kind is None:
            return None
        target = self._resolved(element.get("href", "")) if kind is InlineKind.LINK else ""
        if kind is InlineKind.LINK and not target:
            return None
        mark = _Mark(kind, target)
        self._open.append(mark)
        return mark

    def _close(self, mark: _Mark) -> None:
        self._open.remove(mark)
        self._end(mark)

    def _end(self, mark: _Mark) -> None:
        if 0 <= mark.start < self._size:
            self._closed.append((mark, self._size))

    def _resolved(self, href: str) -> str:
        """Return a link's address, resolved against the page's, or nothing for one that leads nowhere."""
        if _ABSOLUTE.fullmatch(href) and len(href) <= _MAX_ADDRESS:
            return href
        if self._origin and _ROOTED.fullmatch(href) and len(self._origin) + len(href) <= _MAX_ADDRESS:
            return self._origin + href
        try:
            target = urljoin(self.address, canonical_text(href).strip())
            scheme = urlsplit(target).scheme
        except ValueError:
            return ""
        return target if scheme in _SCHEMES and len(target) <= _MAX_ADDRESS else ""

    def flush(self) -> None:
        """End the current block, if anything is in it."""
        if not self._current:
            self._space = False
            return
        if "".join(self._current).strip():
            self._finish("\n", self._place)
        self._reset()

    def _reset(self) -> None:
        self._current, self._size, self._space, self._closed = [], 0, False, []
        for mark in self._open:
            mark.start = -1

    def _finish(self, separator: str, place: Place, row: int = 0, column: int = 0) -> None:
        """Add the current block to the text; marks still open go on in the next one."""
        for mark in self._open:
            self._end(mark)
        text = "".join(self._current)
        text = text.rstrip("\n") if place.kind is BlockKind.PREFORMATTED else text.rstrip()
        if self.parts:
            self.parts.append(separator)
            self.length += 1
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        if not text:
            return
        linked = 0
        for mark, stop in self._closed:
            end = min(stop, len(text))
            if mark.start < end:
                self.inlines.append(
                    Inline(kind=mark.kind, start=start + mark.start, end=start + end, target=mark.target)
                )
                linked += end - mark.start if mark.kind is InlineKind.LINK else 0
        item = place.item
        number = item.take() if item is not None else ""
        kind = _kind_of(place, self._block_path, text)
        if kind is BlockKind.LIST_ITEM and item is not None and item.taken > 1:
            kind = BlockKind.PARAGRAPH
        self.found.append(
            Found(
                kind=kind,
                start=start,
                end=self.length,
                path=self._block_path,
                chrome=place.chrome,
                linked=linked,
                level=place.level if kind is BlockKind.HEADING else place.depth,
                number=number,
                row=row,
                column=column,
            )
        )

    def _table(self, table: etree._Element, place: Place) -> None:
        """Write a table of data: the caption, then row by row, cells joined by TAB."""
        self.flush()
        place = self._entered(table, "table", names_of(table), place)
        self._path.append(table)
        inside = place._replace(kind=BlockKind.TABLE_CELL, cell=True, item=None)
        occupied: dict[int, int] = {}
        row = 0
        for element in table.iter("caption", "tr"):
            if is_hidden(element, str(element.tag), names_of(element), hidden_too=self.hidden):
                continue
            if element.tag == "caption":
                self.walk(element, place)
            elif self._row(element, inside, row, occupied):
                row += 1
        self._path.pop()

    def _row(self, element: etree._Element, place: Place, row: int, occupied: dict[int, int]) -> bool:
        """Write one row unless it is empty; ``occupied`` tells in how many rows to come a column is taken."""
        cells = [
            cell
            for cell in element.iterchildren("td", "th")
            if not is_hidden(cell, "td", names_of(cell), hidden_too=self.hidden)
        ]
        if not any("".join(map(str, cell.itertext())).strip() for cell in cells):
            return False
        column = 0
        self._path.append(element)
        taken = dict(occupied)
        for index, cell in enumerate(cells):
            while taken.get(column, 0) > 0:
                column += 1
            self._place = place
            self._block_path = (*self._path, cell)
            self.walk(cell, place)
            while self._current and not self._current[-1].strip(" \n"):
                self._size -= len(self._current.pop())
            self._finish("\n" if index == 0 else "\t", place, row, column)
            self._reset()
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for spanned in range(column, column + width if height > 1 else column):
                occupied[spanned] = height
            column += width
        self._path.pop()
        for spanned in [*occupied]:
            occupied[spanned] -= 1
            if occupied[spanned] <= 0:
                del occupied[spanned]
        return True


def _kind_of(place: Place, path: tuple[etree._Element, ...], text: str) -> BlockKind:
    if place.footnote and place.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return BlockKind.FOOTNOTE
    return refined_kind(place.kind, path, text)


def _origin(address: str) -> str:
    """Return what of an address goes before the path; empty for one that links cannot simply be joined to."""
    found = _SITE.match(address)
    return found[0] if found else ""


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 10 else 1
