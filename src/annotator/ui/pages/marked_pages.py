"""Pages with passages, areas and what is pointed out on them; what the mouse does there is said elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from annotator.domain.find import Hits
from annotator.domain.passage import Area
from annotator.services.paging import PagePictures
from annotator.ui.annotating.highlights import Highlights, stances_of
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.passage_keys import ABOVE, PULSE, SETTLED, stretch_of
from annotator.ui.pages.area_picking import AreaPicking
from annotator.ui.pages.page_ground import paper_theme
from annotator.ui.pages.page_lines import Span
from annotator.ui.pages.page_marks import PageMarks
from annotator.ui.pages.selecting_pages import SelectingPages
from annotator.ui.pages.thumbnails import Mark

_FRAME = 2


class MarkedPages(SelectingPages):
    """Shows passages and a selection on pages, and tells what the person means to do with them by the keys."""

    settled = Signal()
    escaped = Signal()
    entered = Signal()
    area_mode_changed = Signal(bool)
    stretched = Signal(bool, int, bool)
    page_changed = Signal(int)
    """Another page (from 0) takes up the middle of the view."""

    def __init__(self, opened: Opened, pictures: Callable[[], PagePictures], parent: QWidget | None = None) -> None:
        """``pictures`` draws the pages; it is called once, in a thread of the view's own, when the first is shown."""
        super().__init__(opened, pictures, parent)
        self.marks = PageMarks(self.lines)
        self.picking = AreaPicking(self.sheets)
        self._pulse_at: Span = (0, 0)
        self._strength = 0.0
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(self.settled)
        self._pulse = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=PULSE)
        self._pulse.valueChanged.connect(self._on_pulse)
        self._page = 0
        self._sought = ""

    # -- passages

    @property
    def highlights(self) -> Highlights:
        """The passages that are shown."""
        return self.marks.highlights

    def set_highlights(self, highlights: Highlights) -> None:
        """Show these passages."""
        self.marks.set_highlights(highlights)
        self.telling.marked()
        self.thumbnails.set_marks(self._marks_of_small_page)
        self._seek()
        self.viewport().update()

    def choose(self, passage: str) -> None:
        """Show a passage as the chosen one; an area is scrolled into sight, now or when it is known."""
        if passage != self.marks.chosen:
            self.marks.chosen = self._sought = passage
            self.telling.say_soon()
            self._seek()
            self.viewport().update()

    def _seek(self) -> None:
        row = self.highlights.find(self._sought)
        if row is not None:
            self._sought = ""
            if row.area is not None:
                self.show_area(row.area)

    def set_hits(self, hits: Hits, current: int) -> None:
        """Mark the hits of a search, and strongly the one with this number (-1: none)."""
        self.marks.hits, self.marks.current_hit = hits, current
        self.viewport().update()

    def folded(self) -> tuple[Span, ...]:
        """Return what is folded away: pages show everything."""
        return ()

    def fold_anew(self) -> None:
        """Do nothing: pages fold nothing."""

    def _marks_of_small_page(self, page: int) -> list[Mark]:
        """Return where on a page passages stand, for the small pictures."""
        height = self.sheets.sizes[page][1]
        found = []
        for row in self.marks.rows_on(page):
            first, last = self.lines.line_number(row.start), self.lines.line_number(row.end - 1)
            for on, top, bottom in self.lines.extents(first, last):
                if on == page:
                    found.append((top / height, bottom / height, stances_of(row)[0]))
        areas = ((row.area, row) for row in self.marks.areas_on(page))
        return found + [(area.top / height, area.bottom / height, stances_of(row)[0]) for area, row in areas if area]

    # -- the selection

    @property
    def has_selection(self) -> bool:
        """Whether words, or an area, are selected."""
        return self.picking.area is not None or super().has_selection

    def selected(self) -> tuple[Span, ...]:
        """Return what words are selected; none while an area is."""
        return () if self.picking.area is not None else super().selected()

    def selected_area(self) -> Area | None:
        """Return the area that is selected."""
        return None if self.picking.is_drawing else self.picking.area

    def select(self, start: int, end: int) -> None:
        """Select a stretch; an area is selected no more."""
        self._drop_area()
        super().select(start, end)

    def unselect(self) -> None:
        """Select neither words nor an area."""
        had_area = self._drop_area()
        super().unselect()
        if had_area:
            self.unselected.emit()

    def _drop_area(self) -> bool:
        had = self.picking.area is not None
        if self.picking.drop():
            self.area_mode_changed.emit(False)
            self.viewport().update()
        return had

    def pick_area(self, *, on: bool) -> None:
        """Take the tool that marks areas, or put it down. With it comes an area in sight that the keys move and resize."""
        if not on:
            self.unselect()
            return
        super().unselect()
        page = self.page
        seen = self.sheets.rect(page).intersected(QRectF(self.origin, self.viewport().size().toSizeF()))
        corners = self.sheets.to_page(page, seen.topLeft()), self.sheets.to_page(page, seen.bottomRight())
        self.picking.place(page, QRectF(*corners))
        self.area_mode_changed.emit(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().update()

    def turn_area(self) -> None:
        """Take the tool that marks areas, or put it down."""
        self.pick_area(on=not self.picking.is_on)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- places

    def show_place(self, start: int, end: int, *, pulse: bool = False) -> None:
        """Put the caret at a place, scroll to it if it is not in sight, and point it out once."""
        last = len(self.text.text)
        start, end = min(start, last), min(end, last)
        self.put_caret(start)
        self._ensure_laid_out()
        strip = self.strip_of((start, end))
        if strip is None or strip.top() < 0 or strip.bottom() > self.viewport().height():
            self.scroll_up_to(start, int(self.viewport().height() * ABOVE))
        if pulse and end > start and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            self._pulse_at = (start, end)
            self._pulse.start()

    def show_area(self, area: Area, *, pulse: bool = False) -> None:
        """Scroll to an area if it is not in sight."""
        self._ensure_laid_out()
        strip = self.area_strip(area)
        if strip is not None and not (strip.top() >= 0 and strip.bottom() <= self.viewport().height()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + int(strip.top() - self.viewport().height() * ABOVE))

    def area_strip(self, area: Area) -> QRectF | None:
        """Return where on the viewport an area stands, if it is in sight."""
        if area.page >= len(self.sheets):
            return None
        return self.on_view(area.page, (area.left, area.top, area.right, area.bottom))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move an area, or the ends of the chosen passage while the caret is on it; else the caret."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            if self.picking.is_on and self.picking.area is None:
                self._drop_area()
            else:
                self.escaped.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self.entered.emit()
        elif self.picking.key(key, modifiers):
            self._settle.start()
            self.viewport().update()
        elif (asked := stretch_of(event)) and self._is_on_chosen():
            self.stretched.emit(*(asked.mirrored() if self.lines.is_rtl(self.caret()) else asked))
        else:
            super().keyPressEvent(event)
            if self.has_selection:
                self._settle.start()

    def _is_on_chosen(self) -> bool:
        row = self.highlights.find(self.marks.chosen)
        return row is not None and bool(row.spans) and not self.has_selection and row.start <= self.caret() <= row.end

    # -- painting

    def paint_marks(self, painter: QPainter, page: int) -> None:
        """Paint the passages of a page, what is selected there, and what is pointed out."""
        scale, colours = self.sheets.scale(page), paper_theme()
        self.marks.paint_chosen(painter, page, scale)
        if self._strength:
            colour = QColor(colours.accent)
            colour.setAlphaF(0.28 * self._strength)
            self.marks.paint_ground(painter, page, scale, self._pulse_at, colour)
        if super().has_selection:
            self.marks.paint_ground(painter, page, scale, self.selection(), colours.selection)
        self.marks.paint_hits(painter, page, scale)
        self.marks.paint(painter, page, scale)
        self.marks.paint_handles(painter, page, scale)
        area = self.picking.area
        if area is not None and area.page == page:
            self._paint_area(painter, area, scale)
        elif self.hasFocus() and not self.has_selection:
            self._paint_caret(painter, page, scale)

    def _paint_area(self, painter: QPainter, area: Area, scale: float) -> None:
        left, top, right, bottom = (side * scale for side in (area.left, area.top, area.right, area.bottom))
        accent = paper_theme().accent
        pen = painter.pen()
        pen.setColor(accent)
        pen.setWidth(_FRAME)
        painter.setPen(pen)
        ground = QColor(accent)
        ground.setAlphaF(0.1)
        painter.setBrush(ground)
        painter.drawRect(QRectF(left, top, right - left, bottom - top))

    def _paint_caret(self, painter: QPainter, page: int, scale: float) -> None:
        caret = self.lines.caret(self.caret())
        if caret is not None and caret.page == page:
            high = (caret.bottom - caret.top) * scale
            painter.fillRect(QRectF(round(caret.left * scale), caret.top * scale, 2, high), paper_theme().accent)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show what is scrolled into sight, and tell when another page is read."""
        super().scrollContentsBy(dx, dy)
        if len(self.sheets) and self.page != self._page:
            self._page = self.page
            self.page_changed.emit(self._page)

    def _on_pulse(self, strength: float) -> None:
        self._strength = strength
        self.viewport().update()
