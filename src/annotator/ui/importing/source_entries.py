"""What the rows of the list of sources are: heads of groups, sources, versions, and rows that are yet to be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from annotator.domain.foreign_excerpts import is_excerpts
from annotator.domain.rows import SourceRow
from annotator.domain.source import Version
from annotator.ui.disputes import disputed_words
from annotator.ui.importing.version_facts import altered_words
from annotator.ui.when import moment, published


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


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """A source that is yet to be read: it is known by its local ``number``."""

    number: int

    @property
    def key(self) -> str:
        """What the entry is known by while the list changes."""
        return f"number {self.number}"


Entry = GroupEntry | SourceEntry | VersionEntry | WaitingEntry


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


def spoken(entry: Entry) -> str:
    """Return an entry as one sentence for a screen reader."""
    if isinstance(entry, GroupEntry):
        return f"{group_words(entry.group)}, {entry.count}"
    if isinstance(entry, VersionEntry):
        return version_words(entry.version)
    if isinstance(entry, WaitingEntry):
        return "…"
    parts = (
        title_of(entry.row),
        entry.row.publisher,
        published(entry.row.source.date_published),
        progress(entry.row),
        twin_words(entry.row),
        unconfirmed_words() if not entry.row.source.confirmed else "",
        altered_words() if entry.row.altered else "",
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


def unconfirmed_words() -> str:
    """Return what is said of a source whose details are as import found them."""
    return QCoreApplication.translate("sources", "Details not confirmed yet")


def title_of(row: SourceRow) -> str:
    """Return what a source is called."""
    return row.source.title or QCoreApplication.translate("sources", "Without a title")


def progress(row: SourceRow) -> str:
    """Return how many passages wait to be settled in a new version, else how many are linked, of all."""
    if row.unsettled:
        return QCoreApplication.translate("sources", "{0} to settle").format(row.unsettled)
    if not row.passages:
        return QCoreApplication.translate("sources", "New")
    return QCoreApplication.translate("sources", "{0} of {1}").format(row.linked, row.passages)


def version_words(version: Version) -> str:
    """Return what a version is called: its number and when it was taken in, or whose annotations it has the words of."""
    if is_excerpts(version):
        return QCoreApplication.translate("sources", "Marked in {0}").format(version.name)
    words = QCoreApplication.translate("sources", "Version {0}, {1}")
    return words.format(version.sequence, moment(version.retrieved_at or version.imported_at))
