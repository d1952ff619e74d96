"""What never changes of an entity, told from its revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from annotator.domain.change import DELETED, Revision
from annotator.domain.codec import Json
from annotator.domain.entity import KINDS, field_names
from annotator.domain.fixed import changed_by_others, changed_fixed, fixed_fields, wrongly_deleted
from annotator.domain.ids import ChangeId, EntityId, derived_id
from annotator.domain.view import Stamp

ADA, BO = EntityId("ada"), EntityId("bo")


def told(
    kind: str, change: str, parents: Sequence[str], fields: Mapping[str, Json] | None, **reopened: Sequence[Json]
) -> Revision:
    """Return a revision of Ada or of something of hers."""
    return Revision(ADA, kind, ChangeId(change), tuple(map(ChangeId, parents)), fields, reopened)


def test_what_is_fixed_are_fields_of_the_kind() -> None:
    for kind in KINDS:
        assert fixed_fields(kind) <= set(field_names(kind))
    assert fixed_fields("version") == set(field_names("version"))
    assert "text" in fixed_fields("passage")
    assert "fragments" not in fixed_fields("passage"), "a passage is reshaped"
    assert "as_of" not in fixed_fields("review"), "a person reviews again"


MADE = told("linkage", "1", [], {"annotator_id": "ada", "stance": "supports"})


@pytest.mark.parametrize(
    ("later", "field"),
    [
        (told("linkage", "2", ["1"], {"stance": "refutes"}), ""),
        (told("linkage", "2", ["1"], {"annotator_id": "ada"}), ""),
        (told("linkage", "2", ["1"], {"annotator_id": "bo"}), "annotator_id"),
        (told("linkage", "2", ["1"], {"annotator_id": None}), "annotator_id"),
        (told("linkage", "2", ["1"], {}, annotator_id=["ada", "bo"]), "annotator_id"),
        (told("linkage", "2", [], {"annotator_id": "ada", "stance": "refutes"}), ""),
        (told("linkage", "2", [], {"annotator_id": "bo", "stance": "supports"}), "annotator_id"),
        (told("linkage", "2", ["1"], None), ""),
    ],
)
def test_a_fixed_field_keeps_its_value(later: Revision, field: str) -> None:
    assert changed_fixed([MADE, later]) == field


def test_not_set_is_the_same_as_the_default() -> None:
    made = told("version", "1", [], {"text": "a", "structure": "b", "source_id": "c"})
    assert changed_fixed([made, told("version", "2", ["1"], {"change_note": "", "sequence": None})]) == ""
    assert changed_fixed([made, told("version", "2", ["1"], {"change_note": "altered"})]) == "change_note"


def test_a_scale_made_in_two_places_is_settled_to_either_and_to_nothing_else() -> None:
    made = [told("scale", "1", [], {"name": "a", "note": "x"}), told("scale", "2", [], {"name": "a", "note": "y"})]
    assert changed_fixed([*made, told("scale", "3", ["1", "2"], {"note": "y"})]) == ""
    assert changed_fixed([*made, told("scale", "3", ["1", "2"], {}, note=["x", "y"])]) == ""
    assert changed_fixed([*made, told("scale", "3", ["1", "2"], {"note": "z"})]) == "note"


def test_others_settle_what_a_person_is_called_and_no_more() -> None:
    mine, other = Stamp(ADA, "", ""), Stamp(BO, "", "")
    made = [(told("annotator", "1", [], {"name": "Ada"}), mine), (told("annotator", "2", [], {"name": "A."}), mine)]
    assert changed_by_others([*made, (told("annotator", "3", ["1", "2"], {"name": "A."}), other)]) == ""
    assert changed_by_others([*made, (told("annotator", "3", ["1", "2"], {"name": "Eve"}), other)]) == "name"
    assert changed_by_others([*made, (told("annotator", "3", ["1", "2"], {"name": "Eve"}), mine)]) == ""


def test_somebody_whom_a_file_names_is_entered_and_taken_back_by_others_and_called_otherwise_by_nobody() -> None:
    eve = derived_id("foreign", "annotator", "acct:eve")
    stamp, other = Stamp(ADA, "", ""), Stamp(BO, "", "")

    def of_eve(change: str, parents: Sequence[str], fields: Mapping[str, Json]) -> Revision:
        return replace(told("annotator", change, parents, fields), entity=eve)

    made = [(of_eve("1", [], {"name": "Eve"}), stamp), (of_eve("2", [], {"name": "Eva"}), other)]
    gone = (of_eve("3", ["1", "2"], {DELETED: True}), stamp)
    assert changed_by_others([*made, gone]) == ""
    assert not wrongly_deleted([*made, gone])
    assert changed_by_others([*made, (of_eve("3", ["1", "2"], {"name": "Ada"}), stamp)]) == "name"
    assert wrongly_deleted(
        [(told("annotator", "1", [], {"name": "Ada"}), stamp), (told("annotator", "2", ["1"], {DELETED: True}), stamp)]
    )
