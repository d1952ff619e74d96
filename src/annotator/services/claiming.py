"""Claims, who said them where, and what is concluded of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.change import Write
from annotator.domain.claim import Appearance, Claim, Relation, Voice
from annotator.domain.dates import PartialDate, partial_date
from annotator.domain.entity import fields_of
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.passage import Area, Passage
from annotator.domain.people import Agent, AgentKind
from annotator.domain.register import differences
from annotator.services.annotating import Spans, claim_words, new_passage, no_passage
from annotator.services.base import Job, Outcome, choice, created, existing
from annotator.services.identity import new_id
from annotator.store import queries
from annotator.store.agents import agent_named
from annotator.store.reader import Reader


class Claiming(Job):
    """The job of the person who decides what is claimed, by whom, and whether it holds."""

    def add_claim(
        self,
        text: str,
        *,
        claimants: Iterable[str] = (),
        wording: EntityId | None = None,
        types: Iterable[str] = (),
        date: str | None = None,
        location: str = "",
        parent: EntityId | None = None,
        relation: str | None = None,
    ) -> Claim:
        """Add a claim; ``claimants`` are names of agents, made on first use.

        Raises ``WrongArgumentError`` (no words, unknown type or relation, no date), ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[Claim]:
            agents = [_agent(reader, name, AgentKind.UNKNOWN) for name in dict.fromkeys(claimants)]
            if wording is not None:
                existing(reader, Passage, wording)
            if parent is not None:
                existing(reader, Claim, parent)
            claim = Claim(
                id=new_id(),
                text=claim_words(text),
                wording=wording,
                types=self.codebook.check_all("claim_type", types),
                claimants=tuple(agent.id for agent, _ in agents),
                date=date_argument("date", date),
                location=location,
                parent=parent,
                relation=Relation(choice("relation", relation, Relation)) if relation else None,
            )
            return Outcome(claim, (*(created(agent) for agent, is_new in agents if is_new), created(claim)))

        return self.do("add_claim", plan)

    def agent(self, name: str, *, kind: str = "", interests: str = "") -> Agent:
        """Return the agent of this name, made on first use; a kind or interests given later are kept.

        Raises ``WrongArgumentError`` for an empty name or an unknown kind.
        """
        wanted = AgentKind(choice("kind", kind, AgentKind)) if kind else None

        def plan(reader: Reader) -> Outcome[Agent]:
            found, is_new = _agent(reader, name, wanted or AgentKind.UNKNOWN)
            changed = replace(found, agent_kind=wanted or found.agent_kind, interests=interests or found.interests)
            if is_new:
                return Outcome(changed, (created(changed),))
            fields = {name: after for name, _, after in differences(fields_of(found), fields_of(changed))}
            return Outcome(changed, (Write(found.id, found.kind, fields),) if fields else ())

        return self.do("add_agent", plan)

    def appear(
        self,
        passage: EntityId | None,
        claim: EntityId,
        *,
        agent: EntityId | None,
        role: str,
        voice: str | None = None,
        derived_from: EntityId | None = None,
        date: str | None = None,
        agent_name: str = "",
        version: EntityId | None = None,
        fragments: Spans = (),
        area: Area | None = None,
    ) -> Appearance:
        """Say that an agent (None: unknown) says a claim in a passage.

        ``agent_name`` may stand for ``agent``: the agent is then found or made by name in the same change. ``version`` with
        ``fragments``, or with an ``area`` of a page, may stand for the passage: it is then highlighted in the same change.
        Raises ``WrongArgumentError`` (unknown role or voice, wrong fragments), ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[Appearance]:
            existing(reader, Claim, claim)
            where, highlighted = _where(reader, passage, version, fragments, area)
            speaker, made = _speaker(reader, agent, agent_name)
            if derived_from is not None:
                existing(reader, Appearance, derived_from)
            appearance = Appearance(
                id=new_id(),
                passage_id=where,
                claim_id=claim,
                agent_id=speaker,
                role=self.codebook.check("appearance_role", role),
                voice=Voice(choice("voice", voice, Voice)) if voice else None,
                derived_from=derived_from,
                date=date_argument("date", date),
            )
            return Outcome(appearance, (*highlighted, *made, created(appearance)))

        return self.do("appear", plan)

    def conclude(
        self,
        claim: EntityId,
        *,
        verdict: str,
        confidence: str = "",
        justification: str = "",
        reasons: Iterable[str] = (),
        flags: Iterable[str] = (),
        likelihood: str = "",
        as_of: str | None = None,
        stage: str = Stage.DRAFT,
    ) -> Conclusion:
        """Conclude on a claim, resting on the linkages that stand now; a person has one conclusion a claim, and changes it.

        Raises ``WrongArgumentError`` naming the levels that exist, ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[Conclusion]:
            existing(reader, Claim, claim)
            own = [c for c in queries.conclusions_of(reader, claim) if c.annotator_id == self.annotator_id]
            rows = (row.linkage for row in queries.linkages_of_claim(reader, claim))
            conclusion = Conclusion(
                id=own[-1].id if own else new_id(),
                claim_id=own[-1].claim_id if own else claim,
                annotator_id=self.annotator_id,
                verdict=self._verdict(verdict),
                flags=self.codebook.check_all("flags", flags),
                confidence=self.codebook.check("confidence", confidence),
                confidence_percent=self.codebook.scale("confidence").level(confidence).percent if confidence else None,
                reasons=self.codebook.check_reasons(reasons),
                likelihood=self.codebook.check("likelihood", likelihood),
                justification=justification,
                as_of=date_argument("as_of", as_of),
                linkage_ids=tuple(linkage.id for linkage in rows if _stands(linkage)),
                rests_on_changes=reader.checkpoint().heads,
                stage=Stage(choice("stage", stage, Stage)),
            )
            if not own:
                return Outcome(conclusion, (created(conclusion),))
            fields = {name: after for name, _, after in differences(fields_of(own[-1]), fields_of(conclusion))}
            return Outcome(conclusion, (Write(conclusion.id, conclusion.kind, fields),) if fields else ())

        return self.do("conclude", plan)

    def _verdict(self, verdict: str) -> str:
        if not verdict:
            levels = ", ".join(level.code for level in self.codebook.scale("verdict").levels)
            raise WrongArgumentError(argument="verdict", problem="none is given", allowed=levels)
        return self.codebook.check("verdict", verdict)


def _agent(reader: Reader, name: str, kind: AgentKind) -> tuple[Agent, bool]:
    """Return the agent of this name and whether it has to be made."""
    words = " ".join(name.split())
    if not words:
        raise WrongArgumentError(
            argument="agent", problem="the name is empty", allowed="a name, or no agent for unknown"
        )
    found = agent_named(reader, words)
    return (found, False) if found else (Agent(id=new_id(), name=words, agent_kind=kind), True)


def _where(
    reader: Reader, passage: EntityId | None, version: EntityId | None, fragments: Spans, area: Area | None
) -> tuple[EntityId, tuple[Write, ...]]:
    """Return the passage, and the write that makes it where fragments or an area stand for it."""
    if passage is not None:
        return existing(reader, Passage, passage).id, ()
    if version is None:
        raise no_passage()
    new = new_passage(reader, version, fragments, area=area)
    return new.id, (created(new),)


def _speaker(reader: Reader, agent: EntityId | None, name: str) -> tuple[EntityId | None, tuple[Write, ...]]:
    """Return who speaks, and the write that makes an agent named for the first time."""
    if not name:
        return (existing(reader, Agent, agent).id if agent else None), ()
    found, is_new = _agent(reader, name, AgentKind.UNKNOWN)
    return found.id, (created(found),) if is_new else ()


def _stands(linkage: Linkage) -> bool:
    return not linkage.withdrawn


def date_argument(argument: str, text: str | None) -> PartialDate | None:
    """Return a date given by a caller; raises ``WrongArgumentError`` naming the argument."""
    if not text:
        return None
    try:
        return partial_date(text)
    except ValueError as error:
        raise WrongArgumentError(
            argument=argument, problem=f"“{text}” is not a date", allowed="2025, 2025-05 or 2025-05-14"
        ) from error
