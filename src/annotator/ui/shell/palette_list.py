"""The rows of the search: heads of groups, hits, commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.text import Utf16Map
from annotator.ui.controls import GRID
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.shell.finding import Found
from annotator.ui.theme import Theme, current_theme, panel_font, reading_font

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEAD, _LINE, _HIT = 28, 32, 48
_LEFT = 40
_SIGNS = {"source": "file-text", "version": "file-text", "passage": "highlighter", "claim": "scale"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group."""

    words: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its sign and its key."""

    name: str
    words: str
    sign: str
    key: str


Row = Head | Command | Found
Spans = tuple[tuple[int, int], ...]


class PaletteList(QAbstractListModel):
    """The rows in the order shown; heads cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row, or what a screen reader says of it."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.words}, {row.remark}" if isinstance(row, Found) and row.remark else row.words
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only what can be entered be chosen."""
        if index.isValid() and isinstance(self._rows[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def step(self, row: int, by: int) -> int:
        """Return the next row that can be chosen, or the same where there is none."""
        at = row + by
        while 0 <= at < len(self._rows):
            if not isinstance(self._rows[at], Head):
                return at
            at += 1 if by > 0 else -1
        return row


class PaletteDelegate(QStyledItemDelegate):
    """Paints the rows; what was searched for is bold."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        row = index.data(ROW)
        line = text_size("x", panel_font()).height()
        if isinstance(row, Head):
            return QSize(0, max(_HEAD, line + GRID))
        if isinstance(row, Found) and row.remark:
            return QSize(0, max(_HIT, 2 * line + 12))
        return QSize(0, max(_LINE, line + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        row, theme, view = index.data(ROW), current_theme(), option.widget
        painter.save()
        at = RowPainter(painter, option)
        if isinstance(row, Head):
            line = at.part(2 * GRID, 0, at.rect.width() - 4 * GRID, at.rect.height())
            at.words(line, row.words, panel_font(), theme.muted)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(at.rect, theme.row)
                painter.fillRect(at.part(0, 0, 3, at.rect.height()), theme.accent)
            else:
                view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
            if isinstance(row, Command):
                _paint_command(at, row, theme)
            else:
                _paint_found(at, row, theme)
        painter.restore()


def _paint_command(at: RowPainter, row: Command, theme: Theme) -> None:
    height, width = at.rect.height(), at.rect.width()
    if row.sign:
        at.icon(2 * GRID, (height - 16) // 2, row.sign, "muted")
    key = keycap_size(row.key) if row.key else QSize(0, 0)
    at.words(at.part(_LEFT, 0, width - _LEFT - key.width() - 4 * GRID, height), row.words, panel_font(), theme.text)
    if row.key:
        cap = at.part(width - key.width() - 2 * GRID, (height - key.height()) // 2, key.width(), key.height())
        draw_keycap(at.painter, QRectF(cap), row.key, theme)


def _paint_found(at: RowPainter, row: Found, theme: Theme) -> None:
    height, width = at.rect.height(), at.rect.width() - _LEFT - 2 * GRID
    line = (height - GRID) // 2 if row.remark else height
    top = GRID // 2 if row.remark else 0
    at.icon(2 * GRID, top + (line - 16) // 2, _SIGNS.get(row.kind, "message-square-text"), "muted")
    font = reading_font(15) if row.published else panel_font()
    at.painter.setPen(theme.text)
    _draw_bold(at.painter, at.part(_LEFT, top, width, line), row, font)
    if row.remark:
        at.words(at.part(_LEFT, top + line, width, line), row.remark, panel_font(), theme.muted)


def _draw_bold(painter: QPainter, rect: QRect, row: Found, font: QFont) -> None:
    """Paint one line with what was searched for in bold, cut at words so that the first of it is seen."""
    words, bold = fitted(row.words, row.bold, font, rect.width())
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.DemiBold)
    units = Utf16Map(words)
    layout = QTextLayout(words, font)
    ranges = []
    for start, end in bold:
        part = QTextLayout.FormatRange()
        part.start, part.format = units.to_utf16(start), strong
        part.length = units.to_utf16(end) - part.start
        ranges.append(part)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2 * rect.width())
    layout.endLayout()
    left = rect.left()
    if layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft:
        left = rect.right() - round(line.naturalTextWidth())
    painter.save()
    painter.setClipRect(rect)
    layout.draw(painter, QPointF(left, rect.top() + (rect.height() - line.height()) / 2))
    painter.restore()


def fitted(words: str, bold: Spans, font: QFont, width: int) -> tuple[str, Spans]:
    """Return as much of ``words`` as fits ``width`` px, with … where whole words were left out, and the spans within it."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(heavy)
    first = 0
    until = bold[0][1] if bold else 0
    while metrics.horizontalAdvance("… " + words[first:until]) > width * 2 // 3:
        gap = words.find(" ", first, bold[0][0])
        if gap < 0:
            break
        first = gap + 1
    head = "… " if first else ""
    last = len(words)
    while metrics.horizontalAdvance(f"{head}{words[first:last]} …") > width:
        gap = words.rfind(" ", max(first, until), last)
        if gap < 0:
            break
        last = gap
    tail = " …" if last < len(words) else ""
    shift = len(head) - first
    spans = tuple((start + shift, min(end, last) + shift) for start, end in bold if first <= start < last)
    return f"{head}{words[first:last]}{tail}", spans
