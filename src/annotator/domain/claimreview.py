"""Claims and conclusions as schema.org Claim and ClaimReview.

A conclusion's verdict goes here; a linkage's stance never does. What is disputed is not given as if it were settled: it is left
out, the words of a claim excepted, and ``creativeWorkStatus`` names it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.claim import Appearance, Claim, Relation
from annotator.domain.codec import Json
from annotator.domain.ids import EntityId
from annotator.domain.joined import stands_for
from annotator.domain.judgement import Conclusion
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, AgentKind, Annotator
from annotator.domain.places import Places, web_address
from annotator.domain.view import Stamp, View
from annotator.domain.webannotation import urn

CONTEXT = "https://schema.org"
DISPUTED = "disputed"
"""The word with which ``creativeWorkStatus`` begins to name what is disputed."""

_AGENT_TYPES = {
    AgentKind.PERSON: "Person",
    AgentKind.ORGANISATION: "Organization",
    AgentKind.OUTLET: "NewsMediaOrganization",
    AgentKind.GOVERNMENT: "GovernmentOrganization",
    AgentKind.GROUP: "Organization",
    AgentKind.UNKNOWN: "Thing",
}
_RELATIONS = {Relation.PART_OF: "isPartOf", Relation.RESTATES: "isBasedOn", Relation.SAME_AS: "sameAs"}
_RATING = "claimreview_ratingValue"
_CLAIM_SAYS = {
    "claimants": ("author",),
    "date": ("datePublished",),
    "location": ("contentLocation",),
    "valid_from": ("temporalCoverage",),
    "valid_to": ("temporalCoverage",),
    "parent": tuple(_RELATIONS.values()),
    "relation": tuple(_RELATIONS.values()),
    "merged_into": (_RELATIONS[Relation.SAME_AS],),
}
_REVIEW_SAYS = {
    "verdict": ("reviewRating",),
    "justification": ("reviewBody",),
    "flags": ("keywords",),
    "stage": ("creativeWorkStatus",),
}
"""What fields are called here: where several of their values stand, none of them is given."""


def claims_and_reviews(view: View) -> Iterator[Json]:
    """Yield one Claim a claim and one ClaimReview a conclusion, sorted by id."""
    maker = ClaimMaker(view)
    claims = ((claim.id, maker.claim(claim)) for claim in view.all(Claim))
    reviews = ((conclusion.id, maker.review(conclusion, stamp)) for conclusion, stamp in view.stamped(Conclusion))
    for _, item in heapq.merge(claims, reviews, key=lambda pair: pair[0]):
        if item is not None:
            yield {"@context": CONTEXT, **item}


class ClaimMaker:
    """Makes the schema.org things of one project. Agents and annotators are few and are read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places = Places(view)
        self._agents = {agent.id: agent for agent in view.all(Agent)}
        self._annotators = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._codebook = view.codebook()
        self._disputed = view.disputed()

    def claim(self, claim: Claim) -> dict[str, Json]:
        """Return a claim with who claims it and where it appears."""
        appearances = list(self._view.of_claim(Appearance, claim.id))
        described: dict[str, Json] = {
            "@id": urn(claim.id),
            "@type": "Claim",
            "text": claim.text,
            "author": self._people(claim.claimants),
            "datePublished": claim.date,
            "contentLocation": claim.location,
            "temporalCoverage": _period(claim),
            "appearance": [work for each in appearances if (work := self._work(each))],
            "firstAppearance": self._first(appearances),
        }
        if claim.parent and claim.relation in _RELATIONS:
            described[_RELATIONS[claim.relation]] = {"@id": urn(claim.parent), "@type": "Claim"}
        if claim.merged_into:
            described[_RELATIONS[Relation.SAME_AS]] = {"@id": urn(claim.merged_into), "@type": "Claim"}
        return _given(self._settled(described, claim.id, _CLAIM_SAYS))

    def review(self, conclusion: Conclusion, stamp: Stamp) -> dict[str, Json] | None:
        """Return a conclusion, or None where its claim does not stand any longer."""
        claim = self._view.find(Claim, conclusion.claim_id)
        if claim is None:
            return None
        author = {"@id": urn(conclusion.annotator_id), "@type": "Person"}
        if conclusion.annotator_id in self._annotators:
            author["name"] = self._annotators[conclusion.annotator_id]
        described: dict[str, Json] = {
            "@id": urn(conclusion.id),
            "@type": "ClaimReview",
            "url": urn(conclusion.id),
            "author": author,
            "claimReviewed": claim.text,
            "itemReviewed": self.claim(claim),
            "reviewRating": self._rating(conclusion),
            "reviewBody": conclusion.justification,
            "keywords": [self._codebook.label("flags", code) for code in conclusion.flags],
            "creativeWorkStatus": conclusion.stage.value,
            "dateCreated": stamp.created,
            "dateModified": stamp.modified,
            "expires": claim.review_by,
        }
        return _given(self._settled(described, conclusion.id, _REVIEW_SAYS))

    def _settled(self, described: dict[str, Json], id_: EntityId, says: Mapping[str, Sequence[str]]) -> dict[str, Json]:
        """Return ``described`` without what is disputed, which ``creativeWorkStatus`` names instead."""
        disputed = self._disputed.get(id_, ())
        if not disputed:
            return described
        left_out = {name for field in disputed for name in says.get(field, ())}
        kept = {name: value for name, value in described.items() if name not in left_out}
        status = (kept.get("creativeWorkStatus"), f"{DISPUTED}: {', '.join(disputed)}")
        return {**kept, "creativeWorkStatus": "; ".join(part for part in status if part)}

    def _rating(self, conclusion: Conclusion) -> Json:
        explained = "justification" not in self._disputed.get(conclusion.id, ())
        rating: dict[str, Json] = {
            "@type": "Rating",
            "alternateName": self._codebook.label("verdict", conclusion.verdict),
            "ratingExplanation": conclusion.justification if explained else "",
        }
        values = self._rating_values(conclusion.verdict)
        value = values.get(conclusion.verdict)
        if isinstance(value, int):
            numbers = [each for each in values.values() if isinstance(each, int)]
            rating |= {"ratingValue": value, "bestRating": max(numbers), "worstRating": min(numbers)}
        return _given(rating)

    def _rating_values(self, verdict: str) -> dict[str, Json]:
        """Return the numbers of the scale that has this verdict: one from elsewhere has its own, or none."""
        scales = (scale for scale in self._codebook.scales if scale.name == "verdict")
        maps = (scale.maps or {} for scale in scales if any(level.code == verdict for level in scale.levels))
        return next((found[_RATING] for found in maps if _RATING in found), {})

    def _people(self, ids: Sequence[EntityId]) -> list[Json]:
        found = {agent.id: agent for id_ in ids if (agent := self._agent_of(id_))}
        return [_agent(agent) for agent in found.values()]

    def _agent_of(self, id_: EntityId | None) -> Agent | None:
        """Return the agent, or the one that it was joined to."""
        return self._agents.get(stands_for(self._agents, id_)) if id_ else None

    def _work(self, appearance: Appearance) -> Json:
        passage = self._view.find(Passage, appearance.passage_id)
        if passage is None:
            return None
        version, source = self._places.version(passage.text), self._places.source(passage.text)
        if version is None or source is None:
            return None
        agent = self._agent_of(appearance.agent_id)
        address = web_address(version.url, source.url)
        return _given(
            {
                "@type": "CreativeWork",
                "@id": address or urn(source.id),
                "url": address,
                "name": source.title,
                "author": _agent(agent) if agent else None,
                "publisher": self._people(source.publishers),
                "datePublished": appearance.date or source.date_published,
            }
        )

    def _first(self, appearances: Sequence[Appearance]) -> Json:
        """Return the only independent origin, or of several the one with the earliest date if all have one."""
        known = {appearance.id for appearance in appearances}
        roots = [each for each in appearances if each.derived_from not in known]
        works = [work for each in roots if (work := self._work(each))]
        if len(works) == 1:
            return works[0]
        if works and all("datePublished" in work for work in works):
            return min(works, key=lambda work: str(work["datePublished"]))
        return None


def _agent(agent: Agent) -> Json:
    return {"@id": urn(agent.id), "@type": _AGENT_TYPES[agent.agent_kind], "name": agent.name}


def _period(claim: Claim) -> str:
    if not claim.valid_from and not claim.valid_to:
        return ""
    return f"{claim.valid_from or '..'}/{claim.valid_to or '..'}"


def _given(described: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in described.items() if value not in (None, "", [])}
