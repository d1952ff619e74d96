"""Two engines read each page: pdfminer.six for its lines, PDFium where that one fails, tires or does not know the letters."""

from __future__ import annotations

from collections.abc import Sequence

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.utils import Matrix
from pypdfium2 import PdfiumError

from annotator.domain.errors import ImportFailedError
from annotator.domain.structure import Page
from annotator.importers.pdf_reading import miner, pdfium
from annotator.importers.pdf_reading.glyphs import UNKNOWN, PageGlyph
from annotator.importers.pdf_reading.layout import PrintedPage, printed_page
from annotator.importers.pdf_reading.miner import DAMAGE, MinedDocument
from annotator.importers.pdf_reading.patience import TooSlowError, within
from annotator.importers.pdf_reading.pdfium import GRID, Letters, PdfiumDocument, PdfiumLockedError

PAGE_SECONDS = 5.0
"""How much processor time pdfminer may take for one page."""

_OPENING_SECONDS = 5.0
"""How long pdfminer may look for the pages of a damaged document that PDFium has opened, and how many times that where not."""

_ALONE = 3
_UNKNOWN_AT_MOST = 0.2
_FOUND_AT_LEAST = 0.3
_NEAR = 0.25


class TwoEngines:
    """One document in both engines. ``mined`` and ``pdfium`` are none where the engine cannot open it.

    ``has_none`` tells that pdfminer, which looks for itself, finds no page.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """Open the document. Raises ``ImportFailedError`` when neither engine can."""
        self.has_none = False
        self.mined: MinedDocument | None = None
        self.pdfium: PdfiumDocument | None = None
        trouble: BaseException | None = None
        try:
            self.pdfium = PdfiumDocument(data)
        except (PdfiumLockedError, PdfiumError) as error:
            trouble = error
        try:
            seconds = _OPENING_SECONDS * (1 if self.pdfium is not None else _ALONE)
            self.mined = within(seconds, lambda: MinedDocument(data))
        except (*DAMAGE, TooSlowError) as error:
            trouble = error if trouble is None or isinstance(error, PDFEncryptionError) else trouble
        if self.pdfium is None and self.mined is None:
            raise _unreadable(name, trouble)
        self.has_none = self.mined is not None and not len(self.mined)
        if self.mined is not None and self.pdfium is not None and len(self.pdfium) != len(self.mined):
            self._settle_pages(self.pdfium)

    def _settle_pages(self, pdfium: PdfiumDocument) -> None:
        """Keep one engine where the two count different pages: PDFium, by which pages are shown, if it can read one."""
        if any(pdfium.can_open(number) for number in range(len(pdfium))):
            self.mined = None
        else:
            self.pdfium = None

    def __len__(self) -> int:
        return max(len(one) for one in (self.mined, self.pdfium) if one is not None)

    def read(self, number: int) -> PrintedPage | None:
        """Return page ``number`` (from 0), or none when neither engine can read it."""
        mined = self._mined(number)
        count = self._count(number)
        if mined is not None:
            self._spell(mined, number)
            if not _wanting(mined, count):
                return self._printed(mined, number, miner.ENGINE)
        if self.pdfium is not None and count is not None:
            found = list(self.pdfium.glyphs(number))
            if mined is None or _better(found, mined):
                return self._printed(found, number, pdfium.ENGINE)
        return None if mined is None else self._printed(mined, number, miner.ENGINE)

    def _mined(self, number: int) -> list[PageGlyph] | None:
        mined = self.mined
        if mined is None:
            return None
        try:
            return within(PAGE_SECONDS, lambda: mined.glyphs(number))
        except (*DAMAGE, TooSlowError):
            return None

    def _count(self, number: int) -> int | None:
        """Return how many letters PDFium finds on a page, or none when it cannot read it."""
        if self.pdfium is None:
            return None
        try:
            return self.pdfium.letters(number)
        except PdfiumError:
            return None

    def _spell(self, glyphs: Sequence[PageGlyph], number: int) -> None:
        """Take from PDFium the letters of fonts that do not say theirs: it looks into the font itself."""
        unsure = [glyph for glyph in glyphs if not glyph.sure]
        if not unsure or self.pdfium is None or self.mined is None:
            return
        try:
            placed = self.pdfium.placed(number)
        except PdfiumError:
            return
        matrix = self.mined.seen()[1]
        for glyph in unsure:
            letter = _letter(glyph, placed, matrix)
            if letter and letter != UNKNOWN:
                glyph.text = letter

    def _printed(self, glyphs: Sequence[PageGlyph], number: int, engine: str) -> PrintedPage:
        if engine == miner.ENGINE and self.mined is not None:
            seen, rules = self.mined.seen()[0], self.mined.rules()
        else:
            assert self.pdfium is not None  # noqa: S101 it has read the page
            seen, rules = self.pdfium.seen(number)[0], []
        return printed_page(glyphs, seen, number, engine, rules)


def blank_page() -> PrintedPage:
    """Return what stands for a page that nobody can read."""
    return PrintedPage(Page(width=0, height=0), [])


def _wanting(glyphs: Sequence[PageGlyph], count: int | None) -> bool:
    """Tell whether PDFium, which found ``count`` letters, should read the page instead."""
    letters = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    unknown = letters.count(UNKNOWN)
    return unknown > _UNKNOWN_AT_MOST * len(letters) or len(letters) < _FOUND_AT_LEAST * (count or 0)


def _better(found: Sequence[PageGlyph], mined: Sequence[PageGlyph]) -> bool:
    return _known(found) > _known(mined)


def _known(glyphs: Sequence[PageGlyph]) -> int:
    return sum(1 for glyph in glyphs if glyph.text != UNKNOWN and not glyph.text.isspace())


def _letter(glyph: PageGlyph, placed: Letters, matrix: Matrix) -> str:
    """Take what PDFium reads where a glyph begins; ``matrix`` leads from user space to the glyphs. Empty: nothing."""
    x, y = _back(matrix, glyph.matrix[4], glyph.matrix[5])
    column, row = int(x // GRID), int(y // GRID)
    nearest = _NEAR * min(max(glyph.size, 1), GRID / _NEAR)
    taken: tuple[list[tuple[float, float, str]], int] | None = None
    for square in ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        there = placed.get(square, [])
        for index, (other_x, other_y, _) in enumerate(there):
            distance = max(abs(other_x - x), abs(other_y - y))
            if distance < nearest:
                nearest, taken = distance, (there, index)
    return "" if taken is None else taken[0].pop(taken[1])[2]


def _back(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point lies before a page is turned: ``matrix`` turns by quarters only."""
    a, b, c, d, e, f = matrix
    x, y = x - e, y - f
    return a * x + b * y, c * x + d * y


def _unreadable(name: str, trouble: BaseException | None) -> ImportFailedError:
    if isinstance(trouble, PdfiumLockedError | PDFPasswordIncorrect):
        return ImportFailedError(
            name=name,
            reason="it is locked with a password",
            advice="Open it in a PDF viewer with the password, print it to a new PDF, and import that.",
        )
    if isinstance(trouble, PDFEncryptionError):
        return ImportFailedError(
            name=name,
            reason="it is encrypted in a way that cannot be read",
            advice="Open it in a PDF viewer, print it to a new PDF, and import that.",
        )
    return broken(name)


def broken(name: str) -> ImportFailedError:
    """Return the error for a file that is no whole PDF."""
    return ImportFailedError(
        name=name,
        reason="it is damaged or cut short, or no PDF at all",
        advice="Download it again; or open it in a PDF viewer, print it to a new PDF, and import that.",
    )


def no_pages(name: str) -> ImportFailedError:
    """Return the error for a PDF without a page."""
    return ImportFailedError(
        name=name, reason="it has no pages", advice="Download it again; it may have been cut short."
    )
