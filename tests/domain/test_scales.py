"""The codebook: scales, their levels, and what is not one."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.scales import Codebook, Level, Scale, scales_from
from annotator.resources import resource

YES = Level(id=EntityId("l1"), code="yes", label="Yes")
NO = Level(id=EntityId("l2"), code="no", label="No")
OLD = Level(id=EntityId("l3"), code="maybe", label="Maybe", deprecated=True)
STANCE = Scale(id=EntityId("s1"), name="stance", levels=(YES, NO, OLD))
CONFIDENCE = Scale(id=EntityId("s2"), name="confidence", levels=(YES,), reasons=("directness",))
BOOK = Codebook((STANCE, CONFIDENCE))


def test_a_level_is_found_and_one_that_is_not_there_is_named_with_those_that_are() -> None:
    assert STANCE.level("maybe") == OLD
    with pytest.raises(WrongArgumentError) as caught:
        BOOK.check("stance", "perhaps")
    assert caught.value.data["argument"] == "stance"
    assert caught.value.data["allowed"] == "yes, no"
    assert "perhaps" in str(caught.value)


def test_nothing_is_allowed_where_nothing_is_said() -> None:
    assert BOOK.check("stance", "") == ""
    assert BOOK.check_all("stance", ["yes", "no"]) == ("yes", "no")


def test_a_scale_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(WrongArgumentError, match="confidence, stance"):
        BOOK.scale("likelihood")


def test_the_default_scale_is_the_one_offered() -> None:
    graded = replace(STANCE, id=EntityId("s0"), default=False)
    assert Codebook((graded, STANCE)).scale("stance") == STANCE
    assert Codebook((graded,)).scale("stance") == graded


def test_reasons_come_from_the_list() -> None:
    assert BOOK.check_reasons(["directness"]) == ("directness",)
    with pytest.raises(WrongArgumentError, match="hunch"):
        BOOK.check_reasons(["directness", "hunch"])


def test_two_codebooks_are_the_same_when_their_scales_are() -> None:
    assert Codebook((CONFIDENCE, STANCE)).digest == BOOK.digest
    redefined = replace(STANCE, levels=(replace(YES, definition="Other"), NO, OLD))
    assert Codebook((redefined, CONFIDENCE)).digest != BOOK.digest
    assert redefined.digest != STANCE.digest


def test_the_default_codebook_can_be_read_and_is_sound() -> None:
    scales = scales_from(tomllib.loads(resource("scales", "default.toml").read_text(encoding="utf-8")))
    book = Codebook(scales)
    for name, code in (("stance", "refutes"), ("verdict", "supported"), ("confidence", "moderate")):
        assert book.scale(name).level(code).label
    ids = [level.id for scale in scales for level in scale.levels] + [scale.id for scale in scales]
    assert len(set(ids)) == len(ids)
    assert all(scale.levels for scale in scales)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"name": "stance"}, "id"),
        ({"id": "s", "name": "stance", "levels": [{"id": "l", "code": 1, "label": "One"}]}, "code"),
        ({"id": "s", "name": "stance", "levels": [{"id": "l", "code": "a", "label": "A"}] * 2}, "a level twice"),
        ("stance", "object"),
    ],
)
def test_an_entry_that_does_not_fit_is_named(entry: object, problem: str) -> None:
    with pytest.raises(WrongArgumentError, match=problem) as caught:
        scales_from({"scale": [entry]})
    assert caught.value.data["argument"] == "codebook"
