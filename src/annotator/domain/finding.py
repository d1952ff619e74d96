"""Findings: what a check says about one entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from annotator.domain.ids import EntityId
from annotator.domain.review import Waiver


class Severity(StrEnum):
    """How grave a finding is; errors come first."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found.

    ``code`` names the check, ``entity_id`` and ``kind`` the entity to look at, ``others`` (sorted) those that the finding is
    about beside it, ``claim_id`` the claim that it belongs to, if any. ``sentence`` and ``advice`` are templates that ``data``
    fills: the window translates them first. ``waiver`` is set where somebody lets it stand.
    """

    code: str
    level: Severity
    title: str
    entity_id: EntityId
    kind: str
    sentence: str
    advice: str
    data: Mapping[str, object] = field(default_factory=dict)
    others: tuple[EntityId, ...] = ()
    claim_id: EntityId | None = None
    waiver: Waiver | None = None

    @property
    def message(self) -> str:
        """Why it was raised, and what to do, in words."""
        return " ".join((self.sentence.format(**self.data), self.advice.format(**self.data)))

    @property
    def key(self) -> tuple[str, EntityId, tuple[EntityId, ...]]:
        """What makes it the same finding the next time the checks are run."""
        return (self.code, self.entity_id, self.others)

    def waived_by(self, waiver: Waiver | None) -> Finding:
        """Return the finding with the waiver that lets it stand, or with none."""
        return replace(self, waiver=waiver)
