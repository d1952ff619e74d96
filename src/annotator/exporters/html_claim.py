"""The report on one claim as HTML: the conclusion first, then what speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from annotator.domain.changed_words import changed_sentence
from annotator.domain.claim import Claim
from annotator.domain.codec import Json
from annotator.domain.entity import field_names
from annotator.domain.judgement import Linkage
from annotator.exporters.dates import written_date
from annotator.exporters.html_chain import ChainFigure
from annotator.exporters.html_method import counted
from annotator.exporters.html_parts import (
    FREE_WORDS,
    Parts,
    blockquote,
    field_name,
    known_stance,
    moment,
    paragraphs,
    reviews,
    source_anchor,
    spaced,
    stage_name,
    verdict_class,
    where,
)
from annotator.exporters.markup import Markup, join, tag
from annotator.exporters.report import ClaimReport, Concluded, Evidence, Judged, Spoken
from annotator.exporters.steps import Step

_ALWAYS = ("supports", "refutes")
_ABOUT = ("types", "claimants", "date", "location")
_SHOWN = 12
"""Passages of one stance that stand open on the page; further ones are folded behind a line that says how many there are."""
_SAID = ("agent_id", "role", "date", "derived_from", "voice")


def claim_anchor(claim: Claim) -> str:
    """Return the name by which a claim is linked to within the page."""
    return f"claim-{claim.id}"


class ClaimPage:
    """Writes reports on claims. ``linked`` are the claims that have one on the same page, each under a ``heading`` (h1, h2)."""

    def __init__(self, parts: Parts, linked: Sequence[Claim], heading: str) -> None:
        self._parts = parts
        self._heading = heading
        self._figure = ChainFigure(parts)
        self._linked = {claim.id for claim in linked}

    def article(self, report: ClaimReport) -> Markup:
        """Return the report on one claim."""
        heading = f"{claim_anchor(report.claim)}-h"
        return tag(
            "article",
            self._head(report, heading),
            self._conclusions(report),
            self._figure.figure(report, self._head_of("From the sources to the claim")),
            self._board(report),
            self._withdrawn(report.withdrawn),
            self._spoken(report.spoken),
            self._steps(report.steps),
            id=claim_anchor(report.claim),
            aria_labelledby=heading,
        )

    def _head(self, report: ClaimReport, heading: str) -> Markup:
        claim = report.claim
        told = [
            ", ".join(self._parts.label("types", code) for code in claim.types),
            f"Claimed by {', '.join(report.claimants)}" if report.claimants else "",
            f"Also entered as {', '.join(f'“{each.text}”' for each in report.also)}" if report.also else "",
            written_date(claim.date),
            claim.location,
        ]
        above = None
        if report.parent:
            relation = field_name(claim.relation.value).capitalize() if claim.relation else "Belongs to"
            above = tag("p", f"{relation}: ", self._link(report.parent), class_="over")
        parts = None
        if report.parts:
            parts = tag("p", "Parts: ", join(*_separated([self._link(part) for part in report.parts])), class_="meta")
        return join(
            above,
            tag(self._heading, claim.text, spaced(self._parts.mark(report.disputed, "text")), id=heading, dir="auto"),
            tag("p", " · ".join(part for part in told if part),
                spaced(self._parts.mark(report.disputed, *_ABOUT)), class_="meta"),
            parts,
            self._parts.disputed(report.disputed),
        )  # fmt: skip

    def _head_of(self, title: str) -> Markup:
        """Return the heading of a part of a claim's report."""
        return tag(self._below(1), title, class_="section-head")

    def _below(self, levels: int) -> str:
        return f"h{int(self._heading[1]) + levels}"

    def _link(self, claim: Claim) -> Markup:
        if claim.id in self._linked:
            return tag("a", claim.text, href=f"#{claim_anchor(claim)}")
        return tag("span", claim.text)

    def _conclusions(self, report: ClaimReport) -> Markup:
        if not report.conclusions:
            return tag("section", self._head_of("Conclusion"), tag("p", "Nobody has drawn a conclusion yet."))
        warning = None
        if len(report.verdicts) > 1:
            told = "; ".join(
                f"{each.who}: {self._parts.label('verdict', each.conclusion.verdict)}" for each in report.conclusions
            )
            warning = tag("p", tag("strong", "The annotators disagree. "), told, class_="warning")
        title = "Conclusion" if len(report.conclusions) == 1 else "Conclusions"
        return tag("section", self._head_of(title), warning, *map(self._conclusion, report.conclusions))

    def _conclusion(self, concluded: Concluded) -> Markup:
        conclusion = concluded.conclusion
        mark = partial(self._parts.mark, concluded.disputed)
        flags = (tag("span", self._parts.label("flags", code), class_="chip plain") for code in conclusion.flags)
        likelihood = f"How likely: {self._parts.label('likelihood', conclusion.likelihood)}"
        reasons = ", ".join(self._parts.label("reasons", code) for code in conclusion.reasons)
        as_of = f"; as of {written_date(conclusion.as_of)}" if conclusion.as_of else None
        return tag(
            "div",
            tag("div", self._parts.verdict(conclusion.verdict, solid=True), mark("verdict"),
                self._parts.confidence(conclusion.confidence), mark("confidence"), *flags, mark("flags"), class_="chips"),
            tag("p", likelihood, spaced(mark("likelihood"))) if conclusion.likelihood else None,
            tag("div", paragraphs(conclusion.justification), class_="words") if conclusion.justification else None,
            tag("p", mark("justification")) if mark("justification") else None,
            tag("p", f"The confidence rests on: {reasons}", spaced(mark("reasons")), class_="meta") if reasons else None,
            self._parts.disputed(concluded.disputed),
            tag("p", f"{stage_name(conclusion.stage)} by {concluded.who} on ", moment(concluded.changed), as_of,
                spaced(mark("stage", "as_of")), class_="meta by"),
            reviews(concluded.reviews),
            class_=f"conclusion {verdict_class(conclusion.verdict)}",
        )  # fmt: skip

    def _board(self, report: ClaimReport) -> Markup:
        stances = dict.fromkeys((*self._parts.stances, *report.evidence))
        columns = [self._column(stance, report.evidence[stance]) for stance in stances if stance in report.evidence]
        missing = (
            tag("p", self._parts.sign(stance), f"No passage speaks {self._parts.heading(stance).lower()} the claim.",
                class_="none")
            for stance in _ALWAYS
            if stance not in report.evidence
        )  # fmt: skip
        return tag(
            "section", self._head_of("Evidence"), *missing, tag("div", *columns, class_="board") if columns else None
        )

    def _column(self, stance: str, evidence: Sequence[Evidence]) -> Markup:
        name = self._parts.heading(stance)
        origins = len({each.origin for each in evidence})
        count = f"{counted(len(evidence), 'passage')}, {counted(origins, 'origin')}"
        heading = tag(
            self._below(2),
            self._parts.sign(stance),
            tag("span", name),
            tag("span", count, class_="count"),
            class_="column-head",
        )
        cards = [self._card(stance, each) for each in evidence]
        more = cards[_SHOWN:] if len(cards) > _SHOWN + 1 else []
        return tag(
            "section",
            heading,
            *cards[: len(cards) - len(more)],
            tag("details", tag("summary", f"{len(more)} more passages"), *more) if more else None,
            class_=f"column {known_stance(stance)}",
        )

    def _card(self, stance: str, evidence: Evidence) -> Markup:
        words = [join(blockquote(quote, stance), where(quote)) for quote in evidence.quotes]
        if not words:
            words = [tag("p", "The passage was deleted.", class_="where")]
        repeat = None
        if evidence.is_repeat:
            repeat = tag("p", f"Repeats {evidence.origin_name or 'an earlier origin'}.", class_="where")
        return tag(
            "div",
            *words,
            repeat,
            tag("ul", *map(self._judged, evidence.judged), class_="judged"),
            self._differences(evidence),
            class_="card",
        )

    def _judged(self, judged: Judged) -> Markup:
        linkage, mark = judged.linkage, partial(self._parts.mark, judged.disputed)
        basis = [self._parts.label("basis", linkage.basis), linkage.directness]
        basis += [self._parts.label("reasons", code) for code in linkage.reasons]
        told = ", ".join(part for part in basis if part)
        return tag(
            "li",
            tag("p", tag("strong", judged.who), mark("stance"), self._parts.verdict(linkage.verdict), mark("verdict"),
                self._parts.confidence(linkage.confidence), mark("confidence"), class_="who"),
            tag("p", f"Question: {linkage.question}", spaced(mark("question")), dir="auto") if linkage.question else None,
            paragraphs(linkage.rationale) if linkage.rationale else tag("p", "No rationale given.", class_="meta"),
            tag("p", mark("rationale")) if mark("rationale") else None,
            self._parts.disputed(judged.disputed),
            tag("p", *(tag("span", "≠ ", changed_sentence(each), class_="changed") for each in judged.moved_on), class_="meta")
            if judged.moved_on else None,
            tag("p", f"{told}; " if told else None, moment(judged.changed), spaced(mark("basis", "directness", "reasons")),
                class_="meta"),
            reviews(judged.reviews),
        )  # fmt: skip

    def _differences(self, evidence: Evidence) -> Markup | None:
        """Return who judges the same passages otherwise: by another stance, or here by another verdict."""
        told = [f"{each.who} says “{self._parts.label('stance', each.linkage.stance)}”" for each in evidence.others]
        if len({each.linkage.verdict for each in evidence.judged}) > 1:
            told.append("the verdicts above differ")
        return tag("p", tag("strong", "Judged differently: "), "; ".join(told), class_="meta differs") if told else None

    def _withdrawn(self, withdrawn: Sequence[Judged]) -> Markup | None:
        if not withdrawn:
            return None
        items = (
            tag("li", f"{each.who}, {self._parts.label('stance', each.linkage.stance)}: {each.linkage.withdrawn} ",
                moment(each.changed), spaced(self._parts.mark(each.disputed, *field_names(Linkage.kind))),
                self._parts.disputed(each.disputed))
            for each in withdrawn
        )  # fmt: skip
        return tag("section", self._head_of("Withdrawn"), tag("ul", *items, class_="meta"))

    def _spoken(self, spoken: Sequence[Spoken]) -> Markup | None:
        if not spoken:
            return None
        items = (self._speaker(each, is_origin=True) for each in spoken)
        intro = tag("p", "Framed: an independent origin. Below it, those who took it from there.", class_="meta")
        return tag("section", self._head_of("Who said it"), intro, tag("ul", *items, class_="chain"))

    def _speaker(self, spoken: Spoken, *, is_origin: bool = False) -> Markup:
        appearance = spoken.appearance
        role = self._parts.label("role", appearance.role)
        date = written_date(appearance.date or (spoken.source.date_published if spoken.source else None))
        place = (
            tag("a", spoken.source.title or "Untitled source", href=f"#{source_anchor(spoken.source)}")
            if spoken.source
            else None
        )
        repeats = tag("ul", *map(self._speaker, spoken.repeats)) if spoken.repeats else None
        return tag(
            "li",
            tag("span", spoken.agent, class_="origin" if is_origin else None),
            f" {role.lower()} it" if role else None,
            join(" in ", place) if place else None,
            f", {date}" if date else None,
            spaced(self._parts.mark(spoken.disputed, *_SAID)),
            self._parts.disputed(spoken.disputed),
            repeats,
        )  # fmt: skip

    def _steps(self, steps: Sequence[Step]) -> Markup | None:
        if not steps:
            return None
        items = (
            tag("li", moment(step.at), tag("span", tag("strong", step.who), f": {self._told(step)}")) for step in steps
        )
        summary = tag("summary", self._head_of("History"), tag("span", counted(len(steps), "step"), class_="count"))
        return tag("section", tag("details", summary, tag("ul", *items, class_="steps")), class_="history")

    def _told(self, step: Step) -> str:
        if step.is_first:
            given = {name: self._parts.value(name, new) for name, _, new in step.fields if new}
            codes = [given[name] for name in ("stance", "verdict") if name in given]
            codes += [f"{given['confidence']} confidence"] if "confidence" in given else []
            return f"{step.label}{': ' if codes else ''}{', '.join(codes)}"
        told = [self._change(*field) for field in step.fields]
        return f"{step.label}{': ' if told else ''}{'; '.join(told)}"

    def _change(self, field: str, old: Json, new: Json) -> str:
        if field in FREE_WORDS:
            return f"{field_name(field)} rewritten"
        return f"{field_name(field)} {self._parts.value(field, old)} → {self._parts.value(field, new)}"


def _separated(links: Sequence[Markup]) -> list[str]:
    return [each for link in links for each in (link, "; ")][:-1]
