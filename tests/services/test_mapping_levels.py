"""Levels of other newsrooms' scales: told before a merge, mapped or raised, and read so at the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.cli.levels import level_lines
from annotator.domain.errors import WrongArgumentError
from annotator.domain.judgement import Linkage
from annotator.resources import resource
from annotator.services.project import Project

THEIRS = """
[[scale]]
id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7b01"
name = "verdict"
label = "Truth-O-Meter"
levels = [{ id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7b02", code = "half", label = "Half true", key = "1" },
          { id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7b03", code = "pants", label = "Pants on fire" },
          { id = "0a3a5a3e-9c1b-4a52-8d1f-0b6a6a2f7b04", code = "supported", label = "True" }]
"""
HALF, PANTS = ("verdict", "half"), ("verdict", "pants")


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Project]:
    head, *blocks = resource("scales", "default.toml").read_text(encoding="utf-8").split("[[scale]]")
    others = [block for block in blocks if '\nname = "verdict"\n' not in block]
    (tmp_path / "bo.toml").write_text("[[scale]]".join([head, *others]) + THEIRS, encoding="utf-8")
    path = tmp_path / "bo.annotator"
    with annotator.open_project(path, annotator="Bo", create=True, codebook=tmp_path / "bo.toml") as bo:
        version = bo.type_source("A call", "The mayor says that nobody knew.")
        bo.highlight(version.id, [(0, 9)])
        yield bo


def judged(bo: Project, verdict: str) -> Linkage:
    claim = bo.add_claim(f"Nobody knew: {verdict}.")
    passage = bo.passages(bo.source_rows()[0].versions[0].id)[0]
    return bo.link(passage.id, claim.id, stance="supports", verdict=verdict, rationale="So it says.")


def give(bo: Project, ada: Project, **choices: object) -> None:
    plan = ada.plan_merge(bo.export("bundle", bo.path.with_name("bo.bundle.zip")))
    ada.merge(plan, **choices)  # type: ignore[arg-type]


def mismatches(project: Project) -> set[str]:
    return {each.entity_id for each in project.findings() if each.code == "scale-mismatch"}


def test_levels_are_told_before_and_nothing_is_guessed(project: Project, theirs: Project) -> None:
    half = judged(theirs, "half")
    plan = project.plan_merge(theirs.export("bundle", theirs.path.with_name("bo.bundle.zip")))
    assert [(each.name, each.words, each.scale, each.mapped) for each in plan.levels] == [
        ("verdict", "Half true", "Truth-O-Meter", ""),
        ("verdict", "Pants on fire", "Truth-O-Meter", ""),
    ]
    project.merge(plan)
    assert mismatches(project) == {half.id}
    assert project.codebook.label("verdict", "half") == "Half true"
    assert [each.level.code for each in project.foreign_levels()] == ["half", "pants"]


def test_what_was_mapped_is_kept_and_read_so_at_the_next_merge(project: Project, theirs: Project) -> None:
    half = judged(theirs, "half")
    give(theirs, project, levels={HALF: "conflicting_evidence"})
    assert mismatches(project) == set()
    assert project.entity(half.id).verdict == "half", "the value stays as it is"  # type: ignore[attr-defined]
    assert project.codebook.label("verdict", "half") == "Half true ≈ " + project.codebook.label(
        "verdict", "conflicting_evidence"
    )
    later = judged(theirs, "half")
    plan = project.plan_merge(theirs.export("bundle", theirs.path.with_name("later.bundle.zip")))
    assert [each.mapped for each in plan.levels] == ["conflicting_evidence", ""]
    project.merge(plan)
    assert later.id in {each.id for each in project.linkages()}
    assert mismatches(project) == set()
    mine = project.link(
        later.passage_ids[0], later.claim_id, stance="supports", verdict="conflicting_evidence", rationale="Mine."
    )  # fmt: skip
    assert mine.verdict == "conflicting_evidence"
    assert project.agreement(unit="linkage").percent == 100
    project.verify()


def test_a_level_is_raised_into_ours(project: Project, theirs: Project) -> None:
    judged(theirs, "pants")
    give(theirs, project, levels={PANTS: "+"})
    scale = project.codebook.scale("verdict")
    assert scale.level("pants").label == "Pants on fire"
    assert scale.version == 2
    assert mismatches(project) == set()
    claim = project.add_claim("Ours.")
    assert project.conclude(claim.id, verdict="pants").verdict == "pants"
    assert [each.level.code for each in project.foreign_levels()] == ["half"]
    with pytest.raises(WrongArgumentError, match="half"):
        project.conclude(claim.id, verdict="half")


def test_each_side_reads_its_own_scale_and_both_may_merge_on(project: Project, theirs: Project) -> None:
    judged(theirs, "half")
    give(theirs, project, levels={HALF: "refuted", PANTS: "+"})
    theirs.merge(theirs.plan_merge(project.export("bundle", theirs.path.with_name("ada.bundle.zip"))))
    assert theirs.codebook.scale("verdict").label == "Truth-O-Meter"
    assert theirs.state_digest() == project.state_digest()
    theirs.verify()
    project.map_levels({HALF: ""})
    assert project.foreign_levels()[0].mapped == ""
    assert project.codebook.scale("verdict").version == 3


def test_a_project_opened_from_the_bundle_has_the_mapping(project: Project, theirs: Project, tmp_path: Path) -> None:
    judged(theirs, "half")
    give(theirs, project, levels={HALF: "refuted"})
    bundle = project.export("bundle", tmp_path / "ada.bundle.zip")
    with annotator.open_bundle(bundle, tmp_path / "cy.annotator", annotator="Cy") as cy:
        assert cy.codebook.scale("verdict").version == 2
        assert mismatches(cy) == set()


def test_a_wrong_choice_is_named_and_nothing_is_merged(project: Project, theirs: Project) -> None:
    judged(theirs, "half")
    before = project.state_digest()
    for choices, word in (({HALF: "maybe"}, "maybe"), ({("verdict", "nonsense"): "refuted"}, "half, pants")):
        plan = project.plan_merge(theirs.export("bundle", theirs.path.with_name("bo.bundle.zip")))
        with pytest.raises(WrongArgumentError, match=word):
            project.merge(plan, levels=choices)
        plan.close()
    assert project.state_digest() == before


def test_what_was_mapped_is_undone_as_one_step_and_done_again(project: Project, theirs: Project) -> None:
    half = judged(theirs, "half")
    give(theirs, project)
    before, steps = project.state_digest(), len(project.done)
    project.map_levels({HALF: "refuted", PANTS: "+", ("verdict", "half"): "conflicting_evidence"})
    mapped = project.state_digest()
    assert [step.label for step in project.done[steps:]] == ["Map levels"]
    assert mismatches(project) == set()
    project.undo()
    assert (project.state_digest(), mismatches(project)) == (before, {half.id})
    assert project.codebook.scale("verdict").version == 1
    assert project.codebook.label("verdict", "half") == "Half true"
    assert [each.level.code for each in project.foreign_levels()] == ["half", "pants"]
    project.verify()
    project.redo()
    assert (project.state_digest(), mismatches(project)) == (mapped, set())
    project.undo()
    project.undo()
    assert not project.linkages(), "the merge before goes as well"
    project.verify()


def test_a_mapping_that_was_undone_goes_nowhere(project: Project, theirs: Project, tmp_path: Path) -> None:
    judged(theirs, "half")
    give(theirs, project, levels={HALF: "refuted"})
    project.undo()
    bundle = project.export("bundle", tmp_path / "ada.bundle.zip")
    with annotator.open_bundle(bundle, tmp_path / "cy.annotator", annotator="Cy") as cy:
        assert cy.codebook.meant("verdict", "half") == ()
        assert cy.state_digest() == project.state_digest()
        cy.verify()


@pytest.fixture
def ben(project: Project, theirs: Project, tmp_path: Path) -> Iterator[Project]:
    """Return the copy of a teammate with the same scale as ours, once both have the linkage of the other newsroom."""
    judged(theirs, "half")
    with annotator.open_bundle(
        project.export("bundle", tmp_path / "start.bundle.zip"), tmp_path / "ben.annotator", annotator="Ben"
    ) as ben:
        for each in (project, ben):
            give(theirs, each)
        yield ben


def swap(one: Project, other: Project) -> None:
    bundles = [each.export("bundle", each.path.with_suffix(".bundle.zip")) for each in (one, other)]
    other.merge(other.plan_merge(bundles[0]))
    one.merge(one.plan_merge(bundles[1]))


def test_two_teams_that_map_a_level_differently_are_told_and_agree_by_another_choice(
    project: Project, ben: Project, theirs: Project, tmp_path: Path
) -> None:
    project.map_levels({HALF: "refuted"})
    ben.map_levels({HALF: "conflicting_evidence"})
    plan = ben.plan_merge(project.export("bundle", tmp_path / "looked-at.bundle.zip"))
    plan.close()
    assert next((each.mapped, each.otherwise) for each in plan.levels) == ("conflicting_evidence", ("refuted",))
    swap(project, ben)
    assert project.state_digest() == ben.state_digest()
    for copy, own, other in (
        (project, "refuted", "conflicting_evidence"),
        (ben, "conflicting_evidence", "refuted"),
    ):
        half = copy.foreign_levels()[0]
        assert (half.mapped, half.otherwise) == (own, (other,)), "each reads by their own word, and is told the other"
        assert copy.codebook.mapped("verdict", "half") == own
        assert mismatches(copy) == set()
    theirs.merge(theirs.plan_merge(project.export("bundle", tmp_path / "back.bundle.zip")))
    assert theirs.codebook.mapped("verdict", "half") == "", "who has no word of their own is told none of two"
    ben.map_levels({HALF: "refuted"})
    swap(project, ben)
    for copy in (project, ben):
        assert next((each.mapped, each.otherwise) for each in copy.foreign_levels()) == ("refuted", ())
        copy.verify()
    ben.undo()
    assert next((each.mapped, each.otherwise) for each in ben.foreign_levels()) == (
        "conflicting_evidence",
        ("refuted",),
    )


def test_what_other_teams_say_is_printed(project: Project, ben: Project) -> None:
    project.map_levels({HALF: "refuted"})
    ben.map_levels({HALF: "conflicting_evidence"})
    swap(project, ben)
    assert next(level_lines(project.foreign_levels())).endswith(
        "means our refuted; other teams say that it means our conflicting_evidence"
    )
