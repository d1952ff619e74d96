"""Finds the entities that a limited bundle is about: those written after some changes, or by some people, and who wrote them.

There may be millions, so they are told by their local numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from annotator.domain.batches import batched
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes, to_bytes
from annotator.store.joins import COUNTS_AS

_AT_ONCE = 500
_STANDING = "c.n NOT IN (SELECT change FROM set_aside)"
_KNOWN = (
    "WITH RECURSIVE known(n) AS (SELECT n FROM change WHERE digest IN ({0}) "
    "UNION SELECT p.parent FROM known k JOIN change_parent p ON p.child = k.n) "
)
_TOUCHED = "SELECT DISTINCT r.entity FROM change c JOIN revision r ON r.change = c.n WHERE "


def newest_of(connection: Connection, heads: Collection[ChangeId]) -> tuple[ChangeId, ...]:
    """Return those of ``heads`` that are here and that no other of them builds on, sorted."""
    known, digests = _known(heads)
    rows = connection.exec_driver_sql(
        f"{known} SELECT digest FROM change WHERE n IN (SELECT n FROM known) AND n NOT IN "
        "(SELECT parent FROM change_parent WHERE child IN (SELECT n FROM known)) ORDER BY digest",
        digests,
    )
    return tuple(ChangeId(digest.hex()) for (digest,) in rows)


def touched_after(connection: Connection, heads: Collection[ChangeId]) -> Iterator[int]:
    """Yield the entities that standing changes touched on which none of ``heads`` builds and that are none of them."""
    known, digests = _known(heads)
    rows = connection.exec_driver_sql(f"{known} {_TOUCHED} c.n NOT IN (SELECT n FROM known) AND {_STANDING}", digests)
    return (number for (number,) in rows)


def touched_by(connection: Connection, annotators: Collection[EntityId]) -> Iterator[int]:
    """Yield the entities that standing changes by these people touched."""
    marks = ",".join("?" * len(annotators))
    sql = f"{_TOUCHED} c.annotator IN ({marks}) AND {_STANDING}"
    return (number for (number,) in connection.exec_driver_sql(sql, tuple(map(to_bytes, annotators))))


def writers_of(connection: Connection, entities: Iterable[int]) -> set[EntityId]:
    """Return who wrote to any of these entities."""
    sql = "SELECT DISTINCT c.annotator FROM revision r JOIN change c ON c.n = r.change WHERE r.entity IN ({0})"
    return {from_bytes(id_) for id_ in _all(connection, sql, entities)}


def highest_number(connection: Connection) -> int:
    """Return the highest local number of an entity, 0 where there is none."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM entity").scalar_one())


def numbers_of(connection: Connection, ids: Iterable[EntityId]) -> Iterator[int]:
    """Yield the local numbers of those of ``ids`` that have one."""
    return _all(connection, "SELECT n FROM entity WHERE id IN ({0})", map(to_bytes, ids))


def sorted_ids(connection: Connection, chosen: Callable[[int], int]) -> Iterator[EntityId]:
    """Yield the ids of all entities whose local numbers are ``chosen``, sorted."""
    rows = connection.exec_driver_sql("SELECT n, id FROM entity ORDER BY id")
    return (from_bytes(id_) for number, id_ in rows if chosen(number))


def named_by(connection: Connection, kind: str, claim: int) -> Iterator[int]:
    """Yield the appearances, linkages or conclusions that count for a claim."""
    return (n for (n,) in connection.exec_driver_sql(f"SELECT n FROM {kind} WHERE claim = {COUNTS_AS}", (claim,)))


def versions_with(connection: Connection, text: Digest) -> Iterator[int]:
    """Yield the versions that have this text."""
    sql = "SELECT v.n FROM version v JOIN blob b ON b.n = v.text WHERE b.digest = ?"
    return (number for (number,) in connection.exec_driver_sql(sql, (bytes.fromhex(text),)))


def marks_of(connection: Connection, text: Digest) -> Iterator[int]:
    """Yield the marks of blocks of this text."""
    sql = "SELECT m.n FROM block_mark m JOIN blob b ON b.n = m.text WHERE b.digest = ?"
    return (number for (number,) in connection.exec_driver_sql(sql, (bytes.fromhex(text),)))


def said_of(connection: Connection, entities: Iterable[int]) -> Iterator[int]:
    """Yield the notes, reviews and waivers about any of these entities, and the anchors of passages."""
    about = " UNION ALL ".join(f"SELECT n FROM {kind} WHERE about IN ({{0}})" for kind in ("note", "review", "waiver"))
    return _all(connection, f"{about} UNION ALL SELECT n FROM anchor WHERE passage IN ({{0}})", entities)


def _all(connection: Connection, sql: str, values: Iterable[object]) -> Iterator[Any]:
    """Yield the first column of a query for some values at a time, which stand in each of its lists."""
    for some in batched(values, _AT_ONCE):
        marks = ",".join(f"?{number}" for number in range(1, len(some) + 1))
        yield from (row[0] for row in connection.exec_driver_sql(sql.format(marks), tuple(some)))


def _known(heads: Collection[ChangeId]) -> tuple[str, tuple[bytes, ...]]:
    return _KNOWN.format(",".join("?" * len(heads))), tuple(map(bytes.fromhex, heads))
