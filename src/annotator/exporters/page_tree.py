"""The page of the report as plain data: what a typesetter needs of it, whatever draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from annotator.domain.codec import Json
from annotator.exporters.lettering import right_to_left

_UNSEEN = frozenset({"style", "title", "meta", "desc"})
_EMPTY = frozenset({"meta", "br"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LEFT_OUT = frozenset({"skip", "narrow", "told"})
"""What a screen needs and paper does not: the way past the head, the drawing for a phone, a drawing told in words."""


@dataclass(slots=True)
class Node:
    """An element, with its classes and what else of its attributes matters."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The classes of the element."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All words in the element."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def walk(self) -> Iterator[Node]:
        """Yield the element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("page", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_page(page: str) -> Node:
    """Return a page that our own exporter wrote as a tree; every element is closed where it was opened."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


def plain(node: Node, *, lines: bool = False) -> list[Json]:
    """Return what is seen of the children of an element: words, and ``{"tag", "class", "children", …}`` for each element.

    Blanks are one each, except that line ends within a quotation are kept where ``lines``.
    """
    found: list[Json] = []
    for child in node.children:
        if isinstance(child, str):
            found += _words(child, lines=lines)
        elif child.tag == "svg":
            found += [] if _LEFT_OUT.intersection(child.classes) else [_picture(child)]
        elif child.tag not in _UNSEEN and not _LEFT_OUT.intersection(child.classes):
            found.append(_element(child, lines=lines or child.tag == "blockquote"))
    return found


def _element(node: Node, *, lines: bool) -> Json:
    within = plain(node, lines=lines)
    if node.tag == "blockquote" and within and isinstance(within[0], str):
        within[0] = within[0].lstrip(" ")
    direction = node.attributes.get("dir")
    if direction == "auto":
        direction = "rtl" if right_to_left(node.text) else "ltr"
    record: dict[str, Json] = {"tag": node.tag, "class": list(node.classes), "children": within}
    given = {"id": node.attributes.get("id"), "href": node.attributes.get("href"), "dir": direction,
             "lang": node.attributes.get("lang"), "length": len(node.text)}  # fmt: skip
    record.update({name: value for name, value in given.items() if value is not None})
    return record


def _words(words: str, *, lines: bool) -> list[Json]:
    if not lines:
        kept = _BLANKS.sub(" ", words)
        return [kept] if kept else []
    found: list[Json] = []
    for number, line in enumerate(words.split("\n")):
        if number:
            found.append({"tag": "br", "class": [], "children": []})
        if line:
            found.append(line)
    return found


def _picture(node: Node) -> Json:
    """Return a drawing: its shapes and its words apart, since words are set by whoever knows the fonts."""
    shapes: list[Json] = []
    words: list[Json] = []
    title = next((each.text for each in node.walk() if each.tag == "title"), "")
    summary = next((each.text for each in node.walk() if each.tag == "desc"), "")
    for child in node.walk():
        place = {
            name: child.attributes[name]
            for name in ("x", "y", "width", "height", "rx", "d")
            if name in child.attributes
        }
        if child.tag in ("rect", "path"):
            shapes.append({"tag": child.tag, "class": list(child.classes), **place})
        elif child.tag == "text":
            rtl = child.attributes.get("direction") == "rtl"
            words.append({"x": float(place["x"]), "y": float(place["y"]), "class": list(child.classes),
                          "words": child.text, "rtl": rtl})  # fmt: skip
    size = node.attributes["viewbox"].split()
    alt = f"{title}. {summary}"
    return {"tag": "svg", "class": [], "children": [], "width": float(size[2]), "height": float(size[3]),
            "alt": alt, "shapes": shapes, "words": words}  # fmt: skip
