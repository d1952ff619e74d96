"""Looking back: the project's history and that of one thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from annotator.domain.change import DELETED
from annotator.domain.codec import Json
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.kinds import KINDS
from annotator.domain.register import State, before, differences, fold
from annotator.domain.rows import ChangeRow, Dispute, Event
from annotator.services.base import Job, choice, entity_id
from annotator.store import queries, remembered


class Remembering(Job):
    """What was done, by whom and when. Safe from any thread, like all that only reads."""

    def history(self, entity: EntityId) -> tuple[Event, ...]:
        """Return an entity's history, oldest first: who, when, each field before and after."""
        reader = self.store.read()
        revisions = reader.history.revisions_of(entity_id("entity", entity))
        if not revisions:
            return ()
        now = fold(revisions)
        events = []
        for revision in revisions:
            change = reader.history.change(revision.change)
            if change is None:
                continue
            earlier = before(revisions, revision.change)
            old, new = fold(earlier) if earlier else None, fold([*earlier, revision])
            name = queries.name_of(reader, change.header.annotator)
            events.append(
                Event(
                    change=change,
                    annotator=name,
                    kind=revision.kind,
                    fields=_changed(old, new),
                    disputes=tuple(_disputes(old, new, now, revision.change)),
                    is_now=_same(new, now),
                )
            )
        return tuple(events)

    def changes(
        self,
        *,
        limit: int = 200,
        before: int | None = None,
        annotator: EntityId | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        words: str = "",
        exchange: int | None = None,
    ) -> tuple[ChangeRow, ...]:
        """Return the project's history, newest first; ``before`` is the local number to go on from.

        What is given narrows it: changes by ``annotator`` (an id); that touch a thing of this ``kind``; made ``since``
        (inclusive) or ``until`` (exclusive) a day or a time, in ISO 8601, UTC unless it says otherwise; that hold all ``words``
        in what was done, who did it or what was touched; that came in with the bundle ``exchange`` (its number in the log).
        Raises ``WrongArgumentError``.
        """
        reader = self.store.read()
        wanted = remembered.Wanted(
            annotator=entity_id("annotator", annotator) if annotator is not None else None,
            kind=choice("kind", kind, sorted(KINDS)) if kind is not None else None,
            since=_time("since", since),
            until=_time("until", until),
            words=tuple(words.split()),
            exchange=exchange,
        )
        rows = []
        for number, change in remembered.newest(reader.connection, wanted, limit=limit, before=before):
            kinds = reader.history.kinds_touched(change.id)
            name = queries.name_of(reader, change.header.annotator)
            rows.append(ChangeRow(number=number, change=change, annotator=name, kinds=kinds))
        return tuple(rows)

    def touched(self, change: ChangeId) -> tuple[EntityId, ...]:
        """Return the entities that a change touched."""
        return tuple(revision.entity for revision in self.store.read().history.revisions_of_change(change))


def _fields(state: State | None) -> dict[str, Json]:
    return {**state.fields, DELETED: state.deleted or None} if state else {}


def _changed(old: State | None, new: State) -> tuple[tuple[str, Json, Json], ...]:
    """Return each field that is another after a step, or that holds as many values no more."""
    earlier, later = _fields(old), _fields(new)
    fields = {name: (before, after) for name, before, after in differences(earlier, later)}
    for name in {*(old.conflicts if old else ()), *new.conflicts}:
        if _standing(old, name) != _standing(new, name):
            fields.setdefault(name, (earlier.get(name), later.get(name)))
    return tuple((name, *fields[name]) for name in sorted(fields))


def _disputes(old: State | None, new: State, now: State, change: ChangeId) -> list[Dispute]:
    """Return the fields that hold several values before or after a step, or hold the step's own beside others now."""
    mine = {
        name: tuple(each.value for each in standing if change not in each.changes)
        for name, standing in now.conflicts.items()
        if any(change in each.changes for each in standing)
    }
    names = sorted({*(old.conflicts if old else ()), *new.conflicts, *mine})
    return [
        Dispute(field=name, before=_standing(old, name), after=_standing(new, name), beside=mine.get(name, ()))
        for name in names
    ]


def _standing(state: State | None, name: str) -> tuple[Json, ...]:
    conflicts: Mapping[str, object] = state.conflicts if state else {}
    return tuple(each.value for each in state.conflicts[name]) if state and name in conflicts else ()


def _same(then: State, now: State) -> bool:
    if any(_standing(then, name) != _standing(now, name) for name in {*then.conflicts, *now.conflicts}):
        return False
    return not any(differences(_fields(then), _fields(now)))


def _time(argument: str, given: str | None) -> str | None:
    """Return a day or time as the history states its times."""
    if given is None:
        return None
    try:
        then = datetime.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise WrongArgumentError(
            argument=argument, problem=f"“{given}” is no time", allowed="ISO 8601, such as 2025-05-14"
        ) from error
    then = then.astimezone(UTC) if then.tzinfo else then.replace(tzinfo=UTC)
    return then.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
