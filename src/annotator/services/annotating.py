"""Highlighting passages, linking them to claims, correcting and withdrawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.domain.change import Write
from annotator.domain.claim import Claim
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Area, Passage, check_area, fragments_of
from annotator.domain.scales import Codebook
from annotator.domain.source import Version
from annotator.services.anchoring import found_anew, still_lacking
from annotator.services.base import Job, Outcome, created, existing
from annotator.services.identity import new_id
from annotator.store.reader import Reader

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person says of a passage and a claim: levels of the codebook, and why."""

    stance: str
    verdict: str = ""
    confidence: str = ""
    rationale: str = ""
    reasons: Iterable[str] = ()
    basis: str = ""
    directness: str = ""
    question: str = ""
    credibility: int | None = None


_CREDIBILITY = range(1, 7)


class Annotating(Job):
    """The job of the person who reads: passages, notes, linkages."""

    def highlight(self, version: EntityId, fragments: Spans, *, note: str = "", label: str = "") -> Passage:
        """Highlight half-open code point ``fragments`` of a version's text.

        Raises ``WrongArgumentError`` (outside the text, empty, overlapping, half a grapheme), ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[Passage]:
            passage = new_passage(reader, version, fragments, label)
            notes = (created(self._note(passage.id, note)),) if note else ()
            return Outcome(passage, (created(passage), *notes))

        return self.do("highlight", plan)

    def highlight_area(self, version: EntityId, area: Area, *, note: str = "", label: str = "") -> Passage:
        """Highlight a rectangle on a page of a version: a figure, a stamp, a scan. It is not to be reshaped.

        Raises ``WrongArgumentError`` (no such page, empty, beyond the page), ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[Passage]:
            passage = new_passage(reader, version, (), label, area=area)
            notes = (created(self._note(passage.id, note)),) if note else ()
            return Outcome(passage, (created(passage), *notes))

        return self.do("highlight", plan)

    def reshape(self, passage: EntityId, fragments: Spans) -> Passage:
        """Give a passage other fragments of the same text; its place in other versions is found anew.

        Raises as ``highlight`` does, and for an area of a page.
        """
        reader = self.store.read()
        found = existing(reader, Passage, passage)
        if found.area is not None:
            raise WrongArgumentError(
                argument="passage", problem="it is an area of a page", allowed="a passage made of words"
            )
        changed = replace(found, fragments=fragments_of(reader.text(found.text), fragments))
        anchors = found_anew(reader, found, changed.fragments)

        def plan(reader: Reader) -> Outcome[Passage]:
            if existing(reader, Passage, passage).fragments == changed.fragments:
                return Outcome(changed)
            write = Write(changed.id, changed.kind, {"fragments": created(changed).fields["fragments"]})
            return Outcome(changed, (write, *still_lacking(reader, anchors)))

        return self.do("reshape", plan)

    def add_fragment(self, passage: EntityId, start: int, end: int) -> Passage:
        """Add the code points ``start`` to ``end`` to a passage as another fragment; what it holds already is joined."""
        found = existing(self.store.read(), Passage, passage)
        spans = [(fragment.start, fragment.end) for fragment in found.fragments]
        return self.reshape(passage, joined([*spans, (start, end)]))

    def note(self, about: EntityId, text: str, *, private: bool = False) -> Note:
        """Write a note on any entity. Raises ``WrongArgumentError`` for an empty one, ``NotFoundError``."""
        if not text.strip():
            raise WrongArgumentError(argument="note", problem="it is empty", allowed="some words")

        def plan(reader: Reader) -> Outcome[Note]:
            reader.entity(about)
            note = self._note(about, text, private=private)
            return Outcome(note, (created(note),))

        return self.do("note", plan)

    def link(
        self,
        passage: EntityId | Sequence[EntityId] | None,
        claim: EntityId,
        *,
        stance: str,
        version: EntityId | None = None,
        fragments: Spans = (),
        area: Area | None = None,
        **judgement: Any,
    ) -> Linkage:
        """Link a passage (or several that are needed jointly) to a claim with a judgement.

        ``version`` with ``fragments``, or with an ``area`` of a page, may stand for the passage: it is then highlighted in
        the same change. ``judgement``: ``verdict``, ``confidence``, ``rationale``, ``reasons``, ``basis``, ``directness``,
        ``question``, ``credibility``. Raises ``WrongArgumentError`` naming the levels that exist, ``NotFoundError``.
        """
        row = {
            "passage": passage,
            "claim": claim,
            "version": version,
            "fragments": fragments,
            "area": area,
            "stance": stance,
            **judgement,
        }
        return self.do("link", lambda reader: _first(self._linkages(reader, [row])))

    def link_to_new_claim(
        self, passage: EntityId | Sequence[EntityId] | None, text: str, *, stance: str, **judgement: Any
    ) -> Linkage:
        """Make a claim of ``text`` and link the passage, or several, to it, all in one change. Raises as ``link`` does."""

        def plan(reader: Reader) -> Outcome[Linkage]:
            claim = Claim(id=new_id(), text=claim_words(text), wording=passage if isinstance(passage, str) else None)
            row = {"passage": passage, "claim": claim, "stance": stance, **judgement}
            outcome = self._linkages(reader, [row])
            if claim.wording is None:
                claim = replace(claim, wording=outcome.value[0].passage_ids[0])
            return Outcome(outcome.value[0], (created(claim), *outcome.writes))

        return self.do("link", plan)

    def link_many(self, rows: Iterable[Mapping[str, Any]]) -> tuple[Linkage, ...]:
        """Link any number in one change: each row has ``link``'s parameters by name."""
        rows = list(rows)
        return self.do("link_many", lambda reader: self._linkages(reader, rows))

    def withdraw(self, linkage: EntityId, *, reason: str) -> Linkage:
        """Withdraw a linkage: it stays in the history and in the lists, and counts no more. A reason is needed."""
        if not reason.strip():
            raise WrongArgumentError(
                argument="reason", problem="it is empty", allowed="why the linkage no longer stands"
            )

        def plan(reader: Reader) -> Outcome[Linkage]:
            found = existing(reader, Linkage, linkage)
            return Outcome(replace(found, withdrawn=reason), (Write(found.id, found.kind, {"withdrawn": reason}),))

        return self.do("withdraw", plan)

    # -- making

    def _note(self, about: EntityId, text: str, *, private: bool = False) -> Note:
        return Note(id=new_id(), about=about, annotator_id=self.annotator_id, text=text, private=private)

    def _linkages(self, reader: Reader, rows: Sequence[Mapping[str, Any]]) -> Outcome[tuple[Linkage, ...]]:
        maker = _LinkageMaker(reader, self.annotator_id)
        linkages = tuple(maker.make(row) for row in rows)
        return Outcome(linkages, tuple(maker.writes))


class _LinkageMaker:
    """Makes linkages row by row, looking each claim, passage and text up once."""

    def __init__(self, reader: Reader, annotator: EntityId) -> None:
        self._reader = reader
        self._annotator = annotator
        self._codebook = reader.codebook_in_force()
        self._claims: set[str] = set()
        self._passages: set[str] = set()
        self._texts: dict[str, tuple[Version, str]] = {}
        self.writes: list[Write] = []

    def make(self, row: Mapping[str, Any]) -> Linkage:
        """Make one linkage from ``link``'s parameters, and the passage where fragments stand for it."""
        rest = dict(row)
        claim = self._claim(rest.pop("claim", None))
        passages = self._passages_of(
            rest.pop("passage", None), rest.pop("version", None), rest.pop("fragments", ()), rest.pop("area", None)
        )
        linkage = Linkage(
            id=new_id(),
            passage_ids=passages,
            claim_id=claim,
            annotator_id=self._annotator,
            **checked_judgement(self._codebook, **rest),
        )
        self.writes.append(created(linkage))
        return linkage

    def _claim(self, claim: Any) -> EntityId:
        if isinstance(claim, Claim):
            return claim.id
        if claim not in self._claims:
            existing(self._reader, Claim, claim)
            self._claims.add(claim)
        return EntityId(claim)

    def _passages_of(
        self,
        passage: EntityId | Sequence[EntityId] | None,
        version: EntityId | None,
        fragments: Spans,
        area: Area | None,
    ) -> tuple[EntityId, ...]:
        if passage is None:
            if version is None:
                raise no_passage()
            if area is not None:
                made = new_passage(self._reader, version, fragments, area=area)
                self.writes.append(created(made))
                return (made.id,)
            return (self._highlight(version, fragments),)
        ids = (passage,) if isinstance(passage, str) else tuple(dict.fromkeys(passage))
        if not ids:
            raise WrongArgumentError(argument="passage", problem="none is named", allowed="one passage or several")
        for id_ in ids:
            if id_ not in self._passages:
                existing(self._reader, Passage, id_)
                self._passages.add(id_)
        return ids

    def _highlight(self, version: EntityId, fragments: Spans) -> EntityId:
        if version not in self._texts:
            found = existing(self._reader, Version, version)
            self._texts[version] = found, self._reader.text(found.text)
        found, text = self._texts[version]
        passage = Passage(id=new_id(), text=found.text, fragments=fragments_of(text, fragments))
        self.writes.append(created(passage))
        return passage.id


def checked_judgement(codebook: Codebook, **given: Any) -> dict[str, Any]:
    """Return the fields of a linkage for a judgement; raises ``WrongArgumentError`` naming the argument and what is allowed."""
    unknown = given.keys() - Judgement.__dataclass_fields__.keys()
    if unknown:
        raise WrongArgumentError(
            argument=sorted(unknown)[0],
            problem="a linkage has no such field",
            allowed=", ".join(Judgement.__dataclass_fields__),
        )
    judgement = Judgement(**given)
    if not judgement.stance:
        levels = ", ".join(level.code for level in codebook.scale("stance").levels)
        raise WrongArgumentError(argument="stance", problem="none is given", allowed=levels)
    if judgement.credibility is not None and judgement.credibility not in _CREDIBILITY:
        raise WrongArgumentError(
            argument="credibility", problem=f"{judgement.credibility} is not a level", allowed="1 to 6"
        )
    confidence = codebook.check("confidence", judgement.confidence)
    return {
        "stance": codebook.check("stance", judgement.stance),
        "verdict": codebook.check("verdict", judgement.verdict),
        "confidence": confidence,
        "confidence_percent": codebook.scale("confidence").level(confidence).percent if confidence else None,
        "rationale": judgement.rationale,
        "reasons": codebook.check_reasons(judgement.reasons),
        "basis": codebook.check("basis", judgement.basis),
        "directness": judgement.directness,
        "question": judgement.question,
        "credibility": judgement.credibility,
    }


def new_passage(
    reader: Reader, version: EntityId, fragments: Spans, label: str = "", *, area: Area | None = None
) -> Passage:
    """Return the passage that fragments of a version's text, or an area of a page, make: yet to be written.

    Raises as ``highlight`` and ``highlight_area`` do, and when both are given.
    """
    found = existing(reader, Version, version)
    if area is None:
        words = fragments_of(reader.text(found.text), fragments)
        return Passage(id=new_id(), text=found.text, fragments=words, label=label)
    if fragments:
        raise WrongArgumentError(
            argument="area", problem="fragments are given beside it", allowed="an area or fragments, not both"
        )
    check_area(reader.structure(found.structure).pages, area)
    return Passage(id=new_id(), text=found.text, area=area, label=label)


def no_passage() -> WrongArgumentError:
    """Return the error for a passage that is not named, nor described."""
    return WrongArgumentError(
        argument="passage",
        problem="none is named",
        allowed="a passage, or a version with fragments or with an area",
    )


def claim_words(text: str) -> str:
    """Return the words of a claim on one line; raises ``WrongArgumentError`` when there are none."""
    words = " ".join(text.split())
    if not words:
        raise WrongArgumentError(argument="text", problem="it is empty", allowed="a statement that can be checked")
    return words


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans sorted, those that overlap or touch joined to one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _first(outcome: Outcome[tuple[Linkage, ...]]) -> Outcome[Linkage]:
    return Outcome(outcome.value[0], outcome.writes, outcome.blobs)
