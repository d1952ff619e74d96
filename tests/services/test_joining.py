"""Agents that a person says to be one count as one wherever they are named, until that is undone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.people import Agent
from annotator.services.project import Project, open_project


def _source(project: Project, name: str, publisher: str) -> EntityId:
    version = project.import_source((f"{name}.txt", f"{name} says that the wall held all night.\n".encode()))
    project.edit(version.source_id, publishers=[publisher])
    return version.id


def _agents(project: Project) -> tuple[Agent, Agent]:
    one, other = project.agent("The Guardian", kind="outlet"), project.agent("Guardian")
    return one, other


def test_they_are_suggested_and_nothing_is_joined_by_it(project: Project) -> None:
    one, other = _agents(project)
    (pair,) = project.same_agents()
    assert {pair.one.id, pair.other.id} == {one.id, other.id}
    assert all(agent.merged_into is None for agent in project.agents())


def test_the_name_counts_everywhere_and_undo_takes_it_back(project: Project, tmp_path: Path) -> None:
    first, second = _source(project, "one", "The Guardian"), _source(project, "two", "Guardian")
    one, other = _agents(project)
    claim = project.add_claim("The wall held.", claimants=["Guardian", "The Guardian"])
    passage = project.highlight(second, [(0, 3)])
    project.appear(passage.id, claim.id, agent=other.id, role="asserts", voice="direct")
    project.join_agents(one.id, other.id)
    assert {row.publisher for row in project.source_rows()} == {"The Guardian"}
    assert [row.agent for row in project.appearance_rows(passage.id)] == ["The Guardian"]
    assert project.agent("Guardian").id == one.id, "a name that was joined gives who stands for it"
    assert project.same_agents() == ()
    (row,) = [row for row in project.agent_rows() if row.agent.id == one.id]
    assert ([agent.name for agent in row.joined], row.sources, row.claims, row.appearances) == (["Guardian"], 2, 1, 1)
    project.export("csv", tmp_path / "table.csv")
    project.link(passage.id, claim.id, stance="supports", verdict="supported", confidence="low", rationale="so")
    project.export("csv", tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "The Guardian" in next(csv.DictReader(file)).values()
    project.undo()
    project.undo()
    assert {row.publisher for row in project.source_rows()} == {"The Guardian", "Guardian"}
    assert first != second


def test_two_outlets_that_are_one_are_one_origin(project: Project) -> None:
    versions = [_source(project, "one", "The Guardian"), _source(project, "two", "Guardian")]
    claim = project.add_claim("The wall held.")
    for version in versions:
        passage = project.highlight(version, [(0, 8)])
        project.link(passage.id, claim.id, stance="supports", verdict="supported", confidence="low", rationale="so")
    project.conclude(claim.id, verdict="supported", confidence="high", justification="two outlets", stage="submitted")
    before = {finding.code for finding in project.findings()}
    one, other = _agents(project)
    project.join_agents(one.id, other.id)
    assert "single-source" in {finding.code for finding in project.findings()} - before


def test_the_parted_stand_for_themselves_and_are_not_suggested_again(project: Project) -> None:
    one, other = _agents(project)
    project.join_agents(one.id, other.id)
    project.part_agents(one.id, other.id)
    assert all(agent.merged_into is None for agent in project.agents())
    assert project.same_agents() == ()
    assert len(project.agent_rows()) == 2
    project.undo()
    assert [len(row.joined) for row in project.agent_rows()] == [1]
    project.undo()
    assert len(project.same_agents()) == 1
    project.part_agents(other.id, one.id)
    assert project.same_agents() == ()
    project.join_agents(other.id, one.id)
    assert [row.agent.id for row in project.agent_rows()] == [other.id], "a person may think again"


def test_joining_follows_what_was_joined_before_and_refuses_nonsense(project: Project) -> None:
    one, other = _agents(project)
    third = project.agent("Guardian News")
    project.join_agents(one.id, other.id)
    project.join_agents(third.id, other.id)
    (row,) = project.agent_rows()
    assert (row.agent.id, len(row.joined)) == (third.id, 2)
    with pytest.raises(WrongArgumentError, match="one already"):
        project.join_agents(one.id, other.id)
    with pytest.raises(WrongArgumentError, match="same agent"):
        project.part_agents(one.id, one.id)
    with pytest.raises(NotFoundError):
        project.join_agents(one.id, EntityId("nobody"))


def test_parting_leaves_alone_what_is_joined_to_others(project: Project) -> None:
    one, other = _agents(project)
    third = project.agent("Guardian News")
    project.join_agents(third.id, other.id)
    project.part_agents(one.id, other.id)
    assert [(row.agent.id, len(row.joined)) for row in project.agent_rows() if row.joined] == [(third.id, 1)]
    project.join_agents(one.id, third.id)
    project.part_agents(other.id, third.id)
    assert [(row.agent.id, len(row.joined)) for row in project.agent_rows()] == [(other.id, 0), (one.id, 1)]


def test_two_teams_that_join_each_the_other_way_lose_no_agent(tmp_path: Path) -> None:
    with open_project(tmp_path / "ada", annotator="Ada", create=True) as ada:
        one, other = _agents(ada)
        ada.export("bundle", tmp_path / "before.zip")
        with open_project(tmp_path / "bob", annotator="Bob", create=True) as bob:
            bob.merge(bob.plan_merge(tmp_path / "before.zip"))
            bob.join_agents(other.id, one.id)
            bob.export("bundle", tmp_path / "theirs.zip")
        ada.join_agents(one.id, other.id)
        ada.merge(ada.plan_merge(tmp_path / "theirs.zip"))
        (row,) = ada.agent_rows()
        assert (row.agent.id, [agent.id for agent in row.joined]) == (one.id, [other.id])
        assert ada.same_agents() == ()
        ada.part_agents(one.id, other.id)
        assert len(ada.agent_rows()) == 2
