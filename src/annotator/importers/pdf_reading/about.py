"""What a PDF says of itself: title, author, date, language."""

from __future__ import annotations

import re

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from annotator.domain.dates import partial_date
from annotator.domain.imported import Suggestion, Suggestions
from annotator.domain.text import canonical_text
from annotator.importers.pdf_reading.engines import TwoEngines
from annotator.importers.pdf_reading.glyphs import UNKNOWN
from annotator.importers.pdf_reading.miner import DAMAGE

_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"untitled.*|.*\.(?:docx?|pdf|indd|qxd|odt|rtf|tex|dvi|pages|pptx?|xlsx?|exe)|microsoft word.*|\W*", re.I
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MAX_VALUE = 500


def suggestions(engines: TwoEngines, heading: str) -> Suggestions:
    """Return what the document information says (PDF 1.7, 14.3.3), or what its largest type says."""
    info, language = _information(engines)
    author = info.get("Author", "")
    title: Suggestion | None = None
    if not _NO_TITLE.fullmatch(info.get("Title", "")):
        title = Suggestion(value=info["Title"], basis="pdf info Title")
    elif heading and UNKNOWN not in heading:
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
