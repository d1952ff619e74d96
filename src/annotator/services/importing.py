"""Taking sources in: a file, or a name and its bytes. The bytes are kept as they came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from annotator.domain.ids import Digest, EntityId, digest_of
from annotator.domain.people import Annotator
from annotator.domain.source import Version
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
from annotator.services.anchoring import Anchoring, stop_when
from annotator.services.base import Job, Outcome, created, existing
from annotator.services.identity import new_id
from annotator.services.importing_given import Given, Original, read_given
from annotator.services.importing_preview import Arriving
from annotator.services.importing_written import (
    Read,
    facts_of_text,
    known_source,
    newest_version,
    read_as,
    source_taken_in,
    suggested,
)
from annotator.store import queries
from annotator.store.reader import Reader
from annotator.store.store import Store

Progress = Callable[[int, int], None]
"""Gets how many pages are done, and how many there are."""

Cancelled = Callable[[], bool]
"""Tells whether the person has had enough."""


class Importing(Job):
    """The job of taking sources in. Each is read in a process of its own, which can be stopped."""

    def __init__(self, store: Store, person: Annotator | None) -> None:
        super().__init__(store, person)
        self._worker: ImportWorker | None = None
        self._arriving = Arriving()

    def import_source(
        self,
        given: Given,
        *,
        url: str = "",
        encoding: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Version:
        """Import a file, or a name and its bytes, and return the version made of it.

        The same bytes again give the version that is there. An address that is known gives a new version of its source.
        ``encoding`` overrides what the bytes say of themselves; ``progress`` gets (pages done, pages).
        Raises ``ImportFailedError`` with what to do, ``CancelledError``.
        """
        return self._take(self._look(given, encoding=encoding, progress=progress, cancelled=cancelled), url, cancelled)

    def read_again(self, version: EntityId, *, encoding: str) -> Version:
        """Read the original of a version again in another encoding, as a new version of its source.

        Raises ``ImportFailedError`` when the bytes are not in that encoding, ``NotFoundError``.
        """
        reader = self.store.read()
        old = existing(reader, Version, version)
        data = reader.blob(old.original) if old.original else reader.blob(old.text)
        read = self._parsed(Original(old.name, data), encoding=encoding, part=old.part)
        found = self._looked_for(old.source_id, read, old.original)

        def plan(reader: Reader) -> Outcome[Version]:
            newest = newest_version(reader, old.source_id)
            new = replace(
                old,
                id=new_id(),
                sequence=newest.sequence + 1,
                supersedes=old.id,
                change_note=f"read as {read.imported.encoding}",
                suggested=suggested(read) if old.original else (),
                **facts_of_text(read),
            )
            return found.added(reader, Outcome(new, (created(new),), (read.text, read.structure)))

        return self.do("reread", plan)

    def _look(
        self,
        given: Given,
        *,
        encoding: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Read | Version:
        """Return what is given, read; the version that is there where its bytes are known. Nothing is written.

        A file with several pages is read again: whether all of them are here shows only then.
        """
        original = read_given(given)
        ids = queries.versions_with_original(self.store.read(), digest_of(original.data))
        known = existing(self.store.read(), Version, ids[0]) if ids else None
        if known is not None and not known.part and not encoding:
            return known
        options = ReadOptions(name=original.name, encoding=encoding)
        with self._arriving.watched(original.name) as arrived:
            first, *others = self._reading().read_every(
                original.data, options, progress=progress, arrived=arrived, cancelled=cancelled
            )
        if missing := max(len(first.parts), 1) - 1 - len(others):
            first = replace(first, warnings=(*first.warnings, f"pages-not-read:{missing}"))
        return replace(read_as(original, first), others=tuple(read_as(original, other) for other in others))

    def _take(self, read: Read | Version, url: str = "", cancelled: Cancelled | None = None) -> Version:
        """Write what was read, and return the version made of it, or the one that is there.

        The passages of a source that is known are looked for in its new version.
        """
        if isinstance(read, Version):
            return read
        version = self._write(read, url, cancelled)
        for other in read.others:
            self._write(other, "", cancelled)
        return version

    def _write(self, read: Read, url: str, cancelled: Cancelled | None) -> Version:
        twin = known_source(self.store.read(), read, url)
        found = self._looked_for(twin.id, read, digest_of(read.original.data), cancelled) if twin else None

        def plan(reader: Reader) -> Outcome[Version]:
            outcome = source_taken_in(reader, read, url)
            return found.added(reader, outcome) if found and outcome.writes else outcome

        return self.do("import", plan)

    def _parsed(
        self,
        original: Original,
        *,
        encoding: str = "",
        part: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Read:
        """Return what the bytes of a source hold; they are read in a process of their own. Nothing is written.

        Safe from several threads at once: each has a process of its own. Raises ``ImportFailedError``, ``CancelledError``.
        """
        options = ReadOptions(name=original.name, encoding=encoding, part=part)
        with self._arriving.watched(original.name) as arrived:
            imported = self._reading().read(
                original.data, options, progress=progress, arrived=arrived, cancelled=cancelled
            )
        return read_as(original, imported)

    def _looked_for(
        self, source: EntityId, read: Read, original: Digest | None, cancelled: Cancelled | None = None
    ) -> Anchoring:
        """Look for the passages of a source in the text that was read for its next version; nothing is written."""
        found = Anchoring(source, read.imported.text, original, stop_when(cancelled))
        found.prepare(self.store.read())
        return found

    def pages_arrived(self, name: str, start: int) -> list[str]:
        """Return the words of the pages of a source still being read, from ``start`` (from 0) up to the first missing one.

        They are to look at: nothing of the source is in the project yet.
        """
        return self._arriving.pages(name, start)

    def _reading(self) -> ImportWorker:
        """Return what reads documents, made when it is first wanted."""
        if self._worker is None:
            self._worker = ImportWorker()
        return self._worker

    def close_worker(self) -> None:
        """End the processes that read documents."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
