"""Entities: their kinds, their fields, and what is kept of them."""

from __future__ import annotations

import dataclasses
import pickle
import uuid

import pytest

from annotator.domain import errors
from annotator.domain.entity import KINDS, entity_from, field_names, fields_of, settled_fields
from annotator.domain.errors import AnnotatorError, WrongArgumentError
from annotator.domain.ids import EntityId, from_bytes, parse_entity_id, to_bytes
from tests.factories import FACTORIES, Ids, Maker


def test_every_kind_has_a_factory() -> None:
    assert sorted(FACTORIES) == sorted(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_entity_is_its_fields(kind: str, make: Maker) -> None:
    entity = make.of_kind(kind)
    assert entity.kind == kind
    assert set(fields_of(entity)) <= set(field_names(kind))
    assert entity_from(kind, entity.id, fields_of(entity)) == entity


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_entities_are_frozen_slotted_and_documented(kind: str) -> None:
    cls = KINDS[kind]
    assert cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert not hasattr(cls, "__dict__") or "__slots__" in vars(cls)
    assert cls.__doc__


def test_fields_with_their_default_are_not_kept(make: Maker) -> None:
    assert set(fields_of(make.claim)) == {"text", "claimants"}
    fields: dict[str, object] = {"text": "x", "location": "", "types": [], "parent": None, "later": "kept"}
    assert settled_fields("claim", fields) == {"text": "x", "later": "kept"}


def test_a_field_set_back_to_nothing_has_its_default(make: Maker) -> None:
    claim = entity_from("claim", make.claim.id, {"text": "x", "location": None, "claimants": None})
    assert claim == dataclasses.replace(make.claim, text="x", claimants=())


def test_a_field_that_does_not_fit_is_named(make: Maker) -> None:
    with pytest.raises(ValueError, match="parent"):
        entity_from("claim", make.claim.id, {"text": "x", "parent": 3})


def test_ids_are_uuids_of_version_7_and_come_back() -> None:
    id_ = Ids()()
    assert uuid.UUID(id_).version == 7
    assert from_bytes(to_bytes(id_)) == id_ == parse_entity_id(id_)


@pytest.mark.parametrize("text", ["", "x", "0" * 32, f"urn:uuid:{Ids()()}", str(Ids()()).upper().replace("0", "A")])
def test_what_is_no_id_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_entity_id(text)


ERRORS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, AnnotatorError)]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_errors_say_what_happened_with_their_data_and_cross_processes(kind: type[AnnotatorError]) -> None:
    names = (
        "advice", "allowed", "argument", "at", "count", "entity", "example", "field", "found", "holder",
        "id", "kind", "known", "limit", "member", "name", "other",
        "path", "pattern", "place", "problem", "reason", "version", "what", "where", "who",
    )  # fmt: skip
    error = kind(**{name: f"<{name}>" for name in names})
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 our own
    assert str(again) == str(error) != ""
    assert again.data == error.data
    assert "{" not in str(error)
    assert kind.__doc__


def test_an_error_without_a_next_step_ends_after_its_sentence() -> None:
    error = WrongArgumentError(argument="a", problem="b", allowed="c")
    assert str(error) == "a: b. Allowed: c."
    assert str(EntityId("x")) == "x"
