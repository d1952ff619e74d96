"""Claims, and who said them where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.dates import PartialDate
from annotator.domain.entity import Entity, entity
from annotator.domain.ids import EntityId


class Relation(StrEnum):
    """How a claim stands to its parent."""

    PART_OF = "part_of"
    RESTATES = "restates"
    CONTRADICTS = "contradicts"
    CONFLATED_WITH = "conflated_with"
    SAME_AS = "same_as"


class Voice(StrEnum):
    """In whose voice an appearance speaks (PARC/PolNeAR)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    OWN = "own"
    INSINUATION = "insinuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int


@entity("claim")
@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Entity):
    """One normalised, checkable statement.

    ``wording`` is the passage with the original words; ``types`` are levels of the codebook's claim types; ``claimants`` are
    agents; ``checkability`` and ``status`` are free words of the project. ``merged_into`` is the claim that a person said this
    one to be, ``parted_from`` those that a person said it not to be.
    """

    text: str
    wording: EntityId | None = None
    types: tuple[str, ...] = ()
    claimants: tuple[EntityId, ...] = ()
    date: PartialDate | None = None
    location: str = ""
    parent: EntityId | None = None
    relation: Relation | None = None
    checkability: str = ""
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    as_of: PartialDate | None = None
    review_by: PartialDate | None = None
    status: str = ""
    merged_into: EntityId | None = None
    parted_from: tuple[EntityId, ...] = ()


@entity("appearance")
@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance(Entity):
    """“This agent says this claim in this passage.”

    ``role`` is a level of the codebook; ``source_span`` and ``cue_span`` (code points of the passage's text) mark the words that
    name the agent and the words of saying; ``derived_from`` is the appearance it goes back to. Those that go back to none are the
    independent origins.
    """

    passage_id: EntityId
    claim_id: EntityId
    agent_id: EntityId | None = None
    role: str = ""
    voice: Voice | None = None
    source_span: Span | None = None
    cue_span: Span | None = None
    date: PartialDate | None = None
    derived_from: EntityId | None = None
