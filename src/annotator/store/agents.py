"""Agents as they count: one that was joined to another stands for it."""

from __future__ import annotations

from annotator.domain.ids import EntityId
from annotator.domain.people import Agent
from annotator.store.reader import Reader


def standing_agent(reader: Reader, id_: EntityId) -> Agent | None:
    """Return the agent that one was joined to, all the way, or itself; None where it does not live."""
    found = reader.find(Agent, id_)
    seen = {id_}
    while found is not None and found.merged_into is not None and found.merged_into not in seen:
        seen.add(found.merged_into)
        further = reader.find(Agent, found.merged_into)
        if further is None:
            break
        found = further
    return found


def agent_named(reader: Reader, name: str) -> Agent | None:
    """Return the oldest agent with exactly this name, or the one that it was joined to."""
    known = reader.ids_where("SELECT n FROM agent WHERE name = ? ORDER BY n LIMIT 1", name)
    return standing_agent(reader, known[0]) if known else None
