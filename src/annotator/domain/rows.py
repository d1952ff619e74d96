"""What lists show: frozen rows, read from the current tables and the newest revisions."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.change import Change
from annotator.domain.claim import Appearance, Claim
from annotator.domain.codec import Json
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.source import Source, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source with its versions (oldest first) and how many passages of its newest version are linked, of all."""

    source: Source
    versions: tuple[Version, ...]
    publisher: str
    passages: int
    linked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """One passage as the reader paints it: half-open code point ``spans`` and the stances of its standing linkages."""

    id: EntityId
    spans: tuple[tuple[int, int], ...]
    stances: tuple[str, ...]
    conflicted: bool = False

    @property
    def start(self) -> int:
        """The first code point."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The code point behind the last."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim: how many of its passages have a standing linkage of each stance, and its newest conclusion."""

    claim: Claim
    stances: tuple[tuple[str, int], ...]
    conclusion: Conclusion | None
    changed: int
    conflicted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRow:
    """One linkage with the words around it: who judged it, when, which claim and passages, and where they stand."""

    linkage: Linkage
    annotator: str
    at: str
    claim: str
    quote: str
    source_title: str
    version_id: EntityId | None
    conflicted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceRow:
    """One appearance with the name of the agent."""

    appearance: Appearance
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step in an entity's history: who, when, which change, and each field's value before and after."""

    change: Change
    annotator: str
    fields: tuple[tuple[str, Json, Json], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One line of the project's history. ``number`` is local and grows; ``kinds`` counts the entities it touched."""

    number: int
    change: Change
    annotator: str
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One search hit. ``start`` and ``end`` are code points in the field's own words; ``snippet`` shows them with some around."""

    entity_id: EntityId
    kind: str
    field: str
    version_id: EntityId | None
    start: int
    end: int
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """What is left: passages without a linkage, claims without a conclusion."""

    unlinked_passages: tuple[EntityId, ...]
    open_claims: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The newest changes and how many there are: what a bundle states, so that a shortened history is noticed."""

    heads: tuple[ChangeId, ...]
    changes: int
