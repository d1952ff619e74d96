"""What a merge needs to see of the project that comes in, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from annotator.domain.change import Change, Revision, StoredRevision
from annotator.domain.ids import Digest, EntityId
from annotator.domain.view import Stamp, View


class Incoming(View, Protocol):
    """A project that was read and checked in full, as it stands, with the history that made it."""

    def changes(self) -> Iterator[tuple[Change, bytes, Iterable[StoredRevision]]]:
        """Yield every change with the stored bytes of its header and its revisions sorted by entity.

        Changes come sorted by generation and id, so that what a change builds on comes before it. The revisions are to be read
        before the next change is asked for, or not at all.
        """
        ...

    def histories(self) -> Iterator[tuple[EntityId, list[tuple[Revision, Stamp]]]]:
        """Yield every entity with its revisions, parents first."""
        ...

    def blobs(self) -> Iterator[tuple[str, Digest]]:
        """Yield (kind, digest) of every text, structure and original that came along."""
        ...

    def blob(self, kind: str, digest: Digest) -> bytes:
        """Return stored bytes; raises ``BundleRefusedError`` where they are no longer those of their digest."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...
