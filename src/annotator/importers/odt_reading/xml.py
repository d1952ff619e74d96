"""The namespaces of OpenDocument (ODF 1.3, part 3)."""

from __future__ import annotations

_ODF = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, TABLE, STYLE, DRAW, META, MANIFEST = (
    _ODF.format(one) for one in ("office", "text", "table", "style", "drawing", "meta", "manifest")
)
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def count(text: str | None, otherwise: int) -> int:
    """Return ``text`` as a number of reasonable size."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise
