"""200 passages found and painted on a page of a PDF that was not in sight before ÷ the 5 ms that are allowed."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import thread_time

from PySide6.QtGui import QImage, QPainter

from annotator.services.paging import PagePictures
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.pages.pages_view import PagesView
from benchmarks.cases import allowed
from benchmarks.mark import Case, Mark
from benchmarks.pages import printed
from benchmarks.reading import Stage, opened

_PAGES, _IN_SIGHT, _ON_EACH = 40, 3, 200


def _painted(times: int) -> Case:
    """Return the case of the median seconds of painting the passages of a page for the ``times``-th time."""

    def case(_folder: Path) -> float:
        data, made = printed(_PAGES, _ON_EACH)
        stage = Stage()
        view = PagesView(opened(made), lambda: PagePictures(lambda: data), stage.window)
        view.resize(stage.window.size())
        view.show()
        stage.settle()
        view.set_highlights(Highlights(made.rows, made.text))
        found = [_seconds(view, page, times) for page in range(_IN_SIGHT, _PAGES)]
        view.shut()
        return median(found)

    return case


def _seconds(view: PagesView, page: int, times: int) -> float:
    """Return the seconds that painting a page's passages takes for the ``times``-th time."""
    image, seconds = QImage(1000, 1500, QImage.Format.Format_RGB32), 0.0
    for _ in range(times):
        painter = QPainter(image)
        start = thread_time()
        view.paint_marks(painter, page)
        seconds = thread_time() - start
        painter.end()
    return seconds


MARK = Mark(
    name="200 passages found and painted on a page",
    against="what is allowed",
    limit=1.0,
    product=_painted(1),
    floor=allowed(0.005),
    beside={"painted again": _painted(2)},
)
