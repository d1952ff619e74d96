"""Holding a project against a bundle of it that was kept elsewhere: what is still there, and what is not."""

from __future__ import annotations

from pathlib import Path

from annotator.bundle.checkpoint import recorded_changes
from annotator.bundle.layout import Progress, silent
from annotator.domain.comparing import Comparison
from annotator.services.base import Job
from annotator.store import remembered

_EXAMPLES = 5


class Comparing(Job):
    """The job of noticing that a history was shortened or written anew."""

    def compare(self, path: str | Path, *, progress: Progress | None = None) -> Comparison:
        """Return which changes of a bundle are in the project and which are not. Nothing is written.

        ``verify`` shows damage; that the whole history was made anew shows only against a bundle held elsewhere.
        Raises ``BundleRefusedError`` naming member and reason, ``CancelledError`` if ``progress`` does.
        """
        path = Path(path)
        recorded = recorded_changes(path, progress=progress or silent)
        with self.store.snapshot() as reader:
            missing = remembered.unknown(reader.connection, (change.id for change in recorded.changes))
            aside = remembered.aside(reader.connection)
            count = reader.history.count()
        lost = set(missing)
        known = len(recorded.changes) - len(missing)
        return Comparison(
            name=path.name,
            bundle_id=recorded.bundle_id,
            changes=len(recorded.changes),
            known=known,
            missing=missing,
            examples=tuple(change for change in recorded.changes if change.id in lost)[:_EXAMPLES],
            aside=sum(change.id in aside for change in recorded.changes),
            newer=count - known,
        )
