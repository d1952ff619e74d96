"""The model of a long list: the local numbers of all rows in order, and the lines of the few that are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from annotator.domain.listing import Line, Order
from annotator.domain.scales import Codebook
from annotator.ui.listing.columns import COLUMNS, Column, head_words, spoken

PAGE = 128
_KEPT = 96 * PAGE
_WAITING = 4
"""Pages that wait to be read: those asked for before them have been scrolled away."""
_Index = QModelIndex | QPersistentModelIndex


class Asked(NamedTuple):
    """Lines that are wanted: their numbers, which asking it is, and how many changes the list had seen by then."""

    numbers: array[int]
    ticket: int
    age: int


class PagedRows(QAbstractTableModel):
    """Shows an ``Order``. ``page_wanted`` tells what is ``Asked``, one page at a time; ``take`` brings the lines."""

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = "sources"
        self.order = Order(array("q"), 0, 0)
        self.codebook = Codebook(())
        self._rows = 0
        self._lines: OrderedDict[int, tuple[int, Line | None]] = OrderedDict()
        self._age = 0
        self._waiting: list[int] = []
        self._reading, self._ticket = -1, 0
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_next)

    # -- what it shows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the list that is shown."""
        return COLUMNS[self.kind]

    def show(self, kind: str, order: Order, codebook: Codebook) -> None:
        """Show another list, from its beginning."""
        self.beginResetModel()
        if kind != self.kind:
            self._lines.clear()
        self.kind, self.order, self.codebook = kind, order, codebook
        self._rows = len(order)
        self._forget_what_is_asked()
        self.endResetModel()

    def reorder(self, order: Order, codebook: Codebook) -> None:
        """Show the same list as it is now: rows that are not looked at change unseen, and none is read for it."""
        before, after = self._rows, len(order)
        self._forget_what_is_asked()
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
        self._age += 1
        self._forget_what_is_asked()
        self._tell_changed(0, self._rows)

    def line(self, row: int) -> Line | None:
        """Return the line of a row; None until it has been read, which is asked for by this."""
        number = self.order.numbers[row]
        found = self._lines.get(number)
        if found is None or found[0] != self._age:
            self._want(row // PAGE)
        return found[1] if found else None

    def number(self, row: int) -> int:
        """Return the local number of a row, 0 where there is none."""
        return self.order.numbers[row] if 0 <= row < self._rows else 0

    # -- reading

    def take(self, asked: Asked, lines: Iterable[Line]) -> None:
        """Take the lines of a page that was asked for; numbers without one do not live any more."""
        found: dict[int, Line | None] = dict.fromkeys(asked.numbers)
        found.update((line.number, line) for line in lines)
        for number, line in found.items():
            self._lines[number] = (asked.age, line)
            self._lines.move_to_end(number)
        while len(self._lines) > _KEPT:
            self._lines.popitem(last=False)
        if asked.ticket == self._ticket:
            page, self._reading = self._reading, -1
            self._tell_changed(page * PAGE, (page + 1) * PAGE)
            self._ask.start()

    @property
    def is_reading(self) -> bool:
        """Whether lines are on their way."""
        return self._reading >= 0 or bool(self._waiting)

    def _want(self, page: int) -> None:
        if page in self._waiting:
            self._waiting.remove(page)
        elif page == self._reading:
            return
        self._waiting.append(page)
        del self._waiting[:-_WAITING]
        if self._reading < 0:
            self._ask.start()

    def _ask_next(self) -> None:
        if self._waiting and self._reading < 0:
            self._reading = self._waiting.pop()
            self._ticket += 1
            numbers = self.order.numbers[self._reading * PAGE : (self._reading + 1) * PAGE]
            self.page_wanted.emit(Asked(numbers, self._ticket, self._age))

    def _forget_what_is_asked(self) -> None:
        self._waiting.clear()
        self._reading = -1
        self._ticket += 1

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
