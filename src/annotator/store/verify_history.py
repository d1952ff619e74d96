"""Checks the history: stored bytes against their digests, revisions against the seals, changes against their chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from annotator.domain.change import FORMAT, Header, content_digest, decode_header, sealed
from annotator.domain.entity import KINDS
from annotator.domain.ids import from_bytes, to_bytes
from annotator.store.inspection import Inspection

BLOB_KINDS = ("text", "structure", "original")

_SORTED_IN_MEMORY = 10_000
_ID_BYTES = 16
_SHOWN = 3
_REVISION = (
    "SELECT r.n, r.entity, r.change, r.parents, r.digest, {body} e.id, e.kind FROM revision r "
    "LEFT JOIN entity e ON e.n = r.entity"
)


class _Stored(NamedTuple):
    n: int
    entity_number: int
    change: int
    parents: str
    digest: bytes
    id: bytes
    kind: str

    def __str__(self) -> str:
        return f"revision {self.n} ({self.called}, change {self.change})"

    @property
    def called(self) -> str:
        return f"{self.kind} {from_bytes(self.id)}"

    def sealed(self, look: Inspection) -> bytes:
        return sealed(self.id, self.kind, b"".join(sorted(_parents(look, self))), self.digest)


def check_blobs(look: Inspection) -> int:
    """Check every stored text, structure and original; return how many there are."""
    number = 0
    for expected, (number, digest, kind, data) in enumerate(look.rows("SELECT * FROM blob ORDER BY n"), 1):
        look.where = where = f"blob {number} ({kind})"
        if number != expected:
            raise look.altered(f"blob {expected}", "it is missing")
        if kind not in BLOB_KINDS:
            raise look.altered(where, "its kind is unknown")
        if not isinstance(data, bytes) or hashlib.sha256(data).digest() != digest:
            raise look.altered(where + _named(look, kind, digest), "its bytes are not those of its digest")
        look.advance()
    return number


def _named(look: Inspection, kind: str, digest: bytes) -> str:
    """Return which source an altered original is of, so that a person knows what no longer stands on it."""
    title = look.value(
        "SELECT s.title FROM version v JOIN source s ON s.n = v.source WHERE v.original = ? ORDER BY v.n LIMIT 1",
        digest,
    )
    return f" of “{title}”" if kind == "original" and title else ""


def check_entities(look: Inspection) -> int:
    """Check that entities are numbered without gaps and are of known kinds; return how many there are."""
    number = 0
    for expected, (number, id_, kind) in enumerate(look.rows("SELECT n, id, kind FROM entity ORDER BY n"), 1):
        look.where = where = f"entity {number}"
        if number != expected:
            raise look.altered(f"entity {expected}", "it is missing")
        if not isinstance(id_, bytes) or len(id_) != _ID_BYTES:
            raise look.altered(where, "its id is not one")
        if kind is not None and kind not in KINDS:
            raise look.altered(where, "its kind is unknown")
    return number


def check_changes(look: Inspection) -> tuple[int, int]:
    """Check every change with its revisions; return how many there are of each."""
    revisions = _revisions(look)
    number, first = 0, 1
    for expected, row in enumerate(look.rows("SELECT * FROM change ORDER BY n"), 1):
        number = row[0]
        look.where = f"change {number}"
        if number != expected:
            raise look.altered(f"change {expected}", "it is missing")
        header = _header(look, row)
        _check_columns(look, row, header, first)
        _check_parents(look, number, header)
        _check_content(look, number, header, first, revisions)
        first += header.revisions
        look.advance()
    left = next(revisions, None)
    if left is not None:
        raise look.altered(left, "no change speaks of it")
    child = look.value("SELECT child FROM change_parent WHERE child NOT IN (SELECT n FROM change)")
    if child is not None:
        raise look.altered(f"the parents of change {child} in the table change_parent", "there is no such change")
    return number, first - 1


def _header(look: Inspection, row: tuple[Any, ...]) -> Header:
    number, digest, data = row[:3]
    if not isinstance(data, bytes) or hashlib.sha256(data).digest() != digest:
        raise look.altered(f"change {number}", "its header is not that of its digest")
    header = decode_header(data)
    if header.format != FORMAT:
        raise look.altered(f"change {number}", f"its format {header.format} is unknown")
    return header


def _check_columns(look: Inspection, row: tuple[Any, ...], header: Header, first: int) -> None:
    undoes = bytes.fromhex(header.undoes) if header.undoes else None
    columns = (
        ("generation", row[3], header.generation),
        ("annotator", row[4], to_bytes(header.annotator)),
        ("at", row[5], header.at),
        ("action", row[6], header.action),
        ("undoes", row[7], undoes),
        ("first_revision", row[8], first),
    )
    for name, found, expected in columns:
        if type(found) is not type(expected) or found != expected:
            raise look.altered(
                f"the row of change {row[0]} in the table change, column {name}", "its header says otherwise"
            )
    if undoes is not None and look.value("SELECT n FROM change WHERE digest = ? AND n < ?", undoes, row[0]) is None:
        raise look.altered(f"change {row[0]}", "the change that it undoes is missing")


def _check_parents(look: Inspection, number: int, header: Header) -> None:
    generation = 0
    numbers = []
    for parent in header.parents:
        found = look.database.execute(
            "SELECT n, generation FROM change WHERE digest = ? AND n < ?", (bytes.fromhex(parent), number)
        ).fetchone()
        if found is None:
            raise look.altered(f"change {number}", "a change that it follows is missing")
        numbers.append(found[0])
        generation = max(generation, found[1])
    if header.generation != generation + 1:
        raise look.altered(f"change {number}", "its generation is not one more than that of its parents")
    stored = look.rows("SELECT parent FROM change_parent WHERE child = ? ORDER BY parent", number)
    if [parent for (parent,) in stored] != sorted(numbers):
        raise look.altered(f"the parents of change {number} in the table change_parent", "its header says otherwise")


def _check_content(look: Inspection, number: int, header: Header, first: int, revisions: Iterator[_Stored]) -> None:
    few = header.revisions <= _SORTED_IN_MEMORY
    seals: list[bytes] = []
    shown: list[_Stored] = []
    for n in range(first, first + header.revisions):
        stored = next(revisions, None)
        if stored is None or stored.n != n:
            raise look.altered(f"revision {n} (change {number})", "it is missing")
        look.where = stored
        if stored.change != number:
            raise look.altered(stored, f"it belongs to change {number}")
        seal = stored.sealed(look)
        if few:
            seals.append(seal)
            shown += [stored] if len(shown) < _SHOWN else []
        look.advance()
    look.where = f"change {number}"
    in_order = sorted(seals) if few else _sorted_seals(look, first, header.revisions)
    if content_digest(in_order) != header.content:
        names = ", ".join(each.called for each in shown) + (" …" if header.revisions > _SHOWN else "")
        raise look.altered(
            f"change {number} ({names})", "the ids, kinds, parents and digests of its revisions are not what it sealed"
        )


def _revisions(look: Inspection) -> Iterator[_Stored]:
    for n, entity, change, parents, digest, body, id_, kind in look.rows(
        f"{_REVISION.format(body='r.body,')} ORDER BY r.n"
    ):
        if id_ is None:
            raise look.altered(f"revision {n} (change {change})", f"its entity {entity} is missing")
        if kind is None:
            raise look.altered(f"entity {entity}", f"revision {n} speaks of it, and it has no kind")
        stored = _Stored(n, entity, change, parents, digest, id_, kind)
        if body is None:
            look.withheld += 1
        elif not isinstance(body, bytes) or hashlib.sha256(body).digest() != digest:
            raise look.altered(stored, "its body is not the one that was recorded")
        yield stored


def _sorted_seals(look: Inspection, first: int, count: int) -> Iterator[bytes]:
    rows = look.rows(f"{_REVISION.format(body='')} WHERE r.n >= ? AND r.n < ? ORDER BY e.id", first, first + count)
    for row in rows:
        yield _Stored(*row).sealed(look)


def _parents(look: Inspection, stored: _Stored) -> list[bytes]:
    """Return the digests of the changes that a revision had seen; they come before it and touched the same entity."""
    if not stored.parents:
        return []
    numbers = [int(number) for number in stored.parents.split(" ")]
    if stored.parents != _joined(numbers):
        raise look.altered(f"{stored}, column parents", "it is not a list of numbers")
    digests = []
    for number in numbers:
        digest = look.value(
            "SELECT c.digest FROM revision r JOIN change c ON c.n = r.change "
            "WHERE r.entity = ? AND r.change = ? AND r.n < ?",
            stored.entity_number,
            number,
            stored.n,
        )
        if digest is None:
            raise look.altered(f"{stored}, column parents", "a revision that it follows is missing")
        digests.append(digest)
    return digests


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(map(str, sorted(set(numbers))))
