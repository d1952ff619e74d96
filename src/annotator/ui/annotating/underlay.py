"""Paints the passages: tints and handles of the chosen one, lines under the words, stripes in the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.columns import COLUMNS
from annotator.ui.annotating.highlights import Highlights, stances_of
from annotator.ui.annotating.line_marks import FEW, marks_on
from annotator.ui.annotating.margin import Margin, draw_count, draw_stripe, tile_top
from annotator.ui.annotating.stance_lines import THICK, StanceLines, Stroke
from annotator.ui.reading.laid import Laid
from annotator.ui.reading.selection_layers import ground
from annotator.ui.reading.text_canvas import Seen
from annotator.ui.theme import Theme, current_theme

_FIRST_LANE, _NEXT_LANE, _NEXT_OF_MANY = 5.0, 4.5, 3.7
_MANY = 4
"""From so many lanes on they stand closer, so that the last does not reach into the line below."""

_HANDLE, _KNOB = 2.0, 4.5
_PIECES = 400

Span = tuple[int, int]


@dataclass(slots=True)
class Shown:
    """What is to be seen beside the words: passages, which one is chosen, and a place that is pointed out."""

    highlights: Highlights
    chosen: str = ""
    pulse: Span = (0, 0)
    strength: float = 0.0

    @property
    def row(self) -> PassageRow | None:
        """The chosen passage, where it is one of those that are shown."""
        return self.highlights.find(self.chosen) if self.chosen else None

    def grounds(self, _seen: Seen) -> Iterator[Span]:
        """Yield the stretches that lie on a tint."""
        if self.row is not None:
            yield from self.row.spans
        if self.strength:
            yield self.pulse


class Grounds:
    """The layer below the selection: the tint of the chosen passage, and the place that is pointed out."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what belongs to one piece in sight."""
        theme, row = current_theme(), self._shown.row
        if row is not None and row.spans and row.start < seen.laid.end + 1 and row.end > seen.laid.start:
            tint = theme.stance(stances_of(row)[0]).tint
            for span in row.spans:
                _fill(painter, seen, span, tint)
        if self._shown.strength:
            colour = QColor(theme.accent)
            colour.setAlphaF(0.28 * self._shown.strength)
            _fill(painter, seen, self._shown.pulse, colour)


@dataclass(slots=True)
class _Slot:
    """A line of text, or of a table's cell: its number, its half-open code points, what stands under it.

    ``crowd`` is how many passages begin there without a column of their own, when last ``counted``.
    """

    line: int
    start: int
    end: int
    strokes: list[Stroke] | None = None
    thin: list[QRectF] = field(default_factory=list)
    crowd: int = 0
    counted: int = -1


@dataclass(slots=True)
class _Piece:
    """What is known of a piece that has been in sight."""

    laid: Laid
    slots: list[_Slot]

    def lines_of(self, row: PassageRow) -> set[int]:
        """Return the numbers of the lines on which words of a passage stand."""
        found: set[int] = set()
        for start, end in row.spans:
            first = bisect_right(self.slots, start, key=lambda slot: slot.end)
            last = bisect_left(self.slots, end, key=lambda slot: slot.start)
            found.update(slot.line for slot in self.slots[first:last])
        return found


class Underlay:
    """The layer above the selection and below the words. What it works out for a line is kept until something there changes."""

    def __init__(self, shown: Shown, margin: Callable[[], Margin]) -> None:
        self._shown = shown
        self._margin = margin
        self._pieces: dict[int, _Piece] = {}
        self._turn = 0

    def forget(self, span: Span | None) -> None:
        """Work out anew what stands in a stretch of the text, or everywhere where none is given."""
        if span is None:
            self._pieces.clear()
            return
        self._turn += 1
        for piece in self._pieces.values():
            if piece.laid.start <= span[1] and piece.laid.end >= span[0]:
                for slot in piece.slots:
                    if slot.start <= span[1] and slot.end >= span[0]:
                        slot.strokes = None

    def paint(self, painter: QPainter, seen: Seen) -> None:
        """Paint what belongs to one piece in sight."""
        highlights = self._shown.highlights
        if not len(highlights):
            return
        theme, laid = current_theme(), seen.laid
        piece = self._piece(laid)
        slots = [slot for slot in piece.slots if slot.line in seen.lines]
        if not slots:
            return
        self._work_out(laid, slots, theme, painter.device().devicePixelRatioF())
        for slot in slots:
            for stroke in slot.strokes or ():
                painter.drawPixmap(*stroke)
            for rect in slot.thin:
                painter.fillRect(rect, theme.edge)
        self._paint_margin(painter, piece, slots, theme)
        row = self._shown.row
        if row is not None and row.spans:
            _paint_handles(painter, handles(laid, row), theme)

    # -- lines under the words

    def _piece(self, laid: Laid) -> _Piece:
        found = self._pieces.get(laid.number)
        if found is None or found.laid is not laid:
            if len(self._pieces) >= _PIECES:
                del self._pieces[next(iter(self._pieces))]
            found = self._pieces[laid.number] = _Piece(laid, list(_slots(laid)))
        return found

    def _work_out(self, laid: Laid, slots: Sequence[_Slot], theme: Theme, ratio: float) -> None:
        """Find what stands under these lines of text, as far as it is not known."""
        unknown = [slot for slot in slots if slot.strokes is None]
        if not unknown:
            return
        found = marks_on(self._shown.highlights, [(slot.start, slot.end) for slot in unknown], self._shown.row)
        zoom, stance_lines = laid.box.pitch / laid.box.look.pitch, StanceLines(theme, ratio)
        for slot, marks in zip(unknown, found, strict=True):
            slot.strokes, slot.thin = [], []
            base, lines = laid.box.line_base(slot.line), range(slot.line, slot.line + 1)
            is_many = max((mark.lane for mark in marks), default=0) + 1 >= _MANY
            step = _NEXT_OF_MANY if is_many else _NEXT_LANE
            for mark in marks:
                y = base + (_FIRST_LANE + step * mark.lane) * zoom
                for _, strip in laid.strips(mark.start, mark.end, lines):
                    x, length = strip.left(), strip.width()
                    if mark.stance:
                        slot.strokes += stance_lines.across(mark.stance, x, y - THICK / 2, length, chosen=mark.chosen)
                    else:
                        slot.thin.append(QRectF(x, round(y), length, 2 if mark.chosen else 1))

    # -- the margin

    def _paint_margin(self, painter: QPainter, piece: _Piece, visible: Sequence[_Slot], theme: Theme) -> None:
        laid = piece.laid
        highlights, chosen, margin = self._shown.highlights, self._shown.row, self._margin()
        first, last = visible[0].start, max(slot.end for slot in visible) + 1
        own = {row.id: (column, row) for column, row in highlights.own_columns(first, last) if column < margin.shared}
        is_dense = highlights.count_within(first, last) > FEW * (len(visible) + 1)
        others = [] if is_dense else [row for row in highlights.within(first, last) if row.id not in own]
        if chosen is not None and chosen.spans and chosen.id not in own and chosen not in others:
            others += [chosen] if chosen.start < last and chosen.end > first else []
        drawn = [*own.values(), *((COLUMNS - 1, row) for row in others)]
        crowded, taken = self._crowded(visible, margin), set[int]()
        for column, row in drawn:
            is_chosen = chosen is not None and row.id == chosen.id
            lines = piece.lines_of(row)
            tiles = column < margin.shared or is_chosen or not lines or min(lines) not in crowded
            if is_chosen and column >= margin.shared and lines and row.start >= laid.start:
                taken.add(min(lines))
            draw_stripe(painter, laid, margin.x(column), row, lines, theme, chosen=is_chosen, tiles=tiles)
        for line, count in crowded.items():
            if line not in taken:
                draw_count(painter, margin.x(COLUMNS - 1), tile_top(laid.box, line), count, theme)

    def _crowded(self, visible: Sequence[_Slot], margin: Margin) -> dict[int, int]:
        """Return the lines beside which more passages begin than have a tile, and how many have none."""
        found: dict[int, int] = {}
        for slot in visible:
            if slot.counted != self._turn:
                slot.counted = self._turn
                columns = self._shown.highlights.columns_beginning(slot.start, max(slot.end, slot.start + 1))
                slot.crowd = sum(column >= margin.shared for column in columns) if len(columns) > 1 else 0
            if slot.crowd > 1:
                found[slot.line] = found.get(slot.line, 0) + slot.crowd
        return found


def handles(laid: Laid, row: PassageRow) -> Iterator[tuple[bool, QPointF, float]]:
    """Yield the handles of a passage that stand in a piece: whether it is the right one, its top, its height."""
    for is_end, offset in ((False, row.start), (True, row.end)):
        is_here = laid.start < offset <= laid.end if is_end else laid.start <= offset < laid.end
        if is_here:
            line = laid.line_of(offset, before=is_end)
            x = laid.caret(offset, before=is_end).x()
            yield is_end, QPointF(x, laid.box.line_top(line) + 1), laid.box.pitch - 3


def knob_of(is_end: bool, top: QPointF, height: float) -> QPointF:  # noqa: FBT001 what handles() yields
    """Return the middle of the round end by which a handle is taken."""
    return QPointF(top.x(), top.y() + (height if is_end else 0))


def _paint_handles(painter: QPainter, found: Iterator[tuple[bool, QPointF, float]], theme: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    for is_end, top, height in found:
        painter.drawRect(QRectF(top.x() - _HANDLE / 2, top.y(), _HANDLE, height))
        painter.drawEllipse(knob_of(is_end, top, height), _KNOB, _KNOB)
    painter.restore()


def _fill(painter: QPainter, seen: Seen, span: Span, colour: QColor) -> None:
    for _, strip in seen.laid.strips(*span, seen.lines):
        painter.fillRect(ground(strip), colour)


def _slots(laid: Laid) -> Iterator[_Slot]:
    for column in laid.columns:
        for number in range(column.layout.lineCount()):
            line = column.layout.lineAt(number)
            start = line.textStart()
            yield _Slot(number, column.offset(start), column.offset(start + line.textLength()))
