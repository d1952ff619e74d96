"""A project seen without the names of its annotators: each is called by a pseudonym, the same in every export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from annotator.domain.entity import Entity
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.people import Annotator, pseudonym
from annotator.domain.register import State
from annotator.domain.view import Deleted, Stamp
from annotator.exporters.as_one import Published
from annotator.exporters.base import ProjectView

E = TypeVar("E", bound=Entity)


class Nameless(Published):
    """What is ``Published`` of a view, without the names of annotators and what is in dispute of them."""

    def __init__(self, view: ProjectView) -> None:
        super().__init__(view)
        self._annotators = frozenset(each.id for each in view.all(Annotator))

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind, sorted by id."""
        return map(_nameless, super().all(kind))

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind with its stamp, sorted by id."""
        return ((_nameless(found), stamp) for found, stamp in super().stamped(kind))

    def with_heads(self, kind: type[E], /) -> Iterator[tuple[E, tuple[ChangeId, ...]]]:
        """Yield every living entity of a kind with the changes that have its newest revisions, sorted by id."""
        return ((_nameless(found), heads) for found, heads in super().with_heads(kind))

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity, or None."""
        found = super().find(kind, id_)
        return None if found is None else _nameless(found)

    def deleted(self, ids: Iterable[EntityId], /) -> Iterator[Deleted]:
        """Yield those of ``ids`` that were deleted, in their order."""
        return map(_nameless_deleted, super().deleted(ids))

    def all_deleted(self, kind: type[Entity], /) -> Iterator[Deleted]:
        """Yield every deleted entity of a kind, sorted by id."""
        return map(_nameless_deleted, super().all_deleted(kind))

    def state(self, id_: EntityId, /) -> State | None:
        """Return what an entity's revisions add up to; of an annotator nothing."""
        return None if id_ in self._annotators else super().state(id_)

    def disputed(self) -> Mapping[EntityId, tuple[str, ...]]:
        """Return the living entities with values in conflict, annotators aside."""
        return {id_: names for id_, names in super().disputed().items() if id_ not in self._annotators}


def _nameless(found: E) -> E:
    if isinstance(found, Annotator):
        return replace(found, name=pseudonym(found.id))
    return found


def _nameless_deleted(found: Deleted) -> Deleted:
    return found if found.entity is None else replace(found, entity=_nameless(found.entity))
