"""A page of a PDF drawn 900 px wide, until there is an image of it ÷ the same page drawn by bare pypdfium2 in this process."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

import pypdfium2
from PySide6.QtGui import QImage

from annotator.services.paging import PagePictures
from annotator.ui.pages.picture import to_image
from benchmarks.mark import Mark
from benchmarks.pages import HEIGHT, WIDTH, printed

_PAGES, _ACROSS = 60, 900
_HIGH = round(_ACROSS * HEIGHT / WIDTH)


def product(_folder: Path) -> float:
    """Return the median seconds from asking the drawing process for a page until its image is there."""
    data, _ = printed(_PAGES, 0)
    pictures = PagePictures(lambda: data)
    pictures.render(0, _ACROSS, _HIGH)
    times = []
    for page in range(1, _PAGES):
        start = perf_counter()
        image = to_image(pictures.render(page, _ACROSS, _HIGH)).image
        times.append(perf_counter() - start)
        _check(image)
    pictures.close()
    return median(times)


def floor(_folder: Path) -> float:
    """Return the median seconds of drawing a page."""
    document = pypdfium2.PdfDocument(printed(_PAGES, 0)[0])
    document[0].render(scale=_ACROSS / WIDTH)
    times = []
    for page in range(1, _PAGES):
        start = perf_counter()
        bitmap = document[page].render(scale=_ACROSS / WIDTH)
        times.append(perf_counter() - start)
        _check(QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888))
    return median(times)


def _check(image: QImage) -> None:
    ink = [image.pixelColor(x, image.height() // 2 + y).lightness() for x in range(200, 600, 2) for y in range(24)]
    if not min(ink) < 100 < max(ink):
        raise RuntimeError("nothing was drawn")


MARK = Mark(
    name="a page of a PDF drawn",
    against="bare pypdfium2",
    limit=1.3,
    product=product,
    floor=floor,
)
