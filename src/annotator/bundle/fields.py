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
_LONG_AS_AN_ID = Annotated[str, Meta(min_length=36, max_length=36)]


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


def whole(kind: str, fields: Mapping[str, Json]) -> Any | None:
    """Return fields by their names where they are all that an entity of a kind needs and fit; None where they do not."""
    try:
        return msgspec.convert(fields, _whole_form(kind))
    except msgspec.ValidationError:
        return None


@cache
def loose_form(kind: str) -> type[msgspec.Struct]:
    """Return a struct like ``whole`` gives, which is encoded in canonical form, without its defaults.

    Its ids (``ids_of``) are held against nothing but their length, its digests against nothing.
    """
    return _form_of_all(kind, {**_NARROWER, EntityId: _LONG_AS_AN_ID, Digest: str})


def ids_of(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a kind that hold one id or none, and those that hold any number."""
    hints = get_type_hints(KINDS[kind])
    del hints["id"]
    several = tuple(name for name, hint in hints.items() if get_origin(hint) is tuple and EntityId in get_args(hint))
    single = tuple(name for name, hint in hints.items() if EntityId in (hint, *get_args(hint)) and name not in several)
    return single, several


@cache
def _whole_form(kind: str) -> type[msgspec.Struct]:
    return _form_of_all(kind, _NARROWER)


def _form_of_all(kind: str, narrower: Mapping[object, object]) -> type[msgspec.Struct]:
    """Return a struct like the entities of a kind; the id is for the caller to set."""
    members = [("id", str, "") if member[0] == "id" else member for member in _members(KINDS[kind], narrower)]
    return msgspec.defstruct(f"whole_{kind}", members, kw_only=True, omit_defaults=True)


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


@cache
def _nested_form(cls: type[Any]) -> type[msgspec.Struct]:
    """Return a struct like a dataclass that is the value of a field."""
    return msgspec.defstruct(f"nested_{cls.__name__}", _members(cls, _NARROWER), kw_only=True)


def _members(cls: type[Any], narrower: Mapping[object, object]) -> list[tuple[str, Any, Any]]:
    """Return name, type and default of what a dataclass has, sorted by name."""
    hints = get_type_hints(cls)
    members: list[tuple[str, Any, Any]] = []
    for each in sorted(dataclasses.fields(cls), key=lambda field: field.name):
        default = msgspec.NODEFAULT if each.default is dataclasses.MISSING else each.default
        if each.default_factory is not dataclasses.MISSING:
            default = msgspec.field(default_factory=each.default_factory)
        members.append((each.name, _narrow(hints[each.name], narrower), default))
    return members


def _or_unset(hint: Any) -> Any:
    return Union[hint, UnsetType]  # noqa: UP007 made at run time


def _narrow(hint: Any, narrower: Mapping[object, object] = _NARROWER) -> Any:
    if hint in narrower:
        return narrower[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return types.GenericAlias(tuple, (_narrow(arguments[0], narrower), ...))
    if origin in (Union, types.UnionType):
        return Union[tuple(_narrow(argument, narrower) for argument in arguments)]  # noqa: UP007 made at run time
    return _nested_form(hint) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else hint
