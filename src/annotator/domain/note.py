"""Notes on anything."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.entity import Entity, entity
from annotator.domain.ids import EntityId
from annotator.domain.register import State


@entity("note")
@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Entity):
    """Words on an entity, for the team or (``private``) for their author."""

    about: EntityId
    annotator_id: EntityId
    text: str
    private: bool = False


def is_private(state: State) -> bool:
    """Tell whether this is the state of a private note, also where only one of two values that stand says so."""
    standing = state.conflicts.get("private", ())
    return state.fields.get("private") is True or any(each.value is True for each in standing)
