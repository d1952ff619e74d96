"""The scales in force, read from the history."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.entity import entity_from
from annotator.domain.ids import Digest, EntityId
from annotator.domain.living import living
from annotator.domain.register import State, fold
from annotator.domain.scales import Codebook, Scale
from annotator.store.history import History


def read_codebook(history: History, changing: Mapping[EntityId, State] | None = None) -> Codebook:
    """Return the project's codebook: every scale that stands, with those in ``changing`` as they will be."""
    states = {revisions[0].entity: fold(revisions) for _, revisions in history.all_revisions("scale")}
    states.update(changing or {})
    scales = (entity_from("scale", id_, state.fields) for id_, state in sorted(states.items()) if not state.deleted)
    return Codebook(tuple(scale for scale in scales if isinstance(scale, Scale)))


def codebook_in_force(history: History) -> Codebook:
    """Return the project's codebook with the scales first that were here first.

    After a merge a project may hold two scales of one name: ours stays in force, and values of the other are kept as they are.
    """
    found = ((number, living(revisions)) for number, revisions in history.all_revisions("scale"))
    return Codebook(tuple(scale for _, scale in sorted(found, key=lambda each: each[0]) if isinstance(scale, Scale)))


def codebook_digest(history: History, changing: Mapping[EntityId, State]) -> Digest:
    """Return the digest of the codebook as it will be once the scales in ``changing`` are written."""
    return read_codebook(history, changing).digest
