"""Claims of another program's file, who made them where, and what was judged and concluded of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotator.domain.claim import Appearance, Claim, Relation
from annotator.domain.foreign import (
    ForeignAppearance,
    ForeignClaim,
    ForeignConclusion,
    ForeignLinkage,
    ForeignPassage,
    ForeignSource,
    ForeignStretch,
)
from annotator.domain.foreign_reasons import Why
from annotator.domain.foreign_words import clean_text
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.names import clean_name
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.services.foreign_entering import Entering, called
from annotator.services.foreign_marks import Marks

_CREDIBILITY = range(1, 7)
_PER_CENT = range(101)


class Claims:
    """Enters claims, appearances, linkages and conclusions, in this order."""

    def __init__(self, entering: Entering, marks: Marks) -> None:
        self._entering, self._marks = entering, marks
        self._texts: dict[str, str] = {}

    def claims(self, claims: Sequence[ForeignClaim]) -> None:
        """Enter claims, each after the one that it is a part of."""
        for claim in self._parents_first(claims):
            self._claim(claim)

    def _parents_first(self, claims: Sequence[ForeignClaim]) -> Iterator[ForeignClaim]:
        """Yield claims after their parents; one that goes back to itself loses its parent."""
        by_key = {claim.key: claim for claim in reversed(claims)}
        done: set[str] = set()
        for claim in claims:
            chain: dict[str, ForeignClaim] = {}
            above: ForeignClaim | None = claim
            while above is not None and above.key not in done and above.key not in chain:
                chain[above.key] = above
                above = by_key.get(above.parent)
            if above is not None and above.key in chain:
                first = list(chain)[-1]
                self._entering.leave("relation", chain[first].text, Why.CIRCLE)
                chain[first] = replace(chain[first], parent="")
            yield from reversed(chain.values())
            if by_key[claim.key] is not claim:
                yield claim  # of the same key as an earlier one
            done.update(chain)

    def _claim(self, claim: ForeignClaim) -> None:
        text = " ".join(clean_text(claim.text).split())
        if self._entering.is_second(Claim.kind, claim.key, text):
            return
        if not text:
            self._entering.leave(Claim.kind, claim.key, Why.EMPTY)
            return
        parent = self._entering.id_of(Claim.kind, claim.parent)
        if claim.parent and parent is None:
            self._entering.leave("relation", text, Why.UNKNOWN_KEY, claim.parent)
        self._texts[claim.key] = text
        made = Claim(
            id=self._entering.here.id_for(Claim, claim.key),
            text=text,
            claimants=tuple(dict.fromkeys(filter(None, map(self._entering.agent, claim.claimants)))),
            date=self._entering.date(Claim.kind, text, claim.date),
            location=clean_text(claim.location),
            parent=parent,
            relation=Relation(claim.relation) if parent and claim.relation in set(Relation) else None,
            valid_from=self._entering.date(Claim.kind, text, claim.valid_from),
            valid_to=self._entering.date(Claim.kind, text, claim.valid_to),
            as_of=self._entering.date(Claim.kind, text, claim.as_of),
            review_by=self._entering.date(Claim.kind, text, claim.review_by),
        )
        self._entering.enter(made, claim.key)

    def appearance(self, appearance: ForeignAppearance) -> None:
        """Enter who says a claim where its words stand in the source; elsewhere a note says where it was made."""
        claim = self._entering.id_of(Claim.kind, appearance.claim)
        source = self._marks.described(appearance.source)
        if claim is None or source is None:
            gone = appearance.claim if claim is None else appearance.source
            self._entering.leave(Appearance.kind, self._texts.get(appearance.claim, ""), Why.UNKNOWN_KEY, gone)
            return
        if self._is_known_there(claim, appearance.source):
            self._entering.known[Appearance.kind] += 1
            return
        text = self._texts[appearance.claim]
        stretch = ForeignStretch(quote=text)
        passage = ForeignPassage(key=f"{appearance.key}#words", source=appearance.source, stretches=(stretch,))
        if not self._marks.stands(passage):
            self._note_where(appearance, source, claim)
            return
        self._marks.passage(passage)
        made = Appearance(
            id=self._entering.here.id_for(Appearance, appearance.key),
            passage_id=self._entering.id_of(Passage.kind, passage.key) or claim,
            claim_id=claim,
            agent_id=self._entering.agent(appearance.agent),
            date=self._entering.date(Appearance.kind, text, appearance.date),
        )
        self._entering.enter(made, appearance.key)

    def _is_known_there(self, claim: EntityId, source: str) -> bool:
        """Tell whether the project says already who makes a claim in a source."""
        reader, texts = self._entering.reader, self._marks.texts(source)
        found = (reader.find(Passage, each.passage_id) for each in reader.of_claim(Appearance, claim)) if texts else ()
        return any(passage is not None and passage.text in texts for passage in found)

    def _note_where(self, appearance: ForeignAppearance, source: ForeignSource, claim: EntityId) -> None:
        agent = clean_name(appearance.agent.name) if appearance.agent else ""
        parts = (called(source), source.address, agent and f"said by {agent}", appearance.date)
        text = clean_text("Appears in: " + ", ".join(dict.fromkeys(filter(None, parts))))
        id_ = self._entering.here.id_for(Note, appearance.key)
        self._entering.enter(Note(id=id_, about=claim, annotator_id=self._entering.me, text=text), appearance.key)

    def linkage(self, linkage: ForeignLinkage) -> None:
        """Enter what passages say about a claim."""
        words, levels = linkage.rationale or linkage.question or linkage.stance, self._entering.levels
        if self._entering.is_second(Linkage.kind, linkage.key, words):
            return
        claim = self._entering.id_of(Claim.kind, linkage.claim)
        passages = [id_ for key in linkage.passages if (id_ := self._entering.id_of(Passage.kind, key))]
        if claim is None or not passages or len(passages) < len(linkage.passages):
            gone = "its claim" if claim is None else "its passage"
            self._entering.leave(Linkage.kind, words, Why.UNKNOWN_KEY, gone)
            return
        stance = levels.code("stance", linkage.stance)
        if not stance:
            self._entering.leave(Linkage.kind, words, Why.NO_STANCE)
            return
        percent = linkage.confidence_percent
        made = Linkage(
            id=self._entering.here.id_for(Linkage, linkage.key),
            passage_ids=tuple(dict.fromkeys(passages)),
            claim_id=claim,
            annotator_id=self._entering.person(linkage.by),
            stance=stance,
            verdict=levels.code("verdict", linkage.verdict),
            confidence=levels.code("confidence", linkage.confidence),
            confidence_percent=percent if percent in _PER_CENT else None,
            reasons=tuple(filter(None, map(clean_name, linkage.reasons))),
            rationale=clean_text(linkage.rationale),
            basis=levels.code("basis", linkage.basis),
            directness=clean_name(linkage.directness),
            question=clean_text(linkage.question),
            credibility=linkage.credibility if linkage.credibility in _CREDIBILITY else None,
            withdrawn=clean_text(linkage.withdrawn),
        )
        self._entering.enter(made, linkage.key)

    def conclusion(self, conclusion: ForeignConclusion) -> None:
        """Enter what somebody concluded on a claim."""
        words, levels = conclusion.justification or conclusion.verdict.words, self._entering.levels
        if self._entering.is_second(Conclusion.kind, conclusion.key, words):
            return
        claim = self._entering.id_of(Claim.kind, conclusion.claim)
        if claim is None:
            self._entering.leave(Conclusion.kind, words, Why.UNKNOWN_KEY, "its claim")
            return
        verdict = levels.rated("verdict", conclusion.verdict)
        if not verdict:
            self._entering.leave(Conclusion.kind, words or self._texts.get(conclusion.claim, ""), Why.NO_VERDICT)
            return
        percent = conclusion.confidence_percent
        made = Conclusion(
            id=self._entering.here.id_for(Conclusion, conclusion.key),
            claim_id=claim,
            annotator_id=self._entering.person(conclusion.by),
            verdict=verdict,
            flags=tuple(filter(None, (levels.code("flags", flag) for flag in conclusion.flags))),
            confidence=levels.code("confidence", conclusion.confidence),
            confidence_percent=percent if percent in _PER_CENT else None,
            reasons=tuple(filter(None, map(clean_name, conclusion.reasons))),
            likelihood=levels.code("likelihood", conclusion.likelihood),
            justification=clean_text(conclusion.justification),
            as_of=self._entering.date(Conclusion.kind, words, conclusion.as_of),
            stage=Stage(conclusion.stage) if conclusion.stage in set(Stage) else Stage.DRAFT,
        )
        self._entering.enter(made, conclusion.key)
