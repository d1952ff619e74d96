"""Changing, deleting and restoring anything."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from annotator.domain.change import DELETED, Write
from annotator.domain.claim import Claim
from annotator.domain.codec import Json, to_plain
from annotator.domain.entity import Entity, entity_from, field_names
from annotator.domain.errors import WrongArgumentError
from annotator.domain.fixed import NEVER_DELETED, fixed_fields
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, AgentKind, Annotator
from annotator.domain.register import State, before, differences, fold
from annotator.domain.scales import Codebook
from annotator.domain.source import Version
from annotator.domain.standing_on import stands_on
from annotator.domain.view import Deleted
from annotator.services.base import Job, Outcome, created, deleted, entity_id
from annotator.services.identity import new_id
from annotator.services.labels import LABELS
from annotator.store import queries
from annotator.store.agents import agent_named
from annotator.store.reader import Reader

_SET_OTHERWISE = {"passage": ("fragments",), "review": ("as_of",)}
"""Fields that change, but not by being edited: a passage is reshaped, and a review says itself what it is of."""

_SCALES = {
    "linkage": {"stance": "stance", "verdict": "verdict", "confidence": "confidence", "basis": "basis"},
    "conclusion": {"verdict": "verdict", "confidence": "confidence", "likelihood": "likelihood", "flags": "flags"},
    "appearance": {"role": "appearance_role"},
    "claim": {"types": "claim_type"},
}
_PEOPLE = ("authors", "publishers", "claimants")


class Editing(Job):
    """The job of putting things right."""

    def edit(self, entity: EntityId, **fields: Any) -> Entity:
        """Set fields of an entity and return it. People (``authors``, ``publishers``, ``claimants``) may be given by name.

        Raises ``WrongArgumentError`` naming the field and what is allowed, ``NotFoundError``.
        """
        id_ = entity_id("entity", entity)
        kind = self.store.read().entity(id_).kind

        def plan(reader: Reader) -> Outcome[Entity]:
            found = reader.entity(id_)
            check_fields(found.kind, fields)
            check_author(found, self.annotator_id)
            agents, given = _people(reader, fields)
            edited, writes = checked_fields(self.codebook, found, given)
            return Outcome(edited, (*agents, Write(id_, found.kind, writes)) if writes else ())

        action = "confirm" if fields.get("confirmed") else f"edit_{kind}"
        return self.do(action if action in LABELS else "edit", plan)

    def delete(self, entity: EntityId) -> None:
        """Delete an entity and what makes no sense without it, in one change that undo takes back.

        Raises ``NotFoundError``; ``WrongArgumentError`` for what cannot be deleted (annotators, versions, scales).
        """
        id_ = entity_id("entity", entity)
        action = f"delete_{self.store.read().entity(id_).kind}"
        if self.store.read().entity(id_).kind in {*NEVER_DELETED, Version.kind}:
            raise WrongArgumentError(
                argument="entity",
                problem="this kind is not deleted",
                allowed="sources, passages, claims and what is on them",
            )

        def plan(reader: Reader) -> Outcome[None]:
            found = reader.entity(id_)
            if isinstance(found, Claim) and (standing := reader.standing(id_)) != id_:
                words = reader.get(Claim, standing).text
                raise WrongArgumentError(
                    argument="entity",
                    problem=f"it was joined to “{words}”",
                    allowed="that claim, or part the two first",
                )
            others = (reader.entity(other) for other in queries.dependants(reader, id_))
            return Outcome(None, (deleted(found.kind, id_), *(deleted(other.kind, other.id) for other in others)))

        self.do(action if action in LABELS else "delete", plan)

    def restore(self, entity: EntityId, change: ChangeId) -> None:
        """Set an entity back to what it was after ``change``; of values that stand side by side, its own are kept.

        One that was deleted comes back with what it stands on, where that was deleted, too.
        Raises ``WrongArgumentError`` when it has no such change.
        """
        id_ = entity_id("entity", entity)

        def plan(reader: Reader) -> Outcome[None]:
            revisions = reader.history.revisions_of(id_)
            own = next((revision for revision in revisions if revision.change == change), None)
            if own is None:
                raise WrongArgumentError(
                    argument="change", problem="it did not touch this", allowed="a change of its history"
                )
            then = fold([*before(revisions, change), own])
            now = fold(revisions)
            fields: dict[str, Json] = {name: after for name, _, after in differences(now.fields, then.fields)}
            fields |= {name: then.fields.get(name) for name in now.conflicts if name != DELETED}
            if now.deleted != then.deleted or DELETED in now.conflicts:
                fields[DELETED] = then.deleted or None
            ground = _ground(reader, _entity_of(id_, then)) if now.deleted and not then.deleted else {}
            return Outcome(None, (Write(id_, now.kind, fields), *ground.values()) if fields else ())

        self.do("restore", plan)


def _entity_of(id_: EntityId, state: State) -> Entity | None:
    try:
        return entity_from(state.kind, id_, state.fields)
    except ValueError:
        return None


def _ground(reader: Reader, entity: Entity | None) -> dict[EntityId, Write]:
    """Return what brings back the deleted things that an entity stands on, all the way down to the source."""
    writes: dict[EntityId, Write] = {}
    waiting = [entity]
    while waiting:
        each = waiting.pop()
        for gone in _deleted_below(reader, each) if each is not None else ():
            if gone.id not in writes:
                writes[gone.id] = Write(gone.id, gone.kind, {DELETED: None})
                waiting.append(gone.entity)
    return writes


def _deleted_below(reader: Reader, entity: Entity) -> Iterable[Deleted]:
    """Return the deleted things that an entity stands on; of the versions of a passage's text one is enough."""
    if not isinstance(entity, Passage):
        return reader.deleted(stands_on(entity))
    if queries.version_of_text(reader, entity.text) is not None:
        return ()
    versions = (gone for gone in reader.all_deleted(Version) if getattr(gone.entity, "text", None) == entity.text)
    return islice(versions, 1)


def checked_fields(codebook: Codebook, found: Entity, given: dict[str, Any]) -> tuple[Entity, dict[str, Json]]:
    """Return an entity with fields set, and what is to be written for it: the fields that differ.

    Raises ``WrongArgumentError`` naming the field and what is allowed.
    """
    _check_levels(codebook, found.kind, given)
    if given.get("parent") == found.id:
        raise WrongArgumentError(argument="parent", problem="it would be its own", allowed="another claim, or None")
    wanted = changed(found, given)
    if isinstance(wanted, (Linkage, Conclusion)) and "confidence" in given:
        wanted = changed(wanted, {"confidence_percent": _percent(codebook, wanted.confidence)})
    return wanted, {name: after for name, _, after in differences(to_plain(found), to_plain(wanted))}


def check_fields(kind: str, fields: dict[str, Any]) -> None:
    """Raise ``WrongArgumentError`` where a field is not one that a person edits on this kind of entity."""
    fixed = fixed_fields(kind).union(_SET_OTHERWISE.get(kind, ()))
    allowed = [name for name in field_names(kind) if name not in fixed]
    for name in fields:
        if name not in allowed:
            raise WrongArgumentError(
                argument=name, problem=f"a {kind} has no such field to edit", allowed=", ".join(allowed) or "nothing"
            )


def check_author(found: Entity, person: EntityId) -> None:
    """Raise ``WrongArgumentError`` where a person would edit another person: people say themselves what they are called."""
    if isinstance(found, Annotator) and found.id != person:
        raise WrongArgumentError(
            argument="entity", problem=f"this is {found.name}, who alone edits that", allowed="your own name"
        )


def _check_levels(codebook: Codebook, kind: str, fields: dict[str, Any]) -> None:
    for name, scale in _SCALES.get(kind, {}).items():
        if isinstance(fields.get(name), str):
            codebook.check(scale, fields[name])
        elif fields.get(name):
            codebook.check_all(scale, fields[name])
    if fields.get("reasons"):
        codebook.check_reasons(fields["reasons"])


def changed(found: Entity, fields: dict[str, Any]) -> Entity:
    """Return an entity with fields set; raises ``WrongArgumentError`` naming one whose value is not of its type."""
    try:
        return entity_from(found.kind, found.id, {**to_plain(found), **to_plain(fields)})
    except ValueError as error:
        name = str(error).rpartition("$.")[2].strip("`")
        raise WrongArgumentError(argument=name, problem=str(error), allowed="a value of the field's type") from error


def _percent(codebook: Codebook, confidence: str) -> int | None:
    return codebook.scale("confidence").level(confidence).percent if confidence else None


def _people(reader: Reader, fields: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Return the writes that make new agents, and ``fields`` with agents' ids for names."""
    made: dict[str, Agent] = {}
    given = dict(fields)
    for field in _PEOPLE:
        if field in given:
            given[field] = tuple(_agent_id(reader, name, made) for name in given[field] or ())
    return [created(agent) for agent in made.values()], given


def _agent_id(reader: Reader, name: str, made: dict[str, Agent]) -> EntityId:
    known = agent_named(reader, name)
    if known is not None:
        return known.id
    try:
        return reader.get(Agent, entity_id("agent", name)).id
    except WrongArgumentError:
        agent = made.setdefault(name, Agent(id=new_id(), name=name, agent_kind=AgentKind.UNKNOWN))
        return agent.id
