"""Reads a PDF: page by page to printed lines, then to paragraphs whose characters keep their places."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from struct import error as StructError  # noqa: N812 an error under a small name

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from annotator.domain.dates import partial_date
from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import NO_TEXT, Imported, Suggestion, Suggestions
from annotator.domain.structure import BlockKind, Page, Structure
from annotator.domain.text import canonical_text
from annotator.importers.pdf import VERSION
from annotator.importers.pdf_layout import PageReader, PrintedPage
from annotator.importers.pdf_paragraphs import paragraphs
from annotator.importers.pdf_scan import scanned
from annotator.importers.pdf_text import Setter
from annotator.importers.registry import Progress, ReadOptions

MAX_PAGES = 20_000

_DAMAGE = (
    PSException,
    zlib.error,
    StructError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
)
"""What pdfminer raises on damaged files."""
_ALL_UNDECODED = 0.9
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"untitled.*|.*\.(?:docx?|pdf|indd|qxd|odt|rtf|tex|dvi|pages|pptx?|xlsx?|exe)|microsoft word.*|\W*", re.I
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MAX_VALUE = 500


def read_pdf(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a PDF.

    Raises ``ImportFailedError`` for one that is encrypted, damaged, or without pages.
    """
    name = options.name
    with _damage(name):
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        leaves = _leaves(document, name)
    pages, warnings = _pages(leaves, progress)
    if all(not page.boxes for page in pages):
        if all(warning.startswith("page-unreadable") for warning in warnings):
            raise _broken(name)
        return _without_text(data, document, [page.page for page in pages], warnings)
    setter = Setter(paragraphs(pages))
    text = setter.set()
    undecoded = sum(page.undecoded for page in pages)
    if undecoded and text.count("\ufffd") > _ALL_UNDECODED * len(text.replace(" ", "")):
        raise ImportFailedError(
            name=name,
            reason="its letters are stored without saying which letters they are",
            advice="Look for the same text as a web page, or run text recognition on it and import the result.",
        )
    blocks = tuple(setter.blocks)
    heading = next((text[one.start : one.end] for one in blocks if one.kind is BlockKind.TITLE), "")
    return Imported(
        text=text,
        structure=Structure(blocks=blocks, pages=tuple(page.page for page in pages), lines=tuple(setter.lines)),
        media_type="application/pdf",
        importer="pdf",
        importer_version=VERSION,
        suggestions=_suggestions(document, heading),
        warnings=(*warnings, *((f"undecoded-characters:{undecoded}",) if undecoded else ())),
    )


@contextmanager
def _damage(name: str) -> Iterator[None]:
    """Turn what pdfminer raises on a whole file into words."""
    try:
        yield
    except PDFPasswordIncorrect as error:
        raise ImportFailedError(
            name=name,
            reason="it is locked with a password",
            advice="Open it in a PDF viewer with the password, print it to a new PDF, and import that.",
        ) from error
    except PDFEncryptionError as error:
        raise ImportFailedError(
            name=name,
            reason="it is encrypted in a way that cannot be read",
            advice="Open it in a PDF viewer, print it to a new PDF, and import that.",
        ) from error
    except _DAMAGE as error:
        raise _broken(name) from error


def _broken(name: str) -> ImportFailedError:
    return ImportFailedError(
        name=name,
        reason="it is damaged or cut short, or no PDF at all",
        advice="Download it again; or open it in a PDF viewer, print it to a new PDF, and import that.",
    )


def _without_text(data: bytes, document: PDFDocument, pages: list[Page], warnings: list[str]) -> Imported:
    """Return what is known of pages that hold pictures only."""
    text, structure = scanned(data, pages)
    unreadable = [warning for warning in warnings if warning.startswith("page-unreadable")]
    return Imported(
        text=text,
        structure=structure,
        media_type="application/pdf",
        importer="pdf",
        importer_version=VERSION,
        suggestions=_suggestions(document, ""),
        warnings=(NO_TEXT, *unreadable),
    )


def _leaves(document: PDFDocument, name: str) -> list[PDFPage]:
    leaves: list[PDFPage] = []
    for page in PDFPage.create_pages(document):
        leaves.append(page)
        if len(leaves) > MAX_PAGES:
            raise ImportFailedError(
                name=name,
                reason=f"it has more than {MAX_PAGES:,} pages",
                advice="Import the part of it that you need.",
            )
    if not leaves:
        raise ImportFailedError(
            name=name, reason="it has no pages", advice="Download it again; it may have been cut short."
        )
    return leaves


def _pages(leaves: list[PDFPage], progress: Progress) -> tuple[list[PrintedPage], list[str]]:
    """Read every page; one that cannot be read is left empty and told in the warnings (pages from 1)."""
    reader = PageReader()
    pages: list[PrintedPage] = []
    warnings: list[str] = []
    for number, leaf in enumerate(leaves):
        try:
            page = reader.read(leaf, number)
        except _DAMAGE:
            page = PrintedPage(Page(width=0, height=0), [])
            warnings.append(f"page-unreadable:{number + 1}")
        else:
            if not page.boxes:
                warnings.append(f"page-without-text:{number + 1}")
        pages.append(page)
        progress(number + 1, len(leaves))
    return pages, warnings


def _suggestions(document: PDFDocument, heading: str) -> Suggestions:
    """Return what the document information says (PDF 1.7, 14.3.3), or what its largest type says."""
    info: dict[str, str] = {}
    for one in document.info:
        for key, value in one.items():
            info.setdefault(str(key), _plain(value))
    language = _plain(document.catalog.get("Lang"))
    author = info.get("Author", "")
    title: Suggestion | None = None
    if not _NO_TITLE.fullmatch(info.get("Title", "")):
        title = Suggestion(value=info["Title"], basis="pdf info Title")
    elif heading:
        title = Suggestion(value=heading, basis="largest type on page 1")
    return Suggestions(
        title=title,
        authors=(Suggestion(value=author, basis="pdf info Author"),) if author else (),
        date=_date(info.get("CreationDate", "")),
        language=Suggestion(value=language, basis="pdf Lang") if _LANGUAGE.fullmatch(language) else None,
    )


def _plain(value: object) -> str:
    try:
        resolved = resolve1(value)
        text = decode_text(resolved) if isinstance(resolved, bytes) else resolved if isinstance(resolved, str) else ""
    except _DAMAGE:
        return ""
    return " ".join(canonical_text(text).split())[:_MAX_VALUE]


def _date(value: str) -> Suggestion | None:
    match = _DATE.match(value)
    if match is None:
        return None
    try:
        date = partial_date("-".join(part for part in match.groups() if part))
    except ValueError:
        return None
    return Suggestion(value=date, basis="pdf info CreationDate")
