"""What stands in the margin of a page: a tile and a stripe for each passage, found once and then laid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS
from annotator.ui.annotating.highlights import rank, stances_of
from annotator.ui.annotating.stance_lines import THICK, StanceLines, Stroke
from annotator.ui.marks import SIGN, draw_disputed_badge
from annotator.ui.painted_tiles import stance_tile
from annotator.ui.theme import Theme

_AWAY, _NEXT_COLUMN, _EDGE = 10.0, 20.0, 2.0
_STRIPE = 4.0
_NEXT_TILE = 2


class Beside(NamedTuple):
    """A passage in the margin: from where to where it goes, and what it stands beside. In 1/100 pt."""

    row: PassageRow
    left: int
    top: int
    bottom: int


_Places = dict[tuple[float, float, str, bool], None]
"""Tiles by left, top, stance and whether they are of the chosen passage."""


@dataclass(slots=True)
class MarginMarks:
    """What is laid into a margin, in px from the page's corner. Those of the chosen passage come last."""

    tiles: list[tuple[QPointF, QPixmap]] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    thin: list[QRectF] = field(default_factory=list)
    badges: list[QPointF] = field(default_factory=list)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Lay it all."""
        for stroke in self.strokes:
            painter.drawPixmap(*stroke)
        for rect in self.thin:
            painter.fillRect(rect, theme.edge)
        for tile in self.tiles:
            painter.drawPixmap(*tile)
        for place in self.badges:
            draw_disputed_badge(painter, place, theme)


_Stripes = defaultdict[tuple[bool, str, float], list[tuple[float, float]]]
"""From where to where stripes go, by whether they are of the chosen passage, stance, and how far to the right."""


def margin_marks(passages: Sequence[Beside], chosen: str, scale: float, theme: Theme, ratio: float) -> MarginMarks:
    """Give the passages of a page (sorted by their tops) columns as long as there are enough; further ones share the last.

    ``scale`` is px for 1/100 pt, ``ratio`` the dots a px of the device. Stripes of one stance that overlap become one.
    """
    found, stripes, tiles = MarginMarks(), _Stripes(list), _Places()
    for row, x, top, bottom in _in_columns(passages, scale):
        is_chosen, stances, y = row.id == chosen, stances_of(row), top
        for stance in stances:
            if y > top and y + SIGN > bottom:
                break
            tiles[x, y, stance, is_chosen] = None
            y += SIGN + _NEXT_TILE
        if row.conflicted:
            found.badges.append(QPointF(x, top + SIGN))
        if bottom - y > _STRIPE and row.area is None:
            stripes[is_chosen, stances[0], x].append((y, bottom))
    for x, y, stance, is_chosen in sorted(tiles, key=itemgetter(3)) if chosen else tiles:
        found.tiles.append((QPointF(x, y), stance_tile(stance, theme.name, ratio, solid=is_chosen)))
    stance_lines = StanceLines(theme, ratio)
    for (is_chosen, stance, x), places in sorted(stripes.items(), key=_order):
        for first, last in _joined(places):
            if stance:
                left_edge = x + (SIGN - THICK) / 2
                found.strokes += stance_lines.down(stance, left_edge, first, last - first, chosen=is_chosen)
            else:
                found.thin.append(QRectF(x + SIGN / 2, first, 2 if is_chosen else 1, last - first))
    return found


def _in_columns(passages: Sequence[Beside], scale: float) -> Iterator[tuple[PassageRow, float, float, float]]:
    """Yield passages with the left edge of their column and from where to where they go, in px."""
    ends, last_column = [-1.0] * COLUMNS, COLUMNS - 1
    for row, left, upper, lower in passages:
        top, bottom = upper * scale, lower * scale
        if bottom < top + SIGN:
            bottom = top + SIGN
        column = 0
        while column < last_column and ends[column] > top:
            column += 1
        if ends[column] < bottom:
            ends[column] = bottom
        x = left * scale - _AWAY - SIGN - _NEXT_COLUMN * column
        yield row, x if x > _EDGE else _EDGE, top, bottom


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
