"""The list of things in conflict: its model, and how a row is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.icon_drawing import IconRole
from annotator.ui.painting import RowPainter, draw_lines, text_size, wrapped
from annotator.ui.theme import current_theme, panel_font

ENTRY = Qt.ItemDataRole.UserRole
OPEN, SETTLED, LEFT = "open", "settled", "left"
_LEFT_OUT = 5 * GRID
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SIGNS: dict[str, tuple[str, IconRole]] = {
    OPEN: ("circle-dashed", "text"),
    SETTLED: ("check", "muted"),
    LEFT: ("git-fork", "muted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing in conflict: what it is called, what differs, and whether it is open, settled, or left standing."""

    entity_id: EntityId
    title: str
    remark: str
    state: str = OPEN


class EntryList(QAbstractListModel):
    """Entries in the order given; a row that changes stays where it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries; the same things in the same order are only painted anew."""
        entries = tuple(entries)
        if [each.entity_id for each in entries] == [each.entity_id for each in self.entries]:
            self.entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def row_of(self, entity: EntityId) -> int:
        """Return where a thing stands, or -1."""
        return next((row for row, each in enumerate(self.entries) if each.entity_id == entity), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an entry, or what a screen reader says of it."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.title}, {entry.remark}"
        return plain_tooltip(f"{entry.title}. {entry.remark}") if role == Qt.ItemDataRole.ToolTipRole else None


class EntryView(QListView):
    """Shows entries; Enter goes to the fields of the one that is chosen."""

    entered = Signal()

    def __init__(self, model: EntryList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _EntryDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Conflicts"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the fields with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> Entry | None:
        """Return the chosen entry."""
        entry = self.currentIndex().data(ENTRY)
        return entry if isinstance(entry, Entry) else None


class _EntryDelegate(QStyledItemDelegate):
    """A sign, one or two lines of what it is, one of what differs."""

    def __init__(self, view: EntryView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        room = self._view.viewport().width() - _LEFT_OUT - GRID
        lines = 2 if text_size(index.data(ENTRY).title, panel_font()).width() > room else 1
        return QSize(0, (lines + 1) * _line() + 2 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, theme, view = index.data(ENTRY), current_theme(), option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        painter.fillRect(row.part(0, row.rect.height() - 1, row.rect.width(), 1), theme.hairline)
        row.icon(2 * GRID, GRID + 2, *_SIGNS[entry.state])
        width, line, font = row.rect.width() - _LEFT_OUT - GRID, _line(), QFont(panel_font())
        lines = wrapped(entry.title, font, width, 2)
        painter.setPen(theme.text if entry.state == OPEN else theme.muted)
        draw_lines(painter, row.part(_LEFT_OUT, GRID, width, line), lines, font, line)
        row.words(row.part(_LEFT_OUT, GRID + len(lines) * line, width, line), entry.remark, font, theme.muted)
        painter.restore()


def _line() -> int:
    return max(20, text_size("x", panel_font()).height() + 2)
