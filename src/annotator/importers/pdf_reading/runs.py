"""Runs of glyphs that stand in one line: as pdfminer.six groups them, in a third of the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfminer.layout import LTAnno, LTTextLineHorizontal

from annotator.importers.pdf_reading.glyphs import PageGlyph

_OVERLAP = 0.5
"""How much of the lower of two glyphs must stand beside the other, as in pdfminer's ``line_overlap``."""

_REACH = 2.0
"""How far apart two glyphs of a line may stand, in widths of the wider, as in pdfminer's ``char_margin``."""

_WORD = 0.1
"""From what gap on a new word begins, in the larger measure of a glyph, as in pdfminer's ``word_margin``."""

_OTHER_SIZE = 1.3


class PrintedRun(LTTextLineHorizontal):
    """A line made at once; a space stands wherever two glyphs stand apart."""

    def __init__(self, glyphs: Sequence[PageGlyph]) -> None:
        """Take the glyphs, at least one."""
        super().__init__(_WORD)
        before = glyphs[0].x1
        for glyph in glyphs:
            if before < glyph.x0 - _WORD * max(glyph.width, glyph.height):
                self._objs.append(LTAnno(" "))
            self._objs.append(glyph)
            before = glyph.x1
        self.set_bbox((
            min(glyph.x0 for glyph in glyphs),
            min(glyph.y0 for glyph in glyphs),
            max(glyph.x1 for glyph in glyphs),
            max(glyph.y1 for glyph in glyphs),
        ))  # fmt: skip


def runs(glyphs: Sequence[PageGlyph]) -> Iterator[list[PageGlyph]]:
    """Yield the glyphs that follow each other in one line.

    Type of another size that stands apart begins a new run: a heading reaches into the column beside it.
    """
    run = [glyphs[0]]
    a = glyphs[0]
    for b in glyphs[1:]:
        gap = max(a.x0, b.x0) - min(a.x1, b.x1)
        overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
        apart = (
            gap >= _REACH * max(a.width, b.width)
            or overlap <= _OVERLAP * min(a.height, b.height)
            or (gap > min(a.size, b.size) and max(a.size, b.size) > _OTHER_SIZE * min(a.size, b.size))
        )
        if apart:
            yield run
            run = []
        run.append(b)
        a = b
    yield run
