"""Agents as they count: one that was joined to another stands for it."""

from __future__ import annotations

from annotator.domain.ids import EntityId
from annotator.domain.joined import stands_for
from annotator.domain.people import Agent
from annotator.store.reader import Reader


def standing_agent(reader: Reader, id_: EntityId) -> Agent | None:
    """Return the agent that one was joined to, all the way, or itself; None where it does not live."""
    known: dict[EntityId, Agent] = {}
    further: EntityId | None = id_
    while further is not None and further not in known and (found := reader.find(Agent, further)) is not None:
        known[further] = found
        further = found.merged_into
    return known.get(stands_for(known, id_))


def agent_named(reader: Reader, name: str) -> Agent | None:
    """Return the oldest agent with exactly this name, or the one that it was joined to."""
    known = reader.ids_where("SELECT n FROM agent WHERE name = ? ORDER BY n LIMIT 1", name)
    return standing_agent(reader, known[0]) if known else None
