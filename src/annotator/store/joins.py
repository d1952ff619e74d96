"""Which claims stand for others that were joined to them, as the current table of claims tells."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection

from annotator.domain.ids import EntityId, from_bytes
from annotator.domain.joined import last_of
from annotator.store.ranges import Ranges

JOINED = (
    "SELECT e.id, c.n, ie.id, i.n FROM claim c JOIN entity e ON e.n = c.n JOIN claim i ON i.n = c.merged_into "
    "JOIN entity ie ON ie.n = i.n WHERE c.merged_into IS NOT NULL"
)
"""Every claim that was joined to one that lives: both by id and local number."""

COUNTED = "({0}.stands IS NULL OR {0}.stands = {0}.n)"
"""Whether a claim stands for itself."""

COUNTS_AS = "coalesce((SELECT stands FROM claim WHERE n = ?1), ?1)"
"""The local number of the claim that stands for the one with the number given."""


class Join(NamedTuple):
    """A claim that was joined to another, or to which one was: its local number and that of the claim that stands for it."""

    number: int
    stands: int
    is_joined: bool


Joins = dict[EntityId, Join]
"""All that live of those claims, by their ids."""


def joins_of(rows: Any) -> Joins:
    """Return which claim stands for each, given the rows of ``JOINED``."""
    into: dict[EntityId, EntityId] = {}
    numbers: dict[EntityId, int] = {}
    for own, number, other, number_of_other in rows:
        id_, further = from_bytes(own), from_bytes(other)
        into[id_] = further
        numbers |= {id_: number, further: number_of_other}
    return {id_: Join(number, numbers[last_of(id_, into.get)], id_ in into) for id_, number in numbers.items()}


def moved(before: Joins, after: Joins) -> tuple[set[int], set[int]]:
    """Return the claims that are joined otherwise than before, and those that rows of what rests on them named before."""
    claims: set[int] = set()
    named: set[int] = set()
    for id_ in before.keys() | after.keys():
        mine, now = before.get(id_), after.get(id_)
        own = (now or mine or Join(0, 0, is_joined=False)).number
        if mine != now and any(each and each.is_joined for each in (mine, now)):
            claims.add(own)
        if (mine.stands if mine else own) != (now.stands if now else own):
            named.add(mine.stands if mine else own)
    return claims, named


def claims_touched(connection: Connection, changes: Ranges) -> frozenset[EntityId]:
    """Return the living claims that changes with these local numbers touched."""
    found: set[EntityId] = set()
    for first, last in changes.runs:
        rows = connection.exec_driver_sql(
            "SELECT e.id FROM claim c JOIN entity e ON e.n = c.n WHERE EXISTS "
            "(SELECT 1 FROM revision r WHERE r.entity = c.n AND r.change BETWEEN ? AND ?)",
            (first, last),
        )
        found |= {from_bytes(id_) for (id_,) in rows}
    return frozenset(found)
