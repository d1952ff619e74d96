"""The pages of a version with its passages: a ``ReadingView`` over what was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from annotator.domain.find import Hits
from annotator.domain.passage import Area
from annotator.domain.rows import PassageRow
from annotator.domain.text import snap_to_graphemes
from annotator.services.paging import PagePictures
from annotator.ui.annotating.highlights import Highlights, stances_of
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.stretching import with_end
from annotator.ui.pages.area_picking import AreaPicking
from annotator.ui.pages.page_ground import paper_theme
from annotator.ui.pages.page_lines import Span
from annotator.ui.pages.page_marks import PageMarks
from annotator.ui.pages.selecting_pages import SelectingPages
from annotator.ui.pages.steps import paragraph_at, word_at

_SETTLED = 250
"""Milliseconds after which a selection made with keys counts as made."""

_PULSE = 900
_ABOVE = 0.28
_CLICK = 4
_REACH = 7.0
_ON_WORDS = 4.0
_SCROLL_EVERY = 30
_FRAME = 2
_ARROWS = {
    Qt.Key.Key_Left: (-1, False),
    Qt.Key.Key_Right: (1, False),
    Qt.Key.Key_Up: (-1, True),
    Qt.Key.Key_Down: (1, True),
}


class PagesView(SelectingPages):
    """Shows passages and a selection on pages, and tells what the person means to do with them."""

    settled = Signal()
    escaped = Signal()
    entered = Signal()
    clicked = Signal(int)
    area_clicked = Signal(str)
    """A passage that is an area was clicked: its id."""
    area_mode_changed = Signal(bool)
    link_asked = Signal(str)
    menu_asked = Signal(QPoint, int)
    zoom_asked = Signal(int)
    stretched = Signal(bool, int, bool)
    dragged = Signal(object)
    page_changed = Signal(int)
    """Another page (from 0) takes up the middle of the view."""

    def __init__(self, opened: Opened, pictures: Callable[[], PagePictures], parent: QWidget | None = None) -> None:
        """``pictures`` draws the pages; it is called once, in a thread of the view's own, when the first is shown."""
        super().__init__(opened, pictures, parent)
        self.marks = PageMarks(self.lines)
        self.picking = AreaPicking(self.sheets)
        self._pulse_at: Span = (0, 0)
        self._strength = 0.0
        self._pressed_at: QPointF | None = None
        self._presses, self._grain = 0, (0, 0)
        self._last_press = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._handle: bool | None = None
        self._dragged: PassageRow | None = None
        self._mouse = QPointF()
        self._scroll = QTimer(self, interval=_SCROLL_EVERY)
        self._scroll.timeout.connect(self._go_on_scrolling)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self.settled)
        self._pulse = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=_PULSE)
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
        self._mark_thumbnails()
        self._seek()
        self.viewport().update()

    def choose(self, passage: str) -> None:
        """Show a passage as the chosen one; an area is scrolled into sight, now or when it is known."""
        if passage != self.marks.chosen:
            self.marks.chosen = self._sought = passage
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

    def _mark_thumbnails(self) -> None:
        found: defaultdict[int, list[tuple[float, float, str]]] = defaultdict(list)
        for row in self.highlights.rows:
            first, last = self.lines.line_number(row.start), self.lines.line_number(row.end - 1)
            for page, top, bottom in self.lines.extents(first, last):
                height = self.sheets.sizes[page][1]
                found[page].append((top / height, bottom / height, stances_of(row)[0]))
        for row in self.highlights.areas:
            if row.area is not None and row.area.page < len(self.sheets):
                height = self.sheets.sizes[row.area.page][1]
                found[row.area.page].append((row.area.top / height, row.area.bottom / height, stances_of(row)[0]))
        self.thumbnails.set_marks(found)

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
            self.scroll_up_to(start, int(self.viewport().height() * _ABOVE))
        if pulse and end > start and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            self._pulse_at = (start, end)
            self._pulse.start()

    def show_area(self, area: Area, *, pulse: bool = False) -> None:
        """Scroll to an area if it is not in sight."""
        self._ensure_laid_out()
        strip = self.area_strip(area)
        if strip is not None and not (strip.top() >= 0 and strip.bottom() <= self.viewport().height()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + int(strip.top() - self.viewport().height() * _ABOVE))

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
        arrow = _ARROWS.get(key)
        control = Qt.KeyboardModifier.ControlModifier
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
        elif arrow and modifiers & ~control == Qt.KeyboardModifier.ShiftModifier and self._is_on_chosen():
            step, by_word = arrow
            mirrored = not by_word and self.lines.is_rtl(self.caret())
            self.stretched.emit(not modifiers & control, -step if mirrored else step, by_word)
        else:
            super().keyPressEvent(event)
            if self.has_selection:
                self._settle.start()

    def _is_on_chosen(self) -> bool:
        row = self.highlights.find(self.marks.chosen)
        return row is not None and bool(row.spans) and not self.has_selection and row.start <= self.caret() <= row.end

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle, begin an area, or begin to select."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        point = event.position()
        self._pressed_at, self._mouse = point, point
        self._handle = self._handle_at(point)
        if self._handle is not None or not len(self.sheets):
            return
        if self.picking.is_on:
            page, place = self._on_page(point)
            self.picking.begin(page, place)
            self.unselected.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.put_caret(self.offset_at(point), selecting=True)
        else:
            self._presses = self._presses + 1 if self._last_press.isActive() and self._presses == 2 else 1
            self._begin(self.offset_at(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word, and by a third click the paragraph."""
        if event.button() != Qt.MouseButton.LeftButton or self.picking.is_on:
            self.mousePressEvent(event)
            return
        self._pressed_at, self._presses = event.position(), 2
        self._last_press.start()
        self._begin(self.offset_at(event.position()))

    def _begin(self, offset: int) -> None:
        """Begin to select by characters, words or paragraphs, as often as was pressed."""
        self._grain = self._whole(offset)
        self.select(*self._grain)

    def _whole(self, offset: int) -> Span:
        if self._presses == 2:
            return word_at(self.text.text, offset)
        return paragraph_at(self.text, offset) if self._presses > 2 else (offset, offset)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or show what a click would do."""
        self._mouse = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton and self._pressed_at is not None:
            self._go_on(self._mouse)
            outside = not self.viewport().rect().contains(self._mouse.toPoint())
            if outside and not self._scroll.isActive():
                self._scroll.start()
            elif not outside:
                self._scroll.stop()
        else:
            self.viewport().setCursor(self._shape(self._mouse))

    def _go_on(self, point: QPointF) -> None:
        if self._handle is not None:
            self._drag_handle(point)
        elif self.picking.is_drawing:
            self.picking.draw_to(self._on_page(point, self.picking.page)[1])
            self.viewport().update()
        else:
            first, last = self._whole(self.offset_at(point))
            if last >= self._grain[1]:
                self.select(self._grain[0], max(last, self._grain[1]))
            else:
                self.select(self._grain[1], min(first, self._grain[0]))

    def _go_on_scrolling(self) -> None:
        """Scroll while the mouse is held outside."""
        rect, bar = self.viewport().rect(), self.verticalScrollBar()
        beyond = min(self._mouse.y(), 0) + max(self._mouse.y() - rect.height(), 0)
        bar.setValue(bar.value() + int(beyond / 2))
        self._go_on(self._mouse)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was begun, or take a click."""
        self._scroll.stop()
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._handle is not None:
            self._drop_handle()
        elif self.picking.is_drawing:
            if self.picking.end():
                self.area_mode_changed.emit(False)
                self.settled.emit()
            self.viewport().update()
        elif super().has_selection:
            self.settled.emit()
        elif (event.position() - pressed).manhattanLength() < _CLICK:
            self._click(event)

    def _click(self, event: QMouseEvent) -> None:
        point = event.position()
        if not len(self.sheets):
            return
        page, place = self._on_page(point)
        offset = self.offset_at(point)
        area = self.marks.area_at(page, place)
        on_words = self._is_on_words(page, place)
        target = self.text.link_at(offset) if on_words else ""
        if target and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.link_asked.emit(target)
        elif area is not None and not (on_words and self.highlights.at(offset)):
            self.area_clicked.emit(area.id)
        else:
            self.clicked.emit(offset if on_words else -1)

    def _is_on_words(self, page: int, place: QPointF) -> bool:
        line, reach = self.lines.nearest(page, place.x(), place.y()), _ON_WORDS / self.sheets.scale(page)
        if line is None:
            return False
        across = line.left - reach <= place.x() <= line.right + reach
        return across and line.top - reach <= place.y() <= line.bottom + reach

    def _on_page(self, point: QPointF, page: int | None = None) -> tuple[int, QPointF]:
        """Return the page at a point of the viewport, and where on it (or on the one given) the point lies in 1/100 pt."""
        place = point + self.origin
        page = self.sheets.at(place.y()) if page is None else page
        return page, self.sheets.to_page(page, place)

    def _shape(self, point: QPointF) -> Qt.CursorShape:
        if self.picking.is_on:
            return Qt.CursorShape.CrossCursor
        if self._handle_at(point) is not None:
            return Qt.CursorShape.SizeHorCursor
        if not len(self.sheets):
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.IBeamCursor if self._is_on_words(*self._on_page(point)) else Qt.CursorShape.ArrowCursor

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the mouse, or at the caret."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(event.globalPos(), self.offset_at(event.pos().toPointF()))
            return
        strip = self.strip_of((self.caret(), self.caret() + 1))
        below = strip.bottomLeft().toPoint() if strip else self.viewport().rect().center()
        self.menu_asked.emit(self.viewport().mapToGlobal(below), self.caret())

    # -- the handles of the chosen passage

    def _handle_at(self, point: QPointF) -> bool | None:
        """Return whether the right (True) or the left handle is there, or None."""
        for page, rect in self.in_sight():
            for is_end, on, top, height in self.marks.handles(self.sheets.scale(page)):
                knob = rect.topLeft() + top + QPointF(0, height if is_end else 0)
                if on == page and QRectF(knob.x() - _REACH, knob.y() - _REACH, 2 * _REACH, 2 * _REACH).contains(point):
                    return is_end
        return None

    def _drag_handle(self, point: QPointF) -> None:
        row = self._dragged or self.highlights.find(self.marks.chosen)
        if row is None or self._handle is None:
            return
        text, offset = self.text.text, self.offset_at(point)
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            place = snap_to_graphemes(text, offset, offset)[1 if self._handle else 0]
        else:
            place = word_at(text, offset)[1 if self._handle else 0]
        spans = with_end(row.spans, place, is_end=self._handle)
        if spans and spans != row.spans:
            self._dragged = replace(row, spans=spans)
            self.set_highlights(self.highlights.with_row(self._dragged, text))

    def _drop_handle(self) -> None:
        dragged, self._dragged, self._handle = self._dragged, None, None
        if dragged is not None:
            self.dragged.emit(dragged.spans)

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
