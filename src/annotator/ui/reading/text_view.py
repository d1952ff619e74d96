"""A text with a caret and a selection, under keyboard and mouse."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QDrag,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.domain.text import snap_to_graphemes
from annotator.ui.reading.blinking import Blink
from annotator.ui.reading.keys import move_of
from annotator.ui.reading.moving import paragraph_around
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.selecting import Selecting
from annotator.ui.reading.selection import Place, Selection, Span
from annotator.ui.reading.selection_layers import CARET_WIDTH, CaretLayer, SelectionLayer, caret_bar
from annotator.ui.reading.text_canvas import Seen, TextCanvas
from annotator.ui.reading.walking import Move, Walker

_MARGIN = 8
"""Px that stay between the caret and the edge."""


class TextView(TextCanvas):
    """A read-only text. Offsets that go in and come out are code points of the canonical text."""

    selection_changed = Signal()
    """Other words are selected than before, or none."""
    caret_moved = Signal()
    drag_started = Signal()
    """The selected words are being dragged away."""

    def __init__(self, text: OpenText, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._walker = Walker(self)
        first = self._walker.text_end(is_end=False)
        self.selection_made = Selection(first.offset, first)
        self._selecting = Selecting(self)
        self._blink = Blink(self)
        self._blink.changed.connect(self._repaint_caret)
        self.selection_layer = SelectionLayer(self.selection)
        self.under.append(self.selection_layer)
        self.over.append(CaretLayer(self._caret_place))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # -- caret and selection

    def caret(self) -> int:
        """Return where the caret stands."""
        return self.selection_made.caret.offset

    def put_caret(self, offset: int) -> None:
        """Put the caret at a place; nothing is selected then. In what is folded away it goes on to what is not."""
        place = self._place_near(offset)
        self._walker.forget()
        self.take(Selection(place.offset, place))

    @property
    def has_selection(self) -> bool:
        """Whether words are selected."""
        return not self.selection_made.is_empty

    def selection(self) -> Span:
        """Return from where to where the selection goes, whatever is folded away in it."""
        return self.selection_made.start, self.selection_made.end

    def selected(self) -> tuple[Span, ...]:
        """Return what is selected and visible, in whole characters and without line ends at its ends."""
        parts = (self.whole_characters(*part) for part in self.folds.shown(*self.selection()))
        return tuple(part for part in parts if part[0] < part[1])

    def select(self, start: int, end: int) -> None:
        """Select a stretch, in whole characters; the caret is at ``end``, which may be the earlier one."""
        last = len(self.text.text)
        first, stop = snap_to_graphemes(self.text.text, min(start, end), max(start, end))
        first, stop = min(max(first, 0), last), min(max(stop, 0), last)
        self._walker.forget()
        self.take(Selection(first, Place(stop, before=True)) if start <= end else Selection(stop, Place(first)))

    def unselect(self) -> None:
        """Select nothing; the caret stays."""
        self.take(Selection(self.caret(), self.selection_made.caret))

    def select_all(self) -> None:
        """Select all that can be seen."""
        start, end = self._walker.text_end(is_end=False), self._walker.text_end(is_end=True)
        self.take(Selection(start.offset, end))

    def take(self, selection: Selection) -> None:
        """Put anchor and caret where they are told."""
        before, self.selection_made = self.selection_made, selection
        if before == selection:
            return
        if self.hasFocus():
            self._blink.begin()
        self.viewport().update()
        if before.caret != selection.caret:
            self.updateMicroFocus()
            self.caret_moved.emit()
        if (before.is_empty, before.start, before.end) != (selection.is_empty, selection.start, selection.end) and not (
            before.is_empty and selection.is_empty
        ):
            self.selection_changed.emit()

    @property
    def pressed(self) -> bool:
        """Whether the mouse is selecting."""
        return self._selecting.is_pressed

    # -- taking words elsewhere

    def words(self) -> str:
        """Return the selected and visible words as they stand in the text."""
        return "\n".join(self.text.text[start:end] for start, end in self.selected())

    def copy(self) -> None:
        """Copy the selected words."""
        if self.has_selection:
            QGuiApplication.clipboard().setMimeData(self.selected_data())

    def selected_data(self) -> QMimeData:
        """Return the selected words as they are copied and dragged."""
        data = QMimeData()
        data.setText(self.words())
        return data

    def drag_data(self) -> QMimeData:
        """Return what is dragged when the selected words are."""
        return self.selected_data()

    def start_drag(self) -> None:
        """Drag the selected words away."""
        self.drag_started.emit()
        drag = QDrag(self)
        drag.setMimeData(self.drag_data())
        drag.exec(Qt.DropAction.CopyAction)

    # -- places

    def place_at(self, point: QPointF) -> Place:
        """Return the place between two characters that is nearest to a point of the viewport."""
        seen = self._seen_at(point)
        if seen is None:
            return Place(0)
        column = seen.laid.column_at(point.x())
        line = seen.laid.line_number_at(column, point.y() - seen.top)
        return self._walker.place_on(seen.laid, column, line, point.x())

    def character_at(self, point: QPointF) -> int:
        """Return where the character under a point of the viewport begins, or the one nearest to it."""
        seen = self._seen_at(point)
        return seen.laid.character_at(point.x(), point.y() - seen.top) if seen else 0

    def paragraph_at(self, offset: int) -> Span:
        """Return the paragraph in which a place stands; in a table with columns the cell."""
        laid = self.piece_of(offset)
        if len(laid.columns) > 1:
            column = laid.column_of(offset)
            return column.start, column.end
        return paragraph_around(self.text.text, offset)

    def is_selected_at(self, point: QPointF) -> bool:
        """Tell whether a point of the viewport is on selected words."""
        return self.has_selection and any(strip.contains(point) for strip in self.strips(self.selection()))

    def caret_strip(self) -> QRectF:
        """Return where on the viewport the caret stands; empty where it is out of sight."""
        caret = self.selection_made.caret
        place = self.caret_rect(caret.offset, before=caret.before)
        return QRectF() if place is None else caret_bar(place)

    def show_caret(self) -> None:
        """Scroll no farther than is needed to see the caret."""
        caret, height = self.selection_made.caret, self.viewport().height()
        rect = self.caret_rect(caret.offset, before=caret.before)
        if rect is None:
            self.scroll_up_to(caret.offset, height // 3)
            return
        if rect.top() < _MARGIN:
            self.scroll_by(rect.top() - _MARGIN)
        elif rect.bottom() > height - _MARGIN:
            self.scroll_by(min(rect.bottom() - height + _MARGIN, rect.top() - _MARGIN))

    # -- folding

    def fold(self, asides: list[int], *, closed: bool) -> None:
        """Fold some asides away, or show them; the caret leaves what is folded away."""
        super().fold(asides, closed=closed)
        made = self.selection_made
        anchor, caret = self._place_near(made.anchor), self._place_near(made.caret.offset)
        if (anchor.offset, caret.offset) != (made.anchor, made.caret.offset):
            self.take(Selection(anchor.offset, caret))

    # -- Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, select, copy, or turn a page."""
        found = move_of(event)
        if found is not None:
            self._walk(*found)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.scroll_by(-self._page_step() if is_back else self._page_step())
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._walker.forget()
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._selecting.press(event.position(), extend=extend)
        elif event.button() == Qt.MouseButton.RightButton and not self.is_selected_at(event.position()):
            place = self.place_at(event.position())
            self.take(Selection(place.offset, place))
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._walker.forget()
            self._selecting.double_press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on selecting, or show what a press would do."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._selecting.move(event.position())
        elif not event.buttons():
            self.viewport().setCursor(self.shape_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection, which can be pasted with the middle button then, where the system knows that."""
        if event.button() != Qt.MouseButton.LeftButton or not self.pressed:
            return
        self._selecting.release(event.position())
        clipboard = QGuiApplication.clipboard()
        if self.has_selection and clipboard.supportsSelection():
            clipboard.setMimeData(self.selected_data(), QClipboard.Mode.Selection)

    def shape_at(self, point: QPointF) -> Qt.CursorShape:
        """Return the shape of the mouse at a point of the viewport."""
        return Qt.CursorShape.ArrowCursor if self.is_selected_at(point) else Qt.CursorShape.IBeamCursor

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, by the very px where the device tells them."""
        pixels = event.pixelDelta().y()
        if pixels and event.phase() != Qt.ScrollPhase.NoScrollPhase:
            self.scroll_by(-pixels)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._blink.begin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out for another width."""
        super().resizeEvent(event)
        self._walker.forget()

    # -- inside

    def _walk(self, move: Move, extend: bool) -> None:  # noqa: FBT001
        made = self.selection_made
        if move in (Move.PAGE_UP, Move.PAGE_DOWN):
            self._turn_page(forward=move is Move.PAGE_DOWN, extend=extend)
            return
        self.take(made.moved(self._walker.step(move, made.caret), extend=extend))
        self.show_caret()

    def _turn_page(self, *, forward: bool, extend: bool) -> None:
        caret = self.selection_made.caret
        rect = self.caret_rect(caret.offset, before=caret.before)
        y = _MARGIN if rect is None else rect.center().y()
        step = self._page_step() if forward else -self._page_step()
        x = self._walker.x_of(caret)
        before = self._first, self._past
        self.scroll_by(step)
        has_moved = (self._first, self._past) != before
        place = self.place_at(QPointF(x, y)) if has_moved else self._walker.text_end(is_end=forward)
        self.take(self.selection_made.moved(place, extend=extend))
        self.show_caret()

    def _page_step(self) -> float:
        """Return how far a page goes: two lines stay in sight."""
        return max(self.viewport().height() - 2.0 * self.verticalScrollBar().singleStep(), 1.0)

    def _seen_at(self, point: QPointF) -> Seen | None:
        seen = None
        for seen in self.seen():
            if point.y() < seen.top + seen.laid.box.height:
                break
        return seen

    def _place_near(self, offset: int) -> Place:
        """Return the visible place that is nearest, farther on first, and in no character."""
        text = self.text.text
        whole = snap_to_graphemes(text, min(max(offset, 0), len(text)), len(text))[0]
        return self._walker.visible(whole, forward=True)

    def _caret_place(self) -> tuple[int, QRectF] | None:
        if not self._blink.is_on:
            return None
        caret = self.selection_made.caret
        number = self.number_of(caret.offset, before=caret.before)
        return number, self.laid(number).caret(caret.offset, before=caret.before)

    def _repaint_caret(self) -> None:
        strip = self.caret_strip()
        if not strip.isEmpty():
            self.viewport().update(strip.adjusted(-CARET_WIDTH, -1, CARET_WIDTH, 1).toAlignedRect())
