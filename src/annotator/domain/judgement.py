"""Judgements: what a passage says about a claim's truth, and what an annotator concludes of a whole claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.dates import PartialDate
from annotator.domain.entity import Entity, entity
from annotator.domain.ids import ChangeId, EntityId


class Stage(StrEnum):
    """How far a conclusion has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADJUDICATED = "adjudicated"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@entity("linkage")
@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage(Entity):
    """One annotator's judgement of what passages (one, or a set needed jointly) say about a claim's truth.

    ``stance``, ``verdict`` (from these passages alone), ``confidence``, ``reasons`` and ``basis`` are levels of the codebook;
    ``confidence_percent`` is the whole number 0-100 that travels beside the level; ``credibility`` is 1-6 (Admiralty code);
    ``withdrawn`` holds the reason once it has been withdrawn.
    """

    passage_ids: tuple[EntityId, ...]
    claim_id: EntityId
    annotator_id: EntityId
    stance: str
    verdict: str = ""
    confidence: str = ""
    confidence_percent: int | None = None
    reasons: tuple[str, ...] = ()
    rationale: str = ""
    basis: str = ""
    directness: str = ""
    question: str = ""
    credibility: int | None = None
    withdrawn: str = ""


@entity("conclusion")
@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion(Entity):
    """One annotator's verdict on a whole claim after weighing its linkages.

    ``linkage_ids`` are what it rests on, ``rests_on_changes`` the newest changes seen when it was drawn; ``likelihood`` is for
    speculative claims only and says how probable the claim is, never how good the basis is (ICD 203).
    """

    claim_id: EntityId
    annotator_id: EntityId
    verdict: str
    flags: tuple[str, ...] = ()
    confidence: str = ""
    confidence_percent: int | None = None
    reasons: tuple[str, ...] = ()
    likelihood: str = ""
    justification: str = ""
    as_of: PartialDate | None = None
    linkage_ids: tuple[EntityId, ...] = ()
    rests_on_changes: tuple[ChangeId, ...] = ()
    stage: Stage = Stage.DRAFT
