"""The list of a new version's passages as it is painted: heads, and two lines of words over what rests on them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.controls import GRID
from annotator.ui.listing.long_list import LongList
from annotator.ui.marks import SIGN, draw_stance_tile
from annotator.ui.painting import RowPainter, draw_lines, text_size, wrapped
from annotator.ui.theme import Theme, current_theme, panel_font, reading_font
from annotator.ui.versioning.join_band import SIGNS
from annotator.ui.versioning.passage_entries import (
    WAITING,
    Group,
    HeadEntry,
    PassageEntry,
    group_remark,
    group_words,
    remark_of,
)
from annotator.ui.versioning.passage_list import ENTRY, PassageList

_LEFT = 5 * GRID
_Index = QModelIndex | QPersistentModelIndex


class PassageView(LongList):
    """Shows a ``PassageList``. Enter on a head folds its group, on a passage it goes to the answers."""

    entered = Signal()

    def __init__(self, passages: PassageList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passages = passages
        self._head, self._row = _heights()
        self.setModel(passages)
        self.setItemDelegate(_PassageDelegate(self))
        self.setAccessibleName(self.tr("Passages of this version"))

    def top(self, row: int) -> int:
        """Return how far below the beginning of the list a row begins, in px."""
        top = 0
        for stretch in self._passages.stretches:
            count = row - stretch.row
            if count <= 0:
                break
            top += self._head + min(count - 1, stretch.rows) * self._row
        return top

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll until a row is seen, also among rows that have just come."""
        self.executeDelayedItemsLayout()
        super().scrollTo(index, hint)

    def updateGeometries(self) -> None:
        """Let the scroll bar follow the rows, as high as the system's text is now."""
        self._head, self._row = _heights()
        super().updateGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold with Enter, Left and Right; go to the answers with Enter."""
        entry, key = self._passages.entry(self.currentIndex()), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(entry, PassageEntry):
            self.entered.emit()
        elif isinstance(entry, HeadEntry) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle(entry.group)
        elif isinstance(entry, HeadEntry) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.toggle(entry.group, folded=key == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold a group whose head is pressed, or choose a passage."""
        super().mousePressEvent(event)
        entry = self._passages.entry(self.indexAt(event.position().toPoint()))
        if isinstance(entry, HeadEntry) and event.button() == Qt.MouseButton.LeftButton:
            self.toggle(entry.group)

    def toggle(self, group: Group, *, folded: bool | None = None) -> None:
        """Fold a group away, or show it; its head stays the current row."""
        self._passages.toggle(group, folded=folded)
        row = next(stretch.row for stretch in self._passages.stretches if stretch.group is group)
        self.setCurrentIndex(self._passages.index(row))


class _PassageDelegate(QStyledItemDelegate):
    """Paints heads and passages."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        head, row = _heights()
        return QSize(0, head if isinstance(index.data(ENTRY), HeadEntry) else row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry, theme, view = index.data(ENTRY), current_theme(), option.widget
        painter.save()
        row = RowPainter(painter, option)
        if isinstance(entry, PassageEntry):
            view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
            _paint_passage(row, entry, theme)
        elif isinstance(entry, HeadEntry):
            if option.state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
                painter.fillRect(row.rect, theme.hover)
            _paint_head(row, entry, theme)
        painter.fillRect(row.part(0, row.rect.height() - 1, row.rect.width(), 1), theme.hairline)
        painter.restore()


def _paint_head(row: RowPainter, entry: HeadEntry, theme: Theme) -> None:
    height, width = row.rect.height(), row.rect.width() - _LEFT
    is_lost = entry.group is Group.ORPHANED
    row.icon(2 * GRID, (height - 16) // 2, _sign(entry.group), "error" if is_lost else "text")
    right = 4 * GRID
    row.icon(
        row.rect.width() - 3 * GRID, (height - 16) // 2, "chevron-right" if entry.folded else "chevron-down", "muted"
    )
    used = row.words(
        row.part(_LEFT, 0, width - right, height), group_words(entry.group), panel_font(bold=True), theme.text
    )
    count = row.part(_LEFT + used + GRID, 0, max(width - used - right - GRID, 0), height)
    shown = row.words(count, str(entry.count), panel_font(), theme.muted)
    room, remark = max(count.width() - shown - GRID, 0), group_remark(entry.group)
    if text_size(remark, panel_font()).width() <= room:
        place = row.part(_LEFT + used + 2 * GRID + shown, 0, room, height)
        row.words(place, remark, panel_font(), theme.text if entry.group in WAITING else theme.muted, at_end=True)


def _paint_passage(row: RowPainter, entry: PassageEntry, theme: Theme) -> None:
    font, line, small = reading_font(15), _quote_line(), _small_line()
    width = row.rect.width() - _LEFT - 2 * GRID
    lines = wrapped(entry.quote, font, width, 2)
    row.painter.setPen(theme.text if entry.group in WAITING else theme.muted)
    draw_lines(row.painter, row.part(_LEFT, GRID, width, line), lines, font, line)
    top = GRID + 2 * line
    tile = row.part(_LEFT, top + (small - SIGN) // 2, SIGN, SIGN)
    draw_stance_tile(row.painter, QRectF(tile), entry.stance, theme)
    words = row.part(_LEFT + SIGN + GRID, top, width - SIGN - GRID, small)
    row.words(words, remark_of(entry), panel_font(), theme.muted)


def _sign(group: Group) -> str:
    return next((sign for state, sign in SIGNS.items() if state.value == group.value), "check")


def _quote_line() -> int:
    return max(22, text_size("x", reading_font(15)).height())


def _small_line() -> int:
    return max(20, text_size("x", panel_font()).height())


def _heights() -> tuple[int, int]:
    """Return how high heads and passages are."""
    return max(32, text_size("x", panel_font(bold=True)).height() + GRID), 2 * _quote_line() + _small_line() + 2 * GRID
