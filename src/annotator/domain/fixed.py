"""What of an entity never changes once it is made: facts of a capture, places of passages, authors, what a judgement is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotator.domain.change import Revision
from annotator.domain.codec import Json, canonical
from annotator.domain.entity import field_names, settled_fields
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
"""The kinds that are never deleted: everybody's work names them."""

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
    no more. Empty where all is well.
    """
    known: dict[str, set[bytes]] = {}
    for revision, stamp in history:
        for name, found in _written(revision).items():
            if stamp.annotator == revision.entity:
                known.setdefault(name, set()).update(found)
            elif not found <= known.get(name, set()):
                return name
    return ""


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
