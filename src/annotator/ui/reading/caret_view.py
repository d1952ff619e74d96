"""A text with a caret and a selection: where they stand, how they move, and that they can be seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.text import snap_to_graphemes
from annotator.ui.reading.accessible_text import Telling, tell_about
from annotator.ui.reading.blinking import Blink
from annotator.ui.reading.input_method import answer
from annotator.ui.reading.moving import paragraph_around
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.selection import Place, Selection, Span
from annotator.ui.reading.selection_layers import CARET_WIDTH, CaretLayer, SelectionLayer, caret_bar
from annotator.ui.reading.text_canvas import Seen, TextCanvas
from annotator.ui.reading.walking import Move, Walker

_MARGIN = 8
"""Px that stay between the caret and the edge."""

_FAR = 2
"""Heights of the window from which on a caret that is looked for is put where it is read best, not at the edge."""


class CaretView(TextCanvas):
    """A read-only text with a caret. Offsets that go in and come out are code points of the canonical text.

    Caret and selection are never inside a character. The caret is never in what is folded away; a selection may reach
    over that.
    """

    selection_changed = Signal()
    """Other words are selected than before, or none are."""
    caret_moved = Signal()

    def __init__(self, text: OpenText, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._walker = Walker(self)
        first = self._walker.text_end(is_end=False)
        self.selection_made = Selection(first.offset, first)
        self.telling = Telling(self, self)
        self._blink = Blink(self)
        self._blink.changed.connect(self._repaint_caret)
        self.selection_layer = SelectionLayer(self.selection)
        self.under.append(self.selection_layer)
        self.inked.append(lambda _: () if self.selection_made.is_empty else (self.selection(),))
        self.over.append(CaretLayer(self._caret_place))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

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
        first, stop = sorted((min(max(start, 0), last), min(max(end, 0), last)))
        first, stop = snap_to_graphemes(self.text.text, first, stop)
        self._walker.forget()
        if start <= end:
            self.take(Selection(first, Place(self._place_near(stop).offset, before=True)))
        else:
            self.take(Selection(stop, self._place_near(first)))

    def unselect(self) -> None:
        """Select nothing; the caret stays."""
        self.take(Selection(self.caret(), self.selection_made.caret))

    def select_all(self) -> None:
        """Select all that can be seen."""
        start, end = self._walker.text_end(is_end=False), self._walker.text_end(is_end=True)
        self._walker.forget()
        self.take(Selection(start.offset, end))

    def take(self, selection: Selection) -> None:
        """Put anchor and caret where they are told, and say what that changed."""
        before, self.selection_made = self.selection_made, selection
        if before == selection:
            return
        if self.hasFocus():
            self._blink.begin()
        self.viewport().update()
        if before.caret != selection.caret:
            self.updateMicroFocus()
            self.caret_moved.emit()
        if before.words != selection.words:
            self.selection_changed.emit()

    def walk(self, move: Move, *, extend: bool) -> None:
        """Take one step with the caret and see to it that it can be seen; ``extend`` selects on the way."""
        made = self.selection_made
        if move in (Move.PAGE_UP, Move.PAGE_DOWN):
            self._turn_page(forward=move is Move.PAGE_DOWN, extend=extend)
        elif self.has_selection and not extend and move in (Move.LEFT, Move.RIGHT):
            place = self._walker.side_of(made, move)
            self._walker.forget()
            self.take(Selection(place.offset, place))
        else:
            self.take(made.moved(self._walker.step(move, made.caret, extend=extend), extend=extend))
        self.show_caret()

    # -- places

    def forget_column(self) -> None:
        """Let the next walk up or down begin where the caret is then, and not at the x where the last one did."""
        self._walker.forget()

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
        start, end = self.selection()
        character = self.character_at(point) if start < end else -1
        if not start <= character < end:
            return False
        return any(strip.contains(point) for strip in self.strips((character, min(character + 1, end))))

    def caret_strip(self) -> QRectF:
        """Return where on the viewport the caret stands; empty where it is out of sight."""
        place = self._caret_rect()
        return QRectF() if place is None else caret_bar(place)

    def show_caret(self) -> None:
        """Scroll no farther than is needed to see the caret; where it is far away, so that one sees what is around it."""
        caret, height = self.selection_made.caret, self.viewport().height()
        place = self._caret_rect()
        if place is None:
            self.scroll_up_to(caret.offset, self._height_to_show(caret))
            place = self._caret_rect()
        if place is None:
            return
        first = self.folds.visible(0)
        if (
            self.number_of(caret.offset, before=caret.before) == first
            and self.laid(first).line_of(caret.offset, before=caret.before) == 0
        ):
            self._scroll_to(first, 0.0)
        elif place.top() < _MARGIN:
            self.scroll_by(place.top() - _MARGIN)
        elif place.bottom() > height - _MARGIN:
            self.scroll_by(min(place.bottom() - height + _MARGIN, place.top() - _MARGIN))

    def page_step(self) -> float:
        """Return how many px a page goes on: two lines stay in sight."""
        return max(self.viewport().height() - 2.0 * self.verticalScrollBar().singleStep(), 1.0)

    # -- folding

    def fold(self, asides: list[int], *, closed: bool) -> None:
        """Fold some asides away, or show them; the caret leaves what is folded away."""
        super().fold(asides, closed=closed)
        self._leave_folds()

    def fold_anew(self) -> None:
        """Fold as the text says by now; the caret leaves what is folded away."""
        super().fold_anew()
        self._leave_folds()

    def _leave_folds(self) -> None:
        made = self.selection_made
        anchor, caret = self._place_near(made.anchor), self._place_near(made.caret.offset)
        if (anchor.offset, caret.offset) != (made.anchor, made.caret.offset):
            self.take(Selection(anchor.offset, caret))

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller; a walk up or down begins anew."""
        super().set_zoom(percent)
        self._walker.forget()

    # -- Qt's own

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Tell input methods and magnifiers where the caret is and what is around it; nothing can be typed."""
        found = answer(self, query)
        return super().inputMethodQuery(query) if found is None else found

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

    def _turn_page(self, *, forward: bool, extend: bool) -> None:
        """Scroll by a page, and take the caret to where on the viewport it was before the first of several pages."""
        caret = self.selection_made.caret
        place = self._caret_rect()
        point = self._walker.point_of(caret, _MARGIN if place is None else place.center().y())
        number, past = self._first, self._past
        self.scroll_by(self.page_step() if forward else -self.page_step())
        is_at_end = self._first == number and abs(self._past - past) < 1
        target = self._walker.text_end(is_end=forward) if is_at_end else self.place_at(point)
        self.take(self.selection_made.moved(target, extend=extend))

    def _height_to_show(self, caret: Place) -> int:
        """Return at which height a caret out of sight is to be shown: at the edge beyond which it is, if it is near."""
        number, height = self.number_of(caret.offset, before=caret.before), self.viewport().height()
        away = self._heights.top(number) - self._heights.top(self._first) - self._past
        if abs(away) > _FAR * height:
            return height // 3
        return _MARGIN if number <= self._first else height - _MARGIN - round(self.laid(number).box.pitch)

    def _caret_rect(self) -> QRectF | None:
        offset, before = self.selection_made.caret
        return self.caret_rect(offset, before=before)

    def _seen_at(self, point: QPointF) -> Seen | None:
        found = None
        for found in self.seen():
            if point.y() < found.top + found.laid.box.height:
                break
        return found

    def _place_near(self, offset: int) -> Place:
        """Return the visible place that is nearest, farther on first, and in no character."""
        text = self.text.text
        whole = snap_to_graphemes(text, min(max(offset, 0), len(text)), len(text))[0]
        return self._walker.visible(whole, forward=True)

    def _caret_place(self) -> tuple[int, QRectF] | None:
        if not self._blink.is_on:
            return None
        offset, before = self.selection_made.caret
        number = self.number_of(offset, before=before)
        return number, self.laid(number).caret(offset, before=before)

    def _repaint_caret(self) -> None:
        strip = self.caret_strip()
        if not strip.isEmpty():
            self.viewport().update(strip.adjusted(-CARET_WIDTH, -1, CARET_WIDTH, 1).toAlignedRect())


tell_about(CaretView)
