"""Evidence that leads back to the claim itself."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.origins import ASKS, DENIES
from annotator.domain.checks.scaling import FOR
from annotator.domain.checks.words import listed
from annotator.domain.claim import Appearance
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage

_PASSING_ON = frozenset({"repeats", "quotes", "restates"})


class CircularSourcing(Check):
    """Appearances are derived from each other in a circle; or a decisive linkage supports a claim by those who make it.

    A passage is no evidence for a claim when all who say it there are claimants, have it from a claimant, or pass it on without
    having it from anybody named; where nobody was said to speak, when a claimant wrote or published the source. Whoever asserts
    it in their own name, or goes back to somebody who does, is a witness. All passages of a linkage must be of that sort. Denials
    and questions say nothing for a claim.
    """

    code = "circular-sourcing"
    title = "Circular sourcing"
    sentence = "“{quote}” is taken as support for “{claim}”, and it is {who} making or repeating that claim."
    advice = "Judge it as context, or correct who says it and from whom they have it."
    levels = (Severity.ERROR,)
    more = ("{count} appearances of “{claim}” are derived from each other in a circle: {who}.",)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look for circles of appearances, then at every linkage that supports a claim."""
        for circle in _circles(case):
            first = min(circle, key=lambda appearance: appearance.id)
            data: dict[str, object] = {
                "count": len(circle),
                "claim": case.words(first.claim_id),
                "who": listed([_name(case, each.agent_id) for each in circle]),
            }
            others = (each.id for each in circle if each is not first)
            yield self.finding(first, claim=first.claim_id, others=others, data=data, sentence=self.more[0])
        for linkage in case.standing:
            if case.scaling.side(linkage) == FOR and case.scaling.is_decisive(linkage):
                who = _who_repeats(case, linkage)
                if who:
                    words = {"quote": case.quote(linkage), "claim": case.words(linkage.claim_id), "who": listed(who)}
                    yield self.finding(linkage, claim=linkage.claim_id, data={**words})


def _circles(case: Case) -> Iterator[list[Appearance]]:
    looked_at: set[EntityId] = set()
    for appearance in case.appearances.values():
        path: dict[EntityId, Appearance] = {}
        step: Appearance | None = appearance
        while step is not None and step.id not in looked_at:
            looked_at.add(step.id)
            path[step.id] = step
            step = case.appearances.get(step.derived_from) if step.derived_from else None
        if step is not None and step.id in path:
            steps = list(path.values())
            yield steps[steps.index(step) :]


def _who_repeats(case: Case, linkage: Linkage) -> list[str]:
    """Return the names of those who make or repeat the claim in a linkage's passages; none where one is evidence."""
    claimants = {case.origins.agent(id_) for id_ in case.claims[linkage.claim_id].claimants}
    names: list[str] = []
    for passage in linkage.passage_ids:
        said = case.origins.said(passage, linkage.claim_id)
        speaking = [each for each in said if each.role not in (DENIES, ASKS)]
        if speaking and all(_is_repetition(case, each, claimants) for each in speaking):
            names += [_name(case, each.agent_id) for each in speaking]
        elif not said and (own := _published_by(case, passage) & claimants):
            names += sorted(_name(case, id_) for id_ in own)
        else:
            return []
    return names


def _is_repetition(case: Case, appearance: Appearance, claimants: set[EntityId]) -> bool:
    root = case.origins.root(appearance)
    speakers = {case.origins.agent(id_) for id_ in (appearance.agent_id, root.agent_id) if id_}
    return bool(speakers & claimants) or root.role in _PASSING_ON


def _published_by(case: Case, passage: EntityId) -> set[EntityId]:
    source = case.origins.source(passage)
    return {case.origins.agent(id_) for id_ in (*source.authors, *source.publishers)} if source else set()


def _name(case: Case, agent: EntityId | None) -> str:
    found = case.agents.get(case.origins.agent(agent)) if agent else None
    return found.name if found else "somebody unnamed"
