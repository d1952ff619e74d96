"""One glyph on a page, whichever engine found it, in the shape that pdfminer.six's layout takes."""

from __future__ import annotations

import math

from pdfminer.layout import LTChar, LTComponent
from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.utils import Matrix, Rect, apply_matrix_rect

UNKNOWN = "\ufffd"
"""Stands for a glyph of which nobody knows the letter."""

_LOWEST = -0.3
"""How far below the base line a glyph may be said to reach, in type sizes: fonts of mathematical signs say up to 3."""


class PageGlyph(LTChar):
    """A glyph: ``text`` is what it stands for, its box is in points, y upwards.

    ``matrix`` says how it is turned and where its base line begins, ``adv`` by how much it moves on, ``size`` is the size of
    the type in points; ``sure`` is false when the font does not say which letter it is.
    """

    def __init__(
        self, *, text: str, rect: Rect, matrix: Matrix, adv: float, size: float, font: str, sure: bool = True
    ) -> None:
        """Take the parts as they are: what ``LTChar`` would reckon from a font is known."""
        LTComponent.__init__(self, rect)
        self.text = text
        self.matrix = matrix
        self.adv = adv
        self.size = size
        self.fontname = font
        self.sure = sure

    def get_text(self) -> str:
        """Return what it stands for, as pdfminer's layout asks for it."""
        return self.text


def drawn(
    matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, text: str, *, sure: bool
) -> PageGlyph:
    """Return the glyph ``cid`` of a font of pdfminer's, drawn with a matrix (PDF 1.7, 9.4.4)."""
    adv = font.char_width(cid) * fontsize * scaling
    height = fontsize
    if font.is_vertical():
        displacement = font.char_disp(cid)
        vx, vy = displacement if isinstance(displacement, tuple) else (None, 880)
        left = fontsize * 0.5 if vx is None else vx * fontsize * 0.001
        top = (1000 - vy) * fontsize * 0.001
        rect = apply_matrix_rect(matrix, (-left, top + rise + adv, fontsize - left, top + rise))
    elif isinstance(font, PDFType3Font):
        height = abs(font.get_height()) * fontsize or fontsize
        bottom = font.get_descent() * fontsize + rise
        rect = apply_matrix_rect(matrix, (0, bottom, adv, bottom + height))
    else:
        bottom = max(font.get_descent(), _LOWEST) * fontsize + rise
        rect = apply_matrix_rect(matrix, (0, bottom, adv, bottom + fontsize))
    size = height * math.hypot(matrix[2], matrix[3])
    return PageGlyph(text=text, rect=rect, matrix=matrix, adv=adv, size=size, font=str(font.fontname), sure=sure)
