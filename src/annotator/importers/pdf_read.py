"""Reads a PDF: page by page to printed lines, then to paragraphs whose characters keep their places."""

from __future__ import annotations

import re

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from annotator.domain.dates import partial_date
from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import NO_TEXT, Imported, Suggestion, Suggestions
from annotator.domain.structure import BlockKind, Page, Structure
from annotator.domain.text import canonical_text
from annotator.importers.pdf import VERSION
from annotator.importers.pdf_engines import TwoEngines, blank_page, broken
from annotator.importers.pdf_layout import PrintedPage
from annotator.importers.pdf_miner import DAMAGE
from annotator.importers.pdf_paragraphs import paragraphs
from annotator.importers.pdf_scan import scanned
from annotator.importers.pdf_text import Setter
from annotator.importers.registry import Progress, ReadOptions

MAX_PAGES = 20_000

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
    engines = TwoEngines(data, name)
    _check_pages(len(engines), name)
    pages, warnings = _pages(engines, progress)
    if all(not page.boxes for page in pages):
        if all(warning.startswith("page-unreadable") for warning in warnings):
            raise broken(name)
        return _without_text(data, engines, [page.page for page in pages], warnings)
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
        suggestions=_suggestions(engines, heading),
        warnings=(*warnings, *((f"undecoded-characters:{undecoded}",) if undecoded else ())),
    )


def _without_text(data: bytes, engines: TwoEngines, pages: list[Page], warnings: list[str]) -> Imported:
    """Return what is known of pages that hold pictures only."""
    text, structure = scanned(data, pages)
    unreadable = [warning for warning in warnings if warning.startswith("page-unreadable")]
    return Imported(
        text=text,
        structure=structure,
        media_type="application/pdf",
        importer="pdf",
        importer_version=VERSION,
        suggestions=_suggestions(engines, ""),
        warnings=(NO_TEXT, *unreadable),
    )


def _check_pages(count: int, name: str) -> None:
    if count > MAX_PAGES:
        raise ImportFailedError(
            name=name, reason=f"it has more than {MAX_PAGES:,} pages", advice="Import the part of it that you need."
        )
    if not count:
        raise ImportFailedError(
            name=name, reason="it has no pages", advice="Download it again; it may have been cut short."
        )


def _pages(engines: TwoEngines, progress: Progress) -> tuple[list[PrintedPage], list[str]]:
    """Read every page; one that cannot be read is left empty and told in the warnings (pages from 1)."""
    pages: list[PrintedPage] = []
    warnings: list[str] = []
    for number in range(len(engines)):
        page = engines.read(number)
        if page is None:
            warnings.append(f"page-unreadable:{number + 1}")
        elif not page.boxes:
            warnings.append(f"page-without-text:{number + 1}")
        pages.append(page or blank_page())
        progress(number + 1, len(engines))
    return pages, warnings


def _suggestions(engines: TwoEngines, heading: str) -> Suggestions:
    """Return what the document information says (PDF 1.7, 14.3.3), or what its largest type says."""
    info, language = _information(engines)
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


def _information(engines: TwoEngines) -> tuple[dict[str, str], str]:
    """Return the document information and the language of the document."""
    info: dict[str, str] = {}
    if engines.mined is None:
        assert engines.pdfium is not None  # noqa: S101 one of the two has opened it
        return {key: _plain(value) for key, value in engines.pdfium.information().items()}, ""
    document = engines.mined.document
    for one in document.info:
        for key, value in one.items():
            info.setdefault(str(key), _plain(value))
    return info, _plain(document.catalog.get("Lang"))


def _plain(value: object) -> str:
    try:
        resolved = resolve1(value)
        text = decode_text(resolved) if isinstance(resolved, bytes) else resolved if isinstance(resolved, str) else ""
    except DAMAGE:
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
