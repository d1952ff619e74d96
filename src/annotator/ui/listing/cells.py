"""Paints the cells of a long list: words in the face of whoever wrote them, judgements as their marks."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from annotator.domain.listing import ClaimLine, Line, LinkageLine, PassageLine, SourceLine
from annotator.domain.scales import Codebook
from annotator.domain.source import Medium
from annotator.ui.claiming.levels import STANCES, bars, short_verdict
from annotator.ui.disputes import disputed_words
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.importing.source_delegate import medium_icon
from annotator.ui.listing.columns import Column, cell_words
from annotator.ui.listing.list_header import cell_rect
from annotator.ui.marks import (
    SIGN,
    VERDICT_TILE,
    chip_size,
    confidence_size,
    draw_confidence,
    draw_disputed,
    draw_disputed_tile,
    draw_stance_tile,
    draw_verdict_tile,
)
from annotator.ui.theme import current_theme, panel_font, reading_font
from annotator.ui.versioning.changed_words import SIGN as CHANGED_SIGN

Fitted = tuple[str, int, bool]
"""Words, the px they have, and whether they stand in the face of what was published."""
_FITTED = 4_000
_GAP = 6
_LEAST_WORDS = 140
"""Room that words keep beside the mark of what is disputed."""


class CellPainter:
    """Paints the cells of one frame: fonts and measures are made once for all of them. ``fitted`` lasts from frame to frame."""

    def __init__(
        self, painter: QPainter, codebook: Codebook, direction: Qt.LayoutDirection, fitted: dict[Fitted, str]
    ) -> None:
        self._painter, self._codebook, self._direction, self._fitted = painter, codebook, direction, fitted
        end = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight)
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        single = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self._flags = {True: int(end | single), False: int(start | single)}
        self._theme = current_theme()
        self._said, self._published = panel_font(), reading_font(15)
        self._metrics = {False: QFontMetrics(self._said), True: QFontMetrics(self._published)}

    def waiting(self, rect: QRect, *, first: bool) -> None:
        """Paint that a cell is yet to be read."""
        self._draw(cell_rect(rect, first=first), rect, "…", self._theme.muted)

    def cell(self, rect: QRect, line: Line, column: Column, *, first: bool) -> None:
        """Paint one cell of a line."""
        inner = cell_rect(rect, first=first, at_end=column.at_end)
        if first and line.disputed:
            inner.setWidth(inner.width() - self._disputed(inner, rect))
        if first and isinstance(line, PassageLine | LinkageLine) and line.changed:
            sign = QRect(inner.right() - SIGN + 1, inner.top() + (inner.height() - SIGN) // 2, SIGN, SIGN)
            draw_icon(self._painter, self._mirrored(sign, rect), CHANGED_SIGN, "muted")
            inner.setWidth(inner.width() - SIGN - 8)
        if first and isinstance(line, SourceLine):
            sign = QRect(inner.left(), inner.top() + (inner.height() - SIGN) // 2, SIGN, SIGN)
            draw_icon(self._painter, self._mirrored(sign, rect), medium_icon(Medium(line.medium)), "muted")
            inner.setLeft(inner.left() + SIGN + 8)
        code = column.code
        if code == "verdict" and isinstance(line, ClaimLine | LinkageLine) and line.verdict and not _withdrawn(line):
            words = short_verdict(self._codebook, line.verdict)
        else:
            words = cell_words(line, code, self._codebook)
        if isinstance(line, LinkageLine) and code in ("stance", "verdict", "confidence"):
            self._judgement(inner, rect, line, code, words)
        elif isinstance(line, ClaimLine) and code in ("passages", "verdict", "confidence"):
            self._standing(inner, rect, line, code, words)
        elif isinstance(line, PassageLine) and code == "stances" and line.stances:
            self._stances(inner, rect, [(stance, 0) for stance in line.stances])
        else:
            published = code in ("words", "title", "source") and not (isinstance(line, PassageLine) and not line.words)
            ink = (
                self._theme.text
                if first or (code in ("words", "claim") and not _withdrawn(line))
                else self._theme.muted
            )
            self._draw(inner, rect, words, ink, published=published and code == "words", at_end=column.at_end)

    def _judgement(self, inner: QRect, rect: QRect, line: LinkageLine, code: str, words: str) -> None:
        if line.withdrawn and code == "verdict":
            self._draw(inner, rect, words, self._theme.muted)
        elif code == "stance":
            tile = QRect(inner.left(), inner.top(), SIGN, inner.height())
            draw_stance_tile(self._painter, QRectF(self._mirrored(tile, rect)), line.stance, self._theme)
            self._draw(inner.adjusted(SIGN + _GAP, 0, 0, 0), rect, words, self._ink(line))
        elif code == "verdict" and line.verdict:
            self._verdict(inner, rect, line.verdict, words, self._ink(line), solid=False)
        elif code == "confidence":
            self._confidence(inner, rect, line.confidence, words, self._ink(line))

    def _standing(self, inner: QRect, rect: QRect, line: ClaimLine, code: str, words: str) -> None:
        if code == "verdict":
            ink = self._theme.text if line.verdict else self._theme.muted
            self._verdict(inner, rect, line.verdict or "open", words, ink, solid=True)
        elif code == "confidence":
            self._confidence(inner, rect, line.confidence, words, self._theme.text)
        elif line.stances:
            self._stances(inner, rect, line.stances)
        else:
            self._draw(inner, rect, words, self._theme.muted)

    def _verdict(self, inner: QRect, rect: QRect, verdict: str, words: str, ink: QColor, *, solid: bool) -> None:
        tile = QRect(inner.left(), inner.top(), VERDICT_TILE, inner.height())
        draw_verdict_tile(self._painter, QRectF(self._mirrored(tile, rect)), verdict, self._theme, solid=solid)
        self._draw(inner.adjusted(VERDICT_TILE + _GAP, 0, 0, 0), rect, words, ink)

    def _confidence(self, inner: QRect, rect: QRect, confidence: str, words: str, ink: QColor) -> None:
        if level := bars(self._codebook, confidence):
            wide = confidence_size().width()
            part = QRect(inner.left(), inner.top(), wide, inner.height())
            draw_confidence(self._painter, QRectF(self._mirrored(part, rect)), level, self._theme)
            inner = inner.adjusted(wide + _GAP, 0, 0, 0)
        self._draw(inner, rect, words, ink)

    def _stances(self, inner: QRect, rect: QRect, stances: list[tuple[str, int]] | tuple[tuple[str, int], ...]) -> None:
        """Paint the sign of each stance, with how many there are where that is known."""
        left = inner.left()
        known = dict(stances)
        for stance in (*(each for each in STANCES if each in known), *(each for each in known if each not in STANCES)):
            words = str(known[stance]) if known[stance] else ""
            wide = self._metrics[False].horizontalAdvance(words)
            if left + SIGN + wide > inner.right() + 1:
                return
            tile = QRect(left, inner.top(), SIGN, inner.height())
            draw_stance_tile(self._painter, QRectF(self._mirrored(tile, rect)), stance, self._theme)
            if words:
                part = QRect(left + SIGN + 4, inner.top(), wide + 1, inner.height())
                self._draw(part, rect, words, self._theme.muted)
            left += SIGN + (wide + 12 if words else 4)

    def _disputed(self, inner: QRect, rect: QRect) -> int:
        """Paint the mark of what is disputed at the end of a cell, and return the room it takes."""
        size = chip_size(disputed_words())
        wide = size.width() if inner.width() - size.width() > _LEAST_WORDS else SIGN
        part = QRect(inner.right() - wide + 1, inner.top(), wide, inner.height())
        if wide == SIGN:
            draw_disputed_tile(self._painter, QRectF(self._mirrored(part, rect)), self._theme)
        else:
            part.adjust(0, (part.height() - size.height()) // 2, 0, 0)
            part.setHeight(size.height())
            draw_disputed(self._painter, QRectF(self._mirrored(part, rect)), disputed_words(), self._theme)
        return wide + 8

    def _ink(self, line: LinkageLine) -> QColor:
        return self._theme.muted if line.withdrawn else self._theme.text

    def _draw(
        self, inner: QRect, rect: QRect, words: str, ink: QColor, *, published: bool = False, at_end: bool = False
    ) -> None:
        font: QFont = self._published if published else self._said
        key = (words, inner.width(), published)
        shown = self._fitted.get(key)
        if shown is None:
            shown = self._metrics[published].elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            if len(self._fitted) >= _FITTED:
                self._fitted.clear()
            self._fitted[key] = shown
        self._painter.setFont(font)
        self._painter.setPen(ink)
        self._painter.drawText(self._mirrored(inner, rect), self._flags[at_end], shown)

    def _mirrored(self, part: QRect, rect: QRect) -> QRect:
        return QStyle.visualRect(self._direction, rect, part)


def _withdrawn(line: Line) -> bool:
    return isinstance(line, LinkageLine) and line.withdrawn
