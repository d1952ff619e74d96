"""The model of a new version's passages: groups by what became of them, found by arithmetic for any number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.ids import EntityId
from annotator.ui.versioning.passage_entries import WAITING, Entry, Group, HeadEntry, PassageEntry, spoken

ENTRY = Qt.ItemDataRole.UserRole
_FEW = 12
"""So many passages that were found again are shown at once; more are folded away at first."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Stretch(NamedTuple):
    """A group on the screen: the row of its head, and how many rows stand below it."""

    row: int
    group: Group
    rows: int


class Grouped:
    """Passages by group, each in the order of its text; made off the window's thread."""

    def __init__(self, entries: Sequence[PassageEntry] = ()) -> None:
        self.groups: dict[Group, list[PassageEntry]] = {group: [] for group in Group}
        for entry in entries:
            self.groups[entry.group].append(entry)
        self.places = {
            entry.passage: (group, number) for group, own in self.groups.items() for number, entry in enumerate(own)
        }

    def find(self, passage: str) -> PassageEntry | None:
        """Return the entry of a passage."""
        place = self.places.get(EntityId(passage))
        return self.groups[place[0]][place[1]] if place else None

    @property
    def waiting(self) -> int:
        """How many wait for a person."""
        return sum(len(self.groups[group]) for group in WAITING)

    def __len__(self) -> int:
        return len(self.places)


class PassageList(QAbstractListModel):
    """Shows ``Grouped`` passages; a group can be folded away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grouped = Grouped()
        self._folded: dict[Group, bool] = {}
        self._stretches: list[Stretch] = []
        self._firsts: list[int] = []

    def show(self, grouped: Grouped) -> None:
        """Show these passages, and no others."""
        self.beginResetModel()
        self.grouped = grouped
        self._lay_out()
        self.endResetModel()

    def toggle(self, group: Group, *, folded: bool | None = None) -> None:
        """Fold a group away, or show it."""
        self.beginResetModel()
        self._folded[group] = not self._is_folded(group) if folded is None else folded
        self._lay_out()
        self.endResetModel()

    # -- what the rows are

    @property
    def stretches(self) -> Sequence[Stretch]:
        """The groups on the screen."""
        return self._stretches

    def entry(self, index: _Index) -> Entry | None:
        """Return what stands in a row."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        stretch = self._stretches[bisect_right(self._firsts, index.row()) - 1]
        own = self.grouped.groups[stretch.group]
        if index.row() == stretch.row:
            return HeadEntry(stretch.group, len(own), self._is_folded(stretch.group))
        return own[index.row() - stretch.row - 1]

    def index_of(self, passage: str) -> QModelIndex:
        """Return the row of a passage; an invalid index where it is not shown."""
        place = self.grouped.places.get(EntityId(passage))
        stretch = next((each for each in self._stretches if place and each.group is place[0]), None)
        if place is None or stretch is None or not stretch.rows:
            return QModelIndex()
        return self.index(stretch.row + 1 + place[1])

    def neighbour(self, index: _Index, by: int) -> QModelIndex:
        """Return the row of the passage after or before a row; an invalid index at the ends."""
        row = index.row() + by
        while 0 <= row < self.rowCount():
            found = self.index(row)
            if isinstance(self.entry(found), PassageEntry):
                return found
            row += by
        return QModelIndex()

    def _is_folded(self, group: Group) -> bool:
        usual = group not in WAITING and len(self.grouped.groups[group]) > _FEW
        return self._folded.get(group, usual)

    def _lay_out(self) -> None:
        self._stretches, row = [], 0
        for group, own in self.grouped.groups.items():
            if own:
                rows = 0 if self._is_folded(group) else len(own)
                self._stretches.append(Stretch(row, group, rows))
                row += 1 + rows
        self._firsts = [stretch.row for stretch in self._stretches]

    # -- Qt's questions

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        if parent.isValid() or not self._stretches:
            return 0
        return self._stretches[-1].row + 1 + self._stretches[-1].rows

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an entry, or what a screen reader says of it."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and entry is not None:
            return spoken(entry)
        return None
