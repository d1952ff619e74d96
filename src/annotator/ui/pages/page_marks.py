"""What passages look like on a page: lines under the words, tiles beside them, frames around areas."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.domain.find import NO_HITS, Hits
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import Highlights, stances_of
from annotator.ui.annotating.lanes import LANES
from annotator.ui.annotating.line_marks import Mark, marks_on
from annotator.ui.annotating.stance_lines import THICK, StanceLines, Stroke, lay_stance_line
from annotator.ui.pages.page_ground import paper_theme
from annotator.ui.pages.page_lines import PageLines, PrintedLine, Span
from annotator.ui.pages.page_margin import Beside, MarginMarks, margin_marks
from annotator.ui.reading.hits import draw_hit

_FIRST_LANE, _NEXT_LANE = 1.5, 4.5
_PITCH = 18.0
"""Px between two printed lines from which on the lanes under a line stand as far apart as in the text."""

_HANDLE, _KNOB = 2.0, 4.5
_KEPT = 32

Sides = tuple[float, float, float, float]


@dataclass(slots=True)
class _OnPage:
    """What stands on a page, and how it was laid last: for which scale and device, in px."""

    marks: list[tuple[PrintedLine, list[Mark]]]
    beside: list[Beside]
    laid_for: tuple[float, float] = (0.0, 0.0)
    strokes: list[Stroke] = field(default_factory=list)
    thin: list[QRectF] = field(default_factory=list)
    margin: MarginMarks = field(default_factory=MarginMarks)


class PageMarks:
    """Works out once for each page what stands there, and paints it. Painters have their origin at the page's corner."""

    def __init__(self, lines: PageLines) -> None:
        self._lines = lines
        self.highlights = Highlights()
        self._chosen = ""
        self.hits: Hits = NO_HITS
        self.current_hit = -1
        self._cache: OrderedDict[int, _OnPage] = OrderedDict()
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

    def areas_on(self, page: int) -> list[PassageRow]:
        """Return the passages that are areas of a page."""
        return self._areas.get(page, [])

    def area_at(self, page: int, point: QPointF) -> PassageRow | None:
        """Return the smallest area of a page over a point (1/100 pt)."""
        around = [row for row in self._areas.get(page, ()) if _sides_contain(row, point)]
        return min(around, key=_extent, default=None)

    # -- painting

    def paint(self, painter: QPainter, page: int, scale: float) -> None:
        """Paint the passages of a page; ``scale`` is px for 1/100 pt."""
        found, theme, ratio = self._of(page), paper_theme(), painter.device().devicePixelRatioF()
        if found.laid_for != (scale, ratio):
            self._lay(found, scale, ratio)
        for row in self._areas.get(page, ()):
            self._paint_area(painter, row, scale)
        for stroke in found.strokes:
            painter.drawPixmap(*stroke)
        for rect in found.thin:
            painter.fillRect(rect, theme.edge)
        found.margin.paint(painter, theme)

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

    def _of(self, page: int) -> _OnPage:
        found = self._cache.get(page)
        if found is None:
            found = self._cache[page] = self._worked_out(page)
            if len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
        return found

    def _worked_out(self, page: int) -> _OnPage:
        lines = self._lines.on(page)
        marks = marks_on(self.highlights, [(line.start, line.end) for line in lines], self.highlights.find(self.chosen))
        rows = self.rows_on(page)
        sides = self._lines.sides(page, (row.spans for row in rows))
        beside = [Beside(row, *edges) for row, edges in zip(rows, sides, strict=True) if edges]
        beside += [
            Beside(row, row.area.left, row.area.top, row.area.bottom) for row in self._areas.get(page, ()) if row.area
        ]
        return _OnPage(list(zip(lines, marks, strict=True)), sorted(beside, key=lambda each: (each.top, each.left)))

    def _lay(self, found: _OnPage, scale: float, ratio: float) -> None:
        """Work out what is laid where for one size of the page."""
        theme = paper_theme()
        stance_lines = StanceLines(theme, ratio)
        found.laid_for, found.strokes, found.thin = (scale, ratio), [], []
        for line, marks in found.marks:
            base, tightness = line.bottom * scale, _tightness(line, scale)
            middles = [base + (_FIRST_LANE + _NEXT_LANE * lane) * tightness for lane in range(LANES)]
            for stance, lane, start, end, chosen in marks:
                extent = line.extent(start, end)
                if extent is None:
                    continue
                x, length = extent[0] * scale, (extent[1] - extent[0]) * scale
                if stance:
                    found.strokes += stance_lines.across(stance, x, middles[lane] - THICK / 2, length, chosen=chosen)
                else:
                    found.thin.append(QRectF(x, round(middles[lane]), length, 2 if chosen else 1))
        found.margin = margin_marks(found.beside, self.chosen, scale, theme, ratio)

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
