"""Notes on anything."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.entity import Entity, entity
from annotator.domain.ids import EntityId


@entity("note")
@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Entity):
    """Words on an entity, for the team or (``private``) for their author."""

    about: EntityId
    annotator_id: EntityId
    text: str
    private: bool = False
