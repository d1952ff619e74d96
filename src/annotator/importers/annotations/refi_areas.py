"""Selections on pages of PDFs: the words that they bring, or an area, turned from the lower left corner to the upper one."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from annotator.domain.foreign import ForeignSource, ForeignStretch
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.passage import Area
from annotator.importers.annotations.refi_package import child, given, words_of

_SIDES = ("firstX", "firstY", "secondX", "secondY")
_FURTHEST = 1 << 20
"""No page is larger, in points."""


class Areas:
    """Places what is selected on pages; it knows the sizes of the pages from the PDFs."""

    def __init__(self, sources: Mapping[str, ForeignSource]) -> None:
        self._sources = sources
        self._sizes: dict[str, list[tuple[float, float]]] = {}

    def place(self, element: etree._Element, source: str) -> ForeignStretch | Area | LeftOut:
        """Return the words or the area that a selection marks, or why it marks none."""
        name, page = given(element, "name"), _number(given(element, "page"))
        inside = child(element, "Representation")
        words = words_of(inside, "PlainTextContent") if inside is not None else ""
        if words.strip():
            return ForeignStretch(quote=words, page=page)
        sides = [_number(given(element, side)) for side in _SIDES]
        sizes = self._pages(source)
        if page is None or None in sides or page >= len(sizes):
            return LeftOut(kind="passage", words=name, why=Why.NO_AREA)
        width, height = sizes[page]
        x0, y0, x1, y1 = (side or 0 for side in sides)
        return Area(
            page=page,
            left=_hundredths(min(x0, x1), width),
            top=_hundredths(height - max(y0, y1), height),
            right=_hundredths(max(x0, x1), width),
            bottom=_hundredths(height - min(y0, y1), height),
        )

    def _pages(self, source: str) -> list[tuple[float, float]]:
        if source not in self._sizes:
            found = self._sources.get(source)
            self._sizes[source] = _sizes_of(found.original) if found and found.original else []
        return self._sizes[source]


def _sizes_of(data: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page, in points; nothing where the PDF cannot be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    try:
        return [document.get_page_size(number) for number in range(len(document))]
    except pypdfium2.PdfiumError:
        return []
    finally:
        document.close()


def _number(value: str) -> int | None:
    plain = value.strip()
    return int(plain) if plain.isdecimal() and len(plain) < 8 and int(plain) < _FURTHEST else None


def _hundredths(points: float, most: float) -> int:
    return round(100 * min(max(points, 0), most))
