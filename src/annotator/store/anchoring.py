"""What has to be known to find the passages of a source again in another text."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.anchoring import Anchor
from annotator.domain.ids import Digest, EntityId
from annotator.domain.passage import Passage
from annotator.store.reader import Reader

_TEXTS = """
SELECT b.digest FROM version v JOIN blob b ON b.n = v.text WHERE v.source = ?
GROUP BY b.digest ORDER BY max(v.sequence), max(v.n)
"""

FITS = """a.made_for IS (SELECT CASE WHEN own.end > own.start THEN coalesce(own.spans, own.start || '-' || own.end) END
              FROM passage own WHERE own.n = a.passage)"""
"""Whether the anchor ``a`` was made for the spans that its passage has now: else it tells of other words."""

_LACKING = f"""
SELECT p.n FROM passage p
WHERE p.text IN (SELECT v.text FROM version v WHERE v.source = ?)
  AND p.text NOT IN (SELECT n FROM blob WHERE digest = ?)
  AND NOT EXISTS (SELECT 1 FROM anchor a JOIN blob b ON b.n = a.text WHERE a.passage = p.n AND b.digest = ? AND {FITS})
ORDER BY p.text, p.start, p.end, p.n
"""

_ORIGINALS = """
SELECT DISTINCT v.original FROM version v JOIN blob b ON b.n = v.text WHERE b.digest = ? AND v.original IS NOT NULL
"""


def lacking(reader: Reader, source: EntityId, text: Digest) -> Iterator[Passage]:
    """Yield the passages of a source's versions that have, as they are now, no anchor in a text, and are none of it."""
    digest = bytes.fromhex(text)
    for id_ in reader.ids_where(_LACKING, reader.number(source), digest, digest):
        passage = reader.find(Passage, id_)
        if passage is not None:
            yield passage


def lacking_count(reader: Reader, source: EntityId, text: Digest) -> int:
    """Return how many passages ``lacking`` would yield."""
    digest = bytes.fromhex(text)
    return len(reader.ids_where(_LACKING, reader.number(source), digest, digest))


def texts_of(reader: Reader, source: EntityId) -> tuple[Digest, ...]:
    """Return the texts of a source's versions, that of the newest version last."""
    rows = reader.connection.exec_driver_sql(_TEXTS, (reader.number(source),))
    return tuple(Digest(digest.hex()) for (digest,) in rows)


def originals(reader: Reader, text: Digest) -> frozenset[Digest]:
    """Return the digests of the bytes that versions with this text were made of."""
    rows = reader.connection.exec_driver_sql(_ORIGINALS, (bytes.fromhex(text),))
    return frozenset(Digest(original.hex()) for (original,) in rows)


def anchors_of(reader: Reader, passage: EntityId) -> tuple[Anchor, ...]:
    """Return the anchors of a passage in all texts in which it was looked for, those made for other spans too."""
    return tuple(
        reader.get(Anchor, id_)
        for id_ in reader.ids_where("SELECT n FROM anchor WHERE passage = ?", reader.number(passage))
    )


def linkages_on(reader: Reader, passage: EntityId, *, withdrawn: bool) -> tuple[EntityId, ...]:
    """Return the linkages that rest on a passage: those that stand, or those that were withdrawn."""
    sql = (
        "SELECT l.n FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage WHERE lp.passage = ? AND l.withdrawn = ?"
    )
    return reader.ids_where(sql, reader.number(passage), int(withdrawn))
