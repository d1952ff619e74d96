"""The report on paper: the same page, set by a process of its own that can be stopped."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.errors import ReportNotSetError
from annotator.exporters.apart import ApartLimits, worked_apart
from annotator.exporters.apart_child import FINE, OVER
from annotator.exporters.base import ExportOptions, Progress, ProjectView
from annotator.exporters.html import HTML

_CHILD = "annotator.exporters.report_child"
_LIMITS = ApartLimits(time=900.0, cpu=1800, memory=4 << 30)


@dataclass(frozen=True, slots=True)
class ReportPdfExporter:
    """The report as pages for print and for archives, for one claim or for all."""

    code: str = "report-pdf"
    label: str = "Report (PDF)"
    suffix: str = ".pdf"
    media_type: str = "application/pdf"
    lacks: str = "It is for reading and printing: notes, unlinked passages and the texts as a whole stay behind."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the page as HTML first, then have it set. Raises ``ReportNotSetError``; ``progress`` may stop it by raising."""
        page = io.BytesIO()
        total = 1

        def told(done: int, of: int) -> None:
            nonlocal total
            total = of + 1
            progress(min(done, of), total)

        HTML.write(view, page, options, told)
        out.write(set_apart(page.getvalue(), lambda: progress(total - 1, total)))
        progress(1, 1)


def set_apart(page: bytes, watch: Callable[[], None], limits: ApartLimits = _LIMITS) -> bytes:
    """Return a page of the HTML report (UTF-8) as PDF. ``watch`` is called now and then, and stops the work by raising.

    Raises ``ReportNotSetError``.
    """
    state, content = worked_apart(_CHILD, (page,), watch, limits)
    if state == FINE:
        return content
    minutes, memory = round(limits.time / 60), limits.memory >> 30
    over = f"it takes more than {minutes} minutes or {memory} GB of memory"
    raise ReportNotSetError(reason=over if state == OVER else "the typesetter failed")


REPORT_PDF = ReportPdfExporter()
