"""Undo and redo: new changes that set the fields back. History only grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.domain.change import DELETED, Change, Revision, Write
from annotator.domain.codec import Json
from annotator.domain.errors import NothingToUndoError, UndoRefusedError
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.register import before, fold, writers
from annotator.domain.source import Version
from annotator.services.base import Job, Outcome, Step
from annotator.services.taking_back import bring_merge_back, set_merge_aside
from annotator.store import queries
from annotator.store.reader import Reader
from annotator.store.store import Store


class Undoing(Job):
    """Takes back and does again what was done since the project was opened."""

    def undo(self) -> Change | None:
        """Undo the last step and return the change that did it, None for a merge, which is set aside.

        Raises ``NothingToUndoError``; ``UndoRefusedError`` and ``MergeStandsError`` when somebody has built on it.
        """
        return self._turn_back("undo", self.done, self.undone, set_merge_aside)

    def redo(self) -> Change | None:
        """Do again what was undone last. Raises as ``undo`` does."""
        return self._turn_back("redo", self.undone, self.done, bring_merge_back)

    def _turn_back(
        self, what: str, from_stack: list[Step], to_stack: list[Step], turn_merge: Callable[[Store, int], None]
    ) -> Change | None:
        if not from_stack:
            raise NothingToUndoError(what=what)
        step = from_stack[-1]
        if step.exchange:
            turn_merge(self.store, step.exchange)
            to_stack.append(from_stack.pop())
            self._tell(None)
            return None
        label = f"{what.capitalize()}: {step.label}"
        _, change = self._commit(what, label, lambda reader: _inverse(reader, step.change), undoes=step.change)
        from_stack.pop()
        assert change is not None  # noqa: S101 a change that wrote something has an inverse that does
        to_stack.append(Step(change.id, step.label))
        self._tell(change)
        return change


def _inverse(reader: Reader, change: ChangeId) -> Outcome[None]:
    touched = [revision.entity for revision in reader.history.revisions_of_change(change)]
    held = _held(reader, touched)
    return Outcome(None, tuple(_write_back(reader, change, entity, touched, held) for entity in touched))


def _held(reader: Reader, touched: list[EntityId]) -> frozenset[EntityId]:
    """Return what stands in the texts of versions that come back: it loses nothing when another version of the text goes."""
    versions = (gone.entity for gone in reader.deleted(touched) if isinstance(gone.entity, Version))
    return frozenset(id_ for version in versions for id_ in queries.standing_in(reader, version.text))


def _write_back(
    reader: Reader, change: ChangeId, entity: EntityId, touched: list[EntityId], held: frozenset[EntityId]
) -> Write:
    """Return the write that sets what a change set back; what held several values before holds them again."""
    revisions = reader.history.revisions_of(entity)
    own = next(revision for revision in revisions if revision.change == change)
    earlier = before(revisions, change)
    _check_untouched(reader, revisions, own)
    if not earlier:
        _check_unused(reader, entity, touched, held)
        return Write(entity, own.kind, {DELETED: True})
    state = fold(earlier)
    fields: dict[str, Json] = {}
    reopened: dict[str, Sequence[Json]] = {}
    for name, _ in own.writes():
        if name in state.conflicts:
            reopened[name] = [standing.value for standing in state.conflicts[name]]
        else:
            fields[name] = (state.deleted or None) if name == DELETED else state.fields.get(name)
    if fields.get(DELETED):
        _check_unused(reader, entity, touched, held)
    return Write(entity, own.kind, fields, reopened)


def _check_untouched(reader: Reader, revisions: list[Revision], own: Revision) -> None:
    """Refuse when a field that the change set holds another value by now, or the same from somebody else."""
    author = _author(reader, own.change)
    mine = dict(own.writes())
    for name, values in mine.items():
        for writer in writers(revisions, name):
            if list(dict(writer.writes())[name]) != list(values) or _author(reader, writer.change) != author:
                raise UndoRefusedError(field=name, entity=f"{own.kind} {own.entity}", who=_name(reader, writer.change))


def _check_unused(reader: Reader, entity: EntityId, touched: list[EntityId], held: frozenset[EntityId]) -> None:
    """Refuse to take away what something else, made by another change, rests on; ``held`` rest on something else, too."""
    for other in queries.dependants(reader, entity, kept=held):
        if other not in touched:
            newest = reader.history.revisions_of(other)[-1]
            raise UndoRefusedError(field=newest.kind, entity=f"the entity {entity}", who=_name(reader, newest.change))


def _author(reader: Reader, change: ChangeId) -> EntityId | None:
    found = reader.history.change(change)
    return found.header.annotator if found else None


def _name(reader: Reader, change: ChangeId) -> str:
    author = _author(reader, change)
    return queries.name_of(reader, author) if author else "somebody"
