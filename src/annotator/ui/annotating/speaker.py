"""What is known when somebody says who says a claim in a passage: agents, claims, and earlier appearances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.same_agents import names_of

if TYPE_CHECKING:
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An appearance to which another may go back: who, in which role, and the words."""

    id: EntityId
    agent: str
    role: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person has said of an appearance. Without ``agent`` the speaker is unknown."""

    agent: str
    role: str
    voice: str
    claim: str
    derived_from: str


def agent_names(project: Project) -> list[str]:
    """Return the names of all agents, sorted."""
    return sorted(set(names_of(project.agents()).values()), key=str.casefold)


def earlier_appearances(project: Project, claim: EntityId) -> list[Earlier]:
    """Return the appearances of a claim, oldest first."""
    names = names_of(project.agents())
    codebook = project.codebook
    found = []
    for appearance in project.appearances(claim):
        agent = names.get(appearance.agent_id, "") if appearance.agent_id else ""
        role = codebook.label("appearance_role", appearance.role)
        quote = _quote(project, appearance.passage_id)
        found.append(Earlier(id=appearance.id, agent=agent, role=role, quote=quote))
    return found


def claim_of_passage(project: Project, passage: EntityId) -> str:
    """Return the claim that a passage was last linked to."""
    rows = project.linkage_rows(passage=passage)
    return rows[-1].claim_id if rows else ""


def _quote(project: Project, passage: EntityId) -> str:
    try:
        found = project.entity(passage)
    except NotFoundError:
        return ""
    return found.quote if isinstance(found, Passage) else ""
