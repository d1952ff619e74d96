"""Things that a person has said to be one, or not to be: agents and claims that were entered several times.

One that was joined names the one that it was joined to and is otherwise left as it is. So work goes on under either id, and
taking the joining back parts again what belongs to each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from annotator.domain.change import Write
from annotator.domain.claim import Claim
from annotator.domain.codec import Json
from annotator.domain.ids import EntityId
from annotator.domain.people import Agent

Joinable = Agent | Claim
J = TypeVar("J", Agent, Claim)


def stands_for(known: Mapping[EntityId, Joinable], id_: EntityId) -> EntityId:
    """Return what one was joined to, all the way. What is not ``known`` does not live, and nothing is joined to it."""

    def further(each: EntityId) -> EntityId | None:
        into = known[each].merged_into if each in known else None
        return into if into in known else None

    return last_of(id_, further)


def last_of(id_: EntityId, further: Callable[[EntityId], EntityId | None]) -> EntityId:
    """Return where one comes to that goes ``further`` as long as that leads anywhere.

    In a circle, which two teams make that join the same two each the other way, it is the one made first.
    """
    way = [id_]
    while (found := further(way[-1])) is not None and found not in way:
        way.append(found)
    return min(way[way.index(found) :]) if found is not None else way[-1]


def are_parted(one: Joinable, other: Joinable) -> bool:
    """Tell whether a person has said that these two are not one."""
    return other.id in one.parted_from or one.id in other.parted_from


def joining(kept: Joinable, gone: Joinable) -> tuple[Write, ...]:
    """Return what makes ``gone`` one with ``kept``, whatever was said before of these two. Both stand for themselves."""
    writes = [_write(gone, kept.id, _without(gone, kept))]
    if gone.id in kept.parted_from:
        writes.append(_write(kept, kept.merged_into, _without(kept, gone)))
    return tuple(writes)


def parting(known: Mapping[EntityId, J], first: J, second: J) -> tuple[Write, ...]:
    """Return what makes two not one, and keeps that. What else they are joined to stays so, as far as they are then not one."""
    leaving = _leaving(known, first, second)
    into = None if second in leaving else second.merged_into
    writes = [_write(second, into, (*_without(second, first), first.id))]
    if first in leaving:
        writes.append(_write(first, None, first.parted_from))
    return tuple(writes)


def _leaving(known: Mapping[EntityId, J], first: J, second: J) -> tuple[J, ...]:
    """Return which of two are joined to nothing any more, so that they are not one."""
    ways: tuple[tuple[J, ...], ...] = ((), (second,), (first,))
    for leaving in ways:
        apart = {**known, **{each.id: replace(each, merged_into=None) for each in leaving}}
        if stands_for(apart, first.id) != stands_for(apart, second.id):
            return leaving
    return first, second


def _without(one: Joinable, other: Joinable) -> tuple[EntityId, ...]:
    return tuple(id_ for id_ in one.parted_from if id_ != other.id)


def _write(one: Joinable, into: EntityId | None, parted: tuple[EntityId, ...]) -> Write:
    """Return the write of those of the two fields that change."""
    fields: dict[str, Json] = {}
    if into != one.merged_into:
        fields["merged_into"] = into
    if parted != one.parted_from:
        fields["parted_from"] = list(parted) or None
    return Write(one.id, one.kind, fields)
