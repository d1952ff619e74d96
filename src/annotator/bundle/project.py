"""The project of a bundle as it stands: a ``View`` (annotator.domain.view) of its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from annotator.bundle.blobs import Blobs
from annotator.bundle.laid import History, read_history, read_living, read_sound
from annotator.bundle.spool import Spool, Worth
from annotator.domain.entity import Entity
from annotator.domain.ids import Digest, EntityId, from_bytes, to_bytes
from annotator.domain.kinds import KINDS
from annotator.domain.records import Records, Sorter, Stretch
from annotator.domain.scales import Codebook, Scale
from annotator.domain.structure import Structure
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)

_ID_BYTES = 16


class ByClaim:
    """Finds the appearances, linkages and conclusions that may belong to a claim: at some time they did."""

    def __init__(self) -> None:
        self._sorters: dict[str, Sorter] = {}
        self._pairs: dict[str, Records] = {}

    def add(self, kind: str, claim: bytes, entity: bytes) -> None:
        """Take one; both are ids (16 bytes)."""
        sorter = self._sorters.get(kind)
        if sorter is None:
            sorter = self._sorters[kind] = Sorter(2 * _ID_BYTES)
        sorter.add(claim + entity)

    def finish(self, spool: Spool) -> None:
        """Sort what was taken and lay it down."""
        self._pairs = {kind: spool.lay(sorter.finish()) for kind, sorter in self._sorters.items()}
        self._sorters = {}

    def laid_down(self) -> dict[str, Stretch]:
        """Return where all lies by kind, for who reads it."""
        return {kind: pairs.stretch for kind, pairs in self._pairs.items()}

    @classmethod
    def lying_in(cls, spool: Spool, laid: Mapping[str, Stretch]) -> ByClaim:
        """Return what another process has laid down; raises ``ValueError`` where it does not lie there."""
        found = cls()
        found._pairs = {kind: spool.lying(stretch) for kind, stretch in laid.items()}
        return found

    def of(self, kind: str, claim: EntityId) -> Iterator[EntityId]:
        """Yield the ids of a kind, sorted."""
        pairs = self._pairs[kind].starting_with(to_bytes(claim)) if kind in self._pairs else iter(())
        return (from_bytes(pair[_ID_BYTES:]) for pair, _ in groupby(pairs))


@dataclass(frozen=True, slots=True)
class Indexes:
    """What is noted of a bundle's entities when they are checked."""

    by_claim: ByClaim = field(default_factory=ByClaim)
    disputed: dict[EntityId, tuple[str, ...]] = field(default_factory=dict)


class SpooledView:
    """A ``View`` of what lies in a spool."""

    def __init__(self, spool: Spool, blobs: Blobs, indexes: Indexes) -> None:
        self._spool = spool
        self._blobs = blobs
        self._indexes = indexes

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
        ids = self._indexes.by_claim.of(kind.kind, claim)
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
        return self._indexes.disputed
