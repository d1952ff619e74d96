"""Which fields of an entity are disputed: those that hold several values, set by people who had not seen each other's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.change import Revision
from annotator.domain.codec import Json
from annotator.domain.conflict import SETTLED_ALONG
from annotator.domain.ids import ChangeId
from annotator.domain.register import before, fold


def disputed_names(conflicts: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the fields that a person has to settle, sorted: those settled along with another one are left out."""
    names = set(conflicts)
    return tuple(sorted(name for name in names if SETTLED_ALONG.get(name) not in names))


def set_by(revisions: Sequence[Revision], field: str, value: Json, change: ChangeId) -> ChangeId:
    """Return the change in which a person set a field to a standing value: an earlier one where ``change`` only opened it again.

    ``revisions`` are those of the entity, parents first.
    """
    own = next(revision for revision in revisions if revision.change == change)
    if field in own.reopened:
        for settled in reversed(before(revisions, change)):
            earlier = before(revisions, settled.change) if any(name == field for name, _ in settled.writes()) else ()
            for each in fold(earlier).conflicts.get(field, ()) if earlier else ():
                if each.value == value:
                    return set_by(revisions, field, value, each.changes[-1])
    return change
