"""The sources of which there is more than one version."""

from __future__ import annotations

from annotator.domain.ids import Digest, from_bytes
from annotator.domain.rows import RevisedRow
from annotator.store.anchoring import lacking_count
from annotator.store.changed_words import WAITING
from annotator.store.connection import driver_of
from annotator.store.reader import Reader
from annotator.store.version_order import NEWEST

_REVISED = f"""
SELECT e.id, s.title, count(*), newest.id, b.digest,
       (SELECT count(DISTINCT a.passage) FROM anchor a JOIN version v ON v.text = a.text WHERE v.source = s.n AND {WAITING})
FROM version each JOIN source s ON s.n = each.source JOIN entity e ON e.n = s.n
JOIN version w ON w.n = {NEWEST.format("s.n")} JOIN entity newest ON newest.n = w.n LEFT JOIN blob b ON b.n = w.text
GROUP BY s.n HAVING count(*) > 1 ORDER BY 6 = 0, max(each.n) DESC
"""


def revised_rows(reader: Reader) -> tuple[RevisedRow, ...]:
    """Return the sources that have several versions, those first in which passages wait, then by the newest version."""
    return tuple(
        RevisedRow(
            source=from_bytes(source),
            title=title,
            versions=count,
            newest=from_bytes(newest),
            waiting=waiting,
            unsought=lacking_count(reader, from_bytes(source), Digest(text.hex())) if text else 0,
        )
        for source, title, count, newest, text, waiting in driver_of(reader.connection).execute(_REVISED).fetchall()
    )
