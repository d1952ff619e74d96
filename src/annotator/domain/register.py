"""What concurrent writes add up to: a multi-value register for each field, over the graph of an entity's revisions.

A field's value is the set of writes that no later write has seen. More than one distinct value is a conflict; a deletion
beside any write that has not seen it is one too. An entity with a derived id, made by several people apart from each other,
lives as long as one of these makings was seen by no deletion. The state is a function of the set of revisions alone, so
replicas with the same changes show the same, in whatever order the changes arrived.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.change import DELETED, Revision
from annotator.domain.codec import Json, canonical
from annotator.domain.entity import KINDS
from annotator.domain.ids import ChangeId


@dataclass(frozen=True, slots=True)
class Standing:
    """One value of a field that no later write has seen, and the changes that wrote it."""

    value: Json
    changes: tuple[ChangeId, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What an entity's revisions add up to.

    ``fields`` has one value for each field that was ever set (of several standing ones the one whose canonical bytes sort
    first); ``conflicts`` has all standing values of the fields that have more than one; ``heads`` are the changes with the newest
    revisions whose words are here: nobody can have seen what was withheld, so what is written next stands beside it.
    """

    kind: str
    fields: Mapping[str, Json]
    deleted: bool
    conflicts: Mapping[str, tuple[Standing, ...]]
    heads: tuple[ChangeId, ...]


def fold(revisions: Sequence[Revision]) -> State:
    """Return the state of one entity. ``revisions`` come in an order in which parents precede those that have seen them."""
    if len(revisions) == 1 and not revisions[0].reopened:
        return _only(revisions[0])
    seen = _ancestors(revisions)
    writes: dict[str, list[int]] = defaultdict(list)
    for index, revision in enumerate(revisions):
        for name, _ in revision.writes():
            writes[name].append(index)
    fields: dict[str, Json] = {}
    conflicts: dict[str, tuple[Standing, ...]] = {}
    for name, indexes in writes.items():
        standing = _standing(revisions, name, _unseen(indexes, seen))
        fields[name] = standing[0].value
        if len(standing) > 1:
            conflicts[name] = standing
    deleted = fields.pop(DELETED, False) is True
    if deleted or DELETED in conflicts:
        deletions = _unseen(writes[DELETED], seen)
        if DELETED not in conflicts and _is_made_beside(revisions, deletions, seen):
            deleted = False
        else:
            contested = _contested_deletion(revisions, deletions, seen)
            if contested:
                conflicts[DELETED] = contested
            deleted = DELETED not in conflicts
    held = (index for index, revision in enumerate(revisions) if revision.fields is not None)
    heads = tuple(revisions[i].change for i in _unseen(held, seen))
    return State(revisions[0].kind, fields, deleted, conflicts, heads)


def _only(revision: Revision) -> State:
    fields = dict(revision.fields or {})
    deleted = fields.pop(DELETED, False) is True
    return State(revision.kind, fields, deleted, {}, () if revision.fields is None else (revision.change,))


def writers(revisions: Sequence[Revision], field: str) -> tuple[Revision, ...]:
    """Return the revisions whose value of ``field`` stands."""
    seen = _ancestors(revisions)
    indexes = [i for i, revision in enumerate(revisions) if _values(revision, field)]
    return tuple(revisions[i] for i in _unseen(indexes, seen))


def base(revisions: Sequence[Revision], changes: Iterable[ChangeId]) -> tuple[Revision, ...]:
    """Return the revisions that all of these changes had seen, in their order: what they were made on."""
    seen = _ancestors(revisions)
    position = {revision.change: index for index, revision in enumerate(revisions)}
    common = (1 << len(revisions)) - 1
    for change in changes:
        common &= seen[position[change]]
    return tuple(revision for i, revision in enumerate(revisions) if common >> i & 1)


def before(revisions: Sequence[Revision], change: ChangeId) -> tuple[Revision, ...]:
    """Return the revisions that the revision made by ``change`` had seen, in their order."""
    seen = _ancestors(revisions)
    index = next(i for i, revision in enumerate(revisions) if revision.change == change)
    return tuple(revision for i, revision in enumerate(revisions) if seen[index] >> i & 1)


def _ancestors(revisions: Sequence[Revision]) -> list[int]:
    """Return for each revision the set of those it has seen, as a bit mask over their positions."""
    position: dict[ChangeId, int] = {}
    seen: list[int] = []
    for index, revision in enumerate(revisions):
        mask = 0
        for parent in revision.parents:
            at = position.get(parent)
            if at is not None:
                mask |= seen[at] | 1 << at
        seen.append(mask)
        position[revision.change] = index
    return seen


def _unseen(indexes: Iterable[int], seen: Sequence[int]) -> list[int]:
    """Return those of ``indexes`` that none of the others has seen."""
    indexes = list(indexes)
    union = 0
    for index in indexes:
        union |= seen[index]
    return [index for index in indexes if not union >> index & 1]


def _standing(revisions: Sequence[Revision], name: str, indexes: Iterable[int]) -> tuple[Standing, ...]:
    by_value: dict[bytes, tuple[Json, list[ChangeId]]] = {}
    for index in indexes:
        for value in _values(revisions[index], name):
            by_value.setdefault(canonical(value), (value, []))[1].append(revisions[index].change)
    return tuple(Standing(value, tuple(sorted(changes))) for _, (value, changes) in sorted(by_value.items()))


def _contested_deletion(
    revisions: Sequence[Revision], deletions: Iterable[int], seen: Sequence[int]
) -> tuple[Standing, ...]:
    """Return both sides of a deletion that others have written beside, or nothing."""
    gone = [i for i in deletions if any(value is True for value in _values(revisions[i], DELETED))]
    kept = [i for i in deletions if any(value is not True for value in _values(revisions[i], DELETED))]
    beside = [
        index
        for index, revision in enumerate(revisions)
        if _is_edit(revision) and any(_concurrent(index, deletion, seen) for deletion in gone)
    ]
    if not gone or not (kept or beside):
        return ()
    return (
        Standing(value=False, changes=tuple(sorted({revisions[i].change for i in (*kept, *beside)}))),
        Standing(value=True, changes=tuple(sorted(revisions[i].change for i in gone))),
    )


def _is_made_beside(revisions: Sequence[Revision], deletions: Sequence[int], seen: Sequence[int]) -> bool:
    """Tell whether what has a derived id was also made by somebody whose making no deletion has seen."""
    return any(
        _is_making_apart(revision) and not any(seen[deletion] >> index & 1 for deletion in deletions)
        for index, revision in enumerate(revisions)
    )


def _is_making_apart(revision: Revision) -> bool:
    """Tell whether a revision makes something that others may make, too."""
    cls = KINDS.get(revision.kind)
    return cls is not None and cls.derived and not revision.parents


def _is_edit(revision: Revision) -> bool:
    if _is_making_apart(revision):
        return False
    return any(name != DELETED or values != (True,) for name, values in revision.writes())


def _values(revision: Revision, field: str) -> Sequence[Json]:
    """Return the value that a revision sets a field to, several where it opened it again, none where it leaves it.

    Whether it is deleted is True or False: not set means that it is not.
    """
    fields = revision.fields or {}
    values = (fields[field],) if field in fields else revision.reopened.get(field, ())
    return [value is True for value in values] if field == DELETED else values


def _concurrent(one: int, other: int, seen: Sequence[int]) -> bool:
    return one != other and not seen[one] >> other & 1 and not seen[other] >> one & 1


def differences(old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[tuple[str, Json, Json]]:
    """Yield (field, before, after) for every field whose value differs; null stands for “not set”."""
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)
