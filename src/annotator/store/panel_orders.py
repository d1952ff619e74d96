"""The orders of the long panels and the few rows that are offered: all of it by the database, so that nothing else is read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from annotator.domain.ids import EntityId, from_bytes
from annotator.domain.long_lists import GROUPS, ClaimOrder, SourceOrder, claim_order
from annotator.store.connection import driver_of
from annotator.store.joins import COUNTED
from annotator.store.listing import PROGRESS, fetched, holding, total
from annotator.store.search_index import FIELDS_A_ROW

_IN_WORK, _TO_READ, _DONE = range(GROUPS)
_GROUP = f"CASE WHEN g.passages IS NULL THEN {_TO_READ} WHEN g.linked < g.passages THEN {_IN_WORK} ELSE {_DONE} END"
_SHARED = (
    "shared(n) AS MATERIALIZED (SELECT DISTINCT v.source FROM version v JOIN (SELECT text FROM version "
    "WHERE text IS NOT NULL GROUP BY text HAVING count(DISTINCT source) > 1) s ON s.text = v.text)"
)
_CHANGED = (
    "max((SELECT max(r.change) FROM revision r WHERE r.entity = t.n), coalesce((SELECT max(k.change) FROM linkage l "
    "JOIN revision k ON k.entity = l.n WHERE l.claim = t.n), 0))"
)
_HITS = f"SELECT rowid / {FIELDS_A_ROW} FROM search WHERE search MATCH :match"
_NEWEST_HITS = 20_000
"""Where a word stands in more than these, the newest of them are enough, if there are enough claims among them."""
_BEST = (
    f"SELECT t.n, {_CHANGED} AS changed FROM claim t WHERE t.n IN (SELECT coalesce(c.stands, c.n) FROM hit h "
    "JOIN claim c ON c.n = h.n) ORDER BY changed DESC LIMIT :limit"
)
_RECENT = 4_096
"""So many revisions are looked through for the claims that were worked on last."""
_LAST_WORKED_ON = (
    "SELECT coalesce(l.claim, c.stands, c.n) FROM (SELECT n, entity FROM revision ORDER BY n DESC LIMIT :recent) r "
    "LEFT JOIN linkage l ON l.n = r.entity LEFT JOIN claim c ON c.n = r.entity OR c.n = l.claim "
    "WHERE c.n IS NOT NULL GROUP BY 1 ORDER BY max(r.n) DESC LIMIT :limit"
)


def source_order(connection: Connection, words: Sequence[str], cancelled: Callable[[], bool]) -> SourceOrder:
    """Return the sources that hold all folded phrases, in their groups; raises ``CancelledError`` soon after it is wanted."""
    given, conditions, values = holding("sources", words)
    sql = (
        f"WITH {', '.join([PROGRESS, _SHARED, *given])} "
        f"SELECT t.n, {_GROUP} AS grouped, t.n IN (SELECT n FROM shared) FROM source t JOIN entity e ON e.n = t.n "
        f"LEFT JOIN progress g ON g.source = t.n{_where(conditions)} ORDER BY grouped, e.id"
    )
    numbers, twins, counts = array("q"), array("q"), [0] * GROUPS
    for rows in fetched(connection, sql, values, cancelled):
        twins.extend([place for place, row in enumerate(rows, len(numbers)) if row[2]])
        numbers.extend([row[0] for row in rows])
        for group in {row[1] for row in rows}:
            counts[group] += sum(row[1] == group for row in rows)
    first, second, _ = counts
    return SourceOrder(numbers, (first, first + second, len(numbers)), twins, total(connection, "sources"))


def claims_in_order(
    connection: Connection, words: Sequence[str], cancelled: Callable[[], bool], *, tree: bool
) -> ClaimOrder:
    """Return the claims that hold all folded phrases, oldest first, or (without any, ``tree``) all below their parents."""
    given, conditions, values = holding("claims", words)
    conditions.append(COUNTED.format("t"))
    parent = "t.parent" if tree and not words else "NULL"
    sql = (
        f"{_with(given)}SELECT t.n, {parent} FROM claim t JOIN entity e ON e.n = t.n{_where(conditions)} ORDER BY e.id"
    )

    def each() -> Iterator[tuple[int, int | None]]:
        for rows in fetched(connection, sql, values, cancelled):
            yield from rows

    found = claim_order(each())
    return ClaimOrder(found.numbers, total(connection, "claims"), found.parents, found.sizes, found.parts, found.last)


def claims_worked_on_last(
    connection: Connection, words: Sequence[str], limit: int, cancelled: Callable[[], bool]
) -> list[int]:
    """Return the local numbers of up to ``limit`` claims that hold all folded phrases, those worked on last first."""
    if not words:
        return _last_worked_on(connection, limit)
    values = {"match": " AND ".join(f'"{word}"*' for word in words), "limit": limit}
    for first in (f"{_HITS} ORDER BY rowid DESC LIMIT {_NEWEST_HITS}", _HITS):
        sql = f"WITH hit(n) AS MATERIALIZED ({first}) {_BEST}"
        found = [row[0] for rows in fetched(connection, sql, values, cancelled) for row in rows]
        if len(found) == limit:
            break
    return found


def _last_worked_on(connection: Connection, limit: int) -> list[int]:
    """Return the claims in the newest revisions and, where these are too few, the ones made last."""
    driver = driver_of(connection)
    recent = driver.execute(_LAST_WORKED_ON, {"recent": _RECENT, "limit": limit}).fetchall()
    newest = driver.execute(
        f"SELECT n FROM claim c WHERE {COUNTED.format('c')} ORDER BY n DESC LIMIT ?", (limit,)
    ).fetchall()
    return list(dict.fromkeys(number for (number,) in [*recent, *newest]))[:limit]


def parents_of(connection: Connection, claims: Sequence[int]) -> Mapping[EntityId, str]:
    """Return the words of the parents of some claims."""
    places = ",".join("?" * len(claims))
    sql = (
        "SELECT e.id, p.text FROM claim t JOIN claim p ON p.n = t.parent JOIN entity e ON e.n = p.n "
        f"WHERE t.n IN ({places})"
    )
    return {from_bytes(id_): text for id_, text in driver_of(connection).execute(sql, tuple(claims))}


def ids_of(connection: Connection, numbers: Sequence[int]) -> dict[int, EntityId]:
    """Return the ids of entities by their local numbers."""
    sql = f"SELECT n, id FROM entity WHERE n IN ({','.join('?' * len(numbers))})"
    return {number: from_bytes(id_) for number, id_ in driver_of(connection).execute(sql, tuple(numbers))}


def _with(given: Sequence[str]) -> str:
    return f"WITH {', '.join(given)} " if given else ""


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
