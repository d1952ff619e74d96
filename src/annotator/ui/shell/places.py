"""Where one works on a thing: found by a job, for whatever jumps there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.anchoring import Anchor
from annotator.domain.claim import Appearance, Claim
from annotator.domain.entity import Entity
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Agent
from annotator.domain.review import Review, Waiver
from annotator.domain.source import Source, Version

if TYPE_CHECKING:
    from annotator.services.project import Project

_NONE = EntityId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A claim on the board, or half-open code points of a version in the reader; ``beside``: beside the version before it."""

    claim: EntityId = _NONE
    linkage: EntityId = _NONE
    version: EntityId = _NONE
    passage: EntityId = _NONE
    start: int = 0
    end: int = 0
    beside: bool = False


def place_of(project: Project, id_: EntityId) -> Place | None:
    """Return where an entity is worked on; None when it is gone, or is nothing that is shown anywhere."""
    try:
        found = project.entity(id_)
    except NotFoundError:
        return None
    match found:
        case Claim():
            return Place(claim=project.standing_claim(found.id))
        case Linkage():
            return Place(claim=project.standing_claim(found.claim_id), linkage=found.id)
        case Conclusion():
            return Place(claim=project.standing_claim(found.claim_id))
        case Agent():
            return _place_of_agent(project, found.id)
        case _:
            return _place_in_text(project, found)


def _place_in_text(project: Project, found: Entity) -> Place | None:
    match found:
        case Passage():
            return _place_of_passage(project, found)
        case Anchor():
            version = newest_version_with(project, found)
            return Place(version=version.id, passage=found.passage, beside=True) if version is not None else None
        case Appearance():
            return place_of(project, found.passage_id)
        case Note() | Review() | Waiver():
            return place_of(project, found.about)
        case Version():
            return Place(version=found.id)
        case Source():
            return Place(version=project.versions(found.id)[-1].id)
        case _:
            return None


def _place_of_passage(project: Project, passage: Passage) -> Place | None:
    version = newest_version_with(project, passage)
    if version is None:
        return None
    start = passage.fragments[0].start if passage.fragments else 0
    end = passage.fragments[-1].end if passage.fragments else 0
    return Place(version=version.id, passage=passage.id, start=start, end=end)


def _place_of_agent(project: Project, agent: EntityId) -> Place | None:
    """Return the first place where somebody says something, else what they are claimed to say, else what they published."""
    claims = project.claims()
    for claim in claims:
        for appearance in project.appearances(claim.id):
            if appearance.agent_id == agent:
                return place_of(project, appearance.passage_id)
    claimed = next((claim for claim in claims if agent in claim.claimants), None)
    if claimed is not None:
        return Place(claim=project.standing_claim(claimed.id))
    rows = project.source_rows()
    own = (row for row in rows if row.versions and agent in (*row.source.authors, *row.source.publishers))
    return next((Place(version=row.versions[-1].id) for row in own), None)


def newest_version_with(project: Project, found: Passage | Anchor) -> Version | None:
    """Return the newest version whose text a passage, or its anchor, stands in."""
    own = (version for row in project.source_rows() for version in row.versions if version.text == found.text)
    return max(own, key=lambda version: (version.sequence, version.id), default=None)
