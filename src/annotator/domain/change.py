"""The one idea: everything that alters a project is one Change, a set of revisions that each set some fields of one entity.

A change is known by the SHA-256 of its *header*. The header names its parents (what it builds on), and seals its revisions
with ``content``, the SHA-256 of the sorted *seals* of the revisions. So headers form a chain that can be checked
without the bodies, a body can be withheld without breaking it, and nothing is encoded again to verify: every digest is over
bytes as they are stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.codec import Json, canonical, from_plain, parse
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of, to_bytes

FORMAT = 1
"""The version of the header's and the bodies' form."""

DELETED = "deleted"
"""The field that every entity has besides its own: whether it is deleted."""


@dataclass(frozen=True, slots=True)
class Write:
    """What an action asks for: set these fields of this entity; null means “not set”.

    ``reopened`` are fields that several values are to stand for again: how a settlement is undone.
    """

    entity: EntityId
    kind: str
    fields: Mapping[str, Json]
    reopened: Mapping[str, Sequence[Json]] = field(default_factory=dict)

    def followed_by(self, later: Write) -> Write:
        """Return the two writes of one entity as one: what the later one touches is as it says."""
        fields = {name: value for name, value in self.fields.items() if name not in later.reopened}
        reopened = {name: values for name, values in self.reopened.items() if name not in later.fields}
        return Write(self.entity, self.kind, {**fields, **later.fields}, {**reopened, **later.reopened})


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes stored once by their digest: ``kind`` is text, structure or original."""

    kind: str
    data: bytes

    @property
    def digest(self) -> Digest:
        """SHA-256 of the bytes."""
        return digest_of(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A change that is yet to be committed. ``action`` is a code, ``label`` says it in words (“Link to claim”)."""

    action: str
    label: str
    annotator: EntityId
    writes: tuple[Write, ...]
    blobs: tuple[Blob, ...] = ()
    undoes: ChangeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is sealed of a change.

    ``at`` is UTC in ISO 8601 and orders nothing; ``generation`` is one more than the largest of its parents', so that sorting by
    (generation, id) gives every replica the same order; ``codebook`` is the digest of the scales in force; ``revisions`` counts
    them and ``content`` seals them.
    """

    format: int
    parents: tuple[ChangeId, ...]
    generation: int
    annotator: EntityId
    at: str
    action: str
    label: str
    undoes: ChangeId | None
    codebook: Digest
    revisions: int
    content: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The newest changes and how many there are: what a bundle states, so that a shortened history is noticed."""

    heads: tuple[ChangeId, ...]
    changes: int


@dataclass(frozen=True, slots=True)
class Body:
    """What a revision sets: ``fields`` to one value each, ``reopened`` to several that stand beside each other."""

    fields: Mapping[str, Json]
    reopened: Mapping[str, Sequence[Json]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One committed change, as history tells it."""

    id: ChangeId
    header: Header


@dataclass(frozen=True, slots=True)
class Revision:
    """One recorded state of one entity: the fields that ``change`` set, having seen ``parents``.

    ``parents`` are the changes with the entity's newest revisions that the author had seen; ``fields`` is None where the body
    was withheld.
    """

    entity: EntityId
    kind: str
    change: ChangeId
    parents: tuple[ChangeId, ...]
    fields: Mapping[str, Json] | None
    reopened: Mapping[str, Sequence[Json]] = field(default_factory=dict)

    def writes(self) -> Iterator[tuple[str, Sequence[Json]]]:
        """Yield each field that was set, with the value that it was set to (several where it was opened again)."""
        for name, value in (self.fields or {}).items():
            yield name, (value,)
        yield from self.reopened.items()


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """A revision as stored: ``body`` is None where it was withheld, ``digest`` that of the body (32 bytes)."""

    entity: EntityId
    kind: str
    parents: tuple[ChangeId, ...]
    body: bytes | None
    digest: bytes


def encode_header(header: Header) -> bytes:
    """Return the canonical bytes of a header, over which its change's id is made."""
    return canonical(header)


def decode_header(data: bytes) -> Header:
    """Return the header that canonical bytes stand for; raises ``ValueError`` when they do not fit."""
    return from_plain(parse(data), Header)


def encode_body(fields: Mapping[str, Json], nonce: str, reopened: Mapping[str, Sequence[Json]] | None = None) -> bytes:
    """Return the canonical bytes of a revision's body; the nonce keeps a withheld one from being guessed."""
    if reopened:
        return canonical({"fields": fields, "nonce": nonce, "reopened": {name: [*v] for name, v in reopened.items()}})
    return canonical({"fields": fields, "nonce": nonce})


def decode_body(data: bytes) -> Body:
    """Return what the bytes of a body set; raises ``ValueError`` when they are not one."""
    return body_of(parse(data))


def body_of(body: Json) -> Body:
    """Return what a body that was parsed sets; raises ``ValueError`` when it is not one."""
    if not isinstance(body, dict) or not isinstance(body.get("fields"), dict):
        raise ValueError("not a revision body")  # noqa: TRY004 bytes that do not fit, not an argument of the wrong type
    if "reopened" not in body:
        return Body(body["fields"])
    reopened = body["reopened"]
    if not isinstance(reopened, dict) or not all(isinstance(v, list) and len(v) > 1 for v in reopened.values()):
        raise ValueError("not the body of a revision that opens fields again")
    if reopened.keys() & body["fields"].keys():
        raise ValueError("a field is both set and opened again")
    return Body(body["fields"], reopened)


def revision(
    entity: EntityId, kind: str, change: ChangeId, parents: tuple[ChangeId, ...], body: bytes | None
) -> Revision:
    """Return the revision whose stored body these bytes are, None where it was withheld."""
    if body is None:
        return Revision(entity, kind, change, parents, None)
    decoded = decode_body(body)
    return Revision(entity, kind, change, parents, decoded.fields, decoded.reopened)


def seal(entity: EntityId, kind: str, parents: Iterable[ChangeId], body: bytes) -> bytes:
    """Return the seal of a revision: entity id (16 bytes), kind, sorted parents (32 bytes each), digest of its body.

    ``body`` is the 32-byte digest. Seals sort by entity id.
    """
    return sealed(to_bytes(entity), kind, bytes.fromhex("".join(sorted(parents))), body)


def sealed(entity: bytes, kind: str, parents: bytes, body: bytes) -> bytes:
    """Return the seal of a revision whose names are at hand as bytes; ``parents`` are sorted."""
    return b"".join((entity, kind.encode(), b"\0", len(parents).to_bytes(4, "big"), parents, body))


class Content:
    """The digest over the sorted seals of a change, each preceded by its length in four bytes, taken one by one."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, sealed: bytes) -> None:
        """Take the next seal."""
        self._digest.update(len(sealed).to_bytes(4, "big") + sealed)

    def digest(self) -> Digest:
        """Return the digest over what was taken so far."""
        return Digest(self._digest.hexdigest())


def content_digest(seals: Iterable[bytes]) -> Digest:
    """Return the digest over sorted seals."""
    content = Content()
    for each in seals:
        content.add(each)
    return content.digest()
