"""How each kind of block looks in the reader; all measures are px at a zoom of 100 %."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout

from annotator.domain.structure import Block, BlockKind, Inline, InlineKind
from annotator.ui.theme import current_theme, reading_font

MEASURE = 600
"""The width of the text: some 67 characters."""

MARGIN = 96
NARROW_MARGIN = 56
BAR = 24
"""The height of the line that stands for what is not part of the article."""

BAR_GAP = 8
TOP, BOTTOM = 16, 64
BLANK = 16
"""The height of an empty line, and the room below a paragraph."""

INDENT = 32
_QUOTATION = 24
_NUMBER_GAP, _DIGIT, _FIRST_WIDE = 10, 9, "\u2e80"
"""Room between the number of a list item and its words, and for each sign of a number such as “12.3(b)”; ideographs take two."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Look:
    """Size of the letters, height of a line, room before and after, indent, and whether the letters are strong or muted."""

    px: int = 18
    pitch: int = 30
    before: int = 0
    after: int = BLANK
    indent: int = 0
    strong: bool = False
    muted: bool = False
    fixed: bool = False


_LOOKS = {
    BlockKind.TITLE: Look(30, 40, before=8, after=12, strong=True),
    BlockKind.BYLINE: Look(15, 24, after=24, muted=True),
    BlockKind.PARAGRAPH: Look(),
    BlockKind.QUOTATION: Look(indent=_QUOTATION),
    BlockKind.CAPTION: Look(15, 24, after=24, muted=True),
    BlockKind.FOOTNOTE: Look(15, 24, after=8, indent=INDENT),
    BlockKind.PREFORMATTED: Look(15, 24, fixed=True),
}
_HEADINGS = (Look(20, 28, before=10, after=4, strong=True), Look(18, 28, before=6, after=2, strong=True))


def look_of(block: Block | None) -> Look:
    """Return how a block looks; what has no kind looks like a paragraph."""
    if block is None:
        return Look()
    if block.kind is BlockKind.HEADING:
        return _HEADINGS[0 if block.level <= 2 else 1]
    if block.kind is BlockKind.LIST_ITEM:
        depth = min(max(block.level, 1), _DEEPEST) - 1
        signs = sum(2 if sign >= _FIRST_WIDE else 1 for sign in block.number)
        return Look(after=8, indent=INDENT * depth + max(INDENT, _NUMBER_GAP + _DIGIT * signs))
    if block.kind is BlockKind.TABLE_CELL:
        return Look(16, 26, before=6 if block.column == 0 else 0, after=2, indent=24 if block.column else 0)
    return _LOOKS[block.kind]


def letters(look: Look, zoom: float) -> QFont:
    """Return the letters of a look."""
    font = reading_font(round(look.px * zoom), QFont.Weight.DemiBold if look.strong else QFont.Weight.Normal)
    if look.fixed:
        font.setFamilies(["monospace"])
        font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def inline_format(inline: Inline, *, article: bool) -> QTextCharFormat:
    """Return how emphasised, strong or linked words differ from those around them."""
    form = QTextCharFormat()
    if inline.kind is InlineKind.EMPHASIS:
        form.setFontItalic(True)
    elif inline.kind is InlineKind.STRONG:
        form.setFontWeight(QFont.Weight.DemiBold)
    elif article:
        form.setForeground(_link_colour())
    return form


def format_range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    """Return a format for a stretch of a block, in UTF-16 units."""
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, form
    return found


def _link_colour() -> QColor:
    return current_theme().accent
