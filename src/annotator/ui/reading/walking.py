"""Where a key takes the caret on the page: what needs to know how the words lie."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QPointF

from annotator.ui.reading.laid import Column, Laid, glyphs_of
from annotator.ui.reading.moving import (
    next_character,
    next_paragraph,
    next_word,
    paragraph_around,
    previous_character,
    previous_paragraph,
    previous_word,
)
from annotator.ui.reading.selection import Place, Selection
from annotator.ui.reading.text_canvas import TextCanvas


class Move(Enum):
    """One step of the caret."""

    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    UP = auto()
    DOWN = auto()
    PARAGRAPH_UP = auto()
    PARAGRAPH_DOWN = auto()
    LINE_START = auto()
    LINE_END = auto()
    PARAGRAPH_START = auto()
    PARAGRAPH_END = auto()
    TEXT_START = auto()
    TEXT_END = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()


_INSIDE = 0.5
"""Px by which a place within a line is away from its edge."""

_FAR = 1e6
"""Px beyond every edge."""

_OTHER_WAY = {
    Move.LEFT: Move.RIGHT,
    Move.RIGHT: Move.LEFT,
    Move.WORD_LEFT: Move.WORD_RIGHT,
    Move.WORD_RIGHT: Move.WORD_LEFT,
}
_STEPS: dict[Move, Callable[[str, int], int]] = {
    Move.LEFT: previous_character,
    Move.RIGHT: next_character,
    Move.WORD_LEFT: previous_word,
    Move.WORD_RIGHT: next_word,
    Move.PARAGRAPH_UP: previous_paragraph,
    Move.PARAGRAPH_DOWN: next_paragraph,
}


class Walker:
    """Takes steps over one canvas; it remembers at which x a walk up or down began, and at which y one by pages."""

    def __init__(self, canvas: TextCanvas) -> None:
        self._canvas = canvas
        self._x: float | None = None
        self._y: float | None = None

    def forget(self) -> None:
        """Let the next walk up or down, or by pages, begin where the caret is then."""
        self._x = self._y = None

    def point_of(self, place: Place, y: float) -> QPointF:
        """Return where on the viewport a walk by pages goes along; it begins at a height of ``y`` px."""
        if self._y is None:
            self._y = y
        return QPointF(self._x_of(place), self._y)

    def step(self, move: Move, place: Place, *, extend: bool) -> Place:
        """Return where a step leads from a place, in the order that is seen; with ``extend`` in that of the text.

        A selection that grows by what is seen next to it would jump where the direction of the words changes.
        """
        self._y = None
        if move in (Move.UP, Move.DOWN):
            return self._by_line(place, forward=move is Move.DOWN)
        self.forget()
        laid = self._laid(place)
        if move in (Move.LINE_START, Move.LINE_END):
            return self._line_end(laid, place, is_end=move is Move.LINE_END)
        if move in (Move.PARAGRAPH_START, Move.PARAGRAPH_END):
            span = paragraph_around(self._canvas.text.text, place.offset)
            return Place(span[move is Move.PARAGRAPH_END])
        if move in (Move.TEXT_START, Move.TEXT_END):
            return self.text_end(is_end=move is Move.TEXT_END)
        if move in (Move.LEFT, Move.RIGHT) and not extend:
            return self._by_eye(laid, place, is_right=move is Move.RIGHT)
        if laid.box.rtl:
            move = _OTHER_WAY.get(move, move)
        target = _STEPS[move](self._canvas.text.text, place.offset)
        found = self.visible(target, forward=target > place.offset)
        return self._behind(found) if extend and found.offset > place.offset else found

    def side_of(self, selection: Selection, move: Move) -> Place:
        """Return the left or the right end of a selection, as its paragraph is read."""
        is_end = (move is Move.RIGHT) is not self._laid(selection.caret).box.rtl
        offset = selection.end if is_end else selection.start
        return selection.caret if offset == selection.caret.offset else self.visible(offset, forward=not is_end)

    def text_end(self, *, is_end: bool) -> Place:
        """Return the end or the beginning of what can be seen."""
        pieces, folds = self._canvas.pieces, self._canvas.folds
        if is_end:
            return Place(pieces.end(folds.visible(len(pieces) - 1, forward=False)))
        return Place(pieces.start(folds.visible(0)))

    def visible(self, offset: int, *, forward: bool) -> Place:
        """Return a place, or the next one in a direction that can be seen: not folded away, and in a cell of its row."""
        canvas = self._canvas
        offset = min(max(offset, 0), len(canvas.text.text))
        number = canvas.pieces.at(offset)
        found = canvas.folds.visible(number, forward=forward)
        if found != number:
            return Place(canvas.pieces.start(found) if found > number else canvas.pieces.end(found))
        columns = canvas.laid(number).columns
        if len(columns) > 1 and not any(column.start <= offset <= column.end for column in columns):
            ends = [end for column in columns for end in (column.start, column.end)]
            later, earlier = [end for end in ends if end > offset], [end for end in ends if end < offset]
            offset = min(later) if later and (forward or not earlier) else max(earlier)
        return Place(offset)

    def place_on(self, laid: Laid, column: Column, line: int, x: float) -> Place:
        """Return the place on a line of a column that is nearest to ``x``, on the side of the character that is there."""
        offset = laid.offset_on(column, line, x)
        start, end = laid.character_on(column, line, x)
        is_behind = start < offset == end
        return Place(offset, before=True) if is_behind else self._at_line_end(laid, offset, line)

    # -- inside

    def _behind(self, place: Place) -> Place:
        """Return a place beside the character before it, if that is on the same line."""
        laid = self._laid(place)
        is_same = laid.line_of(place.offset) == laid.line_of(place.offset, before=True)
        is_inside = place.offset > laid.column_of(place.offset).start
        return Place(place.offset, before=True) if is_same and is_inside else place

    def _x_of(self, place: Place) -> float:
        if self._x is None:
            self._x = self._laid(place).caret(place.offset, before=place.before).x()
        return self._x

    def _laid(self, place: Place) -> Laid:
        return self._canvas.laid(self._canvas.number_of(place.offset, before=place.before))

    def _at_line_end(self, laid: Laid, offset: int, line: int) -> Place:
        """Return a place on a line: where the next line, or piece, begins there too, the end of this one."""
        goes_on = offset == laid.end and self._canvas.pieces.goes_on(laid.number)
        return Place(offset, before=goes_on or laid.line_of(offset) > line)

    def _by_eye(self, laid: Laid, place: Place, *, is_right: bool) -> Place:
        """Return the place that is next on the screen; beyond the edge of a paragraph or cell the edge of the next one."""
        column, forward = laid.column_of(place.offset), is_right is not laid.box.rtl
        if column.is_plain:
            offset = (next_character if forward else previous_character)(self._canvas.text.text, place.offset)
            if column.start <= offset <= column.end and offset != place.offset:
                return Place(offset)
            return self._beyond(laid, column, place, forward=forward)
        number = laid.line_of(place.offset, before=place.before)
        x = laid.caret(place.offset, before=place.before).x()
        found = self._beside(laid, column, number, x, is_right=is_right)
        if found is not None:
            return found[1]
        while 0 <= (number := number + (1 if forward else -1)) < column.layout.lineCount():
            found = self._beside(laid, column, number, -_FAR if is_right else _FAR, is_right=is_right)
            if found is not None:
                return found[0] if found[0].offset != place.offset else found[1]
        return self._beyond(laid, column, place, forward=forward)

    def _beside(
        self, laid: Laid, column: Column, number: int, x: float, *, is_right: bool
    ) -> tuple[Place, Place] | None:
        """Return this side and the other side of the character that is seen next to ``x`` on a line; None at its edge."""
        line = column.layout.lineAt(number)
        end = laid.span_of_line(column.offset(line.textStart()))[1]
        nearest, found = _FAR * 3, None
        for start, stop, glyph in glyphs_of(column, line):
            middle = (glyph.left + glyph.right) / 2
            away = middle - x if is_right else x - middle
            if 0 < away < nearest and stop <= end:
                begin, behind = Place(start), Place(stop, before=True)
                nearest, found = away, (behind, begin) if is_right is glyph.rtl else (begin, behind)
        return found

    def _beyond(self, laid: Laid, column: Column, place: Place, *, forward: bool) -> Place:
        """Return the near edge of the next, or the previous, cell or paragraph."""
        others = [
            other for other in laid.columns if (other.start > column.end if forward else other.end < column.start)
        ]
        if others:
            return self._edge(laid, others[0 if forward else -1], is_start=forward)
        number = (self._canvas.folds.after if forward else self._canvas.folds.before)(laid.number)
        if number is None:
            return place
        if self._canvas.pieces.goes_on(min(number, laid.number)):
            step = next_character if forward else previous_character
            return self.visible(step(self._canvas.text.text, place.offset), forward=forward)
        other = self._canvas.laid(number)
        return self._edge(other, other.columns[0 if forward else -1], is_start=forward)

    def _edge(self, laid: Laid, column: Column, *, is_start: bool) -> Place:
        """Return the place at the side of a column where its lines begin, on the first one, or end, on the last one."""
        is_left = is_start is not laid.box.rtl
        line = 0 if is_start else column.layout.lineCount() - 1
        words = column.layout.lineAt(line).naturalTextRect()
        return self.place_on(laid, column, line, words.left() + _INSIDE if is_left else words.right() - _INSIDE)

    def _line_end(self, laid: Laid, place: Place, *, is_end: bool) -> Place:
        start, end = laid.span_of_line(place.offset, before=place.before)
        if not is_end:
            return Place(start)
        line = laid.line_of(place.offset, before=place.before)
        return self._at_line_end(laid, end, line)

    def _by_line(self, place: Place, *, forward: bool) -> Place:
        laid = self._laid(place)
        x = self._x_of(place)
        column = laid.column_of(place.offset)
        line = laid.line_of(place.offset, before=place.before) + (1 if forward else -1)
        if 0 <= line < column.layout.lineCount():
            return self.place_on(laid, column, line, x)
        folds = self._canvas.folds
        number = (folds.after if forward else folds.before)(laid.number)
        if number is None:
            return self.text_end(is_end=forward)
        laid = self._canvas.laid(number)
        column = laid.column_at(x)
        return self.place_on(laid, column, 0 if forward else column.layout.lineCount() - 1, x)
