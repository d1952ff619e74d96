"""Conclusions that know less than the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import SUBMITTED, Case
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.judgement import Conclusion


class ConclusionStale(Check):
    """Linkages of the claim were added, changed or withdrawn after a conclusion was submitted.

    “After” is what the conclusion had not seen: a change that is neither among those that it rests on nor an ancestor of one;
    clocks order nothing. What it rests on and is deleted, or belongs to another claim by now, has gone. Drafts are not judged.
    """

    code = "conclusion-stale"
    title = "Stale conclusion"
    sentence = "Since {person} concluded “{verdict}” on “{claim}”, its linkages have changed: {changes}."
    advice = "Look at what is new, and conclude again."
    levels = (Severity.WARNING,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every submitted conclusion."""
        conclusions = [conclusion for conclusion in case.concluded if conclusion.stage in SUBMITTED]
        sights = _Sights(case, conclusions)
        for conclusion in conclusions:
            changes = _changes(case, conclusion, sights)
            told = [f"{len(ids)} {how}" for how, ids in changes.items() if ids]
            if told:
                data: dict[str, object] = {
                    "person": case.person(conclusion.annotator_id),
                    "verdict": case.scaling.label("verdict", conclusion.verdict),
                    "claim": case.words(conclusion.claim_id),
                    "changes": ", ".join(told),
                }
                others = {id_ for ids in changes.values() for id_ in ids}
                yield self.finding(conclusion, claim=conclusion.claim_id, others=others, data=data)


def _changes(case: Case, conclusion: Conclusion, sights: _Sights) -> dict[str, list[EntityId]]:
    """Return the linkages that a conclusion knows otherwise or not at all, by what became of them."""
    rested = set(conclusion.linkage_ids)
    changes: dict[str, list[EntityId]] = {"added": [], "changed": [], "withdrawn": [], "gone": []}
    for linkage in case.standing_on(conclusion.claim_id):
        if sights.is_new(linkage.id, conclusion):
            changes["changed" if linkage.id in rested else "added"].append(linkage.id)
    for id_ in sorted(rested):
        known = case.linkages.get(id_)
        if known is None or known.claim_id != conclusion.claim_id:
            changes["gone"].append(id_)
        elif known.withdrawn:
            changes["withdrawn"].append(id_)
    return changes


class _Sights:
    """What each conclusion had not seen.

    The graph of changes is walked once, children first, telling every change which conclusions have seen it. A conclusion stands
    as one bit; those that rest on the same changes share it.
    """

    def __init__(self, case: Case, conclusions: Sequence[Conclusion]) -> None:
        self._heads = case.linkage_heads
        self._bits: dict[tuple[ChangeId, ...], int] = {}
        self._unseen: set[tuple[ChangeId, int]] = set()
        asked: dict[ChangeId, set[int]] = defaultdict(set)
        seen_by: dict[ChangeId, int] = defaultdict(int)
        for conclusion in conclusions:
            bit = self._bits.setdefault(conclusion.rests_on_changes, len(self._bits))
            for change in conclusion.rests_on_changes:
                seen_by[change] |= 1 << bit
            for linkage in case.standing_on(conclusion.claim_id):
                for head in self._heads[linkage.id]:
                    asked[head].add(bit)
        if asked:
            self._walk(case.change_parents(), asked, seen_by)

    def _walk(
        self,
        graph: Iterable[tuple[ChangeId, tuple[ChangeId, ...]]],
        asked: dict[ChangeId, set[int]],
        seen_by: dict[ChangeId, int],
    ) -> None:
        for change, parents in graph:
            mask = seen_by.pop(change, 0)
            self._unseen.update((change, bit) for bit in asked.get(change, ()) if not mask >> bit & 1)
            if mask:
                for parent in parents:
                    seen_by[parent] |= mask

    def is_new(self, linkage: EntityId, conclusion: Conclusion) -> bool:
        """Tell whether a linkage was made or changed by what a conclusion had not seen."""
        if not conclusion.rests_on_changes:
            return linkage not in conclusion.linkage_ids
        bit = self._bits[conclusion.rests_on_changes]
        return any((head, bit) in self._unseen for head in self._heads[linkage])
