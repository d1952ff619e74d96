"""What of an entity never changes once it is made: facts of a capture, places of passages, authors, what a judgement is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotator.domain.change import DELETED, Revision
from annotator.domain.codec import Json, canonical
from annotator.domain.entity import field_names, settled_fields
from annotator.domain.ids import is_derived
from annotator.domain.kinds import (
    Anchor,
    Annotator,
    BlockMark,
    Conclusion,
    Linkage,
    Note,
    Passage,
    Review,
    Scale,
    Version,
    Waiver,
)
from annotator.domain.view import Stamp

UNCHANGING = frozenset({Version.kind, Scale.kind})
"""The kinds of which nothing ever changes."""

NEVER_DELETED = frozenset({Annotator.kind, Scale.kind})
"""The kinds that nobody deletes: everybody's work names them. Only undo takes a later version of a scale back, or somebody whom
another program's file names."""

MADE_ALIKE = frozenset({Annotator.kind, Scale.kind})
"""The kinds that several copies of a project may each make under one id, not always with the same fields."""

_FIXED = {
    Passage.kind: frozenset({"text", "area"}),
    Linkage.kind: frozenset({"annotator_id"}),
    Conclusion.kind: frozenset({"annotator_id", "claim_id"}),
    Review.kind: frozenset({"about", "annotator_id"}),
    Waiver.kind: frozenset({"check", "about", "annotator_id", "others"}),
    Note.kind: frozenset({"annotator_id"}),
    Anchor.kind: frozenset({"passage", "text", "made_for"}),
    BlockMark.kind: frozenset({"text", "start"}),
}
_NOTHING: frozenset[str] = frozenset()


def fixed_fields(kind: str) -> frozenset[str]:
    """Return the fields of a kind that never change."""
    return frozenset(field_names(kind)) if kind in UNCHANGING else _FIXED.get(kind, _NOTHING)


def changed_fixed(revisions: Sequence[Revision]) -> str:
    """Return the name of a fixed field that revisions of one entity, parents first, give more than the value it was made with.

    It may be written again with a value that it had. Several revisions that each make the entity agree, unless its kind is one
    that is made in several places. Nothing is found out about bodies that were withheld. Empty where all is well.
    """
    kind = revisions[0].kind
    fixed = fixed_fields(kind)
    known: dict[str, set[bytes]] = {}
    for revision in revisions if fixed else ():
        if revision.fields is None:
            continue
        is_first = not revision.parents
        for name, found in _written(revision, fixed, whole=is_first).items():
            may = known.setdefault(name, found)
            if is_first and kind in MADE_ALIKE:
                may |= found
            elif not found <= may:
                return name
    return ""


def changed_by_others(history: Sequence[tuple[Revision, Stamp]]) -> str:
    """Return the name of a field of a person that somebody else gave a value which that person never gave it.

    ``history`` are the revisions of one annotator, parents first. Others may settle which of several values is to stand, and
    no more; but somebody whom another program's file names is entered by others, and may be taken back. Empty where all is well.
    """
    known: dict[str, set[bytes]] = {}
    for revision, stamp in history:
        named = is_derived(revision.entity)
        for name, found in _written(revision).items():
            if named and name == DELETED:
                continue
            if stamp.annotator == revision.entity or (named and not revision.parents):
                known.setdefault(name, set()).update(found)
            elif not found <= known.get(name, set()):
                return name
    return ""


def wrongly_deleted(history: Sequence[tuple[Revision, Stamp]]) -> bool:
    """Tell whether an entity of a kind that nobody deletes was deleted, or its deletion was taken back.

    ``history`` are its revisions, parents first. A version of a scale that is not the first may be taken back by who made it, as
    the one before is still there then.
    """
    kind = history[0][0].kind
    deletions = [
        (revision, stamp) for revision, stamp in history if any(name == DELETED for name, _ in revision.writes())
    ]
    if kind not in NEVER_DELETED or not deletions or (kind == Annotator.kind and is_derived(history[0][0].entity)):
        return False
    made = [(revision.fields or {}, stamp.annotator) for revision, stamp in history if not revision.parents]
    makers = {annotator for _, annotator in made}
    is_later = all(isinstance(version := fields.get("version"), int) and version > 1 for fields, _ in made)
    return not (kind == Scale.kind and is_later) or any(
        DELETED in revision.reopened or {stamp.annotator} != makers for revision, stamp in deletions
    )


def _written(
    revision: Revision, fields: Collection[str] | None = None, *, whole: bool = False
) -> dict[str, set[bytes]]:
    """Return the values that a revision sets fields to (all, or these); ``whole`` takes in those that it leaves empty."""
    written = {name: values for name, values in revision.writes() if fields is None or name in fields}
    if whole:
        written = dict.fromkeys(fields or (), (None,)) | written
    return {
        name: {_settled(revision.kind, name, value) for value in values} for name, values in sorted(written.items())
    }


def _settled(kind: str, name: str, value: Json) -> bytes:
    """Return what a value comes to, not set being the same as the default."""
    return canonical(settled_fields(kind, {name: value}).get(name))
