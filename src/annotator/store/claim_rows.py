"""The rows of some claims: those that a list shows, however many others there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.batches import batched
from annotator.domain.claim import Claim
from annotator.domain.disputes import disputed_names
from annotator.domain.ids import from_bytes
from annotator.domain.judgement import Conclusion
from annotator.domain.living import living
from annotator.domain.register import fold
from annotator.domain.rows import ClaimRow
from annotator.store.changed_words import WAITS
from annotator.store.connection import driver_of
from annotator.store.queries import PLACE
from annotator.store.reader import Reader

_AT_ONCE = 500
_STANCES = (
    f"SELECT l.claim, l.stance, count(DISTINCT {PLACE}) FROM linkage l JOIN linkage_passage lp ON lp.linkage = l.n "
    "LEFT JOIN passage p ON p.n = lp.passage WHERE l.claim IN ({0}) AND l.withdrawn = 0 "
    "GROUP BY l.claim, l.stance ORDER BY l.stance"
)
_CONCLUSIONS = (
    "SELECT k.claim, k.n FROM conclusion k JOIN entity e ON e.n = k.n WHERE k.claim IN ({0}) ORDER BY k.claim, e.id"
)
_CHANGED = (
    "SELECT c.n, max(max(r.change), coalesce((SELECT max(k.change) FROM linkage l JOIN revision k ON k.entity = l.n "
    "WHERE l.claim = c.n), 0)) FROM claim c JOIN revision r ON r.entity = c.n WHERE c.n IN ({0}) GROUP BY c.n"
)
_UNSETTLED = (
    "SELECT l.claim, count(*) FROM linkage l WHERE l.claim IN ({0}) AND l.withdrawn = 0 AND EXISTS "
    f"(SELECT 1 FROM linkage_passage lp WHERE lp.linkage = l.n AND {WAITS.format('lp.passage')}) GROUP BY l.claim"
)


_PARENTS = "SELECT c.n, e.id FROM claim c JOIN entity e ON e.n = c.parent WHERE c.n IN ({0}) AND c.parent <> c.n"
_ALSO = (
    "SELECT c.stands, c.text FROM claim c JOIN entity e ON e.n = c.n WHERE c.stands IN ({0}) AND c.n <> c.stands "
    "ORDER BY e.id"
)


def claim_rows(reader: Reader, numbers: Iterable[int]) -> tuple[ClaimRow, ...]:
    """Return the rows of the claims with these local numbers, oldest first; there is none for what does not live.

    Where one of them was joined to another, the row is that of the claim that stands for both.
    """
    numbers = _standing(reader, tuple(numbers))
    rows: list[ClaimRow] = []
    for some in batched(dict.fromkeys(numbers), _AT_ONCE):
        rows += _rows(reader, some)
    return tuple(sorted(rows, key=lambda row: row.claim.id))


def _rows(reader: Reader, numbers: Sequence[int]) -> list[ClaimRow]:
    stances: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for n, stance, count in _asked(reader, _STANCES, numbers):
        stances[n].append((stance, count))
    newest = dict(_asked(reader, _CONCLUSIONS, numbers))
    changed = dict(_asked(reader, _CHANGED, numbers))
    unsettled = dict(_asked(reader, _UNSETTLED, numbers))
    parents = dict(_asked(reader, _PARENTS, numbers))
    also: dict[int, list[str]] = defaultdict(list)
    for n, text in _asked(reader, _ALSO, numbers):
        also[n].append(text)
    found = reader.history.revisions_of_numbers([*numbers, *newest.values()])
    rows = []
    for number in numbers:
        claim = living(found[number]) if number in found else None
        if isinstance(claim, Claim):
            drawn = found.get(newest.get(number, 0), [])
            conclusion = living(drawn) if drawn else None
            rows.append(
                ClaimRow(
                    claim=claim,
                    stances=tuple(stances[number]),
                    conclusion=conclusion if isinstance(conclusion, Conclusion) else None,
                    changed=changed.get(number, 0),
                    disputed=disputed_names(fold(found[number]).conflicts),
                    conclusion_disputed=disputed_names(fold(drawn).conflicts) if drawn else (),
                    unsettled=unsettled.get(number, 0),
                    parent=from_bytes(parents[number]) if number in parents else None,
                    also=tuple(also[number]),
                )
            )
    return rows


def _standing(reader: Reader, numbers: Sequence[int]) -> list[int]:
    """Return the local numbers of the claims that stand for these."""
    stands: dict[int, int] = {}
    for some in batched(numbers, _AT_ONCE):
        stands |= dict(_asked(reader, "SELECT n, stands FROM claim WHERE n IN ({0}) AND stands IS NOT NULL", some))
    return [stands.get(number, number) for number in numbers]


def _asked(reader: Reader, sql: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = (
        driver_of(reader.connection).execute(sql.format(",".join("?" * len(numbers))), tuple(numbers)).fetchall()
    )
    return rows
