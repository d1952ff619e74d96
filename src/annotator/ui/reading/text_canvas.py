"""Shows a text of any length: only what is in sight is laid out. The truth is a piece and how far it is scrolled past."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.text import snap_to_graphemes
from annotator.ui.reading.folds import Folds
from annotator.ui.reading.heights import Heights
from annotator.ui.reading.laid import Laid
from annotator.ui.reading.looks import BAR, BLANK, MARGIN, MEASURE, NARROW_MARGIN, Look
from annotator.ui.reading.open_text import OpenText
from annotator.ui.reading.pieces import Pieces
from annotator.ui.reading.typesetter import Page, Typesetter
from annotator.ui.theme import current_theme, theme_notifier

_KEPT = 400
"""How many pieces stay laid out."""

_RIGHT_MARGIN = 16
_NARROW = 640
_LEAST = 80
_LETTER = 9.0
"""Px of an average letter at the usual size: for guessing how many lines a piece will have."""

_WALK = 3
"""Up to so many heights of the window the text is scrolled by real heights; farther away by guessed ones."""

Span = tuple[int, int]
"""Half-open code points of the canonical text."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece in sight: where its top is on the viewport, and which of its lines can be seen."""

    laid: Laid
    top: float
    lines: range


class Layer(Protocol):
    """Something that is painted with every piece; the painter's origin is the piece's upper left corner."""

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what belongs to one piece in sight."""


class TextCanvas(QAbstractScrollArea):
    """A text, laid out, scrolled, folded, zoomed and painted. All offsets are code points, all places px of the viewport.

    ``under`` are painted below the words and ``over`` above them, each in its order. ``inked`` tell which words of a piece
    lie on a coloured ground: pale ones are painted there in the colour of the text, so that they can be read.
    """

    def __init__(self, text: OpenText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.pieces = Pieces(text.text)
        self.folds = Folds(text.asides, self.pieces)
        self.page = Page()
        self.under: list[Layer] = []
        self.over: list[Layer] = []
        self.inked: list[Callable[[Seen], Iterable[Span]]] = []
        self._setter = Typesetter(text, self.pieces, self.folds, self.page)
        self._laid: OrderedDict[int, Laid] = OrderedDict()
        self._first, self._past = 0, 0.0
        self._bar_value, self._is_following = 0, False
        self.folds.set_closed(range(len(self.folds.asides)), closed=True)
        self._heights = Heights([0.0])
        self._measure_page()
        self._guess()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scroll_to(self.folds.visible(0), 0.0)
        theme_notifier().changed.connect(self.lay_out_again)

    # -- size and folding

    def set_zoom(self, percent: int) -> None:
        """Show the text larger or smaller, 100 being the usual; the first visible line stays."""
        self._change_page(percent / 100)

    def lay_out_again(self) -> None:
        """Lay the text out afresh: its colours or its sizes have changed."""
        self._laid.clear()
        self.viewport().update()

    def toggle_folds(self) -> None:
        """Fold away all that is not part of the article, or show all of it where nothing is unfolded."""
        everything = list(range(len(self.folds.asides)))
        self.fold(everything, closed=len(self.folds.closed) < len(everything))

    def fold(self, asides: list[int], *, closed: bool) -> None:
        """Fold some asides away, or show them."""
        place = self.top_place()
        for first, last in self.folds.set_closed(asides, closed=closed):
            guessed = self._guessed(self.pieces.lengths[first : last + 1])
            self._heights.put_all(first, [0.0] * len(guessed) if closed else guessed)
        self._laid.clear()
        self.restore(place)

    def fold_anew(self) -> None:
        """Fold as the text says by now what is not the article; what touches something that lies open stays open."""
        place, before = self.top_place(), self.folds
        self.folds = Folds(self.text.asides, self.pieces)
        self.folds.set_closed(before.closed_of(self.text.asides), closed=True)
        self._setter = Typesetter(self.text, self.pieces, self.folds, self.page)
        self._guess()
        self._laid.clear()
        self.restore(place)

    @property
    def closed_asides(self) -> frozenset[int]:
        """The asides that are folded away, by their number."""
        return frozenset(self.folds.closed)

    # -- where things are

    def seen(self) -> Iterator[Seen]:
        """Yield the pieces in sight from top to bottom."""
        number: int | None = self._first
        top, bottom = -self._past, self.viewport().height()
        while number is not None and top < bottom:
            laid = self.laid(number)
            yield Seen(laid, top, laid.lines_within(-top, bottom - top))
            top += laid.box.height
            number = self.folds.after(number)

    def laid(self, number: int) -> Laid:
        """Return a piece, laid out."""
        found = self._laid.get(number)
        if found is None:
            found = self._laid[number] = self._setter.lay_out(number)
            self._heights.put(number, found.box.height)
            if len(self._laid) > _KEPT:
                self._laid.popitem(last=False)
        else:
            self._laid.move_to_end(number)
        return found

    @property
    def laid_out(self) -> int:
        """How many pieces are laid out."""
        return len(self._laid)

    def piece_of(self, offset: int) -> Laid:
        """Return the visible piece, laid out, in which a place stands or that is nearest to it."""
        return self.laid(self.folds.visible(self.pieces.at(offset)))

    def number_of(self, offset: int, *, before: bool = False) -> int:
        """Return the number of the visible piece in which a place stands; ``before`` is the end of a piece that goes on."""
        number = self.pieces.at(offset)
        if before and number and offset == self.pieces.start(number) and self.pieces.goes_on(number - 1):
            number -= 1
        return self.folds.visible(number)

    def strips(self, span: Span) -> Iterator[QRectF]:
        """Yield where on the viewport the words of a stretch stand, as far as they are in sight: one rectangle a run."""
        for seen in self.seen():
            for _, strip in seen.laid.strips(*span, seen.lines):
                yield strip.translated(0, seen.top)

    def strip_of(self, span: Span) -> QRectF | None:
        """Return where on the viewport the visible words of a stretch stand: one rectangle around all of them."""
        found = QRectF()
        for strip in self.strips((span[0], max(span[1], span[0] + 1))):
            found = found.united(strip)
        return found if found.isValid() else None

    def caret_rect(self, offset: int, *, before: bool = False) -> QRectF | None:
        """Return where a caret at a code point stands on the viewport, without width; None where its piece is out of sight."""
        number = self.number_of(offset, before=before)
        for seen in self.seen():
            if seen.laid.number == number:
                return seen.laid.caret(offset, before=before).translated(0, seen.top)
        return None

    def offset_at(self, point: QPointF) -> int:
        """Return the code point nearest to a point of the viewport."""
        seen = None
        for seen in self.seen():
            if point.y() < seen.top + seen.laid.box.height:
                break
        return seen.laid.offset_at(point.x(), point.y() - seen.top) if seen else 0

    def bars(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the lines of asides in sight: which aside, and where on the viewport."""
        for seen in self.seen():
            box, number = seen.laid.box, seen.laid.number
            for index, y in ((self.folds.above(number), box.bar_above), (self.folds.below(number), box.bar_below)):
                if index is not None and y >= 0:
                    yield index, QRectF(box.left, seen.top + y, box.measure, BAR)

    def text_left(self) -> int:
        """Return where on the viewport the text begins."""
        return round(self.page.left)

    # -- scrolling

    def top_place(self) -> int:
        """Return the code point with which the first visible line begins."""
        for seen in self.seen():
            for line in seen.lines:
                if seen.top + seen.laid.box.line_top(line) >= -0.4 * seen.laid.box.pitch:
                    return seen.laid.span_of_lines(range(line, line + 1))[0]
        return self.pieces.start(self._first)

    def restore(self, offset: int) -> None:
        """Scroll until the line with a place stands at the top."""
        self.scroll_up_to(offset, 0)

    def scroll_up_to(self, offset: int, y: int) -> None:
        """Scroll until the line with a code point stands at a height of ``y`` px, as far as the text allows."""
        laid = self.piece_of(min(offset, len(self.text.text)))
        line = laid.line_of(offset)
        above = laid.box.line_top(line) if line else 0.0
        self._scroll_to(laid.number, above - y)

    def scroll_by(self, px: float) -> None:
        """Scroll the text up by so many px, down where they are negative."""
        self._scroll_to(self._first, self._past + px)

    def is_in_sight(self, span: Span) -> bool:
        """Tell whether the words of a stretch can be seen, with some room below."""
        place = self.strip_of(span)
        return place is not None and place.top() >= 0 and place.bottom() <= self.viewport().height() - _RIGHT_MARGIN

    def _scroll_to(self, number: int, past: float) -> None:
        """Let a piece be scrolled past by so many px; its neighbours come into sight where that is more than it has."""
        first, past = self._normal(number, past)
        shortfall = self._shortfall(first, past)
        if shortfall > 0:
            first, past = self._normal(first, past - shortfall)
        self._first, self._past = first, max(past, 0.0)
        self._follow()
        self.viewport().update()

    def _normal(self, number: int, past: float) -> tuple[int, float]:
        """Return the piece that is at the top, and how far it is scrolled past."""
        while past < 0 and (above := self.folds.before(number)) is not None:
            number = above
            past += self.laid(number).box.height
        while past >= (height := self.laid(number).box.height) and (below := self.folds.after(number)) is not None:
            past -= height
            number = below
        return number, past

    def _shortfall(self, first: int, past: float) -> float:
        """Return how many px would stay empty below the end of the text."""
        room, number = self.viewport().height() + past, first
        while True:
            room -= self.laid(number).box.height
            below = self.folds.after(number)
            if room <= 0 or below is None:
                return room
            number = below

    def _follow(self) -> None:
        """Bring the scroll bar up to where the text is."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._is_following = True
        bar.setPageStep(height)
        bar.setSingleStep(round(Look().pitch * self.page.zoom))
        bar.setRange(0, max(0, round(self._heights.total) - height))
        self._bar_value = min(round(self._heights.top(self._first) + self._past), bar.maximum())
        bar.setValue(self._bar_value)
        self._is_following = False

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Go where the scroll bar was put: by real heights where that is near, else by guessed ones."""
        if self._is_following:
            return
        bar = self.verticalScrollBar()
        value, height = bar.value(), self.viewport().height()
        if value in (bar.minimum(), bar.maximum()):
            last = self.folds.visible(len(self.pieces) - 1, forward=False)
            self._scroll_to(*((self.folds.visible(0), 0.0) if value == 0 else (last, self.laid(last).box.height)))
        elif abs(value - self._bar_value) <= _WALK * height:
            self.scroll_by(value - self._bar_value)
        else:
            number, past = self._heights.at(value)
            number = self.folds.visible(number)
            share = past / max(self._heights[number], 1.0)
            self._scroll_to(number, share * self.laid(number).box.height)

    # -- Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the text anew; the first visible line stays."""
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            self._scroll_to(self._first, self._past)
        else:
            self._change_page(self.page.zoom)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight: what lies under the words, the words, what lies over them."""
        painter, theme = QPainter(self.viewport()), current_theme()
        painter.fillRect(event.rect(), theme.raised)
        area = QRectF(event.rect())
        for seen in self.seen():
            box = seen.laid.box
            if seen.top > area.bottom() or seen.top + box.height < area.top():
                continue
            painter.save()
            painter.translate(0, seen.top)
            for layer in self.under:
                layer.paint(painter, seen)
            painter.setPen(theme.dim if not box.article else theme.muted if box.look.muted else theme.text)
            inked = [span for tell in self.inked for span in tell(seen)] if seen.laid.is_pale else ()
            seen.laid.draw(painter, area.translated(0, -seen.top), inked, theme.text)
            for layer in self.over:
                layer.paint(painter, seen)
            painter.restore()
        self.paint_around(painter)
        painter.end()

    def paint_around(self, painter: QPainter) -> None:
        """Paint what belongs to no piece; the painter's origin is that of the viewport."""

    # -- inside

    def whole_characters(self, start: int, end: int) -> Span:
        """Return the smallest stretch around one that splits no character, without line ends at its ends."""
        text = self.text.text
        while start < end and text[start] == "\n":
            start += 1
        while start < end and text[end - 1] == "\n":
            end -= 1
        return snap_to_graphemes(text, start, end) if start < end else (start, end)

    def _change_page(self, zoom: float) -> None:
        """Take another zoom, or the width that the viewport has now; the first visible line stays."""
        place, is_at_top = self.top_place(), self._first == self.folds.visible(0) and not self._past
        self.page.zoom = zoom
        self._measure_page()
        self._laid.clear()
        self._guess()
        if is_at_top:
            self._scroll_to(self.folds.visible(0), 0.0)
        else:
            self.restore(place)

    def _measure_page(self) -> None:
        width, zoom = self.viewport().width(), self.page.zoom
        least = MARGIN if width >= _NARROW else NARROW_MARGIN
        measure = min(MEASURE * zoom, width - least - _RIGHT_MARGIN)
        self.page.left, self.page.measure = max(float(least), (width - measure) // 2), max(measure, _LEAST)

    def _guess(self) -> None:
        """Guess how high every piece is."""
        self._heights = Heights(self._guessed(self.pieces.lengths))
        for first, last in self.folds.hidden_ranges():
            self._heights.put_all(first, [0.0] * (last - first + 1))

    def _guessed(self, lengths: Iterable[int]) -> list[float]:
        """Return how high pieces of so many code points will be."""
        zoom = self.page.zoom
        letters, pitch = max(int(self.page.measure / (_LETTER * zoom)), 1), Look().pitch * zoom
        least = pitch + BLANK * zoom
        return [length // letters * pitch + least for length in lengths]
