"""Which fields of an entity are disputed: those that hold several values, set by people who had not seen each other's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.change import Revision
from annotator.domain.codec import Json
from annotator.domain.conflict import SETTLED_ALONG
from annotator.domain.ids import ChangeId
from annotator.domain.register import before


def disputed_names(conflicts: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the fields that a person has to settle, sorted: those settled along with another one are left out."""
    names = set(conflicts)
    return tuple(sorted(name for name in names if SETTLED_ALONG.get(name) not in names))


def set_by(revisions: Sequence[Revision], field: str, value: Json, change: ChangeId) -> ChangeId:
    """Return the change in which a person set a field to a standing value: an earlier one where ``change`` only opened it again.

    ``revisions`` are those of the entity, parents first.
    """
    own = next(revision for revision in revisions if revision.change == change)
    if field not in own.reopened:
        return change
    earlier = (each for each in reversed(before(revisions, change)) if (each.fields or {}).get(field) == value)
    return next((each.change for each in earlier), change)
