"""The history as a person looks for it: by who, what, when, words, and the bundle that it came with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from annotator.domain.batches import batched
from annotator.domain.change import DELETED, Change, decode_header
from annotator.domain.folding import fold
from annotator.domain.ids import ChangeId, EntityId, to_bytes
from annotator.store.connection import driver_of
from annotator.store.exchanges import Exchanges

_IDS_A_QUERY = 500
_ITS_REVISIONS = (
    "r.n >= c.first_revision "
    "AND r.n < coalesce((SELECT first_revision FROM change WHERE n = c.n + 1), 9223372036854775807)"
)
_OF_KIND = (
    f"EXISTS (SELECT 1 FROM revision r JOIN entity e ON e.n = r.entity WHERE {_ITS_REVISIONS} AND e.kind = :kind)"
)
_SAYS = (
    "CAST(r.body AS TEXT) LIKE :like ESCAPE '\\' AND EXISTS (SELECT 1 FROM json_tree(CAST(r.body AS TEXT), '$.fields') "
    "WHERE type = 'text' AND length(value) NOT IN (36, 64) AND value LIKE :like ESCAPE '\\')"
)
"""Whether a revision says the words; values as long as ids and digests are not words."""
_HITS = (
    "SELECT r.entity AS n FROM revision r WHERE r.entity IN "
    f"(SELECT entity FROM revision WHERE CAST(body AS TEXT) LIKE '%\"{DELETED}\":true%') AND {_SAYS}"
)
"""What was deleted and said the words; what lives is in the search index."""
_INDEXED = (
    " UNION SELECT e.n FROM search s JOIN entity e ON e.n = s.rowid / 16 "
    "WHERE search MATCH :folded AND e.kind <> 'version'"
)
_ABOUT = (
    "SELECT n FROM hit UNION SELECT n FROM linkage WHERE claim IN hit UNION SELECT n FROM conclusion WHERE claim IN hit "
    "UNION SELECT n FROM appearance WHERE claim IN hit OR passage IN hit UNION SELECT n FROM note WHERE about IN hit "
    "UNION SELECT linkage FROM linkage_passage WHERE passage IN hit"
)
_WORD = (
    "(c.annotator IN (SELECT e.id FROM annotator a JOIN entity e ON e.n = a.n WHERE a.name LIKE :like ESCAPE '\\') "
    f"OR EXISTS (SELECT 1 FROM revision r WHERE {_ITS_REVISIONS} AND "
    f"(r.entity IN (WITH hit AS ({{hits}}) {_ABOUT}) OR {_SAYS})) "
    "OR json_extract(CAST(c.header AS TEXT), '$.label') LIKE :like ESCAPE '\\')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are wanted; what is not set does not matter.

    ``kind`` is touched by the change; ``since`` (inclusive) and ``until`` (exclusive) are UTC in ISO 8601, which sorts as text,
    as the clock of whoever made the change said; ``words`` all occur in what was done, who did it or what was touched;
    ``exchange`` is the number of the bundle in the log with which they came.
    """

    annotator: EntityId | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    words: tuple[str, ...] = ()
    exchange: int | None = None


def newest(connection: Connection, wanted: Wanted, *, limit: int, before: int | None) -> list[tuple[int, Change]]:
    """Return up to ``limit`` wanted changes with their local numbers, newest first, older than number ``before``."""
    conditions, values = ["c.n < :before"], dict[str, object](before=before or 2**62, limit=limit)
    for condition, given in _conditions(connection, wanted):
        conditions.append(condition)
        values |= given
    query = (
        f"SELECT c.n, c.digest, c.header FROM change c WHERE {' AND '.join(conditions)} ORDER BY c.n DESC LIMIT :limit"
    )
    rows = driver_of(connection).execute(query, values).fetchall()
    return [(n, Change(ChangeId(digest.hex()), decode_header(header))) for n, digest, header in rows]


def _conditions(connection: Connection, wanted: Wanted) -> Iterator[tuple[str, Mapping[str, object]]]:
    if wanted.annotator is not None:
        yield "c.annotator = :annotator", {"annotator": to_bytes(wanted.annotator)}
    if wanted.since is not None:
        yield "c.at >= :since", {"since": wanted.since}
    if wanted.until is not None:
        yield "c.at < :until", {"until": wanted.until}
    if wanted.exchange is not None:
        line = Exchanges(connection).find(wanted.exchange)
        runs = line.changes.runs if line else ()
        yield f"({' OR '.join(f'c.n BETWEEN {first} AND {last}' for first, last in runs) or 'FALSE'})", {}
    if wanted.kind is not None:
        yield _OF_KIND, {"kind": wanted.kind}
    for number, word in enumerate(wanted.words):
        yield _word(word, number)


def _word(word: str, number: int) -> tuple[str, Mapping[str, object]]:
    """Return what finds a word in what was done, who did it, and everything that it touched or was about."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    folded = fold(word)
    condition = _WORD.format(hits=_HITS + (_INDEXED if folded else ""))
    values = {f"like{number}": f"%{escaped}%"} | ({f"folded{number}": f'"{folded}"*'} if folded else {})
    return condition.replace(":like", f":like{number}").replace(":folded", f":folded{number}"), values


def unknown(connection: Connection, ids: Iterable[ChangeId]) -> tuple[ChangeId, ...]:
    """Return those of the changes that are not here, in the order given."""
    found: list[ChangeId] = []
    for some in batched(ids, _IDS_A_QUERY):
        marks = ",".join("?" * len(some))
        rows = connection.exec_driver_sql(
            f"SELECT digest FROM change WHERE digest IN ({marks})", tuple(map(bytes.fromhex, some))
        )
        here = {digest.hex() for (digest,) in rows}
        found += [id_ for id_ in some if id_ not in here]
    return tuple(found)


def aside(connection: Connection) -> set[ChangeId]:
    """Return the changes that are set aside."""
    rows = connection.exec_driver_sql("SELECT c.digest FROM set_aside s JOIN change c ON c.n = s.change")
    return {ChangeId(digest.hex()) for (digest,) in rows}
