"""Anchors: where a passage stands in another text, and what a person decided on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.entity import Entity, entity
from annotator.domain.ids import Digest, EntityId, derived_id
from annotator.domain.passage import Area, Fragment, Passage, Spans
from annotator.domain.source import Version


class AnchorState(StrEnum):
    """How a passage was found again: as it was, elsewhere, with other white space, with other words, or not at all."""

    EXACT = "exact"
    MOVED = "moved"
    WHITESPACE = "whitespace"
    CHANGED = "changed"
    ORPHANED = "orphaned"


class AnchorDecision(StrEnum):
    """What a person decided on a passage whose words changed or went.

    ``PLACED``: it stands where the person put it. ``KEPT``: it stands in its own text alone. ``WITHDRAWN``: so do its
    linkages, which were withdrawn.
    """

    ACCEPTED = "accepted"
    PLACED = "placed"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


FOUND = frozenset({AnchorState.EXACT, AnchorState.MOVED, AnchorState.WHITESPACE})
"""The states in which the words are the same, so that nobody has to decide."""


@entity("anchor")
@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor(Entity):
    """Where a passage stands in the text with the digest ``text``, which is not its own.

    ``made_for`` are the spans that the passage had when it was looked for: given other ones, it has another anchor there.
    ``fragments`` (or ``area``) is where the program found it, ``method`` how, ``score`` how well (per cent). A person's
    ``decision`` has fields of its own, so that it never competes with what another copy of the program found;
    ``placed`` are the fragments that a person chose instead. Who decided is told by the history.
    The id follows from passage, spans and text: two teams that map the same words to the same text make one anchor.
    """

    derived: ClassVar[bool] = True
    passage: EntityId
    text: Digest
    state: AnchorState
    made_for: Spans = ()
    fragments: tuple[Fragment, ...] = ()
    area: Area | None = None
    method: str = ""
    score: int = 0
    decision: AnchorDecision | None = None
    placed: tuple[Fragment, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide: the words are the same, or somebody has decided."""
        return self.state in FOUND or self.decision is not None

    @property
    def stands(self) -> tuple[Fragment, ...]:
        """The fragments in which the passage stands in that text, proposed ones too; none where it does not stand there."""
        match self.decision:
            case AnchorDecision.PLACED:
                return self.placed
            case AnchorDecision.KEPT | AnchorDecision.WITHDRAWN:
                return ()
            case _:
                return self.fragments


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReport:
    """How the passages of a source were found again in the text of a new ``version``: their ids by state,
    in the order of their texts.

    ``unsettled`` are the anchors that wait for a person.
    """

    version: Version
    exact: tuple[EntityId, ...] = ()
    moved: tuple[EntityId, ...] = ()
    whitespace: tuple[EntityId, ...] = ()
    changed: tuple[EntityId, ...] = ()
    orphaned: tuple[EntityId, ...] = ()
    unsettled: tuple[EntityId, ...] = ()


def anchor_id(passage: EntityId, text: Digest, made_for: Spans) -> EntityId:
    """Return the id of the anchor of a passage with these spans in the text with this digest, the same in every copy.

    Without spans it is that of an area of a page, or of an anchor of an older program, which did not tell them.
    """
    return derived_id(Anchor.kind, passage, text, *(f"{start}-{end}" for start, end in made_for))


def anchor_id_of(passage: Passage, text: Digest) -> EntityId:
    """Return the id of the anchor of a passage as it is now."""
    return anchor_id(passage.id, text, passage.spans)
