"""Reads ClaimReview: claims with who made them where, and what their reviewers concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from annotator.domain.claim import Relation
from annotator.domain.codec import Json
from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import (
    Foreign,
    ForeignAgent,
    ForeignAppearance,
    ForeignClaim,
    ForeignConclusion,
    ForeignNote,
    ForeignPerson,
    ForeignRating,
    ForeignSource,
)
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.people import AgentKind
from annotator.importers.annotations.claim_search import as_reviews
from annotator.importers.annotations.json_file import digest_key, listed, number, word
from annotator.importers.annotations.linked import described, iri, things, types
from annotator.importers.annotations.linked_data import linked_data
from annotator.importers.annotations.words_of_html import words_of_html

_INSIDE = (
    "@graph", "dataFeedElement", "item", "itemListElement", "mainEntity", "mainEntityOfPage", "review", "hasPart",
    "subjectOf", "items", "claimReview",
)  # fmt: skip
_KINDS = {
    "Person": AgentKind.PERSON,
    "Organization": AgentKind.ORGANISATION,
    "NewsMediaOrganization": AgentKind.OUTLET,
    "GovernmentOrganization": AgentKind.GOVERNMENT,
}
_RELATIONS = {"isPartOf": Relation.PART_OF, "isBasedOn": Relation.RESTATES, "sameAs": Relation.SAME_AS}
_OURS = "urn:uuid:"
_AS_OF = "urn:x-annotator:asOf"
_SHOWN = 160


def read_claim_reviews(data: bytes, name: str) -> Foreign:
    """Return what a page, a feed or an answer of a search says. Raises ``ImportFailedError`` where no review is in it."""
    values, broken = linked_data(data, name)
    values = [as_reviews(value) for value in values]
    found = list(things(values, frozenset({"ClaimReview", "Claim"}), _INSIDE))
    if not found:
        raise ImportFailedError(
            name=name,
            reason="there is no ClaimReview in it",
            advice="Choose a page or a feed of a fact-checker, or import it as a source.",
        )
    reading = _Reading(described(values))
    for thing in found:
        if "ClaimReview" in types(thing):
            reading.review(thing)
        else:
            reading.claim(thing, "")
    for _ in range(broken):
        reading.leave("claim", name, Why.NOT_ONE, "linked data that is no JSON")
    return reading.foreign()


class _Reading:
    def __init__(self, nodes: Mapping[str, dict[str, Json]]) -> None:
        """``nodes`` are the things that others may only name by their ids."""
        self._nodes = nodes
        self._people: dict[str, ForeignPerson] = {}
        self._sources: dict[str, ForeignSource] = {}
        self._claims: dict[str, ForeignClaim] = {}
        self._appearances: dict[str, ForeignAppearance] = {}
        self._conclusions: list[ForeignConclusion] = []
        self._notes: list[ForeignNote] = []
        self._left: list[LeftOut] = []

    def foreign(self) -> Foreign:
        return Foreign(
            format="claimreview",
            people=tuple(self._people.values()),
            sources=tuple(self._sources.values()),
            claims=tuple(self._claims.values()),
            appearances=tuple(self._appearances.values()),
            conclusions=tuple(self._conclusions),
            notes=tuple(self._notes),
            left_out=tuple(self._left),
        )

    def review(self, review: Json) -> None:
        """Read one review, and the claim that it is about."""
        items = map(self._full, listed(review.get("itemReviewed")))
        about = next((each for each in items if isinstance(each, dict)), {})
        claim = self.claim(about, _words(review.get("claimReviewed")), review_by=word(review.get("expires")))
        if not claim:
            self.leave("conclusion", iri(review) or word(review.get("url")), Why.NOT_ONE, "a review without a claim")
            return
        own, address, by, rating = iri(review), iri(review.get("url")), self._person(review), _rating(review)
        key = own or digest_key([address, claim, by])
        is_ours = own.startswith(_OURS)
        status = word(review.get("creativeWorkStatus")).partition(";")[0].strip()
        self._conclusions.append(
            ForeignConclusion(
                key=key,
                claim=claim,
                verdict=rating,
                flags=tuple(filter(None, map(word, listed(review.get("keywords"))))) if is_ours else (),
                justification=_explained(review),
                as_of=word(review.get("datePublished")),
                stage=status if is_ours else "published",
                by=by,
            )
        )
        if address and not address.startswith(_OURS):
            on = key if rating != ForeignRating() else claim
            self._notes.append(ForeignNote(key=f"{key}#url", about=on, text=f"Published at {address}", by=by))

    def claim(self, claim: Json, words: str, *, review_by: str = "") -> str:
        """Read a claim and return its key; what is reviewed may be the work in which it was made. Empty where it says nothing."""
        is_claim = "Claim" in types(claim)
        text = words or _words(claim.get("text")) or (_words(claim.get("name")) if is_claim else "")
        if not text:
            return ""
        key = iri(claim) if is_claim and iri(claim).startswith("urn:") else digest_key(" ".join(text.split()))
        known, as_of = self._claims.get(key), word(claim.get(_AS_OF))
        if known is not None:
            self._claims[key] = replace(known, review_by=known.review_by or review_by, as_of=known.as_of or as_of)
        else:
            first, _, last = word(claim.get("temporalCoverage")).partition("/")
            parent, relation = _above(claim)
            self._claims[key] = ForeignClaim(
                key=key,
                text=text,
                claimants=tuple(self._agents(claim.get("author"))),
                date=word(claim.get("datePublished")),
                location=word(claim.get("contentLocation")),
                parent=parent,
                relation=relation,
                valid_from=first.removeprefix(".."),
                valid_to=last.removeprefix(".."),
                as_of=as_of,
                review_by=review_by,
            )
        works = [self._full(each) for name in ("firstAppearance", "appearance") for each in listed(claim.get(name))]
        for work in works if is_claim else [claim, *works]:
            self._appearance(key, work)
        return key

    def _appearance(self, claim: str, work: Json) -> None:
        """Read where a claim was made: a work with an address."""
        address = word(work.get("url")) or iri(work) if isinstance(work, dict) else iri(work)
        if not address:
            return
        title, author, date = "", None, ""
        if isinstance(work, dict):
            title = word(work.get("name", work.get("headline")))
            author = next(self._agents(work.get("author")), None)
            date = word(work.get("datePublished"))
        self._sources.setdefault(address, ForeignSource(key=address, address=address, title=title))
        key = digest_key([claim, address])
        made = ForeignAppearance(key=key, claim=claim, source=address, agent=author, date=date)
        self._appearances.setdefault(key, made)

    def _person(self, review: Json) -> str:
        """Return the key of a reviewer, described on first sight."""
        named = (self._full(each) for name in ("author", "publisher") for each in listed(review.get(name)))
        one = next((each for each in named if each), None)
        name = word(one.get("name")) if isinstance(one, dict) else word(one)
        key = iri(one) or (word(one.get("url")) if isinstance(one, dict) else "") or name
        if key:
            self._people.setdefault(key, ForeignPerson(key=key, name=name or key))
        return key

    def _full(self, node: Json) -> Json:
        """Return a thing as it is described elsewhere in the file, where only its id stands here."""
        is_named = isinstance(node, dict) and "@id" in node and set(node) <= {"@id", "@type"}
        return self._nodes.get(node["@id"], node) if is_named and isinstance(node["@id"], str) else node

    def _agents(self, authors: Json) -> Iterator[ForeignAgent]:
        for author in map(self._full, listed(authors)):
            name = word(author.get("name")) if isinstance(author, dict) else word(author)
            if name:
                kind = next((_KINDS[each] for each in sorted(types(author)) if each in _KINDS), AgentKind.UNKNOWN)
                yield ForeignAgent(name=name, agent_kind=kind)

    def leave(self, kind: str, words: str, why: Why, detail: str = "") -> None:
        """Note that something was left out."""
        self._left.append(LeftOut(kind=kind, words=words[:_SHOWN], why=why, detail=detail[:_SHOWN]))


def _given_rating(review: Json) -> Json:
    return next((each for each in listed(review.get("reviewRating")) if isinstance(each, dict | str)), None)


def _explained(review: Json) -> str:
    """Return why a claim was rated as it was."""
    rating = _given_rating(review)
    explained = _words(rating.get("ratingExplanation")) if isinstance(rating, dict) else ""
    return _words(review.get("reviewBody")) or explained or _words(review.get("description"))


def _rating(review: Json) -> ForeignRating:
    rating = _given_rating(review)
    if not isinstance(rating, dict):
        return ForeignRating(words=word(rating))
    return ForeignRating(
        words=_words(rating.get("alternateName", rating.get("name"))),
        value=number(rating.get("ratingValue")),
        worst=number(rating.get("worstRating")),
        best=number(rating.get("bestRating")),
    )


def _above(claim: Json) -> tuple[str, str]:
    """Return the key of the claim that one belongs to, and how."""
    for name, relation in _RELATIONS.items():
        above = claim.get(name)
        if "Claim" in types(above) and iri(above):
            return iri(above), relation.value
    return "", ""


def _words(value: Json) -> str:
    """Return words without the HTML that many sites put into them."""
    words = word(value)
    return words_of_html(words) if "<" in words or "&" in words else words.strip()
