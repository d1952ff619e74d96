"""What the elements of a page mean: which are blocks, hidden, chrome, lists, tables of data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from annotator.domain.structure import BlockKind, InlineKind

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
_HIDING_CLASSES = frozenset(
    (
        "sf-hidden",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "u-visually-hidden",
        "screenreader-only",
    )
)
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
_LABEL_OF_WORD = {
    word: label
    for label, words in {
        "navigation": "nav navbar navigation menu submenu breadcrumb breadcrumbs pagination pager topbar toolbar skiplink",
        "footer": "footer colophon",
        "header": "masthead",
        "aside": "sidebar aside rail",
        "teaser": "related recommended recommendation recommendations teaser teasers promo promos trending popular outbrain "
        "taboola mostread readmore",
        "share": "share sharing sharebar sharedaddy social addthis addtoany",
        "comments": "comments disqus respond",
        "advertisement": "ad ads advert advertisement advertising adsbygoogle sponsored dfp",
        "notice": "cookie cookies consent gdpr",
        "appeal": "newsletter subscribe subscription signup donate donation",
    }.items()
    for word in words.split()
}
_MODIFIERS = ("has-", "no-", "with-", "is-", "not-", "js-")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CAPTIONS = frozenset(("caption", "figcaption", "legend"))
_BYLINES = frozenset(("byline", "byl", "author", "authors", "autor", "auteur", "dateline"))
_FOOTNOTES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "reflist", "references"))
_FOOTNOTE_ROLES = frozenset(("doc-footnote", "doc-endnote", "doc-endnotes", "doc-footnotes"))
_MAX_BYLINE = 200
_MAX_LABELLED_CLASS = 200
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
    return tag in _BLOCKS or (_BLOCK_STYLE.search(element.get("style", "")) is not None)


def is_hidden(element: etree._Element, tag: str, *, hidden_too: bool) -> bool:
    """Tell whether nothing of an element can be seen: by its kind, or (unless ``hidden_too``) by its attributes.

    Style sheets are not looked at. What is hidden only from screen readers (``aria-hidden``) is seen, and what is there
    only for them is not.
    """
    if tag == "template" and element.get("shadowrootmode"):
        return False
    if tag in _UNSEEN:
        return True
    if hidden_too:
        return False
    if tag == "dialog" and element.get("open") is None:
        return True
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    if _HIDING_STYLE.search(element.get("style", "")):
        return True
    return not _HIDING_CLASSES.isdisjoint(element.get("class", "").split())


def inline_kind(element: etree._Element, tag: str) -> InlineKind | None:
    """Return what an inline element marks."""
    kind = _INLINES.get(tag)
    return None if kind is InlineKind.LINK and element.get("href") is None else kind


def words_of(element: etree._Element) -> set[str]:
    """Return the words that an element's classes and id are made of, in lower case."""
    names = [*element.get("class", "").split(), *element.get("id", "").split()]
    kept = (name for name in names if not name.startswith(_MODIFIERS) and len(name) < _MAX_LABELLED_CLASS)
    return {word.lower() for name in kept for word in _WORDS.findall(name)}


def chrome_label(element: etree._Element, tag: str, path: Sequence[etree._Element]) -> str:
    """Return what part of a page's chrome a block element is, by tag, role or class; empty for none."""
    if tag in ("html", "body", "main", "article") or tag in HEADINGS:
        return ""
    inside = any(parent.tag in ("article", "main") for parent in path)
    if tag == "header":
        return "" if inside else "header"
    if tag == "form":
        return "" if element.find(".//p") is not None else "form"
    label = _LABEL_OF_TAG.get(tag) or _LABEL_OF_ROLE.get(element.get("role", "").lower(), "")
    if label:
        return label
    for word in sorted(words_of(element)):
        if word in _LABEL_OF_WORD:
            return _LABEL_OF_WORD[word]
    return ""


def refined_kind(kind: BlockKind, path: tuple[etree._Element, ...], length: int) -> BlockKind:
    """Return what a block really is by the classes around it: a caption, a byline, a footnote."""
    if kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return kind
    for element in path:
        if element.get("role", "").lower() in _FOOTNOTE_ROLES or not _FOOTNOTES.isdisjoint(words_of(element)):
            return BlockKind.FOOTNOTE
    if kind is BlockKind.LIST_ITEM:
        return kind
    for element in path[-_NEAR:]:
        words = words_of(element)
        if not _CAPTIONS.isdisjoint(words):
            return BlockKind.CAPTION
        signed = element.tag == "address" or "author" in (element.get("rel", ""), element.get("itemprop", ""))
        if length <= _MAX_BYLINE and (signed or not _BYLINES.isdisjoint(words)):
            return BlockKind.BYLINE
    return kind


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
