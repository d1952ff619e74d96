"""Values that the scales in force do not have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.domain.change import Draft, Write
from annotator.domain.codec import Json, to_plain
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.kinds import Appearance, Claim, Scale
from annotator.domain.scales import Level
from annotator.services.identity import new_id
from tests.domain.checks.conftest import Scene

CODE = "scale-mismatch"


def _linkage(scene: Scene) -> Linkage:
    return Linkage(
        id=new_id(),
        passage_ids=(scene.measured,),
        claim_id=scene.claim,
        annotator_id=scene.ben.annotator_id,
        stance="supports",
        verdict="supported",
        confidence="low",
        reasons=("directness",),
        basis="data",
        credibility=6,
        rationale="It says so.",
    )


def _conclusion(scene: Scene) -> Conclusion:
    return Conclusion(
        id=new_id(),
        claim_id=scene.claim,
        annotator_id=scene.ben.annotator_id,
        verdict="open",
        confidence="high",
        flags=("uncited", "satire"),
        likelihood="likely",
        reasons=("amount",),
    )


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("stance", "backs", "stance “backs”"),
        ("verdict", "busted", "verdict “busted”"),
        ("confidence", "sky-high", "confidence “sky-high”"),
        ("basis", "hearsay", "basis “hearsay”"),
        ("reasons", ("directness", "hunch"), "reasons “hunch”"),
        ("credibility", 9, "info credibility “9”"),
    ],
)
def test_a_foreign_value_of_a_linkage_is_raised(scene: Scene, field: str, value: Any, told: str) -> None:
    good = _linkage(scene)
    scene.outside(good)
    assert not scene.found(CODE)
    scene.outside(replace(good, id=new_id(), **{field: value}))
    (finding,) = scene.found(CODE)
    assert finding.level == "error"
    assert told in finding.message
    assert "unknown to every scale of this project" in finding.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", "busted"),
        ("confidence", "sure"),
        ("likelihood", "maybe"),
        ("flags", ("uncited", "odd")),
        ("reasons", ("x",)),
    ],
)
def test_a_foreign_value_of_a_conclusion_is_raised(scene: Scene, field: str, value: Any) -> None:
    good = _conclusion(scene)
    foreign = replace(good, id=new_id(), **{field: value})
    scene.outside(good, foreign)
    assert [finding.entity_id for finding in scene.found(CODE)] == [foreign.id]


def test_roles_and_types_are_looked_at_too(scene: Scene) -> None:
    claim = Claim(id=new_id(), text="The wall leans.", types=("causal", "gossip"))
    role = Appearance(id=new_id(), passage_id=scene.measured, claim_id=scene.claim, role="mumbles")
    scene.outside(claim, role, replace(claim, id=new_id(), types=("causal",)), replace(role, id=new_id(), role="asks"))
    assert {finding.entity_id for finding in scene.found(CODE)} == {claim.id, role.id}


def test_the_scale_that_knows_a_level_is_named_and_ours_stays_in_force(scene: Scene) -> None:
    level = Level(id=new_id(), code="backs", label="Backs")
    scale = Scale(id=EntityId("0" * 8 + new_id()[8:]), name="stance", label="Position", version=3, levels=(level,))
    scene.outside(scale, replace(_linkage(scene), stance="backs"))
    scene.link(scene.unmoved)
    (finding,) = scene.found(CODE)
    assert "unknown to the scale in force; “Position, version 3” knows it" in finding.message


def test_several_values_are_one_finding(scene: Scene) -> None:
    scene.outside(replace(_linkage(scene), stance="backs", verdict="busted"))
    (finding,) = scene.found(CODE)
    assert "stance “backs”" in finding.message
    assert "verdict “busted”" in finding.message


def test_a_deprecated_level_is_in_force(scene: Scene) -> None:
    scene.link(scene.measured, "qualifies")
    stance = scene.ada.codebook.scale("stance")
    levels: Json = to_plain(replace(stance, levels=tuple(replace(level, deprecated=True) for level in stance.levels)))
    write = Write(stance.id, "scale", {"levels": levels["levels"]})
    draft = Draft(action="codebook", label="Codebook", annotator=scene.ada.annotator_id, writes=(write,))
    scene.ada.store.commit(lambda _: draft)
    assert not scene.found(CODE)


def test_withdrawn_judgements_are_not_looked_at(scene: Scene) -> None:
    withdrawn = replace(_linkage(scene), stance="backs", withdrawn="A slip.")
    scene.outside(withdrawn, replace(_conclusion(scene), verdict="busted", stage=Stage.WITHDRAWN))
    assert not scene.found(CODE)
