"""What the styles of a Word document mean: headings, captions, quotations, emphasis, hidden text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.document_styles import MAX_LEVEL, Role, role_of
from annotator.importers.docx_xml import W, child, number, switched, value

_BODY = 9
_MAX_CHAIN = 20


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

    def role(self, properties: etree._Element | None) -> Role:
        """Return what a paragraph with these properties (``w:pPr``) is."""
        style = value(properties, "pStyle")
        outline = value(properties, "outlineLvl")
        for one in self._chain(style):
            role = role_of(value(one, "name"))
            if role is not None:
                return role
            outline = outline or value(one, "pPr/outlineLvl")
        undefined = role_of(style) if style not in self._styles else None
        if undefined is not None:
            return undefined
        level = number(outline, _BODY)
        if 0 <= level < _BODY:
            return Role(BlockKind.HEADING, min(level + 1, MAX_LEVEL))
        return Role(BlockKind.PARAGRAPH)

    def numbering(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list that a paragraph belongs to (empty for none) and its level from 0."""
        own = child(properties, "numPr")
        list_id, level = value(own, "numId"), value(own, "ilvl")
        for one in self._chain(value(properties, "pStyle") or self._default):
            if list_id and level:
                break
            list_id = list_id or value(one, "pPr/numPr/numId")
            level = level or value(one, "pPr/numPr/ilvl")
        return ("" if list_id == "0" else list_id), min(max(number(level), 0), 8)

    def numbering_of(self, style: str) -> str:
        """Return the list that a list style stands for."""
        return next((found for one in self._chain(style) if (found := value(one, "pPr/numPr/numId"))), "")

    def is_on(self, properties: etree._Element | None, what: str, paragraph: str = "") -> bool:
        """Tell whether a run with these properties (``w:rPr``) is ``what``, such as ``b``, by itself or its style.

        ``paragraph`` is the style of the paragraph it stands in, if that counts.
        """
        said = switched(properties, what)
        for one in (*self._chain(value(properties, "rStyle")), *self._chain(paragraph)):
            if said is not None:
                break
            said = switched(one, f"rPr/{what}")
        return bool(said)

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
