"""One glyph on a page, whichever engine found it, in the shape that pdfminer.six's layout takes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from pdfminer.layout import LTChar
from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.utils import Matrix, Rect, apply_matrix_rect

from annotator.domain.text import canonical_text

UNKNOWN = "\ufffd"
"""Stands for a glyph of which nobody knows the letter."""

_LOWEST = -0.3
"""How far below the base line a glyph may be said to reach, in type sizes: fonts of mathematical signs say up to 3."""

_SPACES = re.compile(r"[\s\x1c-\x1f]", re.ASCII)


def letters(text: str) -> str:
    """Return what an engine says a glyph stands for as canonical text, every kind of white space as a space."""
    return _SPACES.sub(" ", canonical_text(text))


class PageGlyph(LTChar):
    """A glyph: ``text`` is what it stands for, its box is in points, y upwards.

    ``matrix`` says how it is turned and where its base line begins, ``adv`` by how much it moves on, ``size`` is the size of
    the type in points; ``sure`` is false when the font does not say which letter it is.
    """

    def __init__(
        self, *, text: str, rect: Rect, matrix: Matrix, adv: float, size: float, font: str, sure: bool = True
    ) -> None:
        """Take the parts as they are: what ``LTChar`` would reckon from a font is known."""
        self.set_bbox(rect)
        self.text = text
        self.matrix = matrix
        self.adv = adv
        self.size = size
        self.fontname = font
        self.sure = sure

    def get_text(self) -> str:
        """Return what it stands for, as pdfminer's layout asks for it."""
        return self.text


@dataclass(frozen=True, slots=True)
class Shape:
    """What a font says of a glyph, in sizes of its type: how far it moves on and the corners of its box before it is drawn.

    ``height`` is that of the type; ``is_upright`` tells that the line runs downwards.
    """

    text: str
    font: str
    advance: float
    left: float
    bottom: float
    height: float
    is_upright: bool
    sure: bool


def shaped(font: PDFFont, cid: int, text: str, *, sure: bool) -> Shape:
    """Return the shape of the glyph ``cid`` of a font of pdfminer's."""
    advance, left, bottom, height = font.char_width(cid), 0.0, 0.0, 1.0
    is_upright = font.is_vertical()
    if is_upright:
        displacement = font.char_disp(cid)
        vx, vy = displacement if isinstance(displacement, tuple) else (None, 880)
        left = -0.5 if vx is None else -vx * 0.001
        bottom = (1000 - vy) * 0.001
    elif isinstance(font, PDFType3Font):
        height = abs(font.get_height()) or 1.0
        bottom = font.get_descent()
    else:
        bottom = max(font.get_descent(), _LOWEST)
    return Shape(letters(text), str(font.fontname), advance, left, bottom, height, is_upright, sure)


def drawn(shape: Shape, matrix: Matrix, fontsize: float, scaling: float, rise: float) -> PageGlyph:
    """Return a glyph drawn with a matrix (PDF 1.7, 9.4.4)."""
    adv = shape.advance * fontsize * scaling
    x0, y0 = shape.left * fontsize, shape.bottom * fontsize + rise
    x1, y1 = (x0 + fontsize, y0 + adv) if shape.is_upright else (adv, y0 + shape.height * fontsize)
    a, b, c, d, e, f = matrix
    if b == 0 == c and a > 0 < d:
        rect = a * x0 + e, d * min(y0, y1) + f, a * x1 + e, d * max(y0, y1) + f
        if x1 < x0:
            rect = rect[2], rect[1], rect[0], rect[3]
        size = shape.height * fontsize * d
    else:
        rect = apply_matrix_rect(matrix, (x0, y0, x1, y1))
        size = shape.height * fontsize * math.hypot(c, d)
    return PageGlyph(text=shape.text, rect=rect, matrix=matrix, adv=adv, size=size, font=shape.font, sure=shape.sure)
