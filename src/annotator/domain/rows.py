"""What lists show: frozen rows, read from the current tables and the newest revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.anchoring import FOUND, AnchorDecision, AnchorState
from annotator.domain.change import Change
from annotator.domain.changed_words import ChangedWords
from annotator.domain.claim import Appearance, Claim
from annotator.domain.codec import Json
from annotator.domain.ids import Digest, EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.passage import Area
from annotator.domain.source import Source, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source with its versions (oldest first) and how many passages of its newest version are linked, of all.

    ``unsettled`` are passages whose words are others in the newest version in which they were looked for and wait for a person.
    ``twins`` are the titles of other sources that have a version with the same text: their passages are the same ones.
    ``disputed`` names the fields that hold several values, ``altered`` the versions whose original was found to be altered.
    """

    source: Source
    versions: tuple[Version, ...]
    publisher: str
    passages: int
    linked: int
    twins: tuple[str, ...] = ()
    unsettled: int = 0
    disputed: tuple[str, ...] = ()
    altered: tuple[EntityId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedRow:
    """A source of which there are several versions: how many, and which is the newest.

    ``waiting`` counts the passages that somebody has yet to decide on, ``unsought`` those not looked for in the newest one.
    """

    source: EntityId
    title: str
    versions: int
    newest: EntityId
    waiting: int = 0
    unsought: int = 0


class Judged(NamedTuple):
    """What one standing linkage of a passage says, as far as the reader filters by it."""

    annotator: EntityId
    claim: EntityId
    stance: str
    verdict: str


class AnchoredHere(NamedTuple):
    """Tells of a passage shown in another text than its own: its anchor, how it was found, and what a person decided on it."""

    id: EntityId
    state: AnchorState
    decision: AnchorDecision | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to decide on it."""
        return self.decision is None and self.state not in FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRow:
    """One passage of another version and where it stands in this one; half-open code points, each in its own text.

    ``text`` is the text it was highlighted in; ``quote`` and ``found`` are the words there and here. ``spans`` are empty where it
    stands nowhere here; those of one that waits are proposed. ``judged`` is what its standing linkages say.
    """

    id: EntityId
    passage: EntityId
    text: Digest
    state: AnchorState
    decision: AnchorDecision | None
    score: int
    old_spans: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    quote: str
    found: str
    judged: tuple[Judged, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide."""
        return self.decision is not None or self.state in FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """One passage as the reader paints it: half-open code point ``spans`` and the stances of its standing linkages.

    An ``area`` of a page has no spans; it begins and ends nowhere in the text (``start`` and ``end`` are 0).
    ``disputed`` names the fields of the passage that hold several values, ``judged_disputed`` tells whether one of those linkages
    has such a field. ``judged`` is what those linkages say, ``noted`` whether there is a note on the passage.
    ``anchor`` tells of a passage that was highlighted in another version: its spans are those in the text that is shown.
    """

    id: EntityId
    spans: tuple[tuple[int, int], ...]
    stances: tuple[str, ...]
    disputed: tuple[str, ...] = ()
    judged_disputed: bool = False
    area: Area | None = None
    judged: tuple[Judged, ...] = ()
    noted: bool = False
    anchor: AnchoredHere | None = None

    @property
    def conflicted(self) -> bool:
        """Whether something that is shown of it is disputed."""
        return bool(self.disputed) or self.judged_disputed

    @property
    def start(self) -> int:
        """The first code point."""
        return self.spans[0][0] if self.spans else 0

    @property
    def end(self) -> int:
        """The code point behind the last."""
        return self.spans[-1][1] if self.spans else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim: how many of its passages have a standing linkage of each stance, and its newest conclusion.

    ``parent`` is the claim that its parent counts as, ``also`` are the words of those that were joined to it, oldest first.

    ``disputed`` names the fields of the claim that hold several values, ``conclusion_disputed`` those of the conclusion.
    ``unsettled`` is how many of its judgements rest on words that changed and that nobody has settled.
    """

    claim: Claim
    stances: tuple[tuple[str, int], ...]
    conclusion: Conclusion | None
    changed: int
    disputed: tuple[str, ...] = ()
    conclusion_disputed: tuple[str, ...] = ()
    unsettled: int = 0
    parent: EntityId | None = None
    also: tuple[str, ...] = ()

    @property
    def conflicted(self) -> bool:
        """Whether something that is shown of it is disputed."""
        return bool(self.disputed or self.conclusion_disputed)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRow:
    """One linkage with the words around it: who judged it, when, which claim and passages, and where they stand.

    ``claim_id`` is the claim that it counts for: the one that its own claim was joined to.

    ``changed`` tells of its first passage whose words are others in a newer version. ``disputed`` names the fields of the linkage
    that hold several values, ``claim_disputed`` those of its claim.
    """

    linkage: Linkage
    annotator: str
    at: str
    claim: str
    claim_id: EntityId
    quote: str
    source_title: str
    version_id: EntityId | None
    disputed: tuple[str, ...] = ()
    claim_disputed: tuple[str, ...] = ()
    changed: ChangedWords | None = None

    @property
    def conflicted(self) -> bool:
        """Whether one of its fields is disputed."""
        return bool(self.disputed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceRow:
    """One appearance with the name of the agent, and the claim that it counts for."""

    appearance: Appearance
    agent: str
    claim_id: EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A field that holds several values: those before a step, those after it, and those that stand beside the step's own now."""

    field: str
    before: tuple[Json, ...] = ()
    after: tuple[Json, ...] = ()
    beside: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step in an entity's history: who, when, which change, and each field's value before and after.

    ``disputes`` has the fields that hold several values before, after or now; ``is_now`` tells whether the entity is still as
    this step left it.
    """

    change: Change
    annotator: str
    fields: tuple[tuple[str, Json, Json], ...]
    kind: str = ""
    disputes: tuple[Dispute, ...] = ()
    is_now: bool = False


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
class Found:
    """One place in a text where what was looked for stands: half-open code points, and the words there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """What is left: passages without a linkage, claims without a conclusion."""

    unlinked_passages: tuple[EntityId, ...]
    open_claims: tuple[EntityId, ...]
