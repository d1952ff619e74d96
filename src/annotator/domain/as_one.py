"""A project as it counts: claims that a person has said to be one are one, with all that rests on any of them.

Nothing of it is stored. What is checked and published is seen so; a bundle carries what each person wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.joined import stands_for
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.scales import Codebook
from annotator.domain.structure import Structure
from annotator.domain.view import AuditView, Deleted, Stamp

E = TypeVar("E", bound=Entity)
V = TypeVar("V", bound=AuditView)


def claims_as_one(claims: Iterable[Claim]) -> tuple[dict[EntityId, Claim], dict[EntityId, EntityId]]:
    """Return the claims that stand for themselves, and for each that was joined the one that stands for it.

    Who is said to claim any of them claims the one that stands for them, and parts of any of them are its parts.
    """
    known = {claim.id: claim for claim in claims}
    ends = {id_: stands_for(known, id_) for id_ in known}
    stands = {id_: end for id_, end in ends.items() if id_ != end}
    claimants: dict[EntityId, dict[EntityId, None]] = defaultdict(dict)
    for id_ in stands:
        claimants[ends[id_]].update(dict.fromkeys(known[id_].claimants))
    counted: dict[EntityId, Claim] = {}
    for id_, claim in known.items():
        if id_ not in stands:
            parent = ends.get(claim.parent, claim.parent) if claim.parent else None
            people = tuple(dict.fromkeys((*claim.claimants, *claimants[id_]))) if id_ in claimants else claim.claimants
            is_same = (parent, people) == (claim.parent, claim.claimants)
            own = None if parent == id_ else parent
            counted[id_] = claim if is_same else replace(claim, parent=own, claimants=people)
    return counted, stands


class AsOne(Generic[V]):
    """A view of another one in which claims that were joined are one."""

    def __init__(self, view: V) -> None:
        self._view = view
        self._claims, self._stands = claims_as_one(view.all(Claim))
        self._joined: dict[EntityId, list[EntityId]] = defaultdict(list)
        for id_, standing in sorted(self._stands.items()):
            self._joined[standing].append(id_)

    def also(self, claim: EntityId, /) -> tuple[Claim, ...]:
        """Return the claims that were joined to one, oldest first."""
        found = (self._view.find(Claim, id_) for id_ in self._joined.get(claim, ()))
        return tuple(each for each in found if each)

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind that counts, sorted by id."""
        return self._counted(self._view.all(kind))

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind that counts with its stamp, sorted by id."""
        return ((counted, stamp) for each, stamp in self._view.stamped(kind) for counted in self._counted([each]))

    def with_heads(self, kind: type[E], /) -> Iterator[tuple[E, tuple[ChangeId, ...]]]:
        """Yield every living entity of a kind that counts with the changes that have its newest revisions, sorted by id."""
        return ((counted, heads) for each, heads in self._view.with_heads(kind) for counted in self._counted([each]))

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity, of a claim that was joined the one that stands for it, or None."""
        found = self._view.find(kind, self._stands.get(id_, id_))
        return next(self._counted([found]), None) if found else None

    def of_claim(self, kind: type[E], claim: EntityId, /) -> list[E]:
        """Return what counts for a claim of a kind, sorted by id."""
        standing = self._stands.get(claim, claim)
        ids = (standing, *self._joined.get(standing, ()))
        found = [each for id_ in ids for each in self._counted(self._view.of_claim(kind, id_))]
        return found if len(ids) == 1 else sorted(found, key=lambda each: each.id)

    def _counted(self, entities: Iterable[E]) -> Iterator[E]:
        """Yield entities as they count; claims that were joined are none."""
        for each in entities:
            if isinstance(each, Claim):
                if each.id not in self._stands:
                    yield self._claims.get(each.id, each)  # type: ignore[misc]
            elif self._stands and isinstance(each, (Appearance, Linkage, Conclusion)) and each.claim_id in self._stands:
                yield replace(each, claim_id=self._stands[each.claim_id])
            else:
                yield each

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text; raises ``NotFoundError``."""
        return self._view.text(digest)

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure; raises ``NotFoundError``."""
        return self._view.structure(digest)

    def codebook(self) -> Codebook:
        """Return the scales of the project."""
        return self._view.codebook()

    def codebook_in_force(self) -> Codebook:
        """Return the scales of the project, of several with one name the one first that is in force here."""
        return self._view.codebook_in_force()

    def disputed(self) -> Mapping[EntityId, tuple[str, ...]]:
        """Return the living entities with values in conflict, and the names of these fields, sorted."""
        return self._view.disputed()

    def deleted(self, ids: Iterable[EntityId]) -> Iterator[Deleted]:
        """Yield those of ``ids`` that were deleted, in their order."""
        return self._view.deleted(ids)

    def all_deleted(self, kind: type[Entity], /) -> Iterator[Deleted]:
        """Yield every deleted entity of a kind, sorted by id."""
        return self._view.all_deleted(kind)

    def altered_originals(self) -> frozenset[Digest]:
        """Return the recorded digests of the originals whose stored bytes are others."""
        return self._view.altered_originals()

    def maker(self, id_: EntityId, /) -> EntityId | None:
        """Return who made an entity, or None where nothing was ever written to it."""
        return self._view.maker(id_)

    def change_parents(self) -> Iterator[tuple[ChangeId, tuple[ChangeId, ...]]]:
        """Yield every change with what it builds on, each before those that it builds on."""
        return self._view.change_parents()
