"""PDFs with highlights: a ZIP with the originals, marked as any reader of PDFs shows, and a list of what is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.errors import NotFoundError
from annotator.domain.places import Places
from annotator.domain.source import Source, Version
from annotator.exporters.base import ExportOptions, Progress, ProjectView
from annotator.exporters.going import Going
from annotator.exporters.packed import member, packing
from annotator.exporters.pdf_mark import Mark, Order, PdfRefusedError
from annotator.exporters.pdf_process import marked
from annotator.exporters.pdf_words import MarkMaker

LEFT_OUT = "Not in here.txt"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
"""What no name of a file may hold on some system, and what hides how a name ends."""
_NAME = 80


@dataclass(frozen=True, slots=True)
class PdfPagesExporter:
    """One PDF a version that has passages."""

    code: str = "pdf-pages"
    label: str = "PDFs with highlights"
    suffix: str = ".pdf.zip"
    media_type: str = "application/zip"
    lacks: str = (
        "Only passages on sources that are PDFs are in it, and of these no encrypted ones: "
        "no conclusions, no withdrawn judgements, no notes, no history."
    )

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the ZIP, PDF by PDF; each is marked in a process of its own."""
        with Going(view, options, progress) as going, packing(out) as packed:
            going.lay_down()
            pages = _Pages(view, going, progress)
            for name, data in pages.files():
                packed.writestr(member(name), data)
        progress(1, 1)


class _Pages:
    def __init__(self, view: ProjectView, going: Going, progress: Progress) -> None:
        self._view = view
        self._going = going
        self._progress = progress
        self._places = Places(view)
        self._maker = MarkMaker(view, going)
        self._taken: set[str] = set()
        self._left_out: list[str] = []

    def files(self) -> Iterator[tuple[str, bytes]]:
        versions = [each for each in self._going.versions() if each.text in self._going.texts]
        for number, version in enumerate(versions):
            self._progress(number, len(versions) + 1)
            if self._places.version(version.text) == version:
                name = self._name(version)
                try:
                    yield f"{name}.pdf", self._marked(version, name, number, len(versions) + 1)
                except PdfRefusedError as error:
                    self._left_out.append(f"“{name}” {error.reason}.")
        if self._left_out or not versions:
            lines = self._left_out or ["No passage stands on a source that is a PDF."]
            yield LEFT_OUT, ("\n".join(lines) + "\n").encode()

    def _marked(self, version: Version, name: str, done: int, total: int) -> bytes:
        original = self._original(version)
        structure = self._view.structure(version.structure)
        marks: list[Mark] = []
        lost = 0
        for passage, stamp in self._going.passages_in(version.text):
            found = list(self._maker.of(passage, stamp, structure))
            lost += not found
            marks += found
        if not marks:
            raise PdfRefusedError("is not in here: its words have no place on its pages")
        if lost:
            self._left_out.append(f"“{name}” lacks {lost} passages, whose words have no place on its pages.")
        sizes = tuple((page.width, page.height) for page in structure.pages)
        return marked(original, Order(pages=sizes, marks=tuple(marks)), lambda: self._progress(done, total))

    def _original(self, version: Version) -> bytes:
        if version.media_type != "application/pdf" or version.original is None:
            raise PdfRefusedError("is no PDF")
        try:
            original = self._view.blob(version.original)
        except NotFoundError as error:
            raise PdfRefusedError("is not in this copy of the project: its original was left out") from error
        if b"%PDF-" not in original[:1024]:
            raise PdfRefusedError("lies in an archive of web pages; export that page by itself to mark it")
        return original

    def _name(self, version: Version) -> str:
        """Return a name of its own for the file of a version."""
        source = self._view.find(Source, version.source_id)
        words = _FORBIDDEN.sub(" ", (source and source.title) or version.name or "Untitled")
        plain = " ".join(words.split())[:_NAME].strip(" .") or "Untitled"
        plain = f"{plain} ({version.sequence})" if version.sequence > 1 else plain
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain} {number}"
        self._taken.add(name.casefold())
        return name


PDF_PAGES = PdfPagesExporter()
