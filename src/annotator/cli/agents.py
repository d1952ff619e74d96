"""The command about people and organisations: which look like one, and saying so."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from annotator.cli.same import add_same, say_same
from annotator.cli.shared import Commands, put, say

if TYPE_CHECKING:
    from annotator.domain.people import Agent
    from annotator.services.project import Project


def add_to(commands: Commands) -> None:
    """Declare ``agents``."""
    listed = commands.add(
        "agents",
        _agents,
        "List people and organisations and which of them look like one; with --join or --part say which are.",
        'agents case.annotator --join "The Guardian" "Guardian"',
    )
    add_same(listed, "AGENT", "the first name counts wherever either stands")


def _agents(options: argparse.Namespace) -> int:
    def decide(project: Project, one: str, other: str) -> None:
        does = project.join_agents if options.join else project.part_agents
        does(_found(project, one).id, _found(project, other).id)

    return say_same(options, decide, _put_all)


def _found(project: Project, given: str) -> Agent:
    """Return the agent with this id or exactly this name. Raises ``WrongArgumentError`` where there is none, or several."""
    from annotator.domain.errors import WrongArgumentError

    agents = project.agents()
    found = [agent for agent in agents if agent.id == given] or [agent for agent in agents if agent.name == given]
    if len(found) != 1:
        problem = "nobody is called so" if not found else "several are called so"
        raise WrongArgumentError(
            argument=given, problem=problem, allowed="a name or an id as “annotator agents” lists them"
        )
    return found[0]


def _put_all(options: argparse.Namespace, project: Project) -> None:
    rows, pairs = project.agent_rows(), project.same_agents()
    record = {
        "agents": [
            {
                "id": row.agent.id,
                "name": row.agent.name,
                "kind": row.agent.agent_kind,
                "joined": [{"id": agent.id, "name": agent.name} for agent in row.joined],
                "sources": row.sources,
                "claims": row.claims,
                "appearances": row.appearances,
            }
            for row in rows
        ],
        "look_alike": [
            {"one": pair.one.id, "other": pair.other.id, "score": pair.score, "why": pair.why} for pair in pairs
        ],
    }
    also = {row.agent.id: "".join(f" = {agent.name}" for agent in row.joined) for row in rows}
    put(options, record, [f"{row.agent.id}  {row.agent.name}{also[row.agent.id]}" for row in rows])
    for pair in pairs:
        say(f"These look like one ({pair.why}): {pair.one.name}, {pair.other.name}")
