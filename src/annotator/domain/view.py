"""What derivations and exports need to see of a project, wherever it is kept: in a file, or in a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from annotator.domain.entity import Entity
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.scales import Codebook
from annotator.domain.structure import Structure

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made an entity, when, and when it was last changed (UTC, ISO 8601; as their clocks said)."""

    annotator: EntityId
    created: str
    modified: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entity that was deleted: as it was before (None where its fields were withheld), and who deleted it."""

    id: EntityId
    kind: str
    entity: Entity | None
    annotator: EntityId


class View(Protocol):
    """A project as it stands: living entities, the words they stand on, and the scales in force."""

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind, sorted by id."""
        ...

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind with its stamp, sorted by id."""
        ...

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity, or None."""
        ...

    def of_claim(self, kind: type[E], claim: EntityId, /) -> Iterable[E]:
        """Return the living appearances, linkages or conclusions of one claim, sorted by id."""
        ...

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text; raises ``NotFoundError``."""
        ...

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure; raises ``NotFoundError``."""
        ...

    def codebook(self) -> Codebook:
        """Return the scales in force."""
        ...

    def disputed(self) -> Mapping[EntityId, tuple[str, ...]]:
        """Return the living entities with values in conflict, and the names of these fields, sorted.

        The field ``deleted`` stands for a deletion beside an edit; fields that are settled along with another one are left out.
        """
        ...


class AuditView(View, Protocol):
    """A view that also tells which scales are in force here, what was written after what, and what was deleted."""

    def codebook_in_force(self) -> Codebook:
        """Return the scales of the project, of several with one name the one first that is in force here."""
        ...

    def with_heads(self, kind: type[E], /) -> Iterator[tuple[E, tuple[ChangeId, ...]]]:
        """Yield every living entity of a kind with the changes that have its newest revisions, sorted by id."""
        ...

    def deleted(self, ids: Iterable[EntityId], /) -> Iterator[Deleted]:
        """Yield those of ``ids`` that were deleted, in their order."""
        ...

    def all_deleted(self, kind: type[Entity], /) -> Iterator[Deleted]:
        """Yield every deleted entity of a kind, sorted by id."""
        ...

    def altered_originals(self) -> frozenset[Digest]:
        """Return the recorded digests of the originals whose stored bytes are others."""
        ...

    def maker(self, id_: EntityId, /) -> EntityId | None:
        """Return who made an entity, or None where nothing was ever written to it."""
        ...

    def change_parents(self) -> Iterator[tuple[ChangeId, tuple[ChangeId, ...]]]:
        """Yield every change with what it builds on, each before those that it builds on."""
        ...
