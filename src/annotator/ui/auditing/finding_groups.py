"""Findings put in order where there is time for it, so that the window only looks into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId

Key = tuple[str, EntityId, tuple[EntityId, ...]]
Levels = Mapping[Severity, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroups:
    """Findings by their level: those that stand, and those that were waived.

    ``places`` tells which of its group one is, ``by_entity`` which of those that stand are about an entity.
    """

    standing: Levels = field(default_factory=dict)
    waived: Levels = field(default_factory=dict)
    places: Mapping[Key, int] = field(default_factory=dict)
    by_entity: Mapping[EntityId, list[Finding]] = field(default_factory=dict)

    def levels(self, *, waived: bool) -> Levels:
        """Return the groups of one sort."""
        return self.waived if waived else self.standing

    def count(self, *, waived: bool) -> int:
        """Return how many there are of one sort."""
        return sum(map(len, self.levels(waived=waived).values()))

    def about(self, entities: AbstractSet[EntityId]) -> list[Finding]:
        """Return those that stand and are about one of these entities."""
        found = {each.key: each for id_ in sorted(entities) for each in self.by_entity.get(id_, ())}
        return sorted(found.values(), key=lambda each: (list(self.standing).index(each.level), self.places[each.key]))

    @property
    def grave(self) -> int:
        """How many errors and warnings stand."""
        return sum(len(group) for level, group in self.standing.items() if level is not Severity.INFORMATION)


def grouped(findings: Iterable[Finding]) -> FindingGroups:
    """Return findings in their groups; within each they keep their order."""
    sorts: dict[bool, dict[Severity, list[Finding]]] = {False: {}, True: {}}
    places: dict[Key, int] = {}
    by_entity: dict[EntityId, list[Finding]] = {}
    for each in findings:
        group = sorts[each.waiver is not None].setdefault(each.level, [])
        places[each.key] = len(group)
        group.append(each)
        for id_ in {each.entity_id, *each.others} if each.waiver is None else ():
            by_entity.setdefault(id_, []).append(each)
    standing, waived = ({level: tuple(group) for level, group in sort.items()} for sort in sorts.values())
    return FindingGroups(standing=standing, waived=waived, places=places, by_entity=by_entity)
