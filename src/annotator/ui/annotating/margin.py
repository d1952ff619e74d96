"""Paints the margin: a stripe for each passage that finds a column, and a number for those that find none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS
from annotator.ui.annotating.highlights import stances_of
from annotator.ui.annotating.stance_lines import lay_stance_line
from annotator.ui.marks import SIGN, draw_disputed_badge, draw_stance_tile
from annotator.ui.reading.laid import Box, Laid
from annotator.ui.theme import Theme, draw_frame, load_theme, panel_font

_FIRST, _NEXT = 24.0, 20.0
_GAP = 4.0
_NOTE = 7.0
_MOST = 999


@dataclass(frozen=True, slots=True)
class Margin:
    """The room for stripes: where the text's side of it is, which way it goes (-1: to the left), and how many px it has."""

    edge: float
    way: int
    room: float

    @property
    def shared(self) -> int:
        """The column that is shared by all passages that find no other."""
        return max(min(int((self.room - _FIRST - SIGN / 2) // _NEXT), COLUMNS - 1), 0)

    def x(self, column: int) -> float:
        """Return where the middle of a column is; in a narrow margin the outermost ones share a place."""
        return self.edge + self.way * (_FIRST + _NEXT * min(column, self.shared))


def draw_stripe(
    painter: QPainter,
    laid: Laid,
    x: float,
    row: PassageRow,
    lines: Collection[int],
    theme: Theme,
    *,
    chosen: bool,
    tiles: bool = True,
) -> None:
    """Paint the part of a passage's stripe that stands beside one piece of text.

    ``lines`` are those with words of the passage. A stripe goes from the first to the last fragment; where none stands it
    is thin. It begins with ``tiles``, or without them.
    """
    box = laid.box
    begins, ends = laid.start <= row.start <= laid.end, row.end <= laid.end + 1
    if not lines and (begins or ends):
        return
    stances = stances_of(row)
    top = tile_top(box, min(lines)) if begins else 0.0
    bottom = box.line_top(max(lines)) + box.pitch - 3 if ends else box.height
    if begins:
        top = draw_tiles(painter, QPointF(x - SIGN / 2, top), bottom, row, theme, chosen=chosen, hidden=not tiles)
    for number, (has_words, first, last) in enumerate(_stretches(laid, lines, begins=begins, ends=ends)):
        start, end = top if number == 0 else first, min(last, bottom)
        if end - start < _GAP:
            continue
        if has_words and stances[0]:
            room = QRectF(x - 3, start, 6, end - start)
            lay_stance_line(painter, room, stances[0], theme, chosen=chosen, vertical=True)
        else:
            painter.fillRect(QRectF(round(x), start, 2 if chosen else 1, end - start), theme.edge)


def tile_top(box: Box, line: int) -> float:
    """Return where the tile beside a line of text begins."""
    return box.line_base(line) - 5 * box.pitch / 30 - SIGN / 2


def draw_tiles(
    painter: QPainter,
    place: QPointF,
    bottom: float,
    row: PassageRow,
    theme: Theme,
    *,
    chosen: bool,
    hidden: bool = False,
) -> float:
    """Paint a tile for each stance, one below the other while there is room, and return where the line begins.

    Where something of it is disputed, it waits to be settled, or there is a note, the signs for that hang on the first.
    ``hidden`` leaves the room of the first one free.
    """
    top = place.y()
    for number, stance in enumerate(stances_of(row)):
        if number and (top + SIGN > bottom or hidden):
            break
        if not hidden:
            tile = _tile(stance, theme.name, painter.device().devicePixelRatioF(), solid=chosen)
            painter.drawPixmap(QPointF(round(place.x()), round(top)), tile)
        top += SIGN + 2
    if row.conflicted and not hidden:
        draw_disputed_badge(painter, place + QPointF(0, SIGN), theme)
    if row.anchor is not None and row.anchor.waits and not hidden:
        draw_waiting_badge(painter, place + QPointF(SIGN, SIGN), theme)
    if row.noted and not hidden:
        draw_note_badge(painter, place + QPointF(SIGN, 1), theme)
    return top + _GAP - 2


def draw_waiting_badge(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Paint the sign of a passage that waits to be settled around a point: words that are not equal."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    disc = QRectF(at.x() - _NOTE / 2 - 1.5, at.y() - _NOTE / 2 - 1.5, _NOTE + 3, _NOTE + 3)
    painter.setPen(QPen(theme.raised, 1))
    painter.setBrush(theme.accent)
    painter.drawEllipse(disc)
    painter.setPen(QPen(theme.on_accent, 1.2))
    for y in (-1.4, 1.4):
        painter.drawLine(
            QPointF(disc.center().x() - 2.4, disc.center().y() + y),
            QPointF(disc.center().x() + 2.4, disc.center().y() + y),
        )
    painter.drawLine(
        QPointF(disc.center().x() + 1.8, disc.center().y() - 3), QPointF(disc.center().x() - 1.8, disc.center().y() + 3)
    )
    painter.restore()


def draw_note_badge(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Paint the sign of a note around a point: a small sheet with two lines on it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = QRectF(at.x() - _NOTE / 2, at.y() - _NOTE / 2 - 1, _NOTE + 1, _NOTE + 2)
    painter.setPen(QPen(theme.raised, 1))
    painter.setBrush(theme.text)
    painter.drawRoundedRect(sheet, 1.5, 1.5)
    for y in (3.0, 5.5):
        painter.drawLine(QPointF(sheet.left() + 2, sheet.top() + y), QPointF(sheet.right() - 2, sheet.top() + y))
    painter.restore()


def draw_count(painter: QPainter, x: float, top: float, count: int, theme: Theme) -> None:
    """Paint how many passages begin beside a line of text without a tile of their own."""
    words = f"+{count}" if count <= _MOST else f"{_MOST}+"
    chip = _chip(words, theme.name, painter.device().devicePixelRatioF())
    width = chip.deviceIndependentSize().width()
    painter.drawPixmap(QPointF(round(max(x - width / 2, 1.0)), round(top)), chip)


@cache
def _tile(stance: str, theme: str, ratio: float, *, solid: bool) -> QPixmap:
    """Return the tile of a stance, painted once."""
    tile = _clear(SIGN, ratio)
    painter = QPainter(tile)
    draw_stance_tile(painter, QRectF(0, 0, SIGN, SIGN), stance, load_theme(theme), solid=solid)
    painter.end()
    return tile


@cache
def _chip(words: str, theme: str, ratio: float) -> QPixmap:
    """Return a number on its ground, painted once."""
    colours, font = load_theme(theme), panel_font()
    width = max(round(QFontMetricsF(font).horizontalAdvance(words) + 4), SIGN)
    chip = _clear(width, ratio)
    rect = QRectF(0, 0, width, SIGN)
    painter = QPainter(chip)
    draw_frame(painter, rect, colours.hover, None)
    painter.setFont(font)
    painter.setPen(colours.text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
    painter.end()
    return chip


def _clear(width: int, ratio: float) -> QPixmap:
    """Return a transparent picture, as high as a sign."""
    picture = QPixmap(round(width * ratio), round(SIGN * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _stretches(laid: Laid, lines: Collection[int], *, begins: bool, ends: bool) -> list[tuple[bool, float, float]]:
    """Return the neighbouring lines with and without words of a passage: which they are, and from where to where in px."""
    box = laid.box
    if not lines:
        return [(False, 0.0, box.height)]
    numbers = range(min(lines) if begins else 0, (max(lines) if ends else laid.lines - 1) + 1)
    found = []
    for has_words, group in groupby(numbers, key=lambda number: number in lines):
        members = list(group)
        found.append((has_words, box.line_top(members[0]), box.line_top(members[-1]) + box.pitch))
    if not begins:
        found[0] = (found[0][0], 0.0, found[0][2])
    if not ends:
        found[-1] = (found[-1][0], found[-1][1], box.height)
    return found
