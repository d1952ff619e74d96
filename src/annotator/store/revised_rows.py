"""The sources of which there is more than one version."""

from __future__ import annotations

from annotator.domain.ids import from_bytes
from annotator.domain.rows import RevisedRow
from annotator.store.changed_words import WAITING
from annotator.store.connection import driver_of
from annotator.store.reader import Reader
from annotator.store.version_order import NEWEST

_REVISED = f"""
SELECT e.id, s.title, count(*), newest.id,
       (SELECT count(DISTINCT a.passage) FROM anchor a JOIN version v ON v.text = a.text WHERE v.source = s.n AND {WAITING})
FROM version each JOIN source s ON s.n = each.source JOIN entity e ON e.n = s.n
JOIN entity newest ON newest.n = {NEWEST.format("s.n")}
GROUP BY s.n HAVING count(*) > 1 ORDER BY 5 = 0, max(each.n) DESC
"""


def revised_rows(reader: Reader) -> tuple[RevisedRow, ...]:
    """Return the sources that have several versions, those first in which passages wait, then by the newest version."""
    found = driver_of(reader.connection).execute(_REVISED).fetchall()
    return tuple(
        RevisedRow(source=from_bytes(source), title=title, versions=count, newest=from_bytes(newest), waiting=waiting)
        for source, title, count, newest, waiting in found
    )
