"""The formats there are: ours, and those that outside packages add by the entry point group ``annotator.exporters``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from annotator.domain.errors import WrongArgumentError
from annotator.exporters.base import Exporter
from annotator.exporters.claimreview import CLAIM_REVIEW
from annotator.exporters.csv import CSV
from annotator.exporters.html import HTML
from annotator.exporters.hypothesis import HYPOTHESIS
from annotator.exporters.markdown import MARKDOWN
from annotator.exporters.pdf_pages import PDF_PAGES
from annotator.exporters.refi_codebook import REFI_CODEBOOK
from annotator.exporters.refi_project import REFI_PROJECT
from annotator.exporters.report_pdf import REPORT_PDF
from annotator.exporters.webannotation import WEB_ANNOTATION
from annotator.exporters.xlsx import XLSX

GROUP = "annotator.exporters"

_OURS: tuple[Exporter, ...] = (
    HTML,
    REPORT_PDF,
    CSV,
    WEB_ANNOTATION,
    CLAIM_REVIEW,
    REFI_PROJECT,
    REFI_CODEBOOK,
    PDF_PAGES,
    HYPOTHESIS,
    MARKDOWN,
    XLSX,
)


@cache
def exporters() -> dict[str, Exporter]:
    """Return every format by its code, ours first; an outside package does not replace one of ours."""
    found: dict[str, Exporter] = {exporter.code: exporter for exporter in _OURS}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        exporter: Exporter = point.load()
        found.setdefault(exporter.code, exporter)
    return found


def exporter(code: str) -> Exporter:
    """Return the format with this code; raises ``WrongArgumentError`` naming those that exist."""
    known = exporters()
    if code not in known:
        raise WrongArgumentError(argument="format", problem=f"“{code}” is not known", allowed=", ".join(known))
    return known[code]
