"""The passages that are shown in one version: its own, and those of other versions that have an anchor in its text."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.anchoring import Anchor, AnchorDecision, AnchorState
from annotator.domain.ids import Digest, EntityId, from_bytes
from annotator.domain.passage import Area, Passage
from annotator.domain.rows import AnchoredHere, AnchorRow, Judged, PassageRow
from annotator.domain.source import Version
from annotator.store.anchoring import FITS
from annotator.store.queries import conflicts_of
from annotator.store.reader import Reader

_JUDGED = """(SELECT group_concat(l.annotator || char(31) || l.claim || char(31) || l.stance || char(31) || l.verdict
                            || char(31) || k.conflicted, char(30))
        FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage JOIN entity k ON k.n = l.n
        WHERE lp.passage = p.n AND l.withdrawn = 0)"""

_TEXT = "(SELECT text FROM version WHERE n = :version)"

_PASSAGES = f"""
SELECT e.id, e.conflicted, p.start AS start, p.end AS until, p.spans, {_JUDGED},
       EXISTS (SELECT 1 FROM note WHERE about = p.n), NULL, NULL, NULL
FROM passage p JOIN entity e ON e.n = p.n
WHERE p.text = {_TEXT}
UNION ALL
SELECT e.id, e.conflicted, a.start, a.end, a.spans, {_JUDGED},
       EXISTS (SELECT 1 FROM note WHERE about = p.n), i.id, a.state, a.decision
FROM anchor a JOIN entity i ON i.n = a.n JOIN passage p ON p.n = a.passage JOIN entity e ON e.n = p.n
WHERE a.text = {_TEXT} AND p.text IS NOT a.text AND {FITS}
  AND (a.decision = 'placed' OR a.decision NOT IN ('kept', 'withdrawn') AND a.state <> 'orphaned')
ORDER BY start, until DESC, 1
"""

_ANCHORS = f"""
SELECT i.id, e.id, b.digest, a.state, a.decision, a.score, p.start, p.end, p.spans, a.start, a.end, a.spans,
       {_JUDGED}, i.conflicted
FROM anchor a JOIN entity i ON i.n = a.n JOIN passage p ON p.n = a.passage JOIN entity e ON e.n = p.n
JOIN blob b ON b.n = p.text
WHERE a.text = {_TEXT} AND p.text IS NOT a.text AND {FITS}
ORDER BY p.text, p.start, p.end DESC, e.id
"""

Spans = tuple[tuple[int, int], ...]


def passages(reader: Reader, version: EntityId) -> tuple[PassageRow, ...]:
    """Return the passages that are shown in one version, in the order of its text: also proposed ones that wait."""
    found = reader.connection.exec_driver_sql(_PASSAGES, {"version": reader.number(version)})
    judgements = _Judgements(reader)
    rows = []
    for id_, conflicted, start, end, spans, written, noted, anchor, state, decision in found:
        judged = judgements.read(written) if written else _NOT_JUDGED
        passage = from_bytes(id_)
        here = _anchored(anchor, state, decision) if anchor else None
        rows.append(
            PassageRow(
                id=passage,
                spans=_spans(start, end, spans),
                stances=judged.stances,
                disputed=conflicts_of(reader, passage) if conflicted else (),
                judged_disputed=judged.disputed,
                area=None if end > start else _area(reader, here.id if here else passage),
                judged=judged.each,
                noted=bool(noted),
                anchor=here,
            )
        )
    return tuple(rows)


def anchors(reader: Reader, version: EntityId) -> tuple[AnchorRow, ...]:
    """Return the passages of other versions that were looked for in the text of one, in the order of their own texts."""
    found = reader.connection.exec_driver_sql(_ANCHORS, {"version": reader.number(version)}).fetchall()
    if not found:
        return ()
    judgements, rows = _Judgements(reader), []
    texts = {digest: reader.text(Digest(digest.hex())) for digest in {row[2] for row in found}}
    here = reader.text(reader.get(Version, version).text)
    for anchor, passage, digest, state, decision, score, *places, written, conflicted in found:
        judged = judgements.read(written) if written else _NOT_JUDGED
        old_spans, spans = _spans(*places[:3]), _spans(*places[3:])
        told = _anchored(anchor, state, decision)
        rows.append(
            AnchorRow(
                id=told.id,
                passage=from_bytes(passage),
                text=Digest(digest.hex()),
                state=told.state,
                decision=told.decision,
                score=score,
                old_spans=old_spans,
                spans=spans,
                quote=_words(texts[digest], old_spans),
                found=_words(here, spans),
                judged=judged.each,
                disputed=conflicts_of(reader, told.id) if conflicted else (),
            )
        )
    return tuple(rows)


def _anchored(id_: bytes, state: str, decision: str) -> AnchoredHere:
    return AnchoredHere(from_bytes(id_), AnchorState(state), AnchorDecision(decision) if decision else None)


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _area(reader: Reader, id_: EntityId) -> Area | None:
    found = reader.find_any(id_)
    return found.area if isinstance(found, (Passage, Anchor)) else None


def _spans(start: int, end: int, spans: str | None) -> Spans:
    if not spans:
        return ((start, end),) if end > start else ()
    pairs = (span.split("-") for span in spans.split())
    return tuple((int(first), int(last)) for first, last in pairs)


class _JudgedPassage(NamedTuple):
    each: tuple[Judged, ...]
    stances: tuple[str, ...]
    disputed: bool


_NOT_JUDGED = _JudgedPassage((), (), disputed=False)


class _Judgements:
    """Reads what a query has written together of the linkages of passages; passages that are judged alike share it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._ids: dict[str, EntityId] = {}
        self._read: dict[str, _JudgedPassage] = {}

    def read(self, written: str) -> _JudgedPassage:
        """Return the linkages of one passage."""
        found = self._read.get(written)
        if found is None:
            parts = [linkage.split("\x1f") for linkage in written.split("\x1e")]
            each = tuple(
                Judged(self._id(by), self._id(claim), stance, verdict) for by, claim, stance, verdict, _ in parts
            )
            disputed = any(part[4] != "0" for part in parts)
            found = _JudgedPassage(each, tuple(sorted({judged.stance for judged in each})), disputed)
            self._read[written] = found
        return found

    def _id(self, number: str) -> EntityId:
        if number not in self._ids:
            self._ids[number] = self._reader.known(int(number))[0]
        return self._ids[number]
