"""The rows of sources: of one, of a page of them, or of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.batches import batched
from annotator.domain.disputes import disputed_names
from annotator.domain.ids import EntityId, to_bytes
from annotator.domain.living import living
from annotator.domain.register import fold
from annotator.domain.rows import SourceRow
from annotator.domain.source import Source, Version
from annotator.store.agents import standing_agent
from annotator.store.changed_words import WAITING
from annotator.store.connection import driver_of
from annotator.store.listing import LINKED, TEXTS_OF
from annotator.store.reader import Reader

_AT_ONCE = 500
_VERSIONS = "SELECT n, source FROM version WHERE source IN ({0})"
_PROGRESS = (
    f"SELECT s.n, count(p.n), sum({LINKED.format('p.n')}) FROM source s "
    f"JOIN passage p ON p.text IN {TEXTS_OF.format('s.n')} WHERE s.n IN ({{0}}) GROUP BY s.n"
)
_TWINS = (
    "SELECT DISTINCT v.source, t.title, e.id FROM version v JOIN version o ON o.text = v.text AND o.source <> v.source "
    "JOIN source t ON t.n = o.source JOIN entity e ON e.n = t.n WHERE v.source IN ({0}) ORDER BY e.id"
)
_UNSETTLED = (
    "SELECT v.source, count(DISTINCT a.passage) FROM anchor a JOIN version v ON v.text = a.text "
    f"WHERE v.source IN ({{0}}) AND {WAITING} GROUP BY v.source"
)
_OF_VERSION = "SELECT v.source FROM version v JOIN entity e ON e.n = v.n WHERE e.id = ?"


def source_rows(reader: Reader, numbers: Iterable[int]) -> dict[int, SourceRow]:
    """Return the rows of the sources with these local numbers, in their order; there is none for what does not live."""
    rows: dict[int, SourceRow] = {}
    names: dict[EntityId, str] = {}
    for some in batched(numbers, _AT_ONCE):
        rows |= _rows(reader, some, names)
    return rows


def row_of_version(reader: Reader, version: EntityId) -> SourceRow | None:
    """Return the row of the source that a version is of; None for a version that is not there."""
    found = driver_of(reader.connection).execute(_OF_VERSION, (to_bytes(version),)).fetchone()
    return source_rows(reader, found).get(found[0]) if found else None


def _rows(reader: Reader, numbers: Sequence[int], names: dict[EntityId, str]) -> dict[int, SourceRow]:
    history = reader.history
    source_of = dict(_asked(reader, _VERSIONS, numbers))
    versions: dict[int, list[Version]] = {}
    for number, revisions in history.revisions_of_numbers(source_of).items():
        version = living(revisions)
        if isinstance(version, Version):
            versions.setdefault(source_of[number], []).append(version)
    progress = {n: (passages, linked) for n, passages, linked in _asked(reader, _PROGRESS, numbers)}
    unsettled = dict(_asked(reader, _UNSETTLED, numbers))
    twins: dict[int, list[str]] = {}
    for n, title, _ in _asked(reader, _TWINS, numbers):
        twins.setdefault(n, []).append(title)
    found = history.revisions_of_numbers(numbers)
    altered = reader.fixity.known_altered()
    rows = {}
    for number in numbers:
        source = living(found[number]) if number in found else None
        if isinstance(source, Source):
            own = tuple(sorted(versions.get(number, ()), key=lambda v: (v.sequence, v.id)))
            passages, linked = progress.get(number, (0, 0))
            rows[number] = SourceRow(
                source=source,
                versions=own,
                publisher=_publisher(reader, source, names),
                passages=passages,
                linked=linked,
                twins=tuple(twins.get(number, ())),
                unsettled=unsettled.get(number, 0),
                disputed=disputed_names(fold(found[number]).conflicts),
                altered=tuple(version.id for version in own if version.original in altered),
            )
    return rows


def _asked(reader: Reader, sql: str, numbers: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = (
        driver_of(reader.connection).execute(sql.format(",".join("?" * len(numbers))), tuple(numbers)).fetchall()
    )
    return rows


def _publisher(reader: Reader, source: Source, names: dict[EntityId, str]) -> str:
    """Return the first publisher or author who has a name here; ``names`` keeps those that were looked up."""
    for id_ in (*source.publishers, *source.authors):
        if id_ not in names:
            agent = standing_agent(reader, id_)
            names[id_] = agent.name if agent else ""
        if names[id_]:
            return names[id_]
    return ""
