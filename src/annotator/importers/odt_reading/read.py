"""Reads an OpenDocument text: its words as they stand, its notes, running heads and properties."""

from __future__ import annotations

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.domain.structure import BlockKind
from annotator.importers.documents.about import Said, suggestions, warnings
from annotator.importers.documents.parts import Document, Part, paragraphs_in
from annotator.importers.documents.steps import Steps
from annotator.importers.documents.text import compose
from annotator.importers.documents.xml_guard import parse_xml
from annotator.importers.documents.zip_guard import DAMAGED, Package, is_zip, locked
from annotator.importers.odt import MEDIA_TYPE, VERSION
from annotator.importers.odt_reading.body import Body
from annotator.importers.odt_reading.lists import Lists
from annotator.importers.odt_reading.styles import Styles
from annotator.importers.odt_reading.xml import DC, MANIFEST, META, OFFICE, STYLE, TEXT
from annotator.importers.registry import Progress, ReadOptions

_MANIFEST = "META-INF/manifest.xml"
_RUNNING = {
    "header": ("header", "header-left", "header-first"),
    "footer": ("footer", "footer-left", "footer-first"),
}


def read_odt(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of an OpenDocument text. Raises ``ImportFailedError`` for one that is hostile, damaged, locked or empty."""
    content, styles, meta = _roots(data, options.name)
    known = Styles(content, styles)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ImportFailedError(name=options.name, reason="it has no body of text", advice=DAMAGED)
    steps = Steps(progress, sum(1 for _ in body.iter(f"{TEXT}p", f"{TEXT}h")))
    reader = Body(known, Lists(known), steps)
    document = Document(heads=_running(reader, styles, "header"), body=reader.read(body))
    document.notes = reader.notes
    document.feet = _running(reader, styles, "footer")
    for kind, name in (("inserted", "insertion"), ("deleted", "deletion")):
        reader.counts[kind] += sum(1 for _ in content.iter(f"{TEXT}{name}"))
    text, structure = compose(document)
    if not text.strip():
        raise ImportFailedError(
            name=options.name,
            reason="the document holds no text; it may be made of pictures",
            advice="Save it as PDF and import that.",
        )
    about = suggestions(
        text,
        structure,
        titles=_said(meta, "title"),
        authors=_said(meta, "initial-creator") or _said(meta, "creator"),
        dates=(*_said(meta, "creation-date"), *_said(meta, "date")),
        languages=(*_said(meta, "language"), (known.language, "odt style language")),
    )
    steps.end()
    return Imported(
        text=text,
        structure=structure,
        media_type=MEDIA_TYPE,
        importer="odt",
        importer_version=VERSION,
        suggestions=about,
        warnings=warnings(reader.counts),
    )


def _roots(data: bytes, name: str) -> tuple[etree._Element, etree._Element | None, etree._Element | None]:
    """Return the roots of content, styles and properties; in a flat file they are one."""
    if not is_zip(data) and data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        root = parse_xml(data, name, name)
        return root, root, root
    package = Package(data, name)
    if _MANIFEST in package:
        manifest = parse_xml(package.read(_MANIFEST), _MANIFEST, name)
        if next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
            raise locked(name)
    content, styles, meta = (
        parse_xml(package.read(part), part, name) if part == "content.xml" or part in package else None
        for part in ("content.xml", "styles.xml", "meta.xml")
    )
    if content is None:
        raise ImportFailedError(name=name, reason="it has no body of text", advice=DAMAGED)
    return content, styles, meta


def _running(reader: Body, styles: etree._Element | None, kind: str) -> list[Part]:
    """Return what stands at the head or foot of the pages, each text once, not as part of the article."""
    found: dict[str, Part] = {}
    for page in styles.iter(f"{STYLE}master-page") if styles is not None else ():
        for element in page.iterchildren(*(f"{STYLE}{name}" for name in _RUNNING[kind])):
            for paragraph in paragraphs_in(reader.read(element)):
                paragraph.label, paragraph.kind = kind, BlockKind.PARAGRAPH
                if any(map(str.isalpha, paragraph.text)):
                    found.setdefault(" ".join(paragraph.text.split()), paragraph)
    return list(found.values())


def _said(meta: etree._Element | None, name: str) -> list[Said]:
    if meta is None:
        return []
    elements = meta.iter(f"{META}{name}", f"{DC}{name}")
    return [(one.text or "", f"odt {name}") for one in elements]
