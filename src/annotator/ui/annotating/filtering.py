"""Which passages are shown, and how many of each kind there are; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotator.domain.ids import EntityId
from annotator.domain.rows import Judged, PassageRow

UNLINKED = ""
"""The stance of passages without a standing linkage."""


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """What a passage must have: one of the values of each field that has any, all of them said by the same linkage.

    ``stances`` may hold the empty one, which lets unlinked passages through. ``noted`` asks for a note besides.
    """

    stances: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    annotators: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    noted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything is let through."""
        return self == PassageFilter()

    def toggled(self, name: str, value: str) -> PassageFilter:
        """Return the filter with a value of a field taken in, or taken out again; that of ``noted`` does not matter."""
        if name == "noted":
            return replace(self, noted=not self.noted)
        return replace(self, **{name: getattr(self, name) ^ {value}})

    def lets(self, row: PassageRow) -> bool:
        """Tell whether a passage is shown."""
        if self.noted and not row.noted:
            return False
        if not (self.stances or self.verdicts or self.annotators or self.claims):
            return True
        if not row.judged:
            return UNLINKED in self.stances and not (self.verdicts or self.annotators or self.claims)
        return any(self._fits(judged) for judged in row.judged)

    def of(self, rows: Iterable[PassageRow], chosen: str = "") -> list[PassageRow]:
        """Return the passages that are shown; the chosen one always is."""
        return [row for row in rows if row.id == chosen or self.lets(row)]

    def _fits(self, judged: Judged) -> bool:
        return all(
            not wanted or value in wanted
            for wanted, value in (
                (self.stances, judged.stance),
                (self.verdicts, judged.verdict),
                (self.annotators, judged.annotator),
                (self.claims, judged.claim),
            )
        )


@dataclass(slots=True)
class Kinds:
    """How many passages there are of each kind that one can filter by."""

    total: int = 0
    noted: int = 0
    stances: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    annotators: Counter[EntityId] = field(default_factory=Counter)
    claims: Counter[EntityId] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[PassageRow]) -> Kinds:
        """Return how many of these passages are of each kind."""
        found = cls()
        for row in rows:
            found.total += 1
            found.noted += row.noted
            found.stances.update({judged.stance for judged in row.judged} or {UNLINKED})
            found.verdicts.update({judged.verdict for judged in row.judged if judged.verdict})
            found.annotators.update({judged.annotator for judged in row.judged})
            found.claims.update({judged.claim for judged in row.judged})
        return found
