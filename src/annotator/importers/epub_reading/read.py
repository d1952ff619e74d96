"""Reads an e-book: its chapters one after the other in reading order, as one text."""

from __future__ import annotations

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers.documents.about import suggestions
from annotator.importers.documents.tree import NAVIGATION, Pages
from annotator.importers.documents.xml_guard import parse_leniently, without_named_characters
from annotator.importers.documents.zip_guard import HARMFUL, Package
from annotator.importers.encoding import decode
from annotator.importers.epub import MEDIA_TYPE, VERSION
from annotator.importers.epub_reading.book import Book, Chapter
from annotator.importers.html_reading.guard import guarded
from annotator.importers.registry import Progress, ReadOptions

MAX_CHAPTERS_BYTES = 128 << 20
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTE_TYPES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "note"))


def read_epub(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of an e-book. Raises ``ImportFailedError`` for one that is hostile, damaged, locked or without text."""
    package = Package(data, options.name)
    book = Book(package, options.name)
    if sum(package.size(chapter.part) for chapter in book.chapters) > MAX_CHAPTERS_BYTES:
        raise ImportFailedError(
            name=options.name,
            reason=f"the chapters of the book unpack to more than {MAX_CHAPTERS_BYTES >> 20} MB",
            advice=HARMFUL,
        )
    pages = Pages()
    steps = len(book.chapters) + 1
    for number, chapter in enumerate(book.chapters, start=1):
        root = _page(package, chapter, options.name)
        if root is not None:
            pages.add(root, NAVIGATION if chapter.is_contents else "")
        progress(number, steps)
    text, structure = pages.text(), pages.structure()
    if not text.strip():
        raise ImportFailedError(
            name=options.name,
            reason="the book holds no text; its pages may be pictures",
            advice="Save it as PDF and import that: areas of its pages can be marked.",
        )
    about = suggestions(
        text,
        structure,
        titles=book.said("title"),
        authors=book.makers(),
        publisher=next(iter(book.said("publisher")), ("", "")),
        dates=book.dates(),
        languages=book.said("language"),
        url=next(iter(book.said("source")), ("", "")),
    )
    progress(steps, steps)
    return Imported(
        text=text,
        structure=structure,
        media_type=MEDIA_TYPE,
        importer="epub",
        importer_version=VERSION,
        suggestions=about,
    )


def _page(package: Package, chapter: Chapter, name: str) -> etree._Element | None:
    """Return a chapter's root with plain names; what is no XML is read as browsers would."""
    data = package.read(chapter.part)
    root = parse_leniently(without_named_characters(data), chapter.part, name)
    if root is None:
        markup = guarded(decode(data).text, name)
        root = etree.fromstring(markup.encode(), etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True))
    if root is None:
        return None
    for element in root.iter():
        if isinstance(element.tag, str):
            if "}" in element.tag:
                element.tag = element.tag.rpartition("}")[2]
            if not _NOTE_TYPES.isdisjoint(element.get(_EPUB_TYPE, "").split()) and not element.get("role"):
                element.set("role", "doc-footnote")
    return root
