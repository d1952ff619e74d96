"""All that speaks for and against one claim, read in one go and sorted for the eye."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.as_one import claims_as_one
from annotator.domain.changed_words import ChangedWords
from annotator.domain.claim import Appearance, Claim, Relation
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion
from annotator.domain.passage import Passage
from annotator.domain.rows import LinkageRow
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.scales import Codebook
from annotator.domain.source import Source, Version
from annotator.ui.auditing.review_told import ReviewTold, read_reviews
from annotator.ui.claiming.area_words import area_words
from annotator.ui.claiming.levels import STANCES

if TYPE_CHECKING:
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a card's words: ``context`` before and after it, cut at whole words."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """Passages that were judged together in one stance: their words, where they stand, and everybody's judgement.

    ``elsewhere`` are judgements of the same passages in another stance.
    """

    passages: tuple[EntityId, ...]
    pieces: tuple[Piece, ...]
    version: EntityId | None
    start: int
    end: int
    judged: tuple[LinkageRow, ...]
    elsewhere: tuple[LinkageRow, ...]

    @property
    def differs(self) -> bool:
        """Whether annotators came to different verdicts or stances."""
        return bool(self.elsewhere) or len({row.linkage.verdict for row in self.judged}) > 1


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The cards of one source in a column."""

    source: Source | None
    name: str
    cards: tuple[Card, ...]
    disputed: tuple[str, ...] = ()
    """The fields of the source that hold several values."""


@dataclass(frozen=True, slots=True)
class Column:
    """All cards of one stance, by source."""

    stance: str
    groups: tuple[SourceGroup, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards in the order in which they are shown."""
        return tuple(card for group in self.groups for card in group.cards)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len({passage for card in self.cards for passage in card.passages})

    @property
    def sources(self) -> int:
        """How many sources they stand in."""
        return len(self.groups)


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim and how it stands to this one."""

    claim: Claim
    relation: Relation | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody's conclusion and their name."""

    name: str
    conclusion: Conclusion


@dataclass(frozen=True, slots=True)
class Board:
    """A claim with its evidence and its conclusions. ``own`` is that of whoever is at work.

    ``also`` are the words of claims that were joined to it. ``disputed`` names the fields of the claim and of its conclusions
    that hold several values, by their ids.
    """

    claim: Claim
    parent: Related | None
    parts: tuple[Related, ...]
    place: tuple[int, int]
    """Which part of its parent it is, of how many; 0 of 0 when it is none."""
    claimants: tuple[str, ...]
    first_said: str
    first_date: str
    also: tuple[str, ...]
    columns: tuple[Column, ...]
    withdrawn: int
    own: Conclusion | None
    others: tuple[Judge, ...]
    annotator: EntityId
    annotator_name: str
    codebook: Codebook
    disputed: Mapping[EntityId, tuple[str, ...]]
    reviews: Mapping[EntityId, tuple[ReviewTold, ...]]
    """What reviewers made of each conclusion."""

    @property
    def changed(self) -> tuple[ChangedWords, ...]:
        """What became of those words on which a conclusion drawn now would rest and which changed, a passage each."""
        rows = (row for column in self.columns for card in column.cards for row in card.judged)
        return tuple({row.changed.passage: row.changed for row in rows if row.changed}.values())

    @property
    def standing(self) -> frozenset[EntityId]:
        """The linkages that a conclusion drawn now would rest on."""
        return frozenset(row.linkage.id for column in self.columns for card in column.cards for row in card.judged)


def read_board(project: Project, claim_id: EntityId) -> Board:
    """Return everything about a claim, or about the one that it was joined to. Raises ``NotFoundError`` when it was deleted."""
    claim_id = project.entity(project.standing_claim(claim_id)).id
    claims, stands = claims_as_one(project.claims())
    claim = claims[claim_id]
    also = project.joined_claims(claim_id) if claim_id in stands.values() else ()
    agents = names_of(project.agents())
    annotators = {each.id: each.name for each in project.annotators()}
    rows = project.linkage_rows(claim=claim_id)
    standing = [row for row in rows if not row.linkage.withdrawn]
    conclusions = project.conclusions(claim_id)
    own = [each for each in conclusions if each.annotator_id == project.annotator_id]
    siblings = [each.id for each in claims.values() if claim.parent and each.parent == claim.parent]
    first = _first_said(project.appearances(claim_id), agents)
    return Board(
        claim=claim,
        parent=Related(claims[claim.parent], claim.relation) if claim.parent in claims else None,
        parts=tuple(Related(each, each.relation) for each in claims.values() if each.parent == claim_id),
        place=(siblings.index(claim_id) + 1, len(siblings)) if siblings else (0, 0),
        claimants=distinct_names(agents, claim.claimants),
        first_said=first[0],
        first_date=first[1],
        also=tuple(each.text for each in also),
        columns=_columns(project, standing, agents),
        withdrawn=len(rows) - len(standing),
        own=own[-1] if own else None,
        others=tuple(
            Judge(annotators.get(each.annotator_id, ""), each) for each in conclusions if each not in own[-1:]
        ),
        annotator=project.annotator_id,
        annotator_name=annotators.get(project.annotator_id, ""),
        codebook=project.codebook,
        disputed=project.disputed(claim_id, *(each.id for each in also), *(each.id for each in conclusions)),
        reviews={each.id: read_reviews(project, each.id) for each in conclusions},
    )


def _first_said(appearances: Iterable[Appearance], agents: dict[EntityId, str]) -> tuple[str, str]:
    """Return who said it first and when: the earliest of those that go back to no other."""
    roots = [each for each in appearances if each.derived_from is None and each.agent_id in agents]
    dated = sorted((each for each in roots if each.date), key=lambda each: each.date or "")
    first = next(iter(dated), None)
    return (agents[first.agent_id], first.date or "") if first and first.agent_id else ("", "")


def _columns(project: Project, rows: list[LinkageRow], agents: dict[EntityId, str]) -> tuple[Column, ...]:
    by_set: dict[frozenset[str], list[LinkageRow]] = defaultdict(list)
    places = {id_: _place(project, id_) for row in rows for id_ in row.linkage.passage_ids}
    for row in rows:
        by_set[frozenset(places[id_] for id_ in row.linkage.passage_ids)].append(row)
    sources = _Sources(project, agents)
    grouped: dict[str, dict[str, list[Card]]] = defaultdict(lambda: defaultdict(list))
    found: dict[str, SourceGroup] = {}
    for together in by_set.values():
        for stance in dict.fromkeys(row.linkage.stance for row in together):
            card = _card(project, together, stance)
            group = sources.group(card.version)
            key = group.source.id if group.source else group.name
            found[key] = group
            grouped[stance][key].append(card)
    order = [*STANCES, *(stance for stance in grouped if stance not in STANCES)]
    return tuple(
        Column(
            stance,
            tuple(
                replace(found[key], cards=tuple(sorted(cards, key=lambda c: (c.start, c.end))))
                for key, cards in grouped[stance].items()
            ),
        )
        for stance in order
    )


def _place(project: Project, id_: EntityId) -> str:
    """Return where a passage stands: two people who marked the same words apart from each other marked one place."""
    passage = project.entity(id_)
    if not isinstance(passage, Passage) or not passage.fragments:
        return id_
    return f"{passage.text} {' '.join(f'{each.start}-{each.end}' for each in passage.fragments)}"


def _card(project: Project, together: list[LinkageRow], stance: str) -> Card:
    judged = tuple(row for row in together if row.linkage.stance == stance)
    passages = [p for id_ in judged[0].linkage.passage_ids if isinstance(p := project.entity(id_), Passage)]
    fragments = [fragment for passage in passages for fragment in passage.fragments]
    pieces = [Piece(_tail(f.prefix), f.quote, _head(f.suffix)) for f in fragments]
    pieces += [Piece("", area_words(passage.area), "") for passage in passages if passage.area is not None]
    return Card(
        tuple(passage.id for passage in passages),
        tuple(pieces),
        judged[0].version_id,
        fragments[0].start if fragments else 0,
        fragments[0].end if fragments else 0,
        judged,
        tuple(row for row in together if row.linkage.stance != stance),
    )


def _tail(prefix: str) -> str:
    """Return the whole words at the end of what stands before a quote, from its line."""
    line = prefix.rpartition("\n")[2]
    if line == prefix and " " in line:
        return f"… {line.partition(' ')[2]}"
    return line


def _head(suffix: str) -> str:
    """Return the whole words at the beginning of what stands behind a quote, up to the end of its line."""
    line = suffix.partition("\n")[0]
    if line == suffix and " " in line:
        return f"{line.rpartition(' ')[0]} …"
    return line


class _Sources:
    """Finds the source of a version once."""

    def __init__(self, project: Project, agents: dict[EntityId, str]) -> None:
        self._project, self._agents = project, agents
        self._known: dict[EntityId | None, SourceGroup] = {None: SourceGroup(None, "", ())}

    def group(self, version: EntityId | None) -> SourceGroup:
        """Return the source of a version as a group without cards."""
        if version not in self._known:
            found = self._project.entity(version) if version else None
            source = self._project.entity(found.source_id) if isinstance(found, Version) else None
            assert source is None or isinstance(source, Source)  # noqa: S101 the source of a version
            disputed = self._project.disputed(source.id).get(source.id, ()) if source else ()
            self._known[version] = SourceGroup(source, self._name(source), (), disputed)
        return self._known[version]

    def _name(self, source: Source | None) -> str:
        if source is None:
            return ""
        people = (*source.publishers, *source.authors)
        return next((self._agents[id_] for id_ in people if id_ in self._agents), source.title)
