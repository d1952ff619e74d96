"""A piece of text that has been laid out: where its lines and words stand, in px from its upper left corner."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextLine

from annotator.domain.structure import Block
from annotator.domain.text import Utf16Map, snap_to_graphemes
from annotator.ui.reading.looks import Look, format_range
from annotator.ui.reading.moving import next_character, previous_character

_TOUCHING = 1.5
"""Runs of glyphs that are at most this many px apart are painted as one."""


@dataclass(slots=True)
class Box:
    """How a piece lies: the lines begin below ``before``, each ``pitch`` high, letters stand ``baseline`` below a line's top.

    ``bar_above`` and ``bar_below`` are where the line of an aside stands, or -1.
    """

    look: Look
    article: bool
    left: float
    measure: float
    pitch: float
    baseline: float
    rtl: bool
    before: float = 0
    height: float = 0
    bar_above: float = -1
    bar_below: float = -1

    def line_top(self, number: int) -> float:
        """Return where a line's own strip begins."""
        return self.before + number * self.pitch

    def line_base(self, number: int) -> float:
        """Return where a line's letters stand."""
        return self.line_top(number) + self.baseline


class Column:
    """Words that are laid out beside or instead of others: all of a piece, or one cell of a table's row.

    ``start`` is the code point with which they begin. ``is_plain`` says that all of them run one way, from left to right.
    """

    __slots__ = ("end", "is_plain", "layout", "left", "start", "text", "units", "width")

    def __init__(
        self, text: str, start: int, layout: QTextLayout, left: float, width: float, *, is_plain: bool
    ) -> None:
        self.text, self.start, self.end = text, start, start + len(text)
        self.layout, self.left, self.width = layout, left, width
        self.units = Utf16Map(text)
        self.is_plain = is_plain

    def position(self, offset: int) -> int:
        """Return the UTF-16 unit in the layout at which a code point of the text stands; the nearest, where it is outside."""
        return self.units.to_utf16(min(max(offset - self.start, 0), len(self.text)))

    def offset(self, position: int) -> int:
        """Return the code point of the text at a UTF-16 unit of the layout."""
        return self.start + self.units.to_code_points(position)

    def line_at(self, offset: int, *, before: bool = False) -> QTextLine:
        """Return the line on which a code point stands; with ``before`` the one on which the character before it does."""
        position = self.position(offset)
        if before and position > 0:
            position -= 1
        return self.layout.lineForTextPosition(position)


@dataclass(slots=True)
class Laid:
    """One piece, laid out. Heights are those of the piece, x that of the viewport."""

    number: int
    start: int
    end: int
    block: Block | None
    box: Box
    columns: tuple[Column, ...]
    lines: int

    def draw(
        self, painter: QPainter, clip: QRectF, inked: Sequence[tuple[int, int]] = (), ink: QColor | None = None
    ) -> None:
        """Paint the words, as far as they stand within ``clip``; those of the stretches ``inked`` in the colour ``ink``."""
        form = QTextCharFormat()
        if ink is not None:
            form.setForeground(ink)
        for column in self.columns:
            places = ((column.position(start), column.position(end)) for start, end in inked)
            ranges = [format_range(first, last - first, form) for first, last in places if first < last]
            column.layout.draw(painter, QPointF(0, 0), ranges, clip)

    @property
    def is_pale(self) -> bool:
        """Whether some of the words have another colour than the text."""
        return not self.box.article or self.box.look.muted or any(column.layout.formats() for column in self.columns)

    def lines_within(self, top: float, bottom: float) -> range:
        """Return the numbers of the lines whose strips reach into a height."""
        first = int((top - self.box.before) // self.box.pitch)
        last = int((bottom - self.box.before) // self.box.pitch)
        return range(max(first, 0), min(last + 1, self.lines))

    def span_of_lines(self, lines: range) -> tuple[int, int]:
        """Return the code points that stand on neighbouring lines."""
        starts, ends = [self.end], [self.start]
        for column in self.columns:
            count = column.layout.lineCount()
            if lines.start < count and lines:
                first, last = column.layout.lineAt(lines.start), column.layout.lineAt(min(lines.stop, count) - 1)
                starts.append(column.offset(first.textStart()))
                ends.append(column.offset(last.textStart() + last.textLength()))
        return min(starts), max(ends)

    def strips(self, start: int, end: int, lines: range | None = None) -> Iterator[tuple[int, QRectF]]:
        """Yield where the words of half-open code points stand: the number of the line, and the strip on it.

        ``lines`` are those that are asked for. Right for text of both directions.
        """
        for column in self.columns:
            if start < column.end and end > column.start:
                yield from self._strips_of(column, start, end, lines)

    def offset_at(self, x: float, y: float) -> int:
        """Return the code point nearest to a point."""
        column = self.column_at(x)
        return self.offset_on(column, self.line_number_at(column, y), x)

    def character_at(self, x: float, y: float) -> int:
        """Return where the character under a point begins, or the one nearest to it."""
        column = self.column_at(x)
        return self.character_on(column, self.line_number_at(column, y), x)[0]

    def line_number_at(self, column: Column, y: float) -> int:
        """Return the number of the line of a column that stands at a height, or that is nearest to it."""
        number = int((y - self.box.before) // self.box.pitch)
        return min(max(number, 0), column.layout.lineCount() - 1)

    def offset_on(self, column: Column, number: int, x: float) -> int:
        """Return the code point on a line of a column that is nearest to ``x``."""
        line = column.layout.lineAt(number)
        start, end = self.character_on(column, number, x)
        if number < column.layout.lineCount() - 1:
            last = column.offset(self._last_on(column, line))
            start, end = min(start, last), min(end, last)
        begin, behind = caret_x(column, line, start, before=False), caret_x(column, line, end, before=True)
        return end if abs(behind - x) <= abs(begin - x) else start

    def character_on(self, column: Column, number: int, x: float) -> tuple[int, int]:
        """Return the character of a line that stands at ``x``, or that is nearest to it: where it begins and ends."""
        line = column.layout.lineAt(number)
        begin, end = line.textStart(), line.textStart() + line.textLength()
        if column.is_plain:
            units = range(begin, end)
            position = begin + max(bisect_right(units, x, key=partial(_x_of, line)) - 1, 0)
            first = column.offset(min(position, max(end - 1, begin))) - column.start
            start, stop = snap_to_graphemes(column.text, first, min(first + 1, len(column.text)))
            return column.start + start, column.start + stop
        nearest, found = math.inf, (column.offset(begin), column.offset(begin))
        for start, stop, glyph in glyphs_of(column, line):
            away = max(glyph.left - x, x - glyph.right, 0.0)
            if away < nearest:
                nearest, found = away, (start, stop)
        return found

    def caret(self, offset: int, *, before: bool = False) -> QRectF:
        """Return where a caret at a code point stands, as high as the letters, without width.

        With ``before`` it stands beside the character before it, else beside the one behind it. That makes a difference at
        the end of a line that goes on below, and where the direction of the words changes.
        """
        column = self.column_of(offset)
        line = column.line_at(offset, before=before)
        if not line.isValid():
            return QRectF(column.left, self.box.before, 0, self.box.pitch)
        x = caret_x(column, line, offset, before=before)
        top = self.box.line_base(line.lineNumber()) - line.ascent()
        return QRectF(x, top, 0, line.ascent() + line.descent())

    def line_of(self, offset: int, *, before: bool = False) -> int:
        """Return the number of the line on which a code point stands."""
        line = self.column_of(offset).line_at(offset, before=before)
        return line.lineNumber() if line.isValid() else 0

    def span_of_line(self, offset: int, *, before: bool = False) -> tuple[int, int]:
        """Return from where to where the line goes on which a code point stands, without the blank that hangs over its end."""
        column = self.column_of(offset)
        line = column.line_at(offset, before=before)
        if not line.isValid():
            return column.start, column.end
        is_last = line.lineNumber() == column.layout.lineCount() - 1
        end = line.textStart() + line.textLength() if is_last else self._last_on(column, line)
        return column.offset(line.textStart()), column.offset(end)

    def column_of(self, offset: int) -> Column:
        """Return the column in which a code point stands."""
        return next((column for column in self.columns if offset <= column.end), self.columns[-1])

    def column_at(self, x: float) -> Column:
        """Return the column that stands at ``x``, or that is nearest to it."""
        return min(self.columns, key=lambda column: max(column.left - x, x - column.left - column.width, 0.0))

    # -- inside

    def _last_on(self, column: Column, line: QTextLine) -> int:
        """Return the last place on a line that goes on below: before the blanks that hang over its end."""
        begin, end = line.textStart(), line.textStart() + line.textLength()
        first = column.units.to_code_points(begin)
        words = column.text[first : column.units.to_code_points(end)]
        kept = words.rstrip(" \t")
        return column.units.to_utf16(first + len(kept)) if kept and kept != words else end

    def _strips_of(self, column: Column, start: int, end: int, lines: range | None) -> Iterator[tuple[int, QRectF]]:
        first, last = column.position(start), column.position(end)
        layout, box = column.layout, self.box
        begin, stop = layout.lineForTextPosition(first).lineNumber(), layout.lineForTextPosition(last).lineNumber()
        if lines is not None:
            begin, stop = max(begin, lines.start), min(stop, lines.stop - 1)
        for number in range(begin, stop + 1):
            line = layout.lineAt(number)
            left_unit = max(first, line.textStart())
            right_unit = min(last, line.textStart() + line.textLength())
            if left_unit < right_unit:
                for left, right in _extents(column, line, left_unit, right_unit):
                    yield number, QRectF(left, box.line_top(number), right - left, box.pitch)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is seen on a line: from where to where, in px, and whether it is read from right to left."""

    left: float
    right: float
    rtl: bool

    @property
    def begin(self) -> float:
        """The side on which one begins to read it."""
        return self.right if self.rtl else self.left

    @property
    def end(self) -> float:
        """The other side."""
        return self.left if self.rtl else self.right


def glyph_of(column: Column, line: QTextLine, start: int, end: int) -> Glyph | None:
    """Return where a character of a line, half-open code points of the text, is seen; None where nothing of it is."""
    first, last = column.position(start), column.position(end)
    runs = line.glyphRuns(first, last - first)
    rects = [rect for run in runs if (rect := run.boundingRect()).width() > 0]
    if rects:
        return Glyph(min(rect.left() for rect in rects), max(rect.right() for rect in rects), runs[0].isRightToLeft())
    for left, right in _tabs(column, line, first, last):
        return Glyph(left, right, _x_of(line, first) > _x_of(line, last))
    return None


def glyphs_of(column: Column, line: QTextLine) -> Iterator[tuple[int, int, Glyph]]:
    """Yield the characters of a line that are seen: where in the text they begin and end, and how they are seen."""
    start, end = column.offset(line.textStart()), column.offset(line.textStart() + line.textLength())
    while start < end:
        stop = column.start + next_character(column.text, start - column.start)
        glyph = glyph_of(column, line, start, stop)
        if glyph is not None:
            yield start, stop, glyph
        start = stop


def caret_x(column: Column, line: QTextLine, offset: int, *, before: bool) -> float:
    """Return where a caret stands on a line: beside the character before it, or beside the one behind it."""
    position = column.position(offset)
    if not column.is_plain:
        first = column.offset(line.textStart())
        last = column.offset(line.textStart() + line.textLength())
        if offset > first and (before or offset >= last):
            glyph = glyph_of(
                column, line, column.start + previous_character(column.text, offset - column.start), offset
            )
            if glyph:
                return glyph.end
        elif offset < last:
            glyph = glyph_of(column, line, offset, column.start + next_character(column.text, offset - column.start))
            if glyph:
                return glyph.begin
    return _x_of(line, position)


def _x_of(line: QTextLine, position: int) -> float:
    return float(line.cursorToX(position)[0])  # type: ignore[index]


def _extents(column: Column, line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return from where to where the glyphs of a stretch reach, without blanks that hang over the line's end."""
    first = line.naturalTextRect().left()
    last = first + line.horizontalAdvance()
    if start == line.textStart() and end == start + line.textLength():
        return [(first, last)] if first < last else []
    if column.is_plain:
        left, right = max(_x_of(line, start), first), min(_x_of(line, end), last)
        return [(left, right)] if left < right else []
    runs = [(rect.left(), rect.right()) for run in line.glyphRuns(start, end - start) if (rect := run.boundingRect())]
    runs = sorted([*runs, *_tabs(column, line, start, end)])
    found: list[tuple[float, float]] = []
    for left, right in runs:
        begin, stop = max(left, first), min(right, last)
        if found and begin <= found[-1][1] + _TOUCHING:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        elif begin < stop:
            found.append((begin, stop))
    return found


def _tabs(column: Column, line: QTextLine, start: int, end: int) -> Iterator[tuple[float, float]]:
    """Yield from where to where the tabs of a stretch reach: they have no glyphs."""
    first, last = column.units.to_code_points(start), column.units.to_code_points(end)
    at = column.text.find("\t", first, last)
    while at >= 0:
        position = column.units.to_utf16(at)
        left, right = sorted((_x_of(line, position), _x_of(line, position + 1)))
        yield left, right
        at = column.text.find("\t", at + 1, last)
