"""The section of the report on how it came about: what was read and judged by whom, and what the words of a judgement mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.domain.scales import Level
from annotator.exporters.html_parts import Parts, moment
from annotator.exporters.markup import Markup, join, tag
from annotator.exporters.report import ClaimReport, Judged

_SCALES = (
    ("stance", "Stance: what a passage does to the claim"),
    ("verdict", "Verdict: on a passage alone, or on the whole claim"),
    ("confidence", "Confidence: how good the basis is"),
    ("flags", "Flags of a conclusion"),
)


class Method:
    """Notes what each claim's report says and tells it as a whole at the end."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._used: dict[str, set[str]] = {field: set() for field, _ in _SCALES}
        self._people: dict[str, None] = {}
        self._linkages = self._withdrawn = self._conclusions = self._claims = 0
        self._passages: set[object] = set()
        self._latest = ""

    def note(self, report: ClaimReport) -> None:
        """Take in what the report on one claim says."""
        self._claims += 1
        for evidences in report.evidence.values():
            for evidence in evidences:
                self._passages.update(evidence.quotes)
                self._note_linkages(evidence.judged)
        self._withdrawn += len(report.withdrawn)
        self._conclusions += len(report.conclusions)
        for each in report.conclusions:
            self._people[each.who] = None
            self._use(verdict=each.conclusion.verdict, confidence=each.conclusion.confidence)
            self._used["flags"].update(each.conclusion.flags)
        self._latest = max((self._latest, *(step.at for step in report.steps)))

    def section(self, sources: int) -> Markup:
        """Return the section; so many ``sources`` were used."""
        scales = [self._scale(field, caption) for field, caption in _SCALES if self._used[field]]
        return tag(
            "section",
            tag("h2", "How this was done", id="method-h"),
            tag("p", *self._numbers(sources)),
            tag("p", "Each passage was judged by a person on what it alone says about the claim. A conclusion weighs all of "
                "them and is a person’s own: it is never computed. Passages that go back to one origin count as one origin, "
                "however often they were repeated. Nothing is erased: what was changed or withdrawn stays in the history."),
            tag("p", "Words in the serif face were published. Everything else was said by the people named beside it."),
            *scales,
            id="method",
            aria_labelledby="method-h",
        )  # fmt: skip

    def _note_linkages(self, judged: Sequence[Judged]) -> None:
        self._linkages += len(judged)
        for each in judged:
            self._people[each.who] = None
            linkage = each.linkage
            self._use(stance=linkage.stance, verdict=linkage.verdict, confidence=linkage.confidence)

    def _use(self, **codes: str) -> None:
        for field, code in codes.items():
            if code:
                self._used[field].add(code)

    def _numbers(self, sources: int) -> Iterator[str]:
        yield f"{counted(self._claims, 'claim')}, {counted(sources, 'source')}. "
        yield f"{counted(len(self._passages), 'passage')} judged in {counted(self._linkages, 'judgement')}"
        yield f", {self._withdrawn} more withdrawn" if self._withdrawn else ""
        yield f". {counted(self._conclusions, 'conclusion')}. "
        if self._people:
            yield f"People: {', '.join(self._people)}. "
        if self._latest:
            yield join("Last change: ", moment(self._latest), ".")

    def _scale(self, field: str, caption: str) -> Markup:
        """Return the words of a scale that were used, in the order of the scale, each with what it means."""
        levels = {level.code: level for level in self._parts.levels(field)}
        codes = [code for code in levels if code in self._used[field]]
        codes += sorted(self._used[field].difference(levels))
        head = tag("thead", tag("tr", tag("th", "Word", scope="col"), tag("th", "Meaning", scope="col")))
        rows = (self._level(field, code, levels.get(code)) for code in codes)
        return tag("table", tag("caption", caption), head, tag("tbody", *rows), class_="scale")

    def _level(self, field: str, code: str, level: Level | None) -> Markup:
        word: str | None = self._parts.label(field, code)
        if field == "stance":
            word = self._parts.line(code)
        elif field == "verdict":
            word = self._parts.verdict(code)
        meaning = (level.definition if level else "") or "Not defined in this project."
        return tag("tr", tag("th", word, scope="row"), tag("td", meaning, dir="auto"))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
