"""The project of a bundle as it stands: a ``View`` (annotator.domain.view) of its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from annotator.bundle.blobs import Blobs
from annotator.bundle.laid import History, read_history, read_living, read_sound
from annotator.bundle.spool import Spool, Worth
from annotator.domain.entity import Entity
from annotator.domain.ids import Digest, EntityId, from_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.scales import Codebook, Scale
from annotator.domain.structure import Structure
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)


class SpooledView:
    """A ``View`` of what lies in a spool."""

    def __init__(self, spool: Spool, blobs: Blobs, disputed: Mapping[EntityId, tuple[str, ...]]) -> None:
        self._spool = spool
        self._blobs = blobs
        self._disputed = disputed

    def histories(self) -> Iterator[tuple[EntityId, History]]:
        """Yield every entity with its revisions, parents first, sorted by kind and id."""
        for kind in sorted(KINDS):
            for id_, laid, _ in self._spool.laid(kind):
                yield from_bytes(id_), read_history(kind, laid)

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind, sorted by id."""
        return (found for found, _ in self.stamped(kind))

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind with its stamp, sorted by id."""
        for _, laid, worth in self._spool.laid(kind.kind):
            is_plain = len(worth) == 1 and worth[0] != Worth.DOUBTFUL
            found = read_sound(kind, laid[0]) if is_plain else read_living(kind, laid)
            if found is not None:
                yield found

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity, or None."""
        try:
            found = read_living(kind, self._spool.laid_of(kind.kind, id_))
        except ValueError:
            return None
        return found[0] if found else None

    def of_claim(self, kind: type[E], claim: EntityId, /) -> list[E]:
        """Return the living appearances, linkages or conclusions of one claim, sorted by id."""
        ids = self._spool.of_claim(kind.kind, claim)
        return [found for id_ in ids if (found := self.find(kind, id_)) and getattr(found, "claim_id", None) == claim]

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text; raises ``NotFoundError``."""
        return self._blobs.text(digest)

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure; raises ``NotFoundError``."""
        return self._blobs.structure(digest)

    def codebook(self) -> Codebook:
        """Return the scales in force."""
        return Codebook(tuple(self.all(Scale)))

    def disputed(self) -> Mapping[EntityId, tuple[str, ...]]:
        """Return the living entities with values in conflict, and the names of these fields, sorted."""
        return self._disputed
