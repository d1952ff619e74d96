"""What stands in the margin of a page: a tile and a stripe for each passage, found once and then laid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS
from annotator.ui.annotating.highlights import rank, stances_of
from annotator.ui.annotating.stance_lines import Stroke, strokes
from annotator.ui.annotating.stance_tiles import lay_stance_tile
from annotator.ui.marks import SIGN, draw_disputed_badge
from annotator.ui.theme import Theme

_AWAY, _NEXT_COLUMN, _EDGE = 10.0, 20.0, 2.0
_STRIPE = 4.0
_STRIPE_WIDTH = 6.0


class Beside(NamedTuple):
    """A passage in the margin: from where to where it goes, and what it stands beside. In 1/100 pt."""

    row: PassageRow
    left: int
    top: int
    bottom: int


_Tiles = dict[tuple[float, float, str, bool], QPointF]
"""Tiles by left, top, stance and whether they are of the chosen passage."""


@dataclass(slots=True)
class MarginMarks:
    """What is laid into a margin, in px from the page's corner. Those of the chosen passage come last."""

    tiles: _Tiles = field(default_factory=dict)
    strokes: list[Stroke] = field(default_factory=list)
    thin: list[QRectF] = field(default_factory=list)
    badges: list[QPointF] = field(default_factory=list)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Lay it all."""
        for stroke in self.strokes:
            painter.drawPixmap(*stroke)
        for rect in self.thin:
            painter.fillRect(rect, theme.edge)
        for (_, _, stance, is_chosen), place in self.tiles.items():
            lay_stance_tile(painter, place, stance, theme, solid=is_chosen)
        for place in self.badges:
            draw_disputed_badge(painter, place, theme)


_Stripes = defaultdict[tuple[bool, str, float], list[tuple[float, float]]]
"""From where to where stripes go, by whether they are of the chosen passage, stance, and how far to the right."""


def margin_marks(passages: Sequence[Beside], chosen: str, scale: float, theme: Theme, ratio: float) -> MarginMarks:
    """Give the passages of a page (sorted by their tops) columns as long as there are enough; further ones share the last.

    ``scale`` is px for 1/100 pt, ``ratio`` the dots a px of the device. Stripes of one stance that overlap become one.
    """
    found, stripes = MarginMarks(), _Stripes(list)
    ends = [-1.0] * COLUMNS
    for row, left, upper, lower in passages:
        top = upper * scale
        bottom = max(lower * scale, top + SIGN)
        column = _free_column(ends, top)
        ends[column] = max(ends[column], bottom)
        x = max(left * scale - _AWAY - SIGN - _NEXT_COLUMN * column, _EDGE)
        is_chosen, stances = row.id == chosen, stances_of(row)
        y = _set_tiles(found.tiles, stances, (x, top, bottom), is_chosen=is_chosen)
        if row.conflicted:
            found.badges.append(QPointF(x, top + SIGN))
        if bottom - y > _STRIPE and row.area is None:
            stripes[is_chosen, stances[0], x].append((y, bottom))
    if chosen:
        found.tiles = dict(sorted(found.tiles.items(), key=lambda tile: tile[0][3]))
    for (is_chosen, stance, x), places in sorted(stripes.items(), key=_order):
        for first, last in _joined(places):
            room = QRectF(x + (SIGN - _STRIPE_WIDTH) / 2, first, _STRIPE_WIDTH, last - first)
            if stance:
                found.strokes += strokes(room, stance, theme, ratio, chosen=is_chosen, vertical=True)
            else:
                found.thin.append(QRectF(x + SIGN / 2, first, 2 if is_chosen else 1, last - first))
    return found


def _free_column(ends: Sequence[float], top: float) -> int:
    column, last = 0, len(ends) - 1
    while column < last and ends[column] > top:
        column += 1
    return column


def _set_tiles(tiles: _Tiles, stances: Sequence[str], room: tuple[float, float, float], *, is_chosen: bool) -> float:
    """Put as many tiles below each other as there is room for (left, top, bottom), and return where the next would stand."""
    x, top, bottom = room
    y = top
    for stance in stances:
        if y > top and y + SIGN > bottom:
            break
        place = (x, y, stance, is_chosen)
        if place not in tiles:
            tiles[place] = QPointF(x, y)
        y += SIGN + 2
    return y


def _order(item: tuple[tuple[bool, str, float], object]) -> tuple[bool, tuple[int, str], float]:
    """Return what sorts stripes: those of the chosen passage last, then by stance."""
    (is_chosen, stance, x), _ = item
    return is_chosen, rank(stance), x


def _joined(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches with those that overlap made one."""
    found: list[tuple[float, float]] = []
    for first, last in sorted(places):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
