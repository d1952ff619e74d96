"""An entity as its revisions describe it."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.change import Revision
from annotator.domain.entity import Entity, entity_from
from annotator.domain.register import fold


def living(revisions: Sequence[Revision]) -> Entity | None:
    """Return the entity that standing revisions add up to.

    There is none where it is deleted, or where fields that it cannot be without were withheld from this copy. Raises
    ``ValueError`` when fields that are here do not fit.
    """
    state = fold(revisions)
    if state.deleted or is_withheld(revisions):
        return None
    try:
        return entity_from(state.kind, revisions[0].entity, state.fields)
    except ValueError:
        if any(revision.fields is None for revision in revisions):
            return None
        raise


def is_withheld(revisions: Sequence[Revision]) -> bool:
    """Tell whether nothing of an entity is in this copy but that it exists."""
    return all(revision.fields is None for revision in revisions)
