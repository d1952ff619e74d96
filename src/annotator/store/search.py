"""Full-text search over sources, passages, claims and rationales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotator.domain.entity import settled_fields
from annotator.domain.folding import find, phrases
from annotator.domain.folding import fold as folded
from annotator.domain.ids import EntityId, from_bytes
from annotator.domain.register import fold
from annotator.domain.rows import Hit
from annotator.domain.source import Version
from annotator.store.projections import PROJECTIONS
from annotator.store.queries import version_of_text
from annotator.store.reader import Reader
from annotator.store.search_index import FIELDS_A_ROW, split_row_number, words_in

_SNIPPET = 60
_LIKELY_WORDS = 16
_LIKELY = (
    f"SELECT e.id FROM search s JOIN entity e ON e.n = s.rowid / {FIELDS_A_ROW} "
    f"WHERE search MATCH ? AND e.kind = '{Version.kind}' ORDER BY rank LIMIT ?"
)
_SHARING = (
    f"SELECT e.id FROM search s JOIN entity e ON e.n = s.rowid / {FIELDS_A_ROW} "
    f"WHERE search MATCH ? AND e.kind = '{Version.kind}' LIMIT ?"
)
_QUERY = (
    f"SELECT s.rowid, e.id, e.kind FROM search s JOIN entity e ON e.n = s.rowid / {FIELDS_A_ROW} "
    "WHERE search MATCH ? ORDER BY rank LIMIT ?"
)


def search(reader: Reader, query: str, *, limit: int = 100) -> tuple[Hit, ...]:
    """Return the best hits for ``query``: all its words must occur, the last one may be unfinished, “…” makes a phrase."""
    wanted = phrases(query)
    if not wanted:
        return ()
    rows = reader.connection.exec_driver_sql(_QUERY, (_match(wanted), limit)).fetchall()
    return tuple(_hit(reader, number, from_bytes(id_), kind, wanted) for number, id_, kind in rows)


def sources_and_versions(reader: Reader) -> tuple[int, int]:
    """Return how many sources there are, and how many versions."""
    row = reader.connection.exec_driver_sql(
        "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM version)"
    ).one()
    return int(row[0]), int(row[1])


def likely_versions(reader: Reader, words: str, *, limit: int) -> tuple[EntityId, ...]:
    """Return the versions whose texts have most of the rarer ones of some words, the likeliest first."""
    wanted = sorted(dict.fromkeys(folded(words).split()), key=len, reverse=True)[:_LIKELY_WORDS]
    found: dict[EntityId, None] = {}
    for joining in (" AND ", " OR ") if wanted else ():
        match = joining.join(f'"{word}"' for word in wanted)
        rows = reader.connection.exec_driver_sql(_LIKELY, (match, limit)).fetchall()
        found |= dict.fromkeys(from_bytes(id_) for (id_,) in rows)
    return tuple(found)[:limit]


def versions_sharing(reader: Reader, folded_phrases: Iterable[str], *, limit: int) -> dict[EntityId, int]:
    """Return the versions whose texts have some of these folded phrases, with how many: up to ``limit`` a phrase."""
    shared: Counter[EntityId] = Counter()
    for phrase in folded_phrases:
        rows = reader.connection.exec_driver_sql(_SHARING, (f'"{phrase}"', limit))
        shared.update(from_bytes(id_) for (id_,) in rows)
    return dict(shared)


def _match(wanted: list[str]) -> str:
    """Return the FTS5 expression: quoted tokens only, so that nothing a person types is an operator."""
    quoted = [f'"{phrase}"' for phrase in wanted]
    return " AND ".join([*quoted[:-1], quoted[-1] + "*"])


def _hit(reader: Reader, number: int, id_: EntityId, kind: str, wanted: list[str]) -> Hit:
    entity_number, place = split_row_number(number)
    field = PROJECTIONS[kind].searched[place]
    fields = settled_fields(kind, fold(reader.history.revisions_of_number(entity_number)).fields)
    text = reader.text(fields["text"]) if kind == Version.kind else ""
    words = words_in(kind, field, fields, text)
    start, end = next((found for phrase in wanted if (found := find(words, phrase))), (0, 0))
    return Hit(
        entity_id=id_,
        kind=kind,
        field=field,
        version_id=_version(reader, id_, kind, fields.get("text")),
        start=start,
        end=end,
        snippet=_snippet(words, start, end),
    )


def _version(reader: Reader, id_: EntityId, kind: str, text: str | None) -> EntityId | None:
    if kind == Version.kind:
        return id_
    if kind != "passage" or text is None:
        return None
    version = version_of_text(reader, text)  # type: ignore[arg-type]
    return version.id if version else None


def _snippet(words: str, start: int, end: int) -> str:
    first, last = max(0, start - _SNIPPET), min(len(words), end + _SNIPPET)
    before, after = ("… " if first else ""), (" …" if last < len(words) else "")
    return before + " ".join(words[first:last].split()) + after
