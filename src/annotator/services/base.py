"""What every job needs: the store, the person, and the stack of what can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotator.domain.change import DELETED, Blob, Change, Draft, Write
from annotator.domain.entity import Entity, fields_of
from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.ids import ChangeId, EntityId, parse_entity_id
from annotator.domain.people import Annotator
from annotator.domain.scales import Codebook
from annotator.services.labels import LABELS
from annotator.store.reader import Reader
from annotator.store.store import Store

YOUR_NAME = "your name (annotator= in a script, --annotator on the command line)"

T = TypeVar("T")
E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a plan comes to: the value for the caller, and what is to be written for it."""

    value: T
    writes: tuple[Write, ...] = ()
    blobs: tuple[Blob, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step that can be undone or redone: the change that did it, and what the person called it.

    A merge is no change of its own: ``exchange`` is its line in the log of bundles.
    """

    change: ChangeId
    label: str
    exchange: int = 0


def created(entity: Entity) -> Write:
    """Return the write that makes a new entity."""
    return Write(entity.id, entity.kind, fields_of(entity))


def deleted(kind: str, id_: EntityId) -> Write:
    """Return the write that deletes an entity."""
    return Write(id_, kind, {DELETED: True})


class Job:
    """The ground on which all jobs stand."""

    def __init__(self, store: Store, person: Annotator | None) -> None:
        """``person`` is who works; None: a project that is only looked at."""
        self.store = store
        self._person = person
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.on_change: list[Callable[[Change | None], None]] = []
        self._codebook: Codebook | None = None
        self._joined = False

    @property
    def annotator_id(self) -> EntityId:
        """Who works on the project; raises ``WrongArgumentError`` when nobody was named."""
        if self._person is None:
            raise WrongArgumentError(argument="annotator", problem="nobody is named", allowed=YOUR_NAME)
        return self._person.id

    @property
    def codebook(self) -> Codebook:
        """The scales in force."""
        if self._codebook is None:
            self._codebook = self.store.read().codebook_in_force()
        return self._codebook

    def do(self, action: str, plan: Callable[[Reader], Outcome[T]]) -> T:
        """Commit what ``plan`` comes to as one undoable change and return its value; nothing to write is no change."""
        outcome, change = self._commit(action, LABELS[action], plan)
        if change is not None:
            self.done.append(Step(change.id, LABELS[action]))
            self.undone.clear()
            self._tell(change)
        return outcome.value

    def _commit(
        self, action: str, label: str, plan: Callable[[Reader], Outcome[T]], *, undoes: ChangeId | None = None
    ) -> tuple[Outcome[T], Change | None]:
        self._join()
        outcomes: list[Outcome[T]] = []

        def draft(reader: Reader) -> Draft:
            outcome = plan(reader)
            outcomes.append(outcome)
            return Draft(
                action=action,
                label=label,
                annotator=self.annotator_id,
                writes=outcome.writes,
                blobs=outcome.blobs,
                undoes=undoes,
            )

        change = self.store.commit(draft)
        return outcomes[0], change

    def _join(self) -> None:
        """Enter the person into the project, once, before their first change."""
        if self._joined:
            return
        person = self.annotator_id

        def draft(reader: Reader) -> Draft | None:
            if reader.find(Annotator, person) is not None or self._person is None:
                return None
            return Draft(action="join", label=LABELS["join"], annotator=person, writes=(created(self._person),))

        self.store.commit(draft)
        self._joined = True

    def _tell(self, change: Change | None) -> None:
        """Tell everybody of a change; None: anything may have changed."""
        self._codebook = None
        self._joined = self._joined and change is not None
        for listener in self.on_change:
            listener(change)


def entity_id(argument: str, value: str) -> EntityId:
    """Return an id given by a caller; raises ``WrongArgumentError`` when it is none."""
    try:
        return parse_entity_id(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise WrongArgumentError(
            argument=argument, problem=f"“{value}” is not an id", allowed="the id of an entity of this project"
        ) from error


def existing(reader: Reader, kind: type[E], id_: str) -> E:
    """Return a living entity; raises ``NotFoundError`` for any id that is not one of this kind."""
    try:
        return reader.get(kind, parse_entity_id(id_))
    except (ValueError, AttributeError, TypeError) as error:
        raise NotFoundError(kind=kind.kind, id=id_) from error


def choice(argument: str, value: str, allowed: Iterable[str]) -> str:
    """Return ``value`` if it is one of ``allowed``; raises ``WrongArgumentError`` otherwise."""
    allowed = tuple(allowed)
    if value not in allowed:
        raise WrongArgumentError(argument=argument, problem=f"“{value}” is not known", allowed=", ".join(allowed))
    return value
