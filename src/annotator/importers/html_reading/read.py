"""Reads a web page: the whole of it reduced to blocks, the article among them marked."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from annotator.domain.imported import Imported
from annotator.domain.structure import Block, Structure
from annotator.domain.text import canonical_text
from annotator.importers.encoding import Decoded, charset_of, decode, decode_as, known_encoding
from annotator.importers.html import VERSION
from annotator.importers.html_reading.about import About
from annotator.importers.html_reading.article import mark_article
from annotator.importers.html_reading.found import Found
from annotator.importers.html_reading.guard import MAX_DEPTH, guarded, refused, too_deep
from annotator.importers.html_reading.reduce import reduce_page
from annotator.importers.html_reading.shell import FROM_DATA, lacks, with_article
from annotator.importers.registry import Progress, ReadOptions

_STEPS = 4
_HEAD = 4096
_DECLARED = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.I,
)
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "latin_1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "utf-8",
}
"""What browsers take a declared encoding for (WHATWG Encoding, 4.2)."""

_AS_EXTRACTOR_WANTS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""The extractor takes such a tree as it is, and is spared a parse; lxml's own way to one asks Python for each element."""


def read_html(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a web page. Raises ``ImportFailedError`` for one that is hostile, damaged or without text."""
    decoded = (
        decode_as(data, options.encoding, options.name) if options.encoding else _decoded(data, options.declared_type)
    )
    markup = guarded(canonical_text(decoded.text), options.name)
    progress(1, _STEPS)
    root = _parsed(markup, options.name)
    about = About(root, len(markup), options.address)
    address = about.base()
    warnings = decoded.warnings
    reduced = reduce_page(root, address)
    body = about.article_body()
    is_shell = lacks(reduced.text, body)
    if not reduced.text.strip() and not is_shell:
        reduced = reduce_page(root, address, hidden=True)
        warnings = (*warnings, "hidden-text-shown")
    if not reduced.text.strip() and not is_shell:
        raise refused(options.name, "the page holds no text; it may be put together by scripts or of pictures only")
    progress(2, _STEPS)
    suggestions = about.suggestions()
    progress(3, _STEPS)
    if is_shell:
        reduced, warnings = with_article(reduced, body), (*warnings, FROM_DATA)
    else:
        title = suggestions.title.value if suggestions.title else ""
        etree.strip_tags(root, etree.Comment)
        warnings += mark_article(reduced.found, reduced.text, root, title)
    progress(4, _STEPS)
    return Imported(
        text=reduced.text,
        structure=Structure(blocks=tuple(map(_block, reduced.found)), inlines=tuple(reduced.inlines)),
        media_type="text/html",
        importer="html",
        importer_version=VERSION,
        encoding=decoded.encoding,
        suggestions=suggestions,
        warnings=warnings,
        capture=about.saved,
    )


def _decoded(data: bytes, declared_type: str) -> Decoded:
    """Decode a page: valid UTF-8 beyond ASCII is believed more than a declaration, which a saved page often outlives.

    What the server declared goes before what the page declares (HTML, 13.2.3.2).
    """
    match = _DECLARED.search(data[:_HEAD])
    declared = known_encoding(charset_of(declared_type)) or (
        known_encoding((match[1] or match[2]).decode("ascii", "replace")) if match else None
    )
    declared = _WIDER.get(declared, declared) if declared else None
    decoded = decode(data)
    if decoded.encoding.startswith(("utf-", "iso2022")) and not decoded.warnings:
        if declared in (None, "utf-8", decoded.encoding) or data.isascii():
            return decoded
        return Decoded(decoded.text, decoded.encoding, (f"encoding-not-as-declared:{declared}",))
    return decode(data, declared=declared or "")


def _parsed(markup: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False, collect_ids=False)
    parser.set_element_class_lookup(_AS_EXTRACTOR_WANTS)
    try:
        root = etree.fromstring(markup.encode(), parser)
    except (etree.XMLSyntaxError, AssertionError) as error:
        raise refused(name, "the page could not be read") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise too_deep(name)
    if root is None:
        raise refused(name, "the page is empty")
    _measure(root, name)
    return root


def _measure(root: etree._Element, name: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH + 56:
            raise too_deep(name)


def _block(one: Found) -> Block:
    return Block(
        kind=one.kind,
        start=one.start,
        end=one.end,
        level=one.level,
        number=one.number,
        row=one.row,
        column=one.column,
        article=one.article,
        label=one.label,
    )
