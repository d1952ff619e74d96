"""Codes of another program become what their place says or what a person says, and linkages follow of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign import Foreign, ForeignCode, ForeignCoding, ForeignLinkage, ForeignNote, ForeignPassage
from annotator.domain.foreign_coded import checked, code_uses, keyed, resolved
from annotator.domain.foreign_reasons import Why
from annotator.domain.scales import Codebook, scales_from
from annotator.resources import resource

CODES = (
    ForeignCode(key="c", name="Water"),
    ForeignCode(key="c1", name="It is safe", parent="c"),
    ForeignCode(key="c2", name="It was measured", parent="c1"),
    ForeignCode(key="pro", name="Pro"),
    ForeignCode(key="con", name="Con"),
    ForeignCode(key="sure", name="High", becomes="confidence"),
)
FOREIGN = Foreign(
    format="x",
    codes=CODES,
    passages=(ForeignPassage(key="p", source="s"), ForeignPassage(key="q", source="s")),
    codings=tuple(
        ForeignCoding(passage=passage, code=code, by=by)
        for passage, code, by in (
            ("p", "c1", "ann"), ("p", "pro", "ann"), ("p", "sure", "ann"), ("p", "con", "bob"), ("q", "c1", "ann"),
            ("q", "c2", "ann"), ("q", "pro", "ann"),
        )
    ),
)  # fmt: skip
CHOICES = {"c1": "claim", "pro": "stance:supports", "con": "stance:refutes"}


def labels(found: Foreign) -> dict[str, tuple[str, ...]]:
    return {passage.key: passage.codes for passage in found.passages}


def test_by_their_places_they_are_labels() -> None:
    found = resolved(FOREIGN, {})
    assert labels(found) == {"p": ("c1", "pro", "con", "sure"), "q": ("c1", "c2", "pro")}
    assert (found.claims, found.linkages, found.codings, found.left_out) == ((), (), (), ())


def test_claims_and_levels_that_a_person_named_make_linkages() -> None:
    found = resolved(FOREIGN, CHOICES)
    (claim,) = found.claims
    assert (claim.key, claim.text, claim.parent) == ("c1", "It is safe", "")
    first, second = found.linkages
    assert (first.claim, first.stance, first.confidence, first.passages, first.by) == (
        "c1", "supports", "High", ("p",), "ann",
    )  # fmt: skip
    assert (second.stance, second.passages) == ("supports", ("q",))
    assert labels(found) == {"p": ("con",), "q": ("c2",)}


def test_a_claim_below_a_claim_is_a_part_of_it_and_two_are_no_linkage() -> None:
    found = resolved(FOREIGN, {**CHOICES, "c2": "claim"})
    assert [(claim.key, claim.parent, claim.relation) for claim in found.claims] == [
        ("c1", "", ""), ("c2", "c1", "part_of"),
    ]  # fmt: skip
    assert [linkage.passages for linkage in found.linkages] == [("p",)]
    assert set(labels(found)["q"]) == {"c1", "c2", "pro"}
    assert [left.why for left in found.left_out] == [Why.OTHER]


def test_two_codes_for_one_level_are_one_level() -> None:
    found = resolved(FOREIGN, {"c1": "claim", "pro": "stance:supports", "sure": "stance:supports", "c2": "nothing"})
    assert [(linkage.stance, linkage.confidence) for linkage in found.linkages] == [("supports", "")] * 2
    assert labels(found) == {"p": ("con",), "q": ()}


def test_what_a_note_holds_is_the_rationale_of_the_codes_that_name_it() -> None:
    coded = tuple(replace(coding, note="n") for coding in FOREIGN.codings[:2])
    notes = (ForeignNote(key="n", about="p", text="Because"), ForeignNote(key="m", about="c", text="On a code"))
    draft = ForeignLinkage(key="n", passages=(), claim="", rationale="Because")
    foreign = replace(FOREIGN, codings=coded, notes=notes, drafts=(draft,))
    by_place = resolved(foreign, {})
    assert [note.key for note in by_place.notes] == ["n"]
    assert [left.words for left in by_place.left_out] == ["On a code"]
    chosen = resolved(foreign, {**CHOICES, "c": "claim"})
    assert [(each.key, each.rationale, each.stance) for each in chosen.linkages] == [("n", "Because", "supports")]
    assert [note.key for note in chosen.notes] == ["m"]


def test_a_code_that_is_known_by_its_place_can_be_something_else() -> None:
    assert "sure" in labels(resolved(FOREIGN, {"sure": "label"}))["p"]
    assert "sure" not in labels(resolved(FOREIGN, {"sure": "nothing"}))["p"]


def test_uses_tell_how_often_and_what() -> None:
    uses = {use.key: use for use in code_uses(FOREIGN, CHOICES)}
    assert list(uses) == ["c1", "c2", "pro", "con", "sure"]
    assert (uses["c2"].path, uses["c1"].count, uses["c1"].becomes, uses["c1"].by_place) == (
        ("Water", "It is safe", "It was measured"), 2, "claim", "label",
    )  # fmt: skip
    assert len(code_uses(replace(FOREIGN, passages=()), {})) == len(CODES)


def test_codes_are_named_by_a_person_in_several_ways() -> None:
    scales = tomllib.loads(resource("scales", "default.toml").read_text(encoding="utf-8"))
    codebook = Codebook(scales_from(scales))
    assert keyed(FOREIGN, {"pro": "stance:supports", "water/it is SAFE": "claim"}, codebook) == {
        "pro": "stance:supports", "c1": "claim",
    }  # fmt: skip
    with pytest.raises(WrongArgumentError, match="“Contra” is no code of the file"):
        keyed(FOREIGN, {"Contra": "claim"}, codebook)
    for wrong in ("stance:perhaps", "mood:good", "claims", "", "verdict:"):
        with pytest.raises(WrongArgumentError):
            checked(wrong, codebook)


def test_codes_that_stand_in_a_circle_are_no_trouble() -> None:
    circle = (ForeignCode(key="a", name="A", parent="b"), ForeignCode(key="b", name="B", parent="a"))
    foreign = replace(FOREIGN, codes=circle, codings=())
    assert [claim.parent for claim in resolved(foreign, {"a": "claim", "b": "claim"}).claims] == ["b", "a"]
    assert [use.path for use in code_uses(replace(foreign, passages=()), {})] == [("B", "A"), ("A", "B")]
