"""Checks that the fields which a revision sets are of the types that the domain gives them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Meta, UnsetType

from annotator.domain.change import DELETED
from annotator.domain.codec import Json
from annotator.domain.dates import PartialDate
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.kinds import KINDS

_LARGEST = 2**53
_DIGEST = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
_NARROWER: dict[object, object] = {
    EntityId: Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")],
    Digest: _DIGEST,
    ChangeId: _DIGEST,
    PartialDate: Annotated[str, Meta(pattern="^[0-9]{4}(-[0-9]{2}){0,2}$")],
    int: Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)],
}


def check_fields(kind: str, fields: Mapping[str, Json]) -> None:
    """Raise ``ValueError`` naming the field whose value does not fit; null is “not set”, unknown fields are let be."""
    given = {name: value for name, value in fields.items() if value is not None} if None in fields.values() else fields
    try:
        msgspec.convert(given, _form(kind))
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def is_whole(kind: str, fields: Mapping[str, Json]) -> bool:
    """Tell whether fields are all that an entity of a kind needs, none of them with a value that does not fit."""
    try:
        msgspec.convert(fields, _whole_form(kind))
    except msgspec.ValidationError:
        return False
    return True


@cache
def _form(kind: str) -> type[msgspec.Struct]:
    """Return a struct with the fields of a kind, every one of which may be missing."""
    members: list[tuple[str, Any, Any]] = [(name, _or_unset(hint), UNSET) for name, hint, _ in _members(kind)]
    members.append((DELETED, _or_unset(bool), UNSET))
    return msgspec.defstruct(f"{kind}_fields", members)


@cache
def _whole_form(kind: str) -> type[msgspec.Struct]:
    """Return a struct with the fields of a kind, of which those must be there that have no default."""
    members = [(name, hint) if is_needed else (name, hint, None) for name, hint, is_needed in _members(kind)]
    return msgspec.defstruct(f"whole_{kind}", members, kw_only=True)


def _members(kind: str) -> Iterator[tuple[str, Any, bool]]:
    """Yield each field of a kind, its type, and whether it must be there."""
    hints = get_type_hints(KINDS[kind])
    for member in dataclasses.fields(KINDS[kind]):
        if member.name != "id":
            defaults = (member.default, member.default_factory)
            yield member.name, _narrow(hints[member.name]), defaults == (dataclasses.MISSING, dataclasses.MISSING)


def _or_unset(hint: Any) -> Any:
    return Union[hint, UnsetType]  # noqa: UP007 made at run time


def _narrow(hint: Any) -> Any:
    if hint in _NARROWER:
        return _NARROWER[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return types.GenericAlias(tuple, (_narrow(arguments[0]), ...))
    if origin in (Union, types.UnionType):
        return Union[tuple(_narrow(argument) for argument in arguments)]  # noqa: UP007 made at run time
    return hint
