"""What an entity rests on: no field that names another entity is forgotten."""

from __future__ import annotations

import dataclasses
from typing import get_args, get_type_hints

from annotator.domain.change import Revision
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.kinds import KINDS
from annotator.domain.resting import RESTS_ON, STANDS_IN, rests_on, stands_in, written_by

APART = {"annotator_id", "parted_from", "id"}
"""Fields that name who wrote it, or what it is not."""


def names_entities(hint: object) -> bool:
    return hint is EntityId or any(names_entities(each) for each in get_args(hint))


def test_every_field_that_names_an_entity_is_known() -> None:
    for kind, cls in KINDS.items():
        hints = get_type_hints(cls)
        naming = {each.name for each in dataclasses.fields(cls) if names_entities(hints[each.name])} - APART
        assert naming == set(RESTS_ON.get(kind, ())), kind


def test_every_kind_that_stands_in_a_text_is_known() -> None:
    others = {"version"}
    hints = {kind: get_type_hints(cls).get("text") for kind, cls in KINDS.items()}
    assert {kind for kind, hint in hints.items() if hint is Digest} - others == STANDS_IN


def test_what_was_named_before_counts_and_what_was_withheld_does_not() -> None:
    first, second, third = (ChangeId(each * 64) for each in "abc")
    history = [
        Revision(EntityId("l"), "linkage", first, (), {"passage_ids": ["p"], "claim_id": "c", "annotator_id": "a"}),
        Revision(EntityId("l"), "linkage", second, (first,), {}, {"passage_ids": [["q"], ["r", "p"]]}),
        Revision(EntityId("l"), "linkage", third, (second,), None),
    ]
    assert rests_on(history) == {"p", "q", "r", "c"}
    assert written_by(history) == {"a"}
    assert stands_in(history) == set()
    assert stands_in([Revision(EntityId("p"), "passage", first, (), {"text": "d"})]) == {"d"}
