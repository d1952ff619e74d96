"""Claims, agents, appearances and conclusions."""

from __future__ import annotations

import pytest

from annotator.domain.errors import WrongArgumentError
from annotator.domain.people import AgentKind
from annotator.domain.source import Version
from annotator.services.project import Project


def test_claimants_are_found_or_made_by_name(project: Project) -> None:
    one = project.add_claim("One.", claimants=["ACLU", "ACLU"])
    two = project.add_claim("Two.", claimants=["ACLU", "Extra Credits"])
    assert one.claimants == two.claimants[:1]
    assert [agent.name for agent in project.agents()] == ["ACLU", "Extra Credits"]


def test_the_same_name_gives_the_same_agent(project: Project) -> None:
    first = project.agent(" The  Ledger ")
    again = project.agent("The Ledger", kind="outlet")
    assert again.id == first.id
    assert again.agent_kind is AgentKind.OUTLET
    steps = len(project.done)
    project.agent("The Ledger")
    assert len(project.done) == steps, "nothing to write is no step"
    with pytest.raises(WrongArgumentError, match="organisation"):
        project.agent("The Ledger", kind="newspaper")
    with pytest.raises(WrongArgumentError, match="name"):
        project.agent("  ")


def test_who_says_it_with_its_origin(project: Project, version: Version) -> None:
    passage = project.highlight(version.id, [(0, 3)])
    claim = project.add_claim("A claim.")
    council = project.agent("Council", kind="government")
    origin = project.appear(passage.id, claim.id, agent=council.id, role="asserts", voice="direct")
    unknown = project.appear(passage.id, claim.id, agent=None, role="repeats", derived_from=origin.id)
    named = project.appear(passage.id, claim.id, agent=None, agent_name="The Ledger", role="quotes")
    assert unknown.agent_id is None
    assert [row.agent for row in project.appearance_rows(passage.id)] == ["Council", "", "The Ledger"]
    assert named.agent_id == project.agent("The Ledger").id
    with pytest.raises(WrongArgumentError, match="asserts, repeats"):
        project.appear(passage.id, claim.id, agent=None, role="shouts")
    with pytest.raises(WrongArgumentError, match="insinuation"):
        project.appear(passage.id, claim.id, agent=None, role="asserts", voice="loud")


def test_who_says_it_on_fresh_words_is_one_step(project: Project, version: Version) -> None:
    claim = project.add_claim("A claim.")
    steps = len(project.done)
    said = project.appear(
        None, claim.id, agent=None, agent_name="Council", role="asserts", version=version.id, fragments=[(0, 3)]
    )
    assert len(project.done) == steps + 1
    assert [passage.id for passage in project.passages(version.id)] == [said.passage_id]
    project.undo()
    assert (project.passages(version.id), project.agents()) == ((), ())
    with pytest.raises(WrongArgumentError, match="passage"):
        project.appear(None, claim.id, agent=None, role="asserts")


def test_a_person_has_one_conclusion_a_claim(project: Project, version: Version) -> None:
    claim = project.add_claim("A claim.")
    linkage = project.link(None, claim.id, version=version.id, fragments=[(0, 3)], stance="supports")
    first = project.conclude(claim.id, verdict="supported", confidence="low", justification="So far.")
    changed = project.conclude(claim.id, verdict="conflicting_evidence", confidence="high", flags=["misleading"])
    assert first.linkage_ids == (linkage.id,)
    assert changed.id == first.id
    assert project.conclusions(claim.id) == (changed,)
    assert project.to_do().open_claims == ()
    with pytest.raises(WrongArgumentError, match="supported, refuted"):
        project.conclude(claim.id, verdict="")
    with pytest.raises(WrongArgumentError, match="missing_context"):
        project.conclude(claim.id, verdict="refuted", flags=["rude"])


def test_dates_may_be_partial_but_must_exist(project: Project) -> None:
    assert project.add_claim("One.", date="2025-02").date == "2025-02"
    with pytest.raises(WrongArgumentError, match="date"):
        project.add_claim("Two.", date="2025-02-30")


def test_parts_of_a_claim(project: Project) -> None:
    whole = project.add_claim("Whole.")
    part = project.add_claim("Part.", parent=whole.id, relation="part_of", types=["numerical"])
    assert part.parent == whole.id
    with pytest.raises(WrongArgumentError, match="restates"):
        project.add_claim("Other.", parent=whole.id, relation="cousin_of")
    with pytest.raises(WrongArgumentError, match="causal"):
        project.add_claim("Other.", types=["vague"])
