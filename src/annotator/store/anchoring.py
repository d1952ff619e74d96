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

_LACKING = """
SELECT p.n FROM passage p
WHERE p.text IN (SELECT v.text FROM version v WHERE v.source = ?)
  AND p.text NOT IN (SELECT n FROM blob WHERE digest = ?)
  AND NOT EXISTS (SELECT 1 FROM anchor a JOIN blob b ON b.n = a.text WHERE a.passage = p.n AND b.digest = ?)
ORDER BY p.text, p.start, p.end, p.n
"""

_ORIGINALS = """
SELECT DISTINCT v.original FROM version v JOIN blob b ON b.n = v.text WHERE b.digest = ? AND v.original IS NOT NULL
"""


def lacking(reader: Reader, source: EntityId, text: Digest) -> Iterator[Passage]:
    """Yield the passages of a source's versions that have no anchor in a text and were not highlighted in it."""
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
    """Return the anchors of a passage in all texts in which it was looked for."""
    return tuple(
        reader.get(Anchor, id_)
        for id_ in reader.ids_where("SELECT n FROM anchor WHERE passage = ?", reader.number(passage))
    )


def standing_linkages(reader: Reader, passage: EntityId) -> tuple[EntityId, ...]:
    """Return the linkages that rest on a passage and were not withdrawn."""
    sql = (
        "SELECT l.n FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage WHERE lp.passage = ? AND l.withdrawn = 0"
    )
    return reader.ids_where(sql, reader.number(passage))
