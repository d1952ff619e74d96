"""The pages of a version under the mouse: a ``ReadingView`` over what was published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.rows import PassageRow
from annotator.domain.text import snap_to_graphemes
from annotator.services.paging import PagePictures
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.stretching import with_end
from annotator.ui.dragging import mark_as_selected
from annotator.ui.pages.marked_pages import MarkedPages
from annotator.ui.pages.page_lines import Span
from annotator.ui.pages.steps import paragraph_at, word_at

_CLICK = 4
_REACH = 7.0
_ON_WORDS = 4.0
_SCROLL_EVERY = 30


class PagesView(MarkedPages):
    """Pages that know what a mouse does on them."""

    clicked = Signal(int)
    area_clicked = Signal(str)
    """A passage that is an area was clicked: its id."""
    link_asked = Signal(str)
    menu_asked = Signal(QPoint, int)
    zoom_asked = Signal(int)
    dragged = Signal(object)

    def __init__(self, opened: Opened, pictures: Callable[[], PagePictures], parent: QWidget | None = None) -> None:
        """``pictures`` draws the pages; it is called once, in a thread of the view's own, when the first is shown."""
        super().__init__(opened, pictures, parent)
        self._pressed_at: QPointF | None = None
        self._presses, self._grain = 0, (0, 0)
        self._last_press = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._handle: bool | None = None
        self._may_drag = False
        self._dragged: PassageRow | None = None
        self._mouse = QPointF()
        self._scroll = QTimer(self, interval=_SCROLL_EVERY)
        self._scroll.timeout.connect(self._go_on_scrolling)

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
        is_third = self._presses == 2 and self._last_press.isActive()
        goes_on = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) or is_third
        self._may_drag = not goes_on and self._is_selected_at(point)
        if self._may_drag:
            return
        if self.picking.is_on:
            page, place = self._on_page(point)
            self.picking.begin(page, place)
            self.unselected.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.put_caret(self.offset_at(point), selecting=True)
        else:
            self._presses = 3 if is_third else 1
            self._begin(self.offset_at(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word, and by a third click the paragraph."""
        if event.button() != Qt.MouseButton.LeftButton or self.picking.is_on or not self._has_words(event.position()):
            self.mousePressEvent(event)
            return
        self._pressed_at, self._presses = event.position(), 2
        self._last_press.start()
        self._begin(self.offset_at(event.position()))

    def _has_words(self, point: QPointF) -> bool:
        """Tell whether there are words to select on the page at a point of the viewport."""
        return bool(len(self.sheets)) and self.lines.has_words(self.sheets.at((point + self.origin).y()))

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

    def _is_selected_at(self, point: QPointF) -> bool:
        """Tell whether selected words, or the area that is marked, are at a point of the viewport."""
        area = self.selected_area()
        if area is not None:
            strip = self.area_strip(area)
            return not self.picking.is_on and strip is not None and strip.contains(point)
        return any(strip.contains(point) for span in self.selected() for strip in self.strips(span))

    def drag_data(self) -> QMimeData:
        """Return what is dragged when the selection is; an area has no words."""
        data = QMimeData()
        data.setText(self.words())
        return mark_as_selected(data)

    def start_drag(self) -> None:
        """Drag the selection away: a claim takes it."""
        self._pressed_at, self._may_drag = None, False
        drag = QDrag(self)
        drag.setMimeData(self.drag_data())
        drag.exec(Qt.DropAction.CopyAction)

    def _go_on(self, point: QPointF) -> None:
        if self._may_drag:
            if (
                self._pressed_at is not None
                and (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            ):
                self.start_drag()
        elif self._handle is not None:
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
        may_drag, self._may_drag = self._may_drag, False
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if may_drag:
            self.unselect()
            self.put_caret(self.offset_at(pressed))
        if self._handle is not None:
            self._drop_handle()
        elif self.picking.is_drawing:
            if self.picking.end():
                self.area_mode_changed.emit(False)
                self.settled.emit()
            self.viewport().update()
        elif self.has_selection:
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
