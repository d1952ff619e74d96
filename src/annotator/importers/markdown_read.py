"""Reads Markdown (CommonMark with tables, footnotes and front matter); HTML in it is shown as it was typed."""

from __future__ import annotations

import re
from html import escape

from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.domain.text import canonical_text
from annotator.importers.documents.about import Said, suggestions
from annotator.importers.documents.tree import Pages
from annotator.importers.encoding import decode, decode_as
from annotator.importers.foreign import foreign_error
from annotator.importers.html_reading.guard import guarded
from annotator.importers.markdown import VERSION
from annotator.importers.registry import Progress, ReadOptions
from annotator.importers.text import is_binary

_STEPS = 3
_NESTING = 100
_FIELD = re.compile(r"^([A-Za-z][\w-]*)\s*:[ \t]*(.*)$", re.M)
_ITEM = re.compile(r"^\s*-\s+(.+)$", re.M)
_AUTHORS = ("author", "authors", "creator")


def read_markdown(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a Markdown file as it is meant to look. Raises ``ImportFailedError`` for one without text."""
    decoded = decode_as(data, options.encoding, options.name) if options.encoding else decode(data)
    if is_binary(data, decoded):
        raise foreign_error(data, options.name)
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}).enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(front_matter_plugin)
    tokens = reader.parse(canonical_text(decoded.text))
    if any(token.level >= _NESTING - 1 for token in tokens):  # what is deeper would be left out unsaid
        raise ImportFailedError(
            name=options.name,
            reason=f"its lists or quotations are nested more than {_NESTING} deep",
            advice="Save it as a web page or PDF and import that.",
        )
    progress(1, _STEPS)
    markup = guarded(reader.renderer.render(tokens, reader.options, {}), options.name)
    front = tokens[0].content if tokens and tokens[0].type == "front_matter" else ""
    pages = Pages()
    for part, label in ((f"<pre>{escape(front)}</pre>" if front.strip() else "", "header"), (markup, "")):
        if part.strip():
            pages.add(_tree(part), label)
    progress(2, _STEPS)
    text, structure = pages.text(), pages.structure()
    if not text.strip():
        raise ImportFailedError(
            name=options.name, reason="it holds nothing but blank lines", advice="Save or download it again."
        )
    fields = {match[1].lower(): match for match in _FIELD.finditer(front)}
    about = suggestions(
        text,
        structure,
        titles=[_said(fields, "title")],
        authors=[said for name in _AUTHORS for said in _people(fields, front, name)],
        dates=[_said(fields, name) for name in ("date", "published")],
        languages=[_said(fields, name) for name in ("lang", "language")],
        url=_said(fields, "url"),
    )
    progress(3, _STEPS)
    return Imported(
        text=text,
        structure=structure,
        media_type="text/markdown",
        importer="markdown",
        importer_version=VERSION,
        encoding=decoded.encoding,
        suggestions=about,
        warnings=decoded.warnings,
    )


def _tree(markup: str) -> etree._Element:
    """Return the tree of what the renderer wrote, without the arrows that lead from notes back into the text."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    root = etree.fromstring(f"<html><body>{markup}</body></html>".encode(), parser)
    for link in root.iter("a"):
        if link.get("class") == "footnote-backref":
            link.text = ""
    return root


def _said(fields: dict[str, re.Match[str]], name: str) -> Said:
    match = fields.get(name)
    return (match[2].strip().strip("\"'") if match else "", f"front matter {name}")


def _people(fields: dict[str, re.Match[str]], front: str, name: str) -> list[Said]:
    """Return the people under a name: on its line, in brackets, or as items below it."""
    match = fields.get(name)
    if match is None:
        return []
    value, basis = _said(fields, name)
    if value.startswith("[") and value.endswith("]"):
        return [(one.strip().strip("\"'"), basis) for one in value[1:-1].split(",")]
    if value:
        return [(value, basis)]
    below = front[match.end() :]
    following = _FIELD.search(below)
    items = _ITEM.findall(below[: following.start()] if following else below)
    return [(one.strip().strip("\"'"), basis) for one in items]
