"""People: annotators who judge, and agents who say things."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity, entity
from annotator.domain.ids import EntityId


class AgentKind(StrEnum):
    """What an agent is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    GOVERNMENT = "government"
    GROUP = "group"
    UNKNOWN = "unknown"


@entity("annotator")
@dataclass(frozen=True, slots=True, kw_only=True)
class Annotator(Entity):
    """A person or team who makes or reviews linkages. ``keys`` are fingerprints of the keys they sign with."""

    name: str
    keys: tuple[str, ...] = ()


_SHOWN = 4


def pseudonym(annotator: EntityId) -> str:
    """Return what an annotator is called whose name was withheld: the same in every bundle and every copy.

    It is taken from the random end of the id; the beginning of a UUIDv7 is a time, which people who began together share.
    """
    return f"Annotator {annotator[-_SHOWN:]}"


@entity("agent")
@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Entity):
    """Someone who says things: a person, an organisation, an unnamed group, or unknown. ``interests``: what stake they have.

    ``merged_into`` is the agent that a person said this one to be, ``parted_from`` those that a person said it not to be.
    """

    name: str
    agent_kind: AgentKind = AgentKind.UNKNOWN
    interests: str = ""
    merged_into: EntityId | None = None
    parted_from: tuple[EntityId, ...] = ()
