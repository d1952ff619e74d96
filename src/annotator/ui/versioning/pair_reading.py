"""Reads what the screen of versions shows: which sources have several versions, and two of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.errors import CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.domain.version_diff import VersionDiff, diff_versions
from annotator.ui.annotating.opened import Opened, open_version

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.jobs import Task


class Wanted(NamedTuple):
    """What is to be compared: two versions; empty ones are chosen by whoever reads them."""

    old: EntityId
    new: EntityId


class Pair(NamedTuple):
    """Two versions of one source, opened."""

    old: Opened
    new: Opened

    @property
    def row(self) -> SourceRow:
        """The source with all its versions."""
        return self.new.row


def read_pair(project: Project, wanted: Wanted, known: Pair | None = None) -> Pair | None:
    """Open two versions; where only the newer one is named, the one before it is the other. None where there are no two.

    The texts of a pair that is ``known`` are not read again.
    """
    row = project.source_row(wanted.new)
    if row is None or len(row.versions) < 2:
        return None
    ids = [version.id for version in row.versions]
    number = max(ids.index(wanted.new), 1)
    is_told = wanted.old in ids and wanted.old != wanted.new
    old_id, new_id = (wanted.old, wanted.new) if is_told else (ids[number - 1], ids[number])
    if known is not None and (known.old.version.id, known.new.version.id) == (old_id, new_id):
        return Pair(replace(known.old, row=row), replace(known.new, row=row))
    old, new = open_version(project, old_id), open_version(project, new_id)
    return Pair(old, new) if old is not None and new is not None else None


def compare(pair: Pair, task: Task[VersionDiff]) -> VersionDiff:
    """Return how two versions differ, giving way to the window."""

    def stop() -> None:
        if task.is_cancelled():
            raise CancelledError(what="a comparison")
        task.give_way()

    return diff_versions(pair.old.text.text, pair.new.text.text, stop=stop)
