"""The picture of the report: the first pages of its PDF, as the program writes it for the sample case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.guide_pictures import Camera

_PAGES = 2
_SCALE = 1.2
_GAP = 12


def report(camera: Camera) -> None:
    """Write the report as PDF and show its first pages side by side."""
    from pypdfium2 import PdfDocument
    from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

    path = camera.folder / "report.pdf"
    camera.project.export("report-pdf", path)
    with PdfDocument(path) as document:
        drawn = [document[number].render(scale=_SCALE, rev_byteorder=True) for number in range(_PAGES)]
        pages = [
            QImage(bytes(page.buffer), page.width, page.height, page.stride, QImage.Format.Format_RGB888).copy()
            for page in drawn
        ]
    width, height = pages[0].width(), pages[0].height()
    picture = QPixmap(_PAGES * width + (_PAGES + 1) * _GAP, height + 2 * _GAP)
    picture.fill(QColor("#D9D9D4"))
    painter = QPainter(picture)
    for number, page in enumerate(pages):
        painter.drawImage(_GAP + number * (width + _GAP), _GAP, page)
    painter.end()
    camera.keep("report-light", picture)
