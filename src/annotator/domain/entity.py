"""What all entities have in common, and the registry of their kinds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from annotator.domain.codec import Json, from_plain, to_plain
from annotator.domain.ids import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Anything that has an id of its own and a history. A field that is not set has its default.

    ``derived`` tells that the id follows from what the entity is about, so that several people make the same one apart.
    """

    id: EntityId
    kind: ClassVar[str] = ""
    derived: ClassVar[bool] = False


E = TypeVar("E", bound=Entity)

KINDS: dict[str, type[Entity]] = {}
"""Every kind of entity by its name; filled by ``annotator.domain.kinds``."""

_defaults: dict[type[Entity], dict[str, Json]] = {}


def entity(kind: str) -> Callable[[type[E]], type[E]]:
    """Register a frozen dataclass as a kind of entity."""

    def register(cls: type[E]) -> type[E]:
        cls.kind = kind
        KINDS[kind] = cls
        _defaults[cls] = {
            field.name: to_plain(_default(field)) for field in dataclasses.fields(cls) if field.name != "id"
        }
        return cls

    return register


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default is not dataclasses.MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not dataclasses.MISSING else None


def field_names(kind: str) -> tuple[str, ...]:
    """Return the names of the fields that a person can set on this kind of entity."""
    return tuple(_defaults[KINDS[kind]])


def fields_of(item: Entity) -> dict[str, Json]:
    """Return an entity's fields as plain values, without those that have their default."""
    plain = to_plain(item)
    defaults = _defaults[type(item)]
    return {name: plain[name] for name in defaults if plain[name] != defaults[name]}


def settled_fields(kind: str, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return ``fields`` without those that are not set (null) or have their default."""
    cls = KINDS.get(kind)
    defaults = _defaults[cls] if cls else {}
    return {name: value for name, value in fields.items() if value is not None and value != defaults.get(name)}


def entity_from(kind: str, id_: EntityId, fields: Mapping[str, Json]) -> Entity:
    """Return the entity that plain fields describe; raises ``ValueError`` naming what does not fit."""
    return from_plain({**settled_fields(kind, fields), "id": id_}, KINDS[kind])
