"""The evidence of a capture: its original opened, exported, checked, and all that is known of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

from annotator.bundle.atomic import replacing
from annotator.domain.errors import AlteredError, ImportFailedError, NotFoundError
from annotator.domain.evidence import Evidence, OriginalFound, engines_of
from annotator.domain.ids import Digest, EntityId
from annotator.domain.people import Annotator
from annotator.domain.source import Source, Version
from annotator.domain.text import canonical_text
from annotator.importers.registry import importers
from annotator.services.base import Job, existing
from annotator.store.store import Store

_NAME_LENGTH = 80


class Keeping(Job):
    """The job of the person who has to show what was captured, when, and that it is still the same."""

    def __init__(self, store: Store, person: Annotator | None) -> None:
        super().__init__(store, person)
        self._copies: Path | None = None

    def evidence(self, version: EntityId) -> Evidence:
        """Return all that is kept of a capture: bytes, address, times, how each is known, and what read it."""
        reader = self.store.read()
        found = existing(reader, Version, version)
        maker = reader.maker(found.id)
        person = reader.find(Annotator, maker) if maker else None
        altered = found.original is not None and self.check_original(found.id).altered
        return Evidence(
            version=found,
            importer=person.name if person else "",
            engines=engines_of(reader.structure(found.structure)),
            altered=altered,
        )

    def original(self, version: EntityId) -> bytes:
        """Return the bytes that a version was made of.

        Raises ``NotFoundError`` for typed text, ``AlteredError`` where other bytes are stored than were taken in.
        """
        digest = self._digest(version)
        data = self.store.read().blob(digest)
        self._refuse_altered(version)
        return data

    def save_original(self, version: EntityId, path: str | Path) -> Path:
        """Write the bytes that a version was made of to a file, unchanged, and return where.

        Raises ``ExportFailedError`` besides what ``original`` raises; what stood there before then stays.
        """
        data, path = self.original(version), Path(path)
        with replacing(path) as file:
            file.write(data)
        return path

    def copy_original(self, version: EntityId) -> Path:
        """Return a read-only copy of an original in a folder of this person's own, for another program to show.

        Its name ends in what its content was found to be, so that nothing that calls itself a page is run as a program. The
        copy is gone when the project is closed. Raises ``ImportFailedError`` where no program could show it.
        """
        found = existing(self.store.read(), Version, version)
        data = self.original(version)
        ending = _ending(found)
        if not ending:
            raise ImportFailedError(
                name=found.name,
                reason="it is of a kind that is not opened from here",
                advice="Save the original and open it yourself, if you trust it.",
            )
        if self._copies is None:
            self._copies = Path(tempfile.mkdtemp(prefix="annotator-original-"))
        folder = Path(tempfile.mkdtemp(dir=self._copies))
        path = folder / f"{harmless_name(PurePath(found.name).stem) or 'original'}{ending}"
        path.write_bytes(data)
        path.chmod(0o400)
        return path

    def drop_copies(self) -> None:
        """Remove the copies of originals that were made to be shown."""
        if self._copies is not None:
            shutil.rmtree(self._copies, ignore_errors=True)
            self._copies = None

    def check_original(self, version: EntityId) -> OriginalFound:
        """Digest the stored original of a version anew; return that beside what was recorded.

        Raises ``NotFoundError`` for typed text.
        """
        digest = self._digest(version)
        reader = self.store.read()
        return OriginalFound(recorded=digest, found=self.store.fixity.found(reader.connection, digest))

    def check_originals(self, *, cancelled: Callable[[], bool] = lambda: False) -> tuple[EntityId, ...]:
        """Digest all stored originals, each once while the project is open; return the versions with altered ones, sorted."""
        with self.store.snapshot() as reader:
            altered = self.store.fixity.altered(reader.connection, cancelled)
            return tuple(v.id for v in reader.all(Version) if v.original in altered) if altered else ()

    def _digest(self, version: EntityId) -> Digest:
        digest = existing(self.store.read(), Version, version).original
        if digest is None:
            raise NotFoundError(kind="original of", id=version)
        return digest

    def _refuse_altered(self, version: EntityId) -> None:
        found = self.check_original(version)
        if found.altered:
            reader = self.store.read()
            source = reader.find(Source, existing(reader, Version, version).source_id)
            raise AlteredError(
                path=self.store.path,
                where=f"the original of “{source.title if source else version}”",
                problem="its bytes are not those of its digest",
            )


def _ending(version: Version) -> str:
    """Return the ending of files of the kind that a version was found to be, empty where no importer of ours knows it."""
    own = PurePath(version.name).suffix.lower()
    for importer in importers():
        if version.media_type in importer.media_types and importer.suffixes:
            return own if own in importer.suffixes else importer.suffixes[0]
    return ""


def harmless_name(name: str) -> str:
    """Return a name that any file system takes, in no folder, not hidden, without signs that no one sees; empty for none."""
    kept = (c for c in canonical_text(name) if c.isprintable() and c not in '/\\:*?"<>|')
    path = PurePath("".join(kept).strip(". "))
    return f"{path.stem[:_NAME_LENGTH]}{path.suffix[:_NAME_LENGTH]}"
