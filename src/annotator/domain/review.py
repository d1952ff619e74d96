"""What reviewers record: their decision on a judgement, and findings that they waive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity, entity
from annotator.domain.ids import ChangeId, EntityId


class Decision(StrEnum):
    """What a reviewer decides on a judgement."""

    ACCEPTED = "accepted"
    CONTESTED = "contested"
    REJECTED = "rejected"
    NEEDS_WORK = "needs_work"


@entity("review")
@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Entity):
    """A reviewer's decision on a linkage or conclusion (``about``) as it stood after the changes ``as_of``.

    ``as_of`` are the newest changes of the judgement that the reviewer had before them, sorted: when it has changed since, the
    review speaks of an earlier state.
    """

    about: EntityId
    annotator_id: EntityId
    decision: Decision
    comment: str = ""
    as_of: tuple[ChangeId, ...] = ()


@entity("waiver")
@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Entity):
    """A finding that a person lets stand, and why.

    ``check`` is the code of the check, ``about`` the entity that the finding names first, ``others`` those that it names beside
    it, sorted: a finding that names others is a new one.
    """

    check: str
    about: EntityId
    annotator_id: EntityId
    reason: str
    others: tuple[EntityId, ...] = ()
