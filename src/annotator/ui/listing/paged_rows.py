"""The model of a long list: the local numbers of all rows in order, and the lines of the few that are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.domain.listing import Line, Order
from annotator.domain.scales import Codebook
from annotator.ui.listing.columns import COLUMNS, Column, head_words, spoken
from annotator.ui.listing.pages import Asked, Pages

_Index = QModelIndex | QPersistentModelIndex


class PagedRows(QAbstractTableModel):
    """Shows an ``Order``. ``page_wanted`` tells what is ``Asked``, one page at a time; ``take`` brings the lines."""

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = "sources"
        self.order = Order(array("q"), 0, 0)
        self.codebook = Codebook(())
        self._rows = 0
        self._pages = Pages[Line](self)
        self._pages.wanted.connect(self.page_wanted)
        self._pages.came.connect(self._tell_changed)

    # -- what it shows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the list that is shown."""
        return COLUMNS[self.kind]

    def show(self, kind: str, order: Order, codebook: Codebook) -> None:
        """Show another list, from its beginning."""
        self.beginResetModel()
        self._pages.show(order.numbers, afresh=kind != self.kind)
        self.kind, self.order, self.codebook = kind, order, codebook
        self._rows = len(order)
        self.endResetModel()

    def reorder(self, order: Order, codebook: Codebook) -> None:
        """Show the same list as it is now: rows that are not looked at change unseen, and none is read for it."""
        before, after = self._rows, len(order)
        self._pages.show(order.numbers)
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
        self.order, self.codebook, self._rows = order, codebook, after
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        self._tell_changed(0, after)

    def grow_old(self) -> None:
        """Know that what was read may no longer be so: lines are read again as they are looked at, and shown until then."""
        self._pages.grow_old()
        self._tell_changed(0, self._rows)

    def line(self, row: int) -> Line | None:
        """Return the line of a row; None until it has been read, which is asked for by this."""
        return self._pages.at(row)

    def number(self, row: int) -> int:
        """Return the local number of a row, 0 where there is none."""
        return self.order.numbers[row] if 0 <= row < self._rows else 0

    # -- reading

    def take(self, asked: Asked, lines: Iterable[Line]) -> None:
        """Take the lines of a page that was asked for; numbers without one do not live any more."""
        self._pages.take(asked, {line.number: line for line in lines})

    @property
    def is_reading(self) -> bool:
        """Whether lines are on their way."""
        return self._pages.is_reading

    def _tell_changed(self, start: int, end: int) -> None:
        if start < min(end, self._rows):
            self.dataChanged.emit(self.index(start, 0), self.index(min(end, self._rows) - 1, self.columnCount() - 1))

    # -- Qt's questions

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a screen reader says of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        line = self.line(index.row())
        if line is None:
            return "…"
        return spoken(line, self.columns[index.column()].code, self.codebook, first=index.column() == 0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the head of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return head_words(self.kind, self.columns[section].code)
