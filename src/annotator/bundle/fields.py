"""Checks that the fields which a revision sets are of the types that the domain gives them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Meta, UnsetType

from annotator.domain.change import DELETED, Body
from annotator.domain.codec import Json
from annotator.domain.dates import PartialDate
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.kinds import KINDS

_LARGEST = 2**53
_DIGEST = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
_NARROWER: dict[object, object] = {
    EntityId: Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")],
    Digest: _DIGEST,
    ChangeId: _DIGEST,
    PartialDate: Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}\Z")],
    int: Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)],
}
_whole_forms: dict[type[Any], type[msgspec.Struct]] = {}


def check_fields(kind: str, fields: Mapping[str, Json]) -> None:
    """Raise ``ValueError`` naming the field whose value does not fit; null is “not set”, unknown fields are let be."""
    given = {name: value for name, value in fields.items() if value is not None} if None in fields.values() else fields
    try:
        msgspec.convert(given, _form(kind))
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def check_needed(kind: str, body: Body, *, is_first: bool) -> None:
    """Raise ``ValueError`` naming a field that an entity cannot be without and that a revision leaves empty.

    ``is_first`` tells that the revision makes the entity, so that it has to set them all.
    """
    unset = (None,) if is_first else ()
    for name in _needed(kind):
        if None in ((body.fields[name],) if name in body.fields else body.reopened.get(name, unset)):
            raise ValueError(f"the {kind} is missing its field “{name}”")


def whole(kind: str, fields: Mapping[str, Json]) -> msgspec.Struct | None:
    """Return fields by their names where they are all that an entity of a kind needs and fit; None where they do not."""
    try:
        return msgspec.convert(fields, _whole_form(KINDS[kind]))
    except msgspec.ValidationError:
        return None


@cache
def _needed(kind: str) -> tuple[str, ...]:
    """Return the names of the fields that an entity of a kind cannot be without."""
    members = dataclasses.fields(KINDS[kind])
    missing = dataclasses.MISSING
    return tuple(m.name for m in members if m.name != "id" and m.default is missing and m.default_factory is missing)


@cache
def _form(kind: str) -> type[msgspec.Struct]:
    """Return a struct with the fields of a kind, every one of which may be missing."""
    hints = get_type_hints(KINDS[kind])
    names = [member.name for member in dataclasses.fields(KINDS[kind]) if member.name != "id"]
    members: list[tuple[str, Any, Any]] = [(name, _or_unset(_narrow(hints[name])), UNSET) for name in names]
    members.append((DELETED, _or_unset(bool), UNSET))
    return msgspec.defstruct(f"{kind}_fields", members)


def _whole_form(cls: type[Any]) -> type[msgspec.Struct]:
    """Return a struct like a dataclass, with the same fields missing or not, but for the id."""
    if cls not in _whole_forms:
        _whole_forms[cls] = _make_whole_form(cls)
    return _whole_forms[cls]


def _make_whole_form(cls: type[Any]) -> type[msgspec.Struct]:
    hints = get_type_hints(cls)
    members: list[tuple[str, Any, Any]] = []
    for each in dataclasses.fields(cls):
        default = msgspec.NODEFAULT if each.default is dataclasses.MISSING else each.default
        if each.default_factory is not dataclasses.MISSING:
            default = msgspec.field(default_factory=each.default_factory)
        if each.name != "id":
            members.append((each.name, _narrow(hints[each.name]), default))
    return msgspec.defstruct(f"whole_{cls.__name__}", members, kw_only=True)


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
    return _whole_form(hint) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else hint
