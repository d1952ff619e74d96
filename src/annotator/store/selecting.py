"""Finds the entities that a limited bundle is about: those written after some changes, or by some people, and who wrote them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection

from annotator.domain.batches import batched
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes, to_bytes
from annotator.store.reader import Reader

_AT_ONCE = 500
_STANDING = "c.n NOT IN (SELECT change FROM set_aside)"
_KNOWN = (
    "WITH RECURSIVE known(n) AS (SELECT n FROM change WHERE digest IN ({0}) "
    "UNION SELECT p.parent FROM known k JOIN change_parent p ON p.child = k.n) "
)
_TOUCHED = "SELECT DISTINCT e.id FROM change c JOIN revision r ON r.change = c.n JOIN entity e ON e.n = r.entity WHERE "


def newest_of(connection: Connection, heads: Collection[ChangeId]) -> tuple[ChangeId, ...]:
    """Return those of ``heads`` that are here and that no other of them builds on, sorted."""
    known, digests = _known(heads)
    rows = connection.exec_driver_sql(
        f"{known} SELECT digest FROM change WHERE n IN (SELECT n FROM known) AND n NOT IN "
        "(SELECT parent FROM change_parent WHERE child IN (SELECT n FROM known)) ORDER BY digest",
        digests,
    )
    return tuple(ChangeId(digest.hex()) for (digest,) in rows)


def touched_after(connection: Connection, heads: Collection[ChangeId]) -> Iterator[EntityId]:
    """Yield the entities that standing changes touched on which none of ``heads`` builds and that are none of them."""
    known, digests = _known(heads)
    rows = connection.exec_driver_sql(f"{known} {_TOUCHED} c.n NOT IN (SELECT n FROM known) AND {_STANDING}", digests)
    return (from_bytes(id_) for (id_,) in rows)


def touched_by(connection: Connection, annotators: Collection[EntityId]) -> Iterator[EntityId]:
    """Yield the entities that standing changes by these people touched."""
    marks = ",".join("?" * len(annotators))
    sql = f"{_TOUCHED} c.annotator IN ({marks}) AND {_STANDING}"
    return (from_bytes(id_) for (id_,) in connection.exec_driver_sql(sql, tuple(map(to_bytes, annotators))))


def writers_of(connection: Connection, entities: Iterable[EntityId]) -> set[EntityId]:
    """Return who wrote to any of these entities."""
    found: set[EntityId] = set()
    for some in batched(entities, _AT_ONCE):
        marks = ",".join("?" * len(some))
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT c.annotator FROM entity e JOIN revision r ON r.entity = e.n JOIN change c ON c.n = r.change "
            f"WHERE e.id IN ({marks})",
            tuple(map(to_bytes, some)),
        )
        found.update(from_bytes(id_) for (id_,) in rows)
    return found


def versions_with(reader: Reader, text: Digest) -> tuple[EntityId, ...]:
    """Return the versions that have this text."""
    sql = "SELECT v.n FROM version v JOIN blob b ON b.n = v.text WHERE b.digest = ?"
    return reader.ids_where(sql, bytes.fromhex(text))


def marks_of(reader: Reader, text: Digest) -> tuple[EntityId, ...]:
    """Return the marks of blocks of this text."""
    sql = "SELECT m.n FROM block_mark m JOIN blob b ON b.n = m.text WHERE b.digest = ?"
    return reader.ids_where(sql, bytes.fromhex(text))


def said_of(reader: Reader, entity: EntityId) -> tuple[EntityId, ...]:
    """Return the notes, reviews and waivers about an entity, and the anchors of a passage."""
    number = reader.number(entity)
    sql = (
        "SELECT n FROM note WHERE about = ? UNION ALL SELECT n FROM review WHERE about = ? "
        "UNION ALL SELECT n FROM waiver WHERE about = ? UNION ALL SELECT n FROM anchor WHERE passage = ?"
    )
    return reader.ids_where(sql, number, number, number, number)


def _known(heads: Collection[ChangeId]) -> tuple[str, tuple[bytes, ...]]:
    return _KNOWN.format(",".join("?" * len(heads))), tuple(map(bytes.fromhex, heads))
