"""What the styles of an OpenDocument text mean: headings, captions, quotations, emphasis, hidden text, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.documents.styles import MAX_LEVEL, Role, role_of
from annotator.importers.odt_reading.xml import FO, STYLE, TEXT, count

_BOLD = re.compile(r"bold|[6-9]00")
_MAX_CHAIN = 20


class Styles:
    """The styles of a document, from the elements that define some; the first definition of a name counts."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self.lists: dict[str, etree._Element] = {}
        self.outline: etree._Element | None = None
        self.language = ""
        for root in roots:
            if root is not None:
                self._take(root)

    def role(self, style: str) -> Role:
        """Return what a paragraph of this style is."""
        for name, one in self._chain(style):
            role = role_of(name.replace("_20_", " "))
            level = count(one.get(f"{STYLE}default-outline-level"), 0) if one is not None else 0
            if role is not None or level:
                return role or Role(BlockKind.HEADING, min(level, MAX_LEVEL))
        return Role(BlockKind.PARAGRAPH)

    def list_of(self, style: str) -> str:
        """Return the name of the list style that a paragraph style brings along."""
        found = (one.get(f"{STYLE}list-style-name") for _, one in self._chain(style) if one is not None)
        return next((name for name in found if name), "")

    def is_strong(self, style: str) -> bool:
        """Tell whether text of this style is bold."""
        return _BOLD.fullmatch(self._property(style, f"{FO}font-weight")) is not None

    def is_emphasis(self, style: str) -> bool:
        """Tell whether text of this style is slanted."""
        return self._property(style, f"{FO}font-style") in ("italic", "oblique")

    def is_hidden(self, style: str) -> bool:
        """Tell whether text of this style is not shown."""
        return self._property(style, f"{TEXT}display") == "none"

    def _property(self, style: str, name: str) -> str:
        for _, one in self._chain(style):
            properties = one.find(f"{STYLE}text-properties") if one is not None else None
            value = properties.get(name) if properties is not None else None
            if value:
                return value
        return ""

    def _chain(self, style: str) -> Iterator[tuple[str, etree._Element | None]]:
        for _ in range(_MAX_CHAIN):
            if not style:
                return
            one = self._styles.get(style)
            yield style, one
            style = one.get(f"{STYLE}parent-style-name", "") if one is not None else ""

    def _take(self, root: etree._Element) -> None:
        for one in root.iter(f"{STYLE}style"):
            self._styles.setdefault(one.get(f"{STYLE}name", ""), one)
        for one in root.iter(f"{TEXT}list-style"):
            self.lists.setdefault(one.get(f"{STYLE}name", ""), one)
        if self.outline is None:
            self.outline = root.find(f".//{TEXT}outline-style")
        for one in root.iter(f"{STYLE}default-style"):
            properties = one.find(f"{STYLE}text-properties")
            if properties is not None and one.get(f"{STYLE}family") == "paragraph" and not self.language:
                parts = (properties.get(f"{FO}language", ""), properties.get(f"{FO}country", ""))
                self.language = "-".join(part for part in parts if part and part != "none")
