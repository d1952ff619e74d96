"""The list of sources: groups by how far one is with them, and the versions of the one that is read.

A few sources are at hand as rows, and narrowed here. Of many only the order is: their rows are read as they are looked at.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.folding import fold
from annotator.domain.ids import EntityId
from annotator.domain.long_lists import NO_SOURCES, SourceOrder
from annotator.domain.rows import SourceRow
from annotator.ui.importing.source_entries import (
    Entry,
    Group,
    GroupEntry,
    SourceEntry,
    VersionEntry,
    WaitingEntry,
    group_of,
    spoken,
)
from annotator.ui.listing.pages import Pages

ENTRY = Qt.ItemDataRole.UserRole
_GROUPS = tuple(Group)
_Index = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What a stretch of rows shows."""

    HEAD = "head"
    SOURCES = "sources"
    VERSIONS = "versions"


class Stretch(NamedTuple):
    """Rows of one kind: where they begin, how many there are, their group, and the place of the first in the order."""

    row: int
    size: int
    kind: Kind
    group: int
    place: int


class Chosen(NamedTuple):
    """The version that is read, its source, and the place of that in the order; -1 where it is not in it."""

    version: EntityId
    row: SourceRow | None
    place: int


_NONE = Chosen(EntityId(""), None, -1)


class SourceList(QAbstractListModel):
    """The entries that the list shows, made of what there is, the filter, and what is folded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pages = Pages[SourceRow](self)
        self.pages.came.connect(self._on_came)
        self.order = NO_SOURCES
        self.is_long = False
        self._rows: tuple[SourceRow, ...] = ()
        self._shown: tuple[SourceRow, ...] = ()
        self._stretches: list[Stretch] = []
        self._firsts: list[int] = []
        self._filter = ""
        self._chosen = _NONE
        self._folded: set[Group] = set()

    # -- what it shows

    def show(self, rows: Sequence[SourceRow]) -> None:
        """Show these sources, and no others."""
        self.is_long, self._rows = False, tuple(rows)
        self._narrow()

    def show_order(self, order: SourceOrder, chosen: Chosen) -> None:
        """Show sources of which only the order is known; what was read of them before is read again as it is looked at."""
        if self.is_long and order.numbers == self.order.numbers:
            order = replace(order, numbers=self.order.numbers)
        self._rows = self._shown = ()
        self._lay_out(order, chosen, is_long=True)

    def set_filter(self, text: str) -> None:
        """Show only the sources with all these words in title, publisher, address or place; of many the order says which."""
        self._filter = text.strip()
        if not self.is_long:
            self._narrow()

    def grow_old(self) -> None:
        """Know that what was read of many sources may no longer be so."""
        if self.is_long:
            self.pages.grow_old()
            self._on_came(0, len(self.order.numbers))

    def choose(self, chosen: Chosen) -> None:
        """Mark the version that is read, and its source; among a few sources only the version needs to be known."""
        if self.is_long:
            self._lay_out(self.order, chosen, is_long=True)
        else:
            self._chosen = chosen
            self._narrow()

    def toggle(self, group: Group, *, folded: bool | None = None) -> None:
        """Fold a group, or unfold it."""
        wanted = group not in self._folded if folded is None else folded
        (self._folded.add if wanted else self._folded.discard)(group)
        self._lay_out(self.order, self._chosen, is_long=self.is_long)

    @property
    def total(self) -> int:
        """How many sources there are, shown or not."""
        return self.order.total

    def stretches(self) -> Sequence[Stretch]:
        """Return what the rows are, from the first to the last."""
        return self._stretches

    def entry(self, index: _Index) -> Entry | None:
        """Return the entry at an index."""
        return self._entry(index.row()) if index.isValid() and index.row() < self.rowCount() else None

    def index_of(self, key: str) -> QModelIndex:
        """Return where the entry with this key is; an invalid index when it is not shown, or among many not at hand."""
        for stretch in self._stretches:
            if stretch.kind is not Kind.SOURCES:
                rows: Sequence[int] = range(stretch.row, stretch.row + stretch.size)
            elif self.is_long:
                rows = [stretch.row + self._chosen.place - stretch.place]
                rows = rows if 0 <= rows[0] - stretch.row < stretch.size else ()
            else:
                rows = range(stretch.row, stretch.row + stretch.size)
            for row in rows:
                if self._entry(row).key == key:
                    return self.index(row)
        return QModelIndex()

    def place(self, index: _Index) -> int:
        """Return the place of a source in the order, -1 for other entries."""
        if not index.isValid() or index.row() >= self.rowCount():
            return -1
        stretch = self._stretch(index.row())
        return stretch.place + index.row() - stretch.row if stretch.kind is Kind.SOURCES else -1

    def index_at(self, place: int) -> QModelIndex:
        """Return where the source at a place of the order is shown, an invalid index where it is not."""
        for stretch in self._stretches:
            if stretch.kind is Kind.SOURCES and stretch.place <= place < stretch.place + stretch.size:
                return self.index(stretch.row + place - stretch.place)
        return QModelIndex()

    def source_of(self, version: EntityId) -> SourceRow | None:
        """Return the source that a version belongs to, as far as it is at hand."""
        rows = self._rows if not self.is_long else (self._chosen.row,) if self._chosen.row else ()
        return next((row for row in rows if any(each.id == version for each in row.versions)), None)

    # -- how it is made

    def _narrow(self) -> None:
        wanted = fold(self._filter).split()
        shown = [row for row in self._rows if not wanted or all(word in _searched(row) for word in wanted)]
        by_group = [[row for row in shown if group_of(row) is group] for group in _GROUPS]
        before = [row.source.id for row in self._shown]
        self._shown = tuple(row for rows in by_group for row in rows)
        first, second, third = (len(rows) for rows in by_group)
        twins = array("q", [place for place, row in enumerate(self._shown) if row.twins])
        ends = (first, first + second, first + second + third)
        numbers = self.order.numbers
        if self.is_long or before != [row.source.id for row in self._shown]:
            numbers = array("q", range(ends[-1]))
        chosen = self.source_of(self._chosen.version)
        place = next((at for at, row in enumerate(self._shown) if chosen and row.source.id == chosen.source.id), -1)
        order = SourceOrder(numbers, ends, twins, len(self._rows))
        self._lay_out(order, Chosen(self._chosen.version, chosen, place), is_long=False)

    def _lay_out(self, order: SourceOrder, chosen: Chosen, *, is_long: bool) -> None:
        """Say what the rows are now; where they are the same ones, the view keeps all it knows of them."""
        stretches = _stretches(order, chosen, set() if self._filter else self._folded)
        same = order.numbers is self.order.numbers and is_long == self.is_long and stretches == self._stretches
        if not same:
            self.beginResetModel()
        if order.numbers is not self.order.numbers:
            self.pages.show(order.numbers if is_long else array("q"), afresh=not is_long)
        self.order, self._chosen, self.is_long = order, chosen, is_long
        self._stretches, self._firsts = stretches, [stretch.row for stretch in stretches]
        if not same:
            self.endResetModel()
        elif stretches:
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _stretch(self, row: int) -> Stretch:
        return self._stretches[bisect_right(self._firsts, row) - 1]

    def _entry(self, row: int) -> Entry:
        stretch = self._stretch(row)
        group, chosen = _GROUPS[stretch.group], self._chosen
        if stretch.kind is Kind.HEAD:
            count = self.order.ends[stretch.group] - self.order.start(stretch.group)
            return GroupEntry(group, count, group in self._folded and not self._filter)
        if stretch.kind is Kind.VERSIONS and chosen.row is not None:
            version = chosen.row.versions[-1 - (row - stretch.row)]
            return VersionEntry(chosen.row, version, version.id == chosen.version)
        place = stretch.place + row - stretch.row
        found = self.pages.at(place) if self.is_long else self._shown[place]
        if found is None and place == chosen.place:
            found = chosen.row
        return SourceEntry(found, place == chosen.place) if found else WaitingEntry(self.order.numbers[place])

    def _on_came(self, start: int, end: int) -> None:
        for stretch in self._stretches:
            first, last = max(start, stretch.place), min(end, stretch.place + stretch.size) - 1
            if stretch.kind is Kind.SOURCES and first <= last:
                at = stretch.row - stretch.place
                self.dataChanged.emit(self.index(at + first), self.index(at + last))

    # -- Qt's questions

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many entries there are."""
        if parent.isValid() or not self._stretches:
            return 0
        return self._stretches[-1].row + self._stretches[-1].size

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry, or what a screen reader says of it."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole and entry is not None:
            return spoken(entry)
        return None


def _stretches(order: SourceOrder, chosen: Chosen, folded: set[Group]) -> list[Stretch]:
    """Return what the rows are: each group's head, its sources, and among them the versions of the one that is read."""
    found: list[Stretch] = []
    row = 0

    def put(count: int, kind: Kind, group: int, place: int) -> None:
        nonlocal row
        if count:
            found.append(Stretch(row, count, kind, group, place))
            row += count

    versions = len(chosen.row.versions) if chosen.row else 0
    for group, end in enumerate(order.ends):
        start = order.start(group)
        if start == end:
            continue
        put(1, Kind.HEAD, group, start)
        if _GROUPS[group] in folded:
            continue
        if start <= chosen.place < end and versions > 1:
            put(chosen.place + 1 - start, Kind.SOURCES, group, start)
            put(versions, Kind.VERSIONS, group, chosen.place)
            put(end - chosen.place - 1, Kind.SOURCES, group, chosen.place + 1)
        else:
            put(end - start, Kind.SOURCES, group, start)
    return found


def _searched(row: SourceRow) -> str:
    source = row.source
    return fold(" ".join((source.title, row.publisher, source.url, source.place, str(source.date_published or ""))))
