"""The captions, embedded posts and correction notices of a page, found apart from the importer: by selectors alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from annotator.importers.html_reading.hits import fold

CAPTIONS, POSTS, CORRECTIONS = "captions", "posts", "corrections"

_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "iframe", "svg", "select", "textarea", "title", "head", "object")
)
_UNSEEN_CLASSES = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "sf-hidden"))
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CAPTION_CLASSES = frozenset(("wp-caption-text", "caption", "image-caption", "photo-caption", "media-caption"))
_POST_CLASSES = frozenset(
    ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "fb-post")
)
_CORRECTION = re.compile(
    r"\W*(?:corrections?\b|corrected\b|clarification|editor[’']s note|an earlier version|"
    r"this (?:article|story|post) (?:was|has been) (?:updated|corrected|amended)|korrektur\b|anmerkung der redaktion|"
    r"rectificatif|fe de erratas|fe de errores|rettifica\b)",
    re.I,
)
_LEAST, _MOST = 12, 1500
_NOTICES = ("p", "div", "li", "em", "aside", "section")


def parts_of(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the kind and the letters (``fold``) of every part that a browser shows."""
    try:
        data.decode()
        parser = lxml.html.HTMLParser(encoding="utf-8")
    except UnicodeDecodeError:
        parser = lxml.html.HTMLParser()
    try:
        root = lxml.html.document_fromstring(data, parser)
    except (etree.ParserError, ValueError):
        return
    for element in root.iter("*"):
        kind = _kind_of(element)
        if kind and not any(map(_is_unseen, (element, *element.iterancestors()))):
            letters = fold("".join(_seen_in(element)))
            if len(letters) >= _LEAST:
                yield kind, letters


def _kind_of(element: etree._Element) -> str:
    classes = set(element.get("class", "").split())
    if element.tag == "figcaption" or classes & _CAPTION_CLASSES:
        return CAPTIONS
    if classes & _POST_CLASSES:
        return POSTS
    if element.tag in _NOTICES and _CORRECTION.match(element.text or ""):
        return CORRECTIONS if len("".join(map(str, element.itertext()))) <= _MOST else ""
    return ""


def _is_unseen(element: etree._Element) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _UNSEEN
        or element.get("hidden") is not None
        or (element.tag == "dialog" and element.get("open") is None)
        or _UNSEEN_STYLE.search(element.get("style", "")) is not None
        or not _UNSEEN_CLASSES.isdisjoint(element.get("class", "").split())
    )


def _seen_in(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not _is_unseen(child):
            yield from _seen_in(child)
        yield child.tail or ""
