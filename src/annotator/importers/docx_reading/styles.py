"""What the styles of a Word document mean: headings, captions, quotations, emphasis, hidden text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.documents.styles import MAX_LEVEL, Role, role_of
from annotator.importers.docx_reading.xml import W, child, is_on, number, switched, value

_BODY = 9
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks."""

    hidden: bool
    strong: bool
    emphasis: bool


class Styles:
    """The styles of a document; ``root`` is that of its part, none when it has no styles."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = root.iterchildren(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") in ("1", "true", "on")
            ),
            "",
        )
        self.language = self._language(root)
        self._switches: dict[tuple[str, str], bool | None] = {}
        self._roles: dict[str, Role] = {}
        self._numberings: dict[str, tuple[str, str]] = {}

    def role(self, properties: etree._Element | None) -> Role:
        """Return what a paragraph with these properties (``w:pPr``) is."""
        style = value(properties, "pStyle")
        if style not in self._roles:
            self._roles[style] = self._role_of(style)
        role, outline = self._roles[style], value(properties, "outlineLvl")
        if outline and (
            role.kind is BlockKind.PARAGRAPH or (role.kind is BlockKind.HEADING and not self._is_named(style))
        ):
            return _outlined(outline)
        return role

    def _role_of(self, style: str) -> Role:
        outline = ""
        for one in self._chain(style):
            role = role_of(value(one, "name"))
            if role is not None:
                return role
            outline = outline or value(one, "pPr/outlineLvl")
        undefined = role_of(style) if style not in self._styles else None
        return undefined or _outlined(outline)

    def _is_named(self, style: str) -> bool:
        return any(role_of(value(one, "name")) for one in self._chain(style))

    def numbering(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list that a paragraph belongs to (empty for none) and its level from 0."""
        own = child(properties, "numPr")
        list_id, level = value(own, "numId"), value(own, "ilvl")
        style = value(properties, "pStyle") or self._default
        if not (list_id and level):
            if style not in self._numberings:
                self._numberings[style] = self._numbered_by(style)
            by_style = self._numberings[style]
            list_id, level = list_id or by_style[0], level or by_style[1]
        return ("" if list_id == "0" else list_id), min(max(number(level), 0), 8)

    def _numbered_by(self, style: str) -> tuple[str, str]:
        list_id = level = ""
        for one in self._chain(style):
            list_id = list_id or value(one, "pPr/numPr/numId")
            level = level or value(one, "pPr/numPr/ilvl")
        return list_id, level

    def numbering_of(self, style: str) -> str:
        """Return the list that a list style stands for."""
        return next((found for one in self._chain(style) if (found := value(one, "pPr/numPr/numId"))), "")

    def look(self, properties: etree._Element | None, paragraph: str) -> Look:
        """Return how a run with these properties (``w:rPr``) looks in a paragraph of this style."""
        own = {one.tag: one.get(f"{W}val", "") for one in properties} if properties is not None else {}
        style = own.get(f"{W}rStyle", "")
        vanish, strong, emphasis = (
            is_on(own[f"{W}{what}"] or "1") if f"{W}{what}" in own else self._switched(style, what)
            for what in ("vanish", "b", "i")
        )
        return Look(
            bool(vanish if vanish is not None else self._switched(paragraph, "vanish")), bool(strong), bool(emphasis)
        )

    def _switched(self, style: str, what: str) -> bool | None:
        """Return whether a style switches something on or off, by itself or what it is based on; none when it is silent."""
        if not style:
            return None
        key = (style, what)
        if key not in self._switches:
            said = (switched(one, f"rPr/{what}") for one in self._chain(style))
            self._switches[key] = next((one for one in said if one is not None), None)
        return self._switches[key]

    def _chain(self, style: str) -> Iterator[etree._Element]:
        for _ in range(_MAX_CHAIN):
            one = self._styles.get(style)
            if one is None:
                return
            yield one
            style = value(one, "basedOn")

    def _language(self, root: etree._Element | None) -> str:
        languages = child(root, "docDefaults/rPrDefault/rPr/lang")
        if languages is None:
            languages = child(self._styles.get(self._default), "rPr/lang")
        return languages.get(f"{W}val", "") if languages is not None else ""


def _outlined(outline: str) -> Role:
    level = number(outline, _BODY)
    if 0 <= level < _BODY:
        return Role(BlockKind.HEADING, min(level + 1, MAX_LEVEL))
    return Role(BlockKind.PARAGRAPH)
