"""What goes out in a bundle and what is withheld, and the same project seen without what is withheld.

Headers of changes and the seals of their revisions always go out, so that the history can be checked; only bodies of revisions
stay here, each as a whole and with its digest, and those of one entity together. Scales always go.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from annotator.domain.entity import Entity
from annotator.domain.exchanging import Why
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.note import Note, is_private
from annotator.domain.people import Annotator
from annotator.domain.register import State
from annotator.domain.scales import Codebook, Scale
from annotator.domain.structure import Structure
from annotator.domain.view import Stamp, View

E = TypeVar("E", bound=Entity)

CLAIMS, ANNOTATORS, SINCE, LACKING = "claims", "annotators", "since", "lacking"


OFTEN_WITHHELD = frozenset({Note.kind, Annotator.kind})
"""The kinds that may stay here without anybody lacking what the project is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleScope:
    """What a person wants to give away.

    ``claims`` and ``annotators`` limit it to these claims and this work, with all that either rests on; ``since`` to what was
    touched after the last exchange with the team of that name. Without these it is the whole project. ``originals``, ``notes``
    and ``names`` (of annotators) may be left out; the words of ``private`` notes are unless they are asked for.
    """

    claims: tuple[EntityId, ...] = ()
    annotators: tuple[EntityId, ...] = ()
    since: str = ""
    originals: bool = True
    notes: bool = True
    names: bool = True
    private: bool = False

    @property
    def is_limited(self) -> bool:
        """Whether it is less than the whole project, redaction aside."""
        return bool(self.claims or self.annotators or self.since)

    @property
    def limits(self) -> tuple[str, ...]:
        """By what it is limited, as a bundle states it."""
        given = ((CLAIMS, self.claims), (ANNOTATORS, self.annotators), (SINCE, self.since))
        return tuple(name for name, value in given if value)


WHOLE = BundleScope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a scope comes to in a project: the chosen ``entities``, None for all, and the ``basis`` that the receiver has.

    The basis are the newest changes of the last exchange, where the scope is what came after it.
    """

    entities: Container[EntityId] | None = None
    basis: tuple[ChangeId, ...] = ()


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What a bundle states of itself: by what it is limited, and the newest changes that its receiver is to have.

    Limits are ``claims``, ``annotators``, ``since``, and ``lacking`` where words were withheld from the sender already.
    """

    limits: tuple[str, ...] = ()
    basis: tuple[ChangeId, ...] = ()


UNLIMITED = Extent()


class Withholding:
    """Tells of each entity whether its words go out."""

    def __init__(self, scope: BundleScope, selection: Selection, state: Callable[[EntityId], State | None]) -> None:
        """``state`` gives what an entity's revisions add up to."""
        self._scope = scope
        self._selection = selection
        self._state = state
        self._private: dict[EntityId, bool] = {}

    def spares(self, kind: str) -> bool:
        """Tell whether all of a kind goes out."""
        if kind == Scale.kind:
            return True
        if kind == Note.kind and not (self._scope.notes and self._scope.private):
            return False
        return self._selection.entities is None and (kind != Annotator.kind or self._scope.names)

    def why(self, kind: str, entity: EntityId) -> Why | None:
        """Return why the words of an entity stay here, None where they go out."""
        if self.spares(kind):
            return None
        if kind == Annotator.kind and not self._scope.names:
            return Why.NAMES
        if self._selection.entities is not None and entity not in self._selection.entities:
            return Why.SCOPE
        if kind != Note.kind:
            return None
        if not self._scope.notes:
            return Why.NOTES
        return Why.PRIVATE if not self._scope.private and self._is_private(entity) else None

    def _is_private(self, note: EntityId) -> bool:
        if note not in self._private:
            state = self._state(note)
            self._private[note] = state is not None and is_private(state)
        return self._private[note]


class ScopedView:
    """A view of a project without the entities whose words do not go out: as its receiver will see it."""

    def __init__(self, view: View, withholding: Withholding, kind_of: Callable[[EntityId], str]) -> None:
        """``kind_of`` gives the kind of an entity that is in dispute."""
        self._view = view
        self._withholding = withholding
        self._kind_of = kind_of

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind that goes out, sorted by id."""
        return (found for found in self._view.all(kind) if self._goes(found))

    def stamped(self, kind: type[E], /) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind that goes out with its stamp, sorted by id."""
        return ((found, stamp) for found, stamp in self._view.stamped(kind) if self._goes(found))

    def find(self, kind: type[E], id_: EntityId, /) -> E | None:
        """Return a living entity that goes out, or None."""
        found = self._view.find(kind, id_)
        return found if found is not None and self._goes(found) else None

    def of_claim(self, kind: type[E], claim: EntityId, /) -> list[E]:
        """Return the living appearances, linkages or conclusions of one claim that go out, sorted by id."""
        return [found for found in self._view.of_claim(kind, claim) if self._goes(found)]

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text; raises ``NotFoundError``."""
        return self._view.text(digest)

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure; raises ``NotFoundError``."""
        return self._view.structure(digest)

    def codebook(self) -> Codebook:
        """Return the scales in force."""
        return self._view.codebook()

    def disputed(self) -> Mapping[EntityId, tuple[str, ...]]:
        """Return the living entities that go out and hold values in conflict, and the names of these fields, sorted."""
        found = self._view.disputed()
        return {id_: names for id_, names in found.items() if not self._withholding.why(self._kind_of(id_), id_)}

    def _goes(self, found: Entity) -> bool:
        return self._withholding.why(found.kind, found.id) is None
