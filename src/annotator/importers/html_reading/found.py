"""What reducing a page finds: blocks, each with the elements it stands in, and the marks inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from annotator.domain.structure import BlockKind, Inline
from annotator.importers.html_reading.lists import ListItem


class Place(NamedTuple):
    """Where on the page a text stands: what kind of block it would be, and in which chrome (depth, label) it lies."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    depth: int = 0
    item: ListItem | None = None
    chrome: tuple[tuple[int, str], ...] = ()
    cell: bool = False
    footnote: bool = False


@dataclass(slots=True, kw_only=True)
class Found:
    """A block of the page, in code points of the reduced text, with the elements it stands in (outermost first)."""

    kind: BlockKind
    start: int
    end: int
    path: tuple[etree._Element, ...]
    chrome: tuple[tuple[int, str], ...] = ()
    level: int = 0
    number: str = ""
    row: int = 0
    column: int = 0
    linked: int = 0
    article: bool = False
    label: str = ""


@dataclass(slots=True)
class Reduced:
    """The text of a page, its blocks and inline marks."""

    text: str
    found: list[Found]
    inlines: list[Inline]
