"""Sets the page of the HTML report as a tagged PDF (PDF/UA-1), by a typesetter that needs no browser."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from annotator.domain.codec import Json, canonical
from annotator.exporters.html_style import colours, drawing_style
from annotator.exporters.markup import Markup, tag
from annotator.exporters.page_tree import Node, plain, read_page
from annotator.resources import resource

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_TRIES = 4
_NOTICE = (
    "No font on the computer that made this file has some of the characters below: they are shown as \u25a1. "
    "The HTML report has them all."
)
_STANDARD = "ua-1"
_INSTEAD = "\u25a1"
"""Stands for a character that no font on the computer has."""


class _NoFontError(Exception):
    """Words that no font on the computer can show."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self.words = set(words)


def set_page(page: str) -> bytes:
    """Return a page of the HTML report as PDF. Characters that no font has are shown as □, and the page says so at its head."""
    tree = read_page(page)
    missing: set[str] = set()
    for _ in range(_TRIES):
        try:
            return _typeset(tree, missing, _STANDARD)
        except _NoFontError as error:
            missing |= error.words
    return _typeset(tree, missing, "1.7")


def _typeset(tree: Node, missing: Collection[str], standard: str) -> bytes:
    """Return the PDF; raises ``_NoFontError`` where the standard asks that every character is shown."""
    import typst

    try:
        found: bytes = typst.compile(  # type: ignore[call-overload]  # its types do not know of files that are given by name
            _files(tree, missing), font_paths=[str(resource("fonts"))], format="pdf", pdf_standards=[standard]
        )
    except typst.TypstError as error:
        words = [_unescaped(each) for each in _MISSING.findall(error.diagnostic)]
        if not words:
            raise
        raise _NoFontError(words) from error
    return found


def _files(tree: Node, missing: Collection[str]) -> dict[str, bytes]:
    """Return what the typesetter reads: how to draw, and the page as data that is never read as instructions."""
    title, body = (next(node for node in tree.walk() if node.tag == name) for name in ("title", "body"))
    for later in [node for node in tree.walk() if node.tag == "article"][1:]:
        later.attributes["class"] = "later"
    shapes: list[str] = []
    seen = _numbered(plain(body), shapes)
    if missing:
        seen.insert(0, {"tag": "p", "class": ["warning"], "children": [_NOTICE]})
    record = {"title": title.text, "root": {"tag": "body", "class": [], "children": seen}}
    return {
        "main.typ": resource("report", "report.typ").read_bytes(),
        "page.json": _replaced(canonical(record).decode(), missing).encode(),
        "colours.json": canonical(colours("light")),
        "shapes.json": canonical(shapes),
    }


def _numbered(nodes: list[Json], shapes: list[str]) -> list[Json]:
    """Take the shapes of drawings out of the tree and leave their numbers."""
    for node in nodes:
        if isinstance(node, dict):
            if node["tag"] == "svg":
                shapes.append(_drawing(node))
                node["shapes"] = len(shapes) - 1
            _numbered(node["children"], shapes)
    return nodes


def _drawing(node: dict[str, Json]) -> str:
    """Return the shapes of a drawing as an SVG of their own, in the colours of paper."""
    shapes = [
        tag(
            each["tag"],
            class_=" ".join(each["class"]),
            **{name: each[name] for name in each if name not in ("tag", "class")},
        )
        for each in node["shapes"]
    ]
    box = f"0 0 {node['width']} {node['height']}"
    style = tag("style", Markup(drawing_style("light")))
    return str.__str__(tag("svg", style, *shapes, xmlns="http://www.w3.org/2000/svg", viewBox=box))


def _replaced(text: str, missing: Collection[str]) -> str:
    for each in sorted(missing, key=len, reverse=True):
        text = text.replace(each, _INSTEAD)
    return text


def _unescaped(text: str) -> str:
    """Return a text that Rust wrote between quotes as it was."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)
