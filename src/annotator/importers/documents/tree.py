"""Puts the text of a document that came as HTML together: all of it is the article, but for navigation and unseen words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from annotator.domain.structure import Block, BlockKind, Inline, Structure
from annotator.importers.documents.pictures import PICTURE, description
from annotator.importers.html_reading.found import Reduced
from annotator.importers.html_reading.reduce import reduce_page

NAVIGATION = "navigation"
_OUTSIDE = ("http://", "https://", "mailto:", "tel:", "ftp://")
_LETTER = 2


@dataclass(slots=True)
class Pages:
    """The text of one page after the other, in one."""

    _pieces: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _inlines: list[Inline] = field(default_factory=list)
    _length: int = 0

    def add(self, root: etree._Element, label: str = "") -> None:
        """Reduce a page to blocks and add them; ``label`` is what it is when none of it is part of the article."""
        labels = _prepared(root)
        if label:
            labels[root] = label
        reduced = reduce_page(root, "")
        if not reduced.found:
            return
        if self._pieces:
            self._pieces.append("\n")
            self._length += 1
        self._blocks += _blocks(reduced, labels, self._length)
        self._inlines += (
            Inline(kind=one.kind, start=one.start + self._length, end=one.end + self._length, target=one.target)
            for one in reduced.inlines
        )
        self._pieces.append(reduced.text)
        self._length += len(reduced.text)

    def text(self) -> str:
        """Return the text of all pages."""
        return "".join(self._pieces)

    def structure(self) -> Structure:
        """Return the blocks and marks of all pages."""
        return Structure(blocks=tuple(self._blocks), inlines=tuple(self._inlines))


def _blocks(reduced: Reduced, labels: Mapping[etree._Element, str], offset: int) -> Iterator[Block]:
    for one in reduced.found:
        label = next((labels[element] for element in one.path if element in labels), "")
        yield Block(
            kind=BlockKind.CAPTION if label == PICTURE else one.kind,
            start=one.start + offset,
            end=one.end + offset,
            level=one.level,
            number=one.number,
            row=one.row,
            column=one.column,
            article=not label,
            label=label,
        )


def _prepared(root: etree._Element) -> dict[etree._Element, str]:
    """Take out links that lead nowhere outside, write out what pictures show; return what is no part of the article, and why."""
    labels = dict.fromkeys(root.iter("nav"), NAVIGATION)
    for link in root.iter("a"):
        if not link.get("href", "").lower().startswith(_OUTSIDE):
            link.attrib.pop("href", "")
    for picture in list(root.iter("img")):
        words = picture.get("alt", "").strip()
        if 0 < len(words) <= _LETTER and words.isalpha():
            picture.tag, picture.text = "span", words  # a letter that was drawn
        elif told := description(words):
            picture.tag, picture.text = "figcaption", told
            labels[picture] = PICTURE
    return labels
