"""The second engine: what PDFium reads in a PDF. It opens nearly everything and knows letters that pdfminer.six does not."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import groupby

import pypdfium2
from pdfminer.utils import Matrix, Rect, apply_matrix_rect, mult_matrix
from pypdfium2 import raw

from annotator.domain.page_space import cut, turned
from annotator.importers.pdf_reading.glyphs import UNKNOWN, PageGlyph, letters

ENGINE = "pdfium"

Letters = dict[tuple[int, int], list[tuple[float, float, str]]]
"""Where letters begin, in points, by the square of ``GRID`` points that they begin in."""

GRID = 4
_HYPHENS = (0x2, 0xFFFE)
"""What PDFium puts for a hyphen at the end of a line."""

_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_NAME = 256


class PdfiumLockedError(Exception):
    """The document wants a password."""


class PdfiumDocument:
    """A document as PDFium sees it; pages count from 0. What it cannot read raises ``pypdfium2.PdfiumError``."""

    def __init__(self, data: bytes) -> None:
        """Open the document. Raises ``PdfiumLockedError`` as well."""
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
                raise PdfiumLockedError from error
            raise
        self._number = -1
        self._page: pypdfium2.PdfPage = None
        self._text: pypdfium2.PdfTextPage = None

    def __len__(self) -> int:
        return len(self._document)

    def information(self) -> dict[str, str]:
        """Return the document information (PDF 1.7, 14.3.3)."""
        found: dict[str, str] = self._document.get_metadata_dict(skip_empty=True)
        return found

    def can_open(self, number: int) -> bool:
        """Tell whether the page can be opened."""
        try:
            self._open(number)
        except pypdfium2.PdfiumError:
            return False
        return True

    def letters(self, number: int) -> int:
        """Return how many letters the page has, blanks not counted."""
        self._open(number)
        length = raw.FPDFText_CountChars(self._text)
        if length <= 0:
            return 0
        return sum(not character.isspace() for character in self._text.get_text_range().replace("\0", UNKNOWN))

    def placed(self, number: int) -> Letters:
        """Return which letters begin where, in the user space of the page."""
        self._open(number)
        found: Letters = {}
        for _, x, y, text in self._groups():
            found.setdefault((int(x // GRID), int(y // GRID)), []).append((x, y, text))
        return found

    def seen(self, number: int) -> tuple[Rect, Matrix]:
        """Return what is seen of the page, as it is turned, and the matrix from its user space to there."""
        self._open(number)
        media, crop = self._page.get_mediabox(), self._page.get_cropbox()
        matrix = turned(media, self._page.get_rotation())
        return apply_matrix_rect(matrix, cut(media, crop)), matrix

    def glyphs(self, number: int) -> Iterator[PageGlyph]:
        """Yield the glyphs of the page as it is seen, in the order in which it draws them."""
        matrix = self.seen(number)[1]
        for index, x, y, text in self._groups():
            if text:
                yield self._glyph(index, text, (x, y), matrix)

    def _open(self, number: int) -> None:
        if number == self._number:
            return
        self._number = -1
        if self._page is not None:
            self._text.close()
            self._page.close()
            self._page = None
        page = self._document[number]
        self._text = page.get_textpage()
        self._page = page
        self._number = number

    def _groups(self) -> Iterator[tuple[int, float, float, str]]:
        """Yield the number of each glyph, where it begins, and its letters: those of one width in one place are one glyph."""
        count = raw.FPDFText_CountChars(self._text)
        printed = (index for index in range(count) if raw.FPDFText_IsGenerated(self._text, index) != 1)
        for (x, y, _), group in groupby(printed, key=self._place):
            indices = list(group)
            yield indices[0], x, y, _joined([self._unit(index) for index in indices])

    def _unit(self, index: int) -> int:
        """Return a code unit, 0 for what stands for no letter."""
        if raw.FPDFText_HasUnicodeMapError(self._text, index) == 1:
            return 0
        unit: int = raw.FPDFText_GetUnicode(self._text, index)
        return unit

    def _place(self, index: int) -> tuple[float, float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        box = raw.FS_RECTF()
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        raw.FPDFText_GetLooseCharBox(self._text, index, box)
        return x.value, y.value, box.right - box.left

    def _glyph(self, index: int, text: str, place: tuple[float, float], page: Matrix) -> PageGlyph:
        box, how = raw.FS_RECTF(), raw.FS_MATRIX()
        raw.FPDFText_GetLooseCharBox(self._text, index, box)
        raw.FPDFText_GetMatrix(self._text, index, how)
        matrix = mult_matrix((how.a, how.b, how.c, how.d, place[0], place[1]), page)
        rect = apply_matrix_rect(page, (box.left, box.bottom, box.right, box.top))
        scale = (how.c**2 + how.d**2) ** 0.5
        return PageGlyph(
            text=text,
            rect=rect,
            matrix=matrix,
            adv=rect[2] - rect[0],
            size=raw.FPDFText_GetFontSize(self._text, index) * scale,
            font=self._font(index),
        )

    def _font(self, index: int) -> str:
        name = ctypes.create_string_buffer(_NAME)
        length = raw.FPDFText_GetFontInfo(self._text, index, name, _NAME, None)
        return name.raw[: min(length, _NAME)].rstrip(b"\0").decode("utf-8", "replace")


def _joined(units: list[int]) -> str:
    """Return code units of PDFium's as text: a hyphen at a line end is one, no letter is unknown, halves make a whole."""
    text: list[str] = []
    high = 0
    for unit in units:
        if high and unit in _LOW:
            text.append(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00))
        elif unit not in _HIGH and unit not in _LOW:
            text.append("-" if unit in _HYPHENS else chr(unit) if unit else UNKNOWN)
        high = unit if unit in _HIGH else 0
    return letters("".join(text))
