"""Writes OpenDocument texts for tests: only what a test is about, as LibreOffice would write it."""

from __future__ import annotations

from tests.importers.zips import zipped

TYPE = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in (
        *((short, f"{_ODF}:{long}:1.0") for short, long in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
            ("meta", "meta"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        )),
        ("xlink", "http://www.w3.org/1999/xlink"), ("dc", "http://purl.org/dc/elements/1.1/"),
    )
)  # fmt: skip


def style(name: str, *, parent: str = "", family: str = "text", properties: str = "", more: str = "") -> str:
    """Return a style; ``properties`` are attributes of its text, ``more`` attributes of its own."""
    inherited = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{inherited} {more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def list_style(name: str, *levels: str) -> str:
    """Return a list style; each level is the attributes of its numbers, empty for a bullet."""
    written = "".join(
        f'<text:list-level-style-number text:level="{n}" {level}/>'
        if level
        else f'<text:list-level-style-bullet text:level="{n}"/>'
        for n, level in enumerate(levels, start=1)
    )
    return f'<text:list-style style:name="{name}">{written}</text:list-style>'


def paragraph(content: str, name: str = "Standard") -> str:
    """Return a paragraph of a style."""
    return f'<text:p text:style-name="{name}">{content}</text:p>'


def heading(words: str, level: int, attributes: str = "") -> str:
    """Return a heading."""
    return f'<text:h text:outline-level="{level}" {attributes}>{words}</text:h>'


def a_list(name: str, *items: str, attributes: str = "") -> str:
    """Return a list; an item is words or elements."""
    written = "".join(f"<text:list-item>{one if '<' in one else paragraph(one)}</text:list-item>" for one in items)
    return f'<text:list text:style-name="{name}" {attributes}>{written}</text:list>'


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell is words or its whole element."""

    def cell(content: str) -> str:
        inside = content if content.startswith("<text") or not content else paragraph(content)
        return content if content.startswith("<table") else f"<table:table-cell>{inside}</table:table-cell>"

    written = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return f"<table:table>{written}</table:table>"


def content(body: str, styles: str = "") -> str:
    """Return the part with the text and the styles of its own."""
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(
    body: str, *, styles: str = "", common: str = "", masters: str = "", meta: str = "", manifest: str = ""
) -> bytes:
    """Return a document. ``common`` are styles that all documents of a template share, ``masters`` those of pages."""
    return zipped({
        "mimetype": TYPE,
        "content.xml": content(body, styles),
        "styles.xml": f"<office:document-styles {NAMES}><office:styles>{common}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">{manifest}</m:manifest>',
    })  # fmt: skip


def fodt(body: str) -> bytes:
    """Return a document that is one XML file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} office:mimetype="{TYPE}"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document>"
    ).encode()
