"""Holding a project against a bundle of it that was kept elsewhere: what is still there, and what is not."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

from annotator.bundle.layout import Progress, silent
from annotator.bundle.read import ReadBundle, read_bundle
from annotator.domain.comparing import Comparison
from annotator.services.base import Job
from annotator.store import remembered, schema
from annotator.store.connection import connect_to_read
from annotator.store.reader import Reader

_EXAMPLES = 5


class Comparing(Job):
    """The job of noticing that a history was shortened or written anew."""

    def compare(self, path: str | Path, *, progress: Progress | None = None) -> Comparison:
        """Return which changes of a bundle are in the project and which are not. Nothing is written.

        ``verify`` shows damage; that the whole history was made anew shows only against a bundle held elsewhere.
        Raises ``BundleRefusedError`` naming member and reason, ``CancelledError`` if ``progress`` does.
        """
        path = Path(path)
        with read_bundle(path, progress=progress or silent) as bundle, self.store.snapshot() as reader:
            return _compared(reader, bundle)


def compare_file(project: Path, bundle: Path, *, progress: Progress | None = None) -> Comparison:
    """Compare a project, open elsewhere or not, with a bundle, as ``Comparing.compare`` does.

    Raises ``ProjectMissingError``, ``NotAProjectError``, ``NewerProjectError`` besides.
    """
    schema.check(project)
    with read_bundle(bundle, progress=progress or silent) as read, closing(connect_to_read(project)) as connection:
        connection.exec_driver_sql("BEGIN")
        return _compared(Reader(connection), read)


def _compared(reader: Reader, bundle: ReadBundle) -> Comparison:
    missing = remembered.unknown(reader.connection, (change.id for change, _, _ in bundle.changes()))
    aside = remembered.aside(reader.connection)
    lost = set(missing)
    known = bundle.report.changes - len(missing)
    return Comparison(
        name=bundle.path.name,
        bundle_id=bundle.report.bundle_id,
        changes=bundle.report.changes,
        known=known,
        missing=missing,
        examples=tuple(islice((change for change, _, _ in bundle.changes() if change.id in lost), _EXAMPLES)),
        aside=sum(change.id in aside for change, _, _ in bundle.changes()),
        newer=reader.history.count() - known,
    )
