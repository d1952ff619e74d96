"""The first engine: the glyphs of a page as pdfminer.six reads them, those inside figures and forms like all others."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from struct import error as StructError  # noqa: N812 an error under a small name

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.encodingdb import name2unicode
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import CFFFont, PDFFont, PDFType1Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1, stream_value
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_rect

from annotator.domain.page_space import cut
from annotator.importers.pdf_reading.glyphs import UNKNOWN, PageGlyph, Shape, drawn, shaped
from annotator.importers.pdf_reading.rules import MAX_RULES, Rule, level_rules

ENGINE = "pdfminer"

DAMAGE = (
    PSException,
    zlib.error,
    StructError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
)
"""What pdfminer raises on damaged files."""

_MATHEMATICAL = {"prime": "\u2032", "bardbl": "\u2016", "angbracketleft": "\u2329", "angbracketright": "\u232a"}
"""Names that TeX's fonts give their signs and that are in no list of Adobe's."""

_FONT_FILES = {"FontFile", "FontFile2", "FontFile3"}
_SYMBOLS = re.compile("symbol|dingbat", re.I)


class MinedDocument:
    """A document as pdfminer sees it; pages count from 0. What it cannot read raises one of ``DAMAGE``."""

    def __init__(self, data: bytes) -> None:
        """Open the document. A locked one raises what pdfminer raises for it."""
        self.document = PDFDocument(PDFParser(io.BytesIO(data)))
        self._leaves = list(PDFPage.create_pages(self.document))
        manager = _Fonts(caching=True)
        self._device = _Collector(manager)
        self._interpreter = PDFPageInterpreter(manager, self._device)

    def __len__(self) -> int:
        return len(self._leaves)

    def seen(self) -> tuple[Rect, Matrix]:
        """Return what is seen of the page read last, and the matrix from its user space to there."""
        return self._device.seen, self._device.matrix

    def rules(self) -> list[Rule]:
        """Return the level rules of the page read last."""
        return self._device.rules

    def glyphs(self, number: int) -> list[PageGlyph]:
        """Return the glyphs of a page in the order in which it draws them."""
        self._interpreter.process_page(self._leaves[number])
        return self._device.glyphs


class _Fonts(PDFResourceManager):
    """Makes fonts, and notes which of them leave it to the font file to say what their codes mean."""

    def __init__(self, *, caching: bool) -> None:
        super().__init__(caching)
        self.mute: set[PDFFont] = set()
        self.told: dict[PDFFont, dict[int, str]] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        font: PDFFont = super().get_font(objid, spec)
        told = "ToUnicode" in spec or isinstance(resolve1(spec.get("Encoding")), PSLiteral)
        if not told and (_FONT_FILES & font.descriptor.keys() or _SYMBOLS.search(str(spec.get("BaseFont")))):
            self.mute.add(font)
            if isinstance(font, PDFType1Font):
                self.told[font] = _told_by_file(font)
        return font


def _told_by_file(font: PDFType1Font) -> dict[int, str]:
    """Return what the codes of a compact font mean by the names of its glyphs (Adobe Technical Note 5176); damaged: nothing."""
    try:
        data = stream_value(font.descriptor["FontFile3"]).get_data()
        names = CFFFont(font.basefont, io.BytesIO(data))
        # pdfminer takes the list of codes by glyph for one of glyphs by code, and leaves out the first glyph, which is none
        named = {code: names.gid2name[index + 1] for index, code in names.code2gid.items()}
    except DAMAGE:
        return {}
    told: dict[int, str] = {}
    for code, name in named.items():
        with suppress(*DAMAGE):
            plain = name if isinstance(name, str) else name.decode("ascii")
            told[code] = _MATHEMATICAL.get(plain) or name2unicode(plain)
    return told


class _Collector(PDFLayoutAnalyzer):
    """Takes the glyphs of a page; draws nothing."""

    def __init__(self, manager: _Fonts) -> None:
        super().__init__(manager, laparams=None)
        self._mute, self._told = manager.mute, manager.told
        self._known: dict[tuple[PDFFont, int], Shape] = {}
        self.glyphs: list[PageGlyph] = []
        self.rules: list[Rule] = []
        self.matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.seen: Rect = (0, 0, 0, 0)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self.glyphs = []
        self.rules = []
        self.matrix = ctm
        self.seen = apply_matrix_rect(ctm, cut(page.mediabox, page.cropbox))

    def end_page(self, page: PDFPage) -> None: ...

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None: ...

    def end_figure(self, _: str) -> None: ...

    def render_image(self, name: str, stream: object) -> None: ...

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,  # noqa: FBT001 as pdfminer calls it
        fill: bool,  # noqa: FBT001
        evenodd: bool,  # noqa: FBT001
        path: Sequence[PathSegment],
    ) -> None:
        del gstate, evenodd
        if (stroke or fill) and len(self.rules) < MAX_RULES:
            self.rules += level_rules(path, self.ctm)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        del ncs, graphicstate
        shape = self._known.get((font, cid))
        if shape is None:
            shape = self._known[font, cid] = self._shape(font, cid)
        glyph = drawn(shape, matrix, fontsize, scaling, rise)
        self.glyphs.append(glyph)
        return glyph.adv

    def _shape(self, font: PDFFont, cid: int) -> Shape:
        told = self._told.get(font, {}).get(cid)
        if told is not None:
            return shaped(font, cid, told, sure=True)
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = UNKNOWN
        return shaped(font, cid, text, sure=text != UNKNOWN and font not in self._mute)
