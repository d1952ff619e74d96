"""Fields that several people set without having seen each other: showing the sides, and settling them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from annotator.domain.anchoring import Anchor, AnchorDecision
from annotator.domain.change import DELETED, Revision, Write
from annotator.domain.claim import Claim
from annotator.domain.codec import Json, canonical
from annotator.domain.conflict import EVERY, SETTLED_ALONG, AllAlike, Conflict, ConflictFilter, Side
from annotator.domain.disputes import disputed_names, set_by
from annotator.domain.entity import Entity
from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.register import State, base, fold
from annotator.domain.view import Stamp
from annotator.domain.wording import called
from annotator.services.base import Job, Outcome, choice, entity_id
from annotator.services.editing import changed, check_author, check_fields, checked_fields
from annotator.services.withdrawing import brought_back
from annotator.store import queries
from annotator.store.exchanges import Exchanges
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader

_REMEMBERED = 1_000
OURS, THEIRS = SIDES = ("ours", "theirs")
"""What is taken where conflicts are settled all alike: what was here, or what came with a bundle."""

Who = Callable[[ChangeId], tuple[Stamp, str, bool]]
"""Gives for a change who made it and when, their name, and whether it came with a bundle."""


class Conflicting(Job):
    """The job of settling what colleagues see differently about one and the same field."""

    def conflicts(self, entity: EntityId | None = None) -> tuple[Conflict, ...]:
        """Return every field that holds several values, of one entity or of all, sorted by kind and entity."""
        reader = self.store.read()
        return found_in(reader, [entity_id("entity", entity)] if entity else reader.conflicted())

    def conflict_count(self) -> int:
        """Return how many fields hold several values: as many as ``conflicts`` lists."""
        reader = self.store.read()
        states = (reader.state(id_) for id_ in reader.conflicted())
        return sum(len(disputed_names(state.conflicts)) for state in states if state and not state.deleted)

    def settle(self, entity: EntityId, field: str, value: Json) -> None:
        """Give a field that is in conflict one value: one of those that stand, or another. Undo opens it again.

        For the field ``deleted`` True deletes and False keeps. Raises ``NotFoundError``; ``WrongArgumentError`` when the field is
        not in conflict, or the value is none that it can have.
        """
        id_ = entity_id("entity", entity)

        def plan(reader: Reader) -> Outcome[None]:
            return Outcome(None, self._settling(reader, id_, field, value))

        self.do("settle", plan)

    def settle_all(self, side: str, which: ConflictFilter = EVERY, *, dry_run: bool = False) -> AllAlike:
        """Settle all conflicts that are meant alike, with the value of “ours” or “theirs”, as one step that undo takes back.

        Where that side has several values, or none, all are left standing. ``dry_run`` only tells what would be settled.
        Raises ``WrongArgumentError``.
        """
        theirs = choice("side", side, SIDES) == THEIRS

        def plan(reader: Reader) -> Outcome[AllAlike]:
            wanted = replace(which, claim=reader.standing(which.claim)) if which.claim else which
            meant = [each for each in found_in(reader, reader.conflicted()) if wanted.takes(each)]
            settled: list[Conflict] = []
            writes: list[Write] = []
            for each in meant:
                values = each.of_side(theirs=theirs)
                if len(values) == 1:
                    writes += self._settling(reader, each.entity_id, each.field, values[0].value)
                    settled.append(each)
            left = tuple(each for each in meant if each not in settled)
            return Outcome(AllAlike(settled=tuple(settled), left=left), tuple(writes))

        found = plan(self.store.read()).value
        return found if dry_run or not found.settled else self.do("settle_all", plan)

    def _settling(self, reader: Reader, id_: EntityId, field: str, value: Json) -> tuple[Write, ...]:
        """Return what is written to give a field in conflict a value."""
        state = reader.state(id_)
        if state is None:
            raise NotFoundError(kind="entity", id=id_)
        if field not in state.conflicts:
            allowed = ", ".join(state.conflicts) or "none: nothing of it is in conflict"
            raise WrongArgumentError(argument="field", problem=f"“{field}” is not in conflict", allowed=allowed)
        writes = self._settled(reader.entity(id_), state, field, value)
        along = {name: each for name, each in _along(state, field, value).items() if name not in writes}
        back = _brought_back(reader, reader.entity(id_), value) if field == "decision" else ()
        return (Write(id_, state.kind, {**along, **writes}), *back)

    def _settled(self, found: Entity, state: State, field: str, value: Json) -> dict[str, Json]:
        """Return what is written for a value that a person chose; raises ``WrongArgumentError`` where it cannot be."""
        if field == DELETED:
            if not isinstance(value, bool):
                raise WrongArgumentError(argument="value", problem=f"“{value}” is neither", allowed="True, False")
            return {DELETED: value}
        if any(each.value == value for each in state.conflicts[field]):
            changed(found, {field: value})
            return {field: value}
        check_fields(found.kind, {field: value})
        check_author(found, self.annotator_id)
        _, writes = checked_fields(self.codebook, found, {field: value})
        return {field: value, **writes}


def _brought_back(reader: Reader, found: Entity, decision: Json) -> Iterable[Write]:
    """Return what brings back the linkages that one side withdrew with a passage, where the other side is chosen."""
    if not isinstance(found, Anchor) or decision == AnchorDecision.WITHDRAWN:
        return ()
    return brought_back(reader, found.passage, found.id)


def _along(state: State, field: str, value: Json) -> dict[str, Json]:
    """Return what is settled with a field: of fields that follow from it, the value that the same change set."""
    found: dict[str, Json] = {}
    for name, leading in SETTLED_ALONG.items():
        if name not in state.conflicts or (leading != field and leading in state.conflicts):
            continue
        chosen = {change for each in state.conflicts.get(field, ()) if each.value == value for change in each.changes}
        values = (each.value for each in state.conflicts[name] if chosen & set(each.changes))
        found[name] = next(values, state.fields.get(name))
    return found


def found_in(reader: Reader, ids: Iterable[EntityId]) -> tuple[Conflict, ...]:
    """Return every field of these entities that holds several values, sorted by kind and entity."""
    who = cache(recorded(reader))
    find = lru_cache(_REMEMBERED)(reader.find_any)
    found: list[Conflict] = []
    for id_ in ids:
        revisions = reader.history.revisions_of(id_)
        if revisions:
            entity = find(id_)
            claim = _claim_of(entity)
            standing = reader.standing(claim) if claim else None
            found += conflicts_in(revisions, called(entity, find), who, claim=standing)
    return tuple(sorted(found, key=lambda each: (each.kind, each.entity_id, each.field)))


def _claim_of(entity: Entity | None) -> EntityId | None:
    claim: EntityId | None = entity.id if isinstance(entity, Claim) else getattr(entity, "claim_id", None)
    return claim


def conflicts_in(
    revisions: Sequence[Revision], label: str, who: Who, *, claim: EntityId | None = None
) -> list[Conflict]:
    """Return the conflicts of one entity, given its standing revisions, parents first; ``claim`` is the one it belongs to."""
    state = fold(revisions)
    found = []
    for field in () if state.deleted else disputed_names(state.conflicts):
        origins = {
            set_by(revisions, field, standing.value, change): standing.value
            for standing in state.conflicts[field]
            for change in standing.changes
        }
        sides = {canonical(value): _side(value, change, who) for change, value in sorted(origins.items())}
        found.append(
            Conflict(
                entity_id=revisions[0].entity,
                kind=state.kind,
                field=field,
                label=label,
                base=_before_all(revisions, field, origins),
                sides=tuple(sorted(sides.values(), key=lambda side: (side.theirs, side.at, side.change))),
                claim_id=claim,
            )
        )
    return found


def _side(value: Json, change: ChangeId, who: Who) -> Side:
    stamp, name, theirs = who(change)
    return Side(
        value=value, annotator_id=stamp.annotator, annotator=name, at=stamp.created, change=change, theirs=theirs
    )


def _before_all(revisions: Sequence[Revision], field: str, changes: Iterable[ChangeId]) -> Json:
    """Return the value that a field had before all of these changes, None where it was not set."""
    common = base(revisions, changes)
    if not common:
        return False if field == DELETED else None
    earlier = fold(common)
    return earlier.deleted if field == DELETED else earlier.fields.get(field)


def recorded(reader: Reader, merged: Ranges | None = None) -> Who:
    """Return who made the changes that are recorded in a project."""
    merged = Exchanges(reader.connection).merged() if merged is None else merged

    def who(change: ChangeId) -> tuple[Stamp, str, bool]:
        found = reader.history.change(change)
        if found is None:
            raise NotFoundError(kind="change", id=change)
        header = found.header
        stamp = Stamp(header.annotator, header.at, header.at)
        return stamp, queries.name_of(reader, header.annotator), reader.history.number(change) in merged

    return who
