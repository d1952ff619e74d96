"""Saying which agents are one: suggested by their names, decided by a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from annotator.domain.claim import Appearance, Claim
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.joined import joining, parting, stands_for
from annotator.domain.people import Agent
from annotator.domain.same_agents import SameAgents, look_alike
from annotator.domain.source import Source
from annotator.services.base import Job, Outcome, existing
from annotator.store.agents import standing_agent
from annotator.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """An agent with those that were joined to it, and how many sources, claims and appearances name any of them."""

    agent: Agent
    joined: tuple[Agent, ...]
    sources: int
    claims: int
    appearances: int


class Joining(Job):
    """The job of knowing that “Guardian” and “The Guardian” are one outlet, and that two people called Berg are not."""

    def agent_rows(self) -> tuple[AgentRow, ...]:
        """Return the agents that stand for themselves, sorted by name, each with those that were joined to it."""
        reader = self.store.read()
        agents = {agent.id: agent for agent in reader.all(Agent)}
        joined: dict[EntityId, list[Agent]] = defaultdict(list)
        for agent in agents.values():
            if (standing := stands_for(agents, agent.id)) != agent.id:
                joined[standing].append(agent)
        named = _named(reader, agents)
        rows = (
            AgentRow(
                agent=agents[id_],
                joined=tuple(joined[id_]),
                sources=named[Source.kind][id_],
                claims=named[Claim.kind][id_],
                appearances=named[Appearance.kind][id_],
            )
            for id_ in agents
            if stands_for(agents, id_) == id_
        )
        return tuple(sorted(rows, key=lambda row: (row.agent.name.casefold(), row.agent.id)))

    def same_agents(self) -> tuple[SameAgents, ...]:
        """Return the pairs of agents that look like one, the likeliest first. Nothing is joined by it."""
        return tuple(look_alike(self.store.read().all(Agent)))

    def join_agents(self, agent: EntityId, other: EntityId) -> Agent:
        """Say that ``other`` is ``agent``, whose name counts from now on wherever either is named; undo takes it back.

        Raises ``NotFoundError``, ``WrongArgumentError`` where they are one already.
        """

        def plan(reader: Reader) -> Outcome[Agent]:
            kept, gone = _standing(reader, agent), _standing(reader, other)
            if kept.id == gone.id:
                raise WrongArgumentError(argument="other", problem="these are one already", allowed="another agent")
            return Outcome(kept, joining(kept, gone))

        return self.do("join_agents", plan)

    def part_agents(self, agent: EntityId, other: EntityId) -> Agent:
        """Say that ``other`` is not ``agent``: they are one no more, and are not suggested again. Undo takes it back.

        What else they are joined to stays so, as far as that does not make them one.

        Raises ``NotFoundError``, ``WrongArgumentError`` where both are the same.
        """

        def plan(reader: Reader) -> Outcome[Agent]:
            first, second = existing(reader, Agent, agent), existing(reader, Agent, other)
            if first.id == second.id:
                raise WrongArgumentError(argument="other", problem="it is the same agent", allowed="another agent")
            known = {agent.id: agent for agent in reader.all(Agent)}
            return Outcome(second, parting(known, first, second))

        return self.do("part_agents", plan)


def _standing(reader: Reader, id_: EntityId) -> Agent:
    found = existing(reader, Agent, id_)
    return standing_agent(reader, found.id) or found


def _named(reader: Reader, agents: dict[EntityId, Agent]) -> dict[str, Counter[EntityId]]:
    """Return how many entities of each kind name an agent or one that was joined to it."""
    found: dict[str, Counter[EntityId]] = defaultdict(Counter)
    for source in reader.all(Source):
        found[Source.kind].update({stands_for(agents, id_) for id_ in (*source.authors, *source.publishers)})
    for claim in reader.all(Claim):
        found[Claim.kind].update({stands_for(agents, id_) for id_ in claim.claimants})
    for appearance in reader.all(Appearance):
        if appearance.agent_id:
            found[Appearance.kind][stands_for(agents, appearance.agent_id)] += 1
    return found
