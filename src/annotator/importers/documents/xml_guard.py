"""Parses XML that a stranger wrote: nothing outside is asked for, no entity is unfolded, depth and attributes are bound."""

from __future__ import annotations

import codecs
import re
from html.entities import html5

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.importers.documents.zip_guard import DAMAGED, HARMFUL, shown

MAX_DEPTH = 200
MAX_ATTRIBUTES = 500

_LONG_TAG = re.compile(rb"<[A-Za-z_:\x80-\xff][^<]{2000,}+")
"""500 attributes take 2,000 bytes at least; a value may hold no opening bracket (XML, 2.3)."""
_TAG = re.compile(rb"<[^\s>/]++(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>?")
_ATTRIBUTE = re.compile(rb"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*+(\[)?", re.I)
_DOCTYPE_TEXT = re.compile(r"<!DOCTYPE[^>\[]*+>", re.I)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How files in two bytes a character begin, and how they are decoded (XML 1.0, appendix F.1)."""


def parse_xml(data: bytes, part: str, name: str) -> etree._Element:
    """Return the root of ``part`` of the document ``name``.

    Raises ``ImportFailedError`` for XML that is damaged, declares entities, or is nested or filled beyond measure.
    """
    root = parse_leniently(data, part, name)
    if root is None:
        raise ImportFailedError(name=name, reason=f"its part {shown(part)} is damaged", advice=DAMAGED)
    return root


def parse_leniently(data: bytes, part: str, name: str) -> etree._Element | None:
    """Do as ``parse_xml``, but return none for what is no well-formed XML."""
    if wide := _WIDE.get(data[:2]):
        data = _DECLARATION.sub("", data.decode(wide, "replace").removeprefix("\ufeff")).encode()
    check_markup(data, part, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise _too_deep(part, name) from error
        return None
    if root.xpath("/*" * (MAX_DEPTH + 1)):
        raise _too_deep(part, name)
    return root


def check_markup(data: bytes, part: str, name: str) -> None:
    """Refuse what would keep a parser busy: declared entities, elements with very many attributes."""
    doctype = _DOCTYPE.search(data)
    if doctype is not None and doctype[1] and b"<!ENTITY" in data:
        raise ImportFailedError(
            name=name, reason=f"its part {shown(part)} declares abbreviations of its own", advice=HARMFUL
        )
    for stretch in _LONG_TAG.finditer(data):
        tag = _TAG.match(stretch[0])
        if tag is not None and sum(1 for _ in _ATTRIBUTE.finditer(tag[0])) > MAX_ATTRIBUTES:
            raise ImportFailedError(
                name=name,
                reason=f"an element of its part {shown(part)} has more than {MAX_ATTRIBUTES} attributes",
                advice=HARMFUL,
            )


def without_named_characters(data: bytes) -> bytes:
    """Return XHTML with its named characters (``&nbsp;``) written out: they are declared in a file that is not loaded."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    text = _DOCTYPE_TEXT.sub("", text, count=1)
    return _NAMED.sub(lambda match: _character(match[1]) or match[0], text).encode()


def _character(entity: str) -> str:
    return "" if entity in _XML_OWN else html5.get(f"{entity};", "")


def _too_deep(part: str, name: str) -> ImportFailedError:
    return ImportFailedError(
        name=name,
        reason=f"the elements of its part {shown(part)} are nested more than {MAX_DEPTH} deep",
        advice=HARMFUL,
    )
