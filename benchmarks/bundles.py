"""Bundles of any size without a project: passages of one text, each with its linkage to one claim, made as they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TypeVar

from annotator.bundle.write import write_bundle
from annotator.domain.change import (
    Change,
    Header,
    StoredRevision,
    content_digest,
    encode_body,
    encode_header,
    seal,
)
from annotator.domain.codec import canonical
from annotator.domain.entity import Entity, fields_of
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of
from annotator.domain.kinds import Annotator, Claim, Linkage, Passage, Source, Version
from annotator.domain.passage import fragments_of
from annotator.domain.register import State
from annotator.domain.scales import Codebook
from annotator.domain.structure import Structure
from annotator.domain.text import text_digest
from annotator.domain.view import Stamp
from benchmarks.linking import TEXT

E = TypeVar("E", bound=Entity)

_TEXT_DIGEST = text_digest(TEXT)
_STRUCTURE = canonical(Structure())
_AT = "2026-01-01T00:00:00.000000Z"
_WORDS_A_QUOTE = 120
_FIRST_PAIR = 8


def write_pairs(path: Path, pairs: int, pairs_a_change: int) -> None:
    """Write a bundle of this many passages with their linkages."""
    write_bundle(_Made(pairs, pairs_a_change), path)


class _Made:
    """What ``write_bundle`` needs of a project, with its history."""

    def __init__(self, pairs: int, pairs_a_change: int) -> None:
        self._pairs = pairs
        self._pairs_a_change = pairs_a_change
        self._numbers: dict[ChangeId, int] = {}
        self._first: tuple[Entity, ...] = (
            Annotator(id=_id(0), name="Ada"),
            Claim(id=_id(1), text="The water is safe."),
            Source(id=_id(2), title="Water"),
            Version(id=_id(3), source_id=_id(2), text=_TEXT_DIGEST, structure=digest_of(_STRUCTURE)),
        )

    @property
    def history(self) -> _Made:
        return self

    def count(self) -> int:
        return 1 - (-self._pairs // self._pairs_a_change)

    def changes(self, *, standing: bool) -> Iterator[tuple[Change, bytes]]:
        """Yield the changes, each of which builds on the one before; all of them stand."""
        del standing
        parents: tuple[ChangeId, ...] = ()
        for number in range(self.count()):
            revisions = list(map(_sealed, self._entities(number)))
            header = Header(
                format=1,
                parents=parents,
                generation=number + 1,
                annotator=_id(0),
                at=_AT,
                action="link",
                label="Link to claim",
                undoes=None,
                codebook=Codebook(()).digest,
                revisions=len(revisions),
                content=content_digest(revisions),
            )
            data = encode_header(header)
            change = Change(ChangeId(digest_of(data)), header)
            self._numbers = {change.id: number}
            parents = (change.id,)
            yield change, data

    def revisions_of_change(self, id_: ChangeId, /) -> Iterator[StoredRevision]:
        """Yield the revisions of the change that came last."""
        return map(_stored, self._entities(self._numbers[id_]))

    def all(self, kind: type[E], /) -> Iterator[E]:
        entities = chain.from_iterable(map(self._entities, range(self.count())))
        return (entity for entity in entities if isinstance(entity, kind))

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        return ((entity, Stamp(_id(0), _AT, _AT)) for entity in self.all(kind))

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        number = int(id_[-12:], 16)
        found = self._first[number] if number < len(self._first) else _pair(number // 2)[number % 2]
        return found if isinstance(found, kind) else None

    def of_claim(self, _kind: type[E], _claim: EntityId, /) -> tuple[E, ...]:
        """Return nothing: only the linkages are asked for nowhere."""
        return ()

    def text(self, _: Digest, /) -> str:
        return TEXT

    def structure(self, _: Digest, /) -> Structure:
        return Structure()

    def codebook(self) -> Codebook:
        return Codebook(())

    def disputed(self) -> Mapping[EntityId, tuple[str, ...]]:
        return {}

    def state(self, _: EntityId, /) -> State | None:
        return None

    def blob(self, digest: Digest, /) -> bytes:
        return TEXT.encode() if digest == _TEXT_DIGEST else _STRUCTURE

    def _entities(self, number: int) -> Iterator[Entity]:
        """Yield the entities that a change makes, sorted by id: first what all rests on, then pairs."""
        if number == 0:
            return iter(self._first)
        start = (number - 1) * self._pairs_a_change
        pairs = range(start, min(start + self._pairs_a_change, self._pairs))
        return chain.from_iterable(_pair(_FIRST_PAIR + each) for each in pairs)


def _pair(number: int) -> tuple[Passage, Linkage]:
    start = 100 * (number % 10_000)
    fragments = fragments_of(TEXT, [(start, start + _WORDS_A_QUOTE)])
    passage = Passage(id=_id(2 * number), text=_TEXT_DIGEST, fragments=fragments)
    linkage = Linkage(
        id=_id(2 * number + 1),
        passage_ids=(passage.id,),
        claim_id=_id(1),
        annotator_id=_id(0),
        stance="refutes",
        verdict="refuted",
        confidence="moderate",
        confidence_percent=60,
        rationale="The samples of the office itself say otherwise, and the mayor knew of them in May.",
        reasons=("directness",),
        basis="named_report",
    )
    return passage, linkage


def _id(number: int) -> EntityId:
    return EntityId(f"00000000-0001-7000-8000-{number:012x}")


def _stored(entity: Entity) -> StoredRevision:
    body = encode_body(fields_of(entity), hashlib.sha256(entity.id.encode()).hexdigest()[:32])
    return StoredRevision(entity.id, entity.kind, (), body, hashlib.sha256(body).digest())


def _sealed(entity: Entity) -> bytes:
    revision = _stored(entity)
    return seal(revision.entity, revision.kind, revision.parents, revision.digest)
