"""Which passages have other words in a newer version of their source, and how many judgements rest on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.domain.anchoring import AnchorDecision, AnchorState
from annotator.domain.batches import batched
from annotator.domain.changed_words import CHANGED, ChangedWords, changed_in
from annotator.domain.ids import EntityId, from_bytes, to_bytes
from annotator.domain.source import Version
from annotator.store.anchoring import FITS
from annotator.store.connection import driver_of
from annotator.store.reader import Reader
from annotator.store.version_order import later

_AT_ONCE = 500
_OWN = "FROM version o JOIN passage own ON own.text = o.text WHERE own.n = a.passage AND o.source = v.source"
_NEWER = f"EXISTS (SELECT 1 {_OWN}) AND NOT EXISTS (SELECT 1 {_OWN} AND {later('o', 'v')})"
"""Whether a version is newer than all of its source that have the passage's own text: only there can words have changed."""

_ANCHORS = (
    "SELECT a.passage, e.id, v.sequence, a.state, a.decision FROM anchor a JOIN version v ON v.text = a.text "
    f"JOIN entity e ON e.n = v.n WHERE a.passage IN ({{0}}) AND {FITS} AND {_NEWER} ORDER BY v.sequence, e.id"
)
_NUMBERS = "SELECT n, id FROM entity WHERE id IN ({0})"

WAITING = (
    f"a.state IN ('changed', 'orphaned') AND a.decision = '' AND {FITS} AND {_NEWER} AND NOT EXISTS (SELECT 1 "
    "FROM anchor b JOIN version w ON w.text = b.text WHERE b.passage = a.passage AND b.made_for IS a.made_for "
    f"AND w.source = v.source AND {later('w', 'v')})"
)
"""Whether the anchor ``a`` in the text of the version ``v`` is the newest of its passage and nobody has decided on it yet."""

WAITS = f"EXISTS (SELECT 1 FROM anchor a JOIN version v ON v.text = a.text WHERE a.passage = {{0}} AND {WAITING})"
"""Whether the words of the passage with a local number changed, and nobody has decided on it yet."""


def changed_words(reader: Reader, passages: Iterable[EntityId]) -> dict[EntityId, ChangedWords]:
    """Return for those of these passages whose words are not the same in the newest version what became of them."""
    found: dict[EntityId, ChangedWords] = {}
    versions: dict[EntityId, Version] = {}
    for some in batched(passages, _AT_ONCE):
        ids = {n: from_bytes(id_) for n, id_ in _asked(reader, _NUMBERS, [to_bytes(each) for each in some])}
        newest = {row[0]: row[1:] for row in _asked(reader, _ANCHORS, list(ids))}
        for number, (version, _, state, decision) in newest.items():
            if AnchorState(state) in CHANGED:
                version_id = from_bytes(version)
                if version_id not in versions:
                    versions[version_id] = reader.get(Version, version_id)
                decided = AnchorDecision(decision) if decision else None
                passage = ids[number]
                found[passage] = changed_in(passage, versions[version_id], AnchorState(state), decided)
    return found


def _asked(reader: Reader, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = (
        driver_of(reader.connection).execute(sql.format(",".join("?" * len(values))), tuple(values)).fetchall()
    )
    return rows
