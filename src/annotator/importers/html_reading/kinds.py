"""What the elements of a page mean: which are blocks, hidden, chrome, lists, tables of data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from annotator.domain.structure import BlockKind, InlineKind
from annotator.importers.html_reading.names import Names, names_of
from annotator.importers.html_reading.words import is_credit

HEADINGS = {f"h{level}": level for level in range(1, 7)}

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "applet",
        "area",
        "annotation",
        "annotation-xml",
        "audio",
        "base",
        "basefont",
        "bgsound",
        "canvas",
        "col",
        "datalist",
        "embed",
        "iframe",
        "img",
        "input",
        "link",
        "map",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "param",
        "progress",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
    ]
)
_INLINES = {
    "em": InlineKind.EMPHASIS,
    "i": InlineKind.EMPHASIS,
    "cite": InlineKind.EMPHASIS,
    "strong": InlineKind.STRONG,
    "b": InlineKind.STRONG,
    "a": InlineKind.LINK,
}
_HIDING_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_BLOCK_STYLE = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item)", re.I)
_LABEL_OF_TAG = {"nav": "navigation", "footer": "footer", "aside": "aside", "form": "form", "button": "form"}
_LABEL_OF_ROLE = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "banner": "header",
    "search": "form",
    "contentinfo": "footer",
    "complementary": "aside",
    "form": "form",
    "dialog": "notice",
    "alertdialog": "notice",
}
_FOOTNOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "doc-endnotes", "doc-footnotes"))
_MAX_BYLINE = 200
_MAX_SIGNED = 400
_MAX_CAPTION = 1500
_NEAR = 4
_MAX_CELL = 600
_FLOW = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "form",
    "article",
    "section",
    "blockquote",
    "pre",
    "main",
    "nav",
)


def is_block(element: etree._Element, tag: str) -> bool:
    """Tell whether an element stands apart from the text around it."""
    if tag == "button":
        return all(parent.tag not in HEADINGS and parent.tag != "p" for parent in element.iterancestors())
    if tag in _BLOCKS:
        return True
    style = element.get("style")
    return style is not None and _BLOCK_STYLE.search(style) is not None


def is_hidden(element: etree._Element, tag: str, names: Names, *, hidden_too: bool) -> bool:
    """Tell whether nothing of an element can be seen: by its kind, or (unless ``hidden_too``) by its attributes.

    Style sheets are not looked at. What is hidden only from screen readers (``aria-hidden``) is seen, and what is there
    only for them is not.
    """
    if tag in _UNSEEN:
        return tag != "template" or not element.get("shadowrootmode")
    if hidden_too:
        return False
    if tag == "dialog" and element.get("open") is None:
        return True
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    style = element.get("style")
    return (style is not None and _HIDING_STYLE.search(style) is not None) or names.hidden


def inline_kind(element: etree._Element, tag: str) -> InlineKind | None:
    """Return what an inline element marks."""
    kind = _INLINES.get(tag)
    return None if kind is InlineKind.LINK and element.get("href") is None else kind


def chrome_label(element: etree._Element, tag: str, names: Names, path: Sequence[etree._Element]) -> str:
    """Return what part of a page's chrome a block element is, by tag, role or class; empty for none."""
    if tag in ("html", "body", "main", "article") or tag in HEADINGS:
        return ""
    if tag == "header":
        return "" if any(parent.tag in ("article", "main") for parent in path) else "header"
    if tag == "form":
        return "" if element.find(".//p") is not None else "form"
    label = _LABEL_OF_TAG.get(tag) or _LABEL_OF_ROLE.get(element.get("role", "").lower(), "")
    return label or names.label


def holds_footnotes(element: etree._Element, names: Names) -> bool:
    """Tell whether an element is a note at the foot of a text, or holds them."""
    return names.footnote or element.get("role", "").lower() in _FOOTNOTE_ROLES


def refined_kind(kind: BlockKind, path: tuple[etree._Element, ...], text: str) -> BlockKind:
    """Return what a paragraph really is by the elements around it and its words: a caption, a byline.

    An element that holds much text is neither, whatever it is called.
    """
    if kind is not BlockKind.PARAGRAPH:
        return kind
    for element in path[-_NEAR:]:
        names = names_of(element)
        if (names.caption or element.tag == "figure") and _is_about(element, text, _MAX_CAPTION):
            return BlockKind.CAPTION
        if len(text) > _MAX_BYLINE:
            continue
        signed = names.byline or element.tag == "address" or "author" in (element.get("rel"), element.get("itemprop"))
        if signed and _is_about(element, text, _MAX_SIGNED):
            return BlockKind.BYLINE
    return BlockKind.CAPTION if is_credit(text) else kind


def _is_about(element: etree._Element, text: str, most: int) -> bool:
    """Tell whether an element holds at least half of a block's ``text``, and no more than ``most`` characters in all."""
    length = 0
    for part in element.itertext():
        length += len(str(part).strip())
        if length > most:
            return False
    return 2 * length >= len(text)


def is_data_table(table: etree._Element) -> bool:
    """Tell whether a table holds data in rows and columns, rather than the layout of a page."""
    if table.get("role", "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
    if len(rows) < 2 or columns < 2:
        return False
    if table.find(".//th") is not None or table.find(".//caption") is not None:
        return True
    if next(table.iter(*_FLOW), None) is not None:
        return False
    return all(len("".join(map(str, cell.itertext()))) <= _MAX_CELL for cell in table.iter("td"))
