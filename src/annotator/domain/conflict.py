"""Conflicts: fields that several people set without having seen each other's value."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.codec import Json
from annotator.domain.ids import ChangeId, EntityId

SETTLED_ALONG = {"confidence_percent": "confidence", "rests_on_changes": "linkage_ids", "placed": "decision"}
"""Fields that follow from another one and are settled with it, by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value that stands: who set it, when (UTC, ISO 8601; as their clock said) and by which change.

    ``theirs`` tells whether it came with a bundle.
    """

    value: Json
    annotator_id: EntityId
    annotator: str
    at: str
    change: ChangeId
    theirs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field of an entity that holds several values until a person settles it.

    ``base`` is the value that all sides had seen (null: not set), ``sides`` are the values that stand, ours first. ``label`` says
    in words which entity it is, ``claim_id`` the claim that it is or belongs to. The field ``deleted`` stands for a deletion
    beside an edit: True deletes, False keeps.
    """

    entity_id: EntityId
    kind: str
    field: str
    label: str
    base: Json
    sides: tuple[Side, ...]
    claim_id: EntityId | None = None

    def of_side(self, *, theirs: bool) -> tuple[Side, ...]:
        """Return the sides that came with a bundle, or those that did not."""
        return tuple(side for side in self.sides if side.theirs == theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFilter:
    """Which conflicts are meant: of a kind, a field, with a value by an annotator (name or id), on a claim. Empty: any."""

    kind: str = ""
    field: str = ""
    annotator: str = ""
    claim: EntityId | None = None

    def takes(self, conflict: Conflict) -> bool:
        """Tell whether a conflict is meant."""
        return (
            self.kind in ("", conflict.kind)
            and self.field in ("", conflict.field)
            and self.claim in (None, conflict.claim_id)
            and (not self.annotator or any(self.annotator in (s.annotator, s.annotator_id) for s in conflict.sides))
        )


EVERY = ConflictFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllAlike:
    """What settling conflicts all alike comes to: those ``settled``, and those ``left`` because that side has no single value."""

    settled: tuple[Conflict, ...]
    left: tuple[Conflict, ...]
