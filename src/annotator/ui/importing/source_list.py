"""The list of sources: groups by how far one is with them, and the versions of the one that is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.folding import fold
from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.domain.source import Version
from annotator.ui.disputes import disputed_words
from annotator.ui.when import moment, published

ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class Group(Enum):
    """How far one is with a source."""

    IN_WORK = "in work"
    TO_READ = "to read"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """The head of a group."""

    group: Group
    count: int
    folded: bool

    @property
    def key(self) -> str:
        """What the entry is known by while the list changes."""
        return self.group.value


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source; ``chosen`` when one of its versions is read."""

    row: SourceRow
    chosen: bool

    @property
    def key(self) -> str:
        """What the entry is known by while the list changes."""
        return self.row.source.id


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One version below its source; ``chosen`` when it is the one that is read."""

    row: SourceRow
    version: Version
    chosen: bool

    @property
    def key(self) -> str:
        """What the entry is known by while the list changes."""
        return self.version.id


Entry = GroupEntry | SourceEntry | VersionEntry


def group_of(row: SourceRow) -> Group:
    """Return how far one is with a source: nothing marked yet, some passages not linked, or all linked."""
    if not row.passages:
        return Group.TO_READ
    return Group.IN_WORK if row.linked < row.passages else Group.DONE


def group_words(group: Group) -> str:
    """Return the head of a group in the person's language."""
    words = {
        Group.IN_WORK: QCoreApplication.translate("sources", "In work"),
        Group.TO_READ: QCoreApplication.translate("sources", "To read"),
        Group.DONE: QCoreApplication.translate("sources", "Done"),
    }
    return words[group]


class SourceList(QAbstractListModel):
    """The entries that the list shows, made of all rows, the filter, and what is folded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SourceRow, ...] = ()
        self._entries: list[Entry] = []
        self._filter = ""
        self._chosen = EntityId("")
        self._folded: set[Group] = set()

    # -- what it shows

    def show(self, rows: Sequence[SourceRow]) -> None:
        """Show these sources."""
        self._rows = tuple(rows)
        self._build()

    def set_filter(self, text: str) -> None:
        """Show only the sources with all these words in title, publisher, address or place."""
        self._filter = text
        self._build()

    def choose(self, version: EntityId) -> None:
        """Mark the version that is read, and its source."""
        self._chosen = version
        self._build()

    def toggle(self, group: Group, *, folded: bool | None = None) -> None:
        """Fold a group, or unfold it."""
        wanted = group not in self._folded if folded is None else folded
        (self._folded.add if wanted else self._folded.discard)(group)
        self._build()

    @property
    def total(self) -> int:
        """How many sources there are, shown or not."""
        return len(self._rows)

    def entry(self, index: _Index) -> Entry | None:
        """Return the entry at an index."""
        return self._entries[index.row()] if index.isValid() else None

    def index_of(self, key: str) -> QModelIndex:
        """Return where the entry with this key is; an invalid index when it is not shown."""
        for number, entry in enumerate(self._entries):
            if entry.key == key:
                return self.index(number)
        return QModelIndex()

    def source_of(self, version: EntityId) -> SourceRow | None:
        """Return the source that a version belongs to."""
        return next((row for row in self._rows if any(each.id == version for each in row.versions)), None)

    def _build(self) -> None:
        entries = self._made()
        if [entry.key for entry in entries] == [entry.key for entry in self._entries]:
            self._entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
        else:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()

    def _made(self) -> list[Entry]:
        wanted = fold(self._filter).split()
        shown = [row for row in self._rows if not wanted or all(word in _searched(row) for word in wanted)]
        chosen = self.source_of(self._chosen)
        entries: list[Entry] = []
        for group in Group:
            rows = [row for row in shown if group_of(row) is group]
            if not rows:
                continue
            folded = group in self._folded and not wanted
            entries.append(GroupEntry(group, len(rows), folded))
            if folded:
                continue
            for row in rows:
                is_chosen = chosen is not None and row.source.id == chosen.source.id
                entries.append(SourceEntry(row, is_chosen))
                if is_chosen and len(row.versions) > 1:
                    entries += [VersionEntry(row, v, v.id == self._chosen) for v in reversed(row.versions)]
        return entries

    # -- Qt's questions

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry, what a screen reader says of it, or its tooltip."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole and entry is not None:
            return spoken(entry)
        return None


def _searched(row: SourceRow) -> str:
    source = row.source
    return fold(" ".join((source.title, row.publisher, source.url, source.place, str(source.date_published or ""))))


def spoken(entry: Entry) -> str:
    """Return an entry as one sentence for a screen reader."""
    if isinstance(entry, GroupEntry):
        return f"{group_words(entry.group)}, {entry.count}"
    if isinstance(entry, VersionEntry):
        return version_words(entry.version)
    parts = (
        title_of(entry.row),
        entry.row.publisher,
        published(entry.row.source.date_published),
        progress(entry.row),
        twin_words(entry.row),
        disputed_words() if entry.row.disputed else "",
    )
    return ", ".join(part for part in parts if part)


def twin_words(row: SourceRow) -> str:
    """Return which other sources have the same text, so that nobody takes their passages for further ones; empty for none."""
    if not row.twins:
        return ""
    first = row.twins[0] or QCoreApplication.translate("sources", "Without a title")
    if len(row.twins) == 1:
        return QCoreApplication.translate("sources", "Same text as “{0}”").format(first)
    words = QCoreApplication.translate("sources", "Same text as “{0}” and {1} more")
    return words.format(first, len(row.twins) - 1)


def title_of(row: SourceRow) -> str:
    """Return what a source is called."""
    return row.source.title or QCoreApplication.translate("sources", "Without a title")


def progress(row: SourceRow) -> str:
    """Return how many passages are linked, of all."""
    if not row.passages:
        return QCoreApplication.translate("sources", "New")
    return QCoreApplication.translate("sources", "{0} of {1}").format(row.linked, row.passages)


def version_words(version: Version) -> str:
    """Return what a version is called: its number and when it was taken in."""
    words = QCoreApplication.translate("sources", "Version {0}, {1}")
    return words.format(version.sequence, moment(version.retrieved_at or version.imported_at))
