"""What of another program's file is in the project already, and under which id the rest is entered."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from annotator.domain.change import DELETED, Write
from annotator.domain.entity import Entity, field_names
from annotator.domain.ids import EntityId, derived_id, parse_entity_id
from annotator.services.base import created
from annotator.store.reader import Reader

_URN = "urn:uuid:"


class Standing(Enum):
    """Whether something is in the project: not at all, living, deleted, or its id is that of something else."""

    ABSENT = auto()
    LIVING = auto()
    DELETED = auto()
    OTHER = auto()


class Here:
    """Knows what a project has of a file. The id of what is entered follows from its key, so that it is known again."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kinds: dict[EntityId, str] = {}
        self._asked: set[EntityId] = set()

    def look_up(self, ids: Iterable[EntityId]) -> None:
        """Find out about many ids in one go."""
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._asked]
        self._asked.update(new)
        self._kinds.update(self._reader.kinds(new))

    def id_for(self, kind: type[Entity], key: str, *more: str) -> EntityId:
        """Return the id of what goes by a key: its own where the project knows that as one of this kind, else a derived one."""
        own = own_id(key)
        if own is not None:
            self.look_up((own,))
            if self._kinds.get(own) == kind.kind:
                return own
        return derived_id("foreign", kind.kind, *(part.replace("\0", "") for part in (key, *more)))

    def standing(self, kind: type[Entity], id_: EntityId) -> Standing:
        """Tell whether an entity is here."""
        self.look_up((id_,))
        found = self._kinds.get(id_)
        if found is None:
            return Standing.ABSENT
        if found != kind.kind:
            return Standing.OTHER
        return Standing.LIVING if self._reader.find(kind, id_) is not None else Standing.DELETED

    def write(self, entity: Entity) -> Write:
        """Return the write that makes an entity, or makes one again that was deleted."""
        self.look_up((entity.id,))
        made = created(entity)
        before = self._reader.state(entity.id) if entity.id in self._kinds else None
        if before is None:
            return made
        fields = {name: made.fields.get(name) for name in field_names(entity.kind)}
        changed = {name: value for name, value in fields.items() if value != before.fields.get(name)}
        return Write(entity.id, entity.kind, {**changed, DELETED: None})


def own_id(key: str) -> EntityId | None:
    """Return the entity id that a key of this program's own exports is, or None."""
    try:
        return parse_entity_id(key.removeprefix(_URN)) if key.startswith(_URN) else None
    except ValueError:
        return None
