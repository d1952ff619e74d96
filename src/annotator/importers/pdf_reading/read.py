"""Reads a PDF: page by page to printed lines, then to paragraphs whose characters keep their places."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import NO_TEXT, Imported
from annotator.domain.structure import BlockKind, Structure
from annotator.importers.pdf import VERSION
from annotator.importers.pdf_reading.about import suggestions
from annotator.importers.pdf_reading.engines import TwoEngines, blank_page, broken, no_pages
from annotator.importers.pdf_reading.glyphs import UNKNOWN
from annotator.importers.pdf_reading.layout import PrintedPage
from annotator.importers.pdf_reading.paragraphs import paragraphs
from annotator.importers.pdf_reading.scan import scanned
from annotator.importers.pdf_reading.text import Setter
from annotator.importers.registry import Progress, ReadOptions

MAX_PAGES = 20_000

_ALL_UNDECODED = 0.9

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(PrintedPage)


def read_pdf(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a PDF.

    Raises ``ImportFailedError`` for one that is encrypted, damaged, or without pages.
    """
    document = PdfPages(data, options)
    bodies: list[bytes] = []
    for number in range(document.count):
        bodies.append(document.read(number)[1])
        progress(number + 1, document.count)
    return document.finish(bodies)


class PdfPages:
    """A PDF whose pages are read one by one, by whichever process."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        """Open it. Raises ``ImportFailedError`` for one that is encrypted, damaged, or without pages."""
        self._data, self._name = data, options.name
        self._engines = TwoEngines(data, self._name)
        self.count = len(self._engines)
        _check_pages(self.count, self._name)

    def read(self, number: int) -> tuple[str, bytes]:
        """Return the words of a page, line by line, and its printed lines; empty bytes when neither engine can read it."""
        page = self._engines.read(number)
        if page is None:
            return "", b""
        words = "\n".join(line.text for box in page.boxes for line in box)
        return words, _encoder.encode(page)

    def finish(self, bodies: Sequence[bytes]) -> Imported:
        """Return the whole document. Raises ``ImportFailedError`` when there is nothing to read in it."""
        pages = [_decoder.decode(body) if body else blank_page() for body in bodies]
        if not any(bodies):
            raise no_pages(self._name) if self._engines.has_none else broken(self._name)
        unreadable = [f"page-unreadable:{number}" for number, body in enumerate(bodies, start=1) if not body]
        if all(not page.boxes for page in pages):
            return self._without_text(pages, unreadable)
        blank = [
            f"page-without-text:{number}"
            for number, (page, body) in enumerate(zip(pages, bodies, strict=True), start=1)
            if body and not page.boxes
        ]
        return self._with_text(pages, [*unreadable, *blank])

    def _with_text(self, pages: list[PrintedPage], warnings: list[str]) -> Imported:
        setter = Setter(paragraphs(pages))
        text = setter.set()
        undecoded = sum(page.undecoded for page in pages)
        if undecoded and text.count(UNKNOWN) > _ALL_UNDECODED * len(text.replace(" ", "")):
            raise ImportFailedError(
                name=self._name,
                reason="its letters are stored without saying which letters they are",
                advice="Look for the same text as a web page, or run text recognition on it and import the result.",
            )
        blocks = tuple(setter.blocks)
        heading = next((text[one.start : one.end] for one in blocks if one.kind is BlockKind.TITLE), "")
        structure = Structure(blocks=blocks, pages=tuple(page.page for page in pages), lines=tuple(setter.lines))
        told = f"undecoded-characters:{undecoded}"
        return self._imported(text, structure, heading, (*warnings, *((told,) if undecoded else ())))

    def _without_text(self, pages: list[PrintedPage], unreadable: list[str]) -> Imported:
        """Return what is known of pages that hold pictures only."""
        text, structure = scanned(self._data, [page.page for page in pages])
        return self._imported(text, structure, "", (NO_TEXT, *unreadable))

    def _imported(self, text: str, structure: Structure, heading: str, warnings: tuple[str, ...]) -> Imported:
        return Imported(
            text=text,
            structure=structure,
            media_type="application/pdf",
            importer="pdf",
            importer_version=VERSION,
            suggestions=suggestions(self._engines, heading),
            warnings=warnings,
        )


def _check_pages(count: int, name: str) -> None:
    if count > MAX_PAGES:
        raise ImportFailedError(
            name=name, reason=f"it has more than {MAX_PAGES:,} pages", advice="Import the part of it that you need."
        )
    if not count:
        raise no_pages(name)
