"""What passages look like on a page: lines under the words, tiles beside them, frames around areas."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.domain.find import NO_HITS, Hits
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS
from annotator.ui.annotating.highlights import Highlights, stances_of
from annotator.ui.annotating.line_marks import marks_on
from annotator.ui.annotating.stance_lines import THICK, lay_stance_line
from annotator.ui.annotating.stance_tiles import lay_stance_tile
from annotator.ui.marks import SIGN, draw_disputed_badge
from annotator.ui.pages.page_ground import paper_theme
from annotator.ui.pages.page_lines import PageLines, PrintedLine, Span
from annotator.ui.reading.hits import draw_hit

_FIRST_LANE, _NEXT_LANE = 1.5, 4.5
_PITCH = 18.0
"""Px between two printed lines from which on the lanes under a line stand as far apart as in the text."""

_BESIDE, _NEXT_COLUMN, _EDGE = 10.0, 20.0, 2.0
_STRIPE = 4.0
_HANDLE, _KNOB = 2.0, 4.5
_KEPT = 32

Sides = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Mark:
    stance: str
    lane: int
    line: PrintedLine
    left: int
    right: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Beside:
    """A passage in the margin: from where to where it goes, and what it stands beside. In 1/100 pt."""

    row: PassageRow
    left: int
    top: int
    bottom: int


class PageMarks:
    """Works out once for each page what stands there, and paints it. Painters have their origin at the page's corner."""

    def __init__(self, lines: PageLines) -> None:
        self._lines = lines
        self.highlights = Highlights()
        self._chosen = ""
        self.hits: Hits = NO_HITS
        self.current_hit = -1
        self._cache: OrderedDict[int, tuple[list[_Mark], list[_Beside]]] = OrderedDict()
        self._areas: dict[int, list[PassageRow]] = {}

    @property
    def chosen(self) -> str:
        """The passage that is shown as the chosen one."""
        return self._chosen

    @chosen.setter
    def chosen(self, passage: str) -> None:
        self._chosen = passage
        self._cache.clear()

    def set_highlights(self, highlights: Highlights) -> None:
        """Paint these from now on."""
        self.highlights = highlights
        self._cache.clear()
        areas: defaultdict[int, list[PassageRow]] = defaultdict(list)
        for row in highlights.areas:
            if row.area is not None:
                areas[row.area.page].append(row)
        self._areas = dict(areas)

    def rows_on(self, page: int) -> list[PassageRow]:
        """Return the passages that have words on a page, in the order of the text."""
        found = {row.id: row for stretch in self._lines.stretches(page) for row in self.highlights.within(*stretch)}
        return list(found.values())

    def area_at(self, page: int, point: QPointF) -> PassageRow | None:
        """Return the smallest area of a page over a point (1/100 pt)."""
        around = [row for row in self._areas.get(page, ()) if _sides_contain(row, point)]
        return min(around, key=_extent, default=None)

    # -- painting

    def paint(self, painter: QPainter, page: int, scale: float) -> None:
        """Paint the passages of a page; ``scale`` is px for 1/100 pt."""
        marks, beside = self._of(page)
        theme = paper_theme()
        for row in self._areas.get(page, ()):
            self._paint_area(painter, row, scale)
        for mark in marks:
            y = mark.line.bottom * scale + (_FIRST_LANE + _NEXT_LANE * mark.lane) * _tightness(mark.line, scale)
            left, width = mark.left * scale, (mark.right - mark.left) * scale
            if mark.stance:
                room = QRectF(left, y - THICK / 2, width, THICK)
                lay_stance_line(painter, room, mark.stance, theme, chosen=mark.chosen)
            else:
                painter.fillRect(QRectF(left, round(y), width, 2 if mark.chosen else 1), theme.edge)
        self._paint_margin(painter, beside, scale)

    def paint_ground(self, painter: QPainter, page: int, scale: float, span: Span, colour: QColor) -> None:
        """Lay a colour under words of a page, as a marker does."""
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for line, left, right in self._lines.boxes(page, span):
            painter.fillRect(_scaled((left, line.top, right, line.bottom), scale), colour)
        painter.restore()

    def paint_hits(self, painter: QPainter, page: int, scale: float) -> None:
        """Paint the hits of a search on a page."""
        for stretch in self._lines.stretches(page) if len(self.hits) else ():
            for number in self.hits.within(*stretch):
                for line, left, right in self._lines.boxes(page, self.hits[number]):
                    rect = _scaled((left, line.top, right, line.bottom), scale)
                    draw_hit(painter, rect, strong=number == self.current_hit, theme=paper_theme())

    def paint_chosen(self, painter: QPainter, page: int, scale: float) -> None:
        """Lay the tint of the chosen passage under its words."""
        row = self.highlights.find(self.chosen)
        if row is not None:
            tint = paper_theme().stance(stances_of(row)[0]).tint
            for span in row.spans:
                self.paint_ground(painter, page, scale, span, tint)

    def paint_handles(self, painter: QPainter, page: int, scale: float) -> None:
        """Paint the handles of the chosen passage."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paper_theme().accent)
        for is_end, on, top, height in self.handles(scale):
            if on == page:
                painter.drawRect(QRectF(top.x() - _HANDLE / 2, top.y(), _HANDLE, height))
                painter.drawEllipse(QPointF(top.x(), top.y() + (height if is_end else 0)), _KNOB, _KNOB)
        painter.restore()

    def handles(self, scale: float) -> list[tuple[bool, int, QPointF, float]]:
        """Return the handles of the chosen passage: whether the right one, on which page, its top and height there in px."""
        row = self.highlights.find(self.chosen)
        if row is None or not row.spans:
            return []
        found = []
        for is_end, offset in ((False, row.start), (True, row.end)):
            caret = self._lines.caret(offset, behind=is_end)
            if caret is not None:
                top = QPointF(caret.left * scale, caret.top * scale)
                found.append((is_end, caret.page, top, (caret.bottom - caret.top) * scale))
        return found

    # -- inside

    def _of(self, page: int) -> tuple[list[_Mark], list[_Beside]]:
        found = self._cache.get(page)
        if found is None:
            found = self._cache[page] = self._worked_out(page)
            if len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
        return found

    def _worked_out(self, page: int) -> tuple[list[_Mark], list[_Beside]]:
        lines = self._lines.on(page)
        found = marks_on(self.highlights, [(line.start, line.end) for line in lines], self.highlights.find(self.chosen))
        marks = []
        for line, on_line in zip(lines, found, strict=True):
            for stance, lane, start, end, chosen in on_line:
                extent = line.extent(start, end)
                if extent:
                    marks.append(_Mark(stance, lane, line, *extent, chosen))
        beside = [each for row in self.rows_on(page) if (each := self._beside(page, row))]
        beside += [
            _Beside(row, row.area.left, row.area.top, row.area.bottom) for row in self._areas.get(page, ()) if row.area
        ]
        return marks, sorted(beside, key=lambda each: (each.top, each.left))

    def _beside(self, page: int, row: PassageRow) -> _Beside | None:
        lines = [line for span in row.spans for line, _, _ in self._lines.boxes(page, span)]
        if not lines:
            return None
        left, top = min(line.left for line in lines), min(line.top for line in lines)
        return _Beside(row, left, top, max(line.bottom for line in lines))

    def _paint_margin(self, painter: QPainter, beside: Sequence[_Beside], scale: float) -> None:
        """Paint a tile and a stripe for each passage, in columns as long as there are enough."""
        theme, ends = paper_theme(), [-1.0] * COLUMNS
        taken: set[tuple[float, float, str]] = set()
        for each in beside:
            top, bottom = each.top * scale, max(each.bottom * scale, each.top * scale + SIGN)
            column = next((n for n, end in enumerate(ends) if end <= top), COLUMNS - 1)
            ends[column] = max(ends[column], bottom)
            x = max(each.left * scale - _BESIDE - SIGN - _NEXT_COLUMN * column, _EDGE)
            is_chosen, stances = each.row.id == self.chosen, stances_of(each.row)
            y = top
            for number, stance in enumerate(stances):
                if number and y + SIGN > bottom:
                    break
                if is_chosen or (x, y, stance) not in taken:
                    lay_stance_tile(painter, QPointF(x, y), stance, theme, solid=is_chosen)
                taken.add((x, y, stance))
                y += SIGN + 2
            if each.row.conflicted:
                draw_disputed_badge(painter, QPointF(x, top + SIGN), theme)
            if bottom - y > _STRIPE and each.row.area is None:
                room = QRectF(x + SIGN / 2 - 3, y, 6, bottom - y)
                if stances[0]:
                    lay_stance_line(painter, room, stances[0], theme, chosen=is_chosen, vertical=True)
                else:
                    painter.fillRect(QRectF(room.center().x(), y, 2 if is_chosen else 1, bottom - y), theme.edge)

    def _paint_area(self, painter: QPainter, row: PassageRow, scale: float) -> None:
        """Paint the frame of an area in the line of its stance."""
        if row.area is None:
            return
        theme, is_chosen, stance = paper_theme(), row.id == self.chosen, stances_of(row)[0]
        rect = _scaled((row.area.left, row.area.top, row.area.right, row.area.bottom), scale)
        if is_chosen:
            painter.save()
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(rect, theme.stance(stance).tint)
            painter.restore()
        if not stance:
            painter.setPen(theme.accent if is_chosen else theme.edge)
            painter.drawRect(rect)
            return
        half = THICK / 2
        for y in (rect.top(), rect.bottom()):
            room = QRectF(rect.left(), y - half, rect.width(), THICK)
            lay_stance_line(painter, room, stance, theme, chosen=is_chosen)
        for x in (rect.left(), rect.right()):
            room = QRectF(x - half, rect.top(), THICK, rect.height())
            lay_stance_line(painter, room, stance, theme, chosen=is_chosen, vertical=True)


def _scaled(sides: Sides, scale: float) -> QRectF:
    left, top, right, bottom = (side * scale for side in sides)
    return QRectF(left, top, right - left, bottom - top)


def _tightness(line: PrintedLine, scale: float) -> float:
    return min((line.bottom - line.top) * scale / _PITCH, 1.0)


def _sides_contain(row: PassageRow, point: QPointF) -> bool:
    area = row.area
    return area is not None and area.left <= point.x() <= area.right and area.top <= point.y() <= area.bottom


def _extent(row: PassageRow) -> int:
    area = row.area
    return (area.right - area.left) * (area.bottom - area.top) if area else 0
