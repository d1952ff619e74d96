"""Markdown for a newsroom's own system: claim by claim the conclusion, the evidence with its words, sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.changed_words import changed_sentence
from annotator.domain.places import web_address
from annotator.domain.scales import Codebook
from annotator.domain.source import Source
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims
from annotator.exporters.dates import written_date, written_moment
from annotator.exporters.disputes import Disputed
from annotator.exporters.excerpt import Piece
from annotator.exporters.markdown_words import escaped, on_a_line, quoted
from annotator.exporters.report import ClaimReport, Concluded, Evidence, Gathering, Judged, Quote, Spoken
from annotator.exporters.reviews import review_words


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Claims with their parts behind them; what is disputed says so beside the value."""

    code: str = "markdown"
    label: str = "Markdown, for a newsroom’s own system"
    suffix: str = ".md"
    media_type: str = "text/markdown; charset=utf-8"
    lacks: str = "Notes, unlinked passages, the history, the findings and the texts as a whole stay behind."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the text, claim by claim; the footnotes come last."""
        gathering = Gathering(view)
        writer = _Writer(gathering, view.codebook())
        out.write(f"# {on_a_line(options.title or 'Claims')}\n".encode())
        claims = list(gathering.ordered(chosen_claims(view, options)))
        for number, claim in enumerate(claims, 1):
            out.write("".join(f"\n{part}\n" for part in writer.claim(gathering.report(claim)) if part).encode())
            progress(number, len(claims) + 1)
        out.write("".join(f"\n{note}\n" for note in writer.footnotes()).encode())
        progress(1, 1)


class _Writer:
    def __init__(self, gathering: Gathering, codebook: Codebook) -> None:
        self._gathering, self._label = gathering, codebook.label
        self._cited: dict[str, Source] = {}

    def claim(self, report: ClaimReport) -> Iterator[str]:
        """Yield the paragraphs on one claim."""
        claim = report.claim
        yield f"## {on_a_line(claim.text)}"
        facts = {
            "Claimed by": ", ".join(map(on_a_line, report.claimants)),
            "Also entered as": ", ".join(f"“{on_a_line(each.text)}”" for each in report.also),
            "Date": written_date(claim.date),
            "Place": on_a_line(claim.location),
            "Part of": on_a_line(report.parent.text) if report.parent else "",
        }
        yield "  \n".join(f"{name}: {value}" for name, value in facts.items() if value)
        yield _disputed(report.disputed)
        for each in report.conclusions:
            yield from self._concluded(each)
        if not report.conclusions:
            yield "**No conclusion yet.**"
        for stance, found in report.evidence.items():
            yield f"### {on_a_line(self._label('stance', stance))}"
            for evidence in found:
                yield from self._evidence(evidence)
        if report.withdrawn:
            yield "### Withdrawn"
            yield "\n".join(
                f"- {self._said(each)} Withdrawn: {on_a_line(each.linkage.withdrawn)}" for each in report.withdrawn
            )
        if report.spoken:
            yield "### Who said it"
            yield "\n".join(line for each in report.spoken for line in self._spoken(each, 0))

    def _concluded(self, concluded: Concluded) -> Iterator[str]:
        made = concluded.conclusion
        levels = [on_a_line(self._label("verdict", made.verdict))]
        if made.confidence:
            levels.append(f"{on_a_line(self._label('confidence', made.confidence)).lower()} confidence")
        if made.likelihood:
            levels.append(on_a_line(self._label("likelihood", made.likelihood)).lower())
        levels += [on_a_line(self._label("flags", flag)).lower() for flag in made.flags]
        as_of = f", as of {written_date(made.as_of)}" if made.as_of else ""
        yield f"**{', '.join(levels)}** ({made.stage.value}, {on_a_line(concluded.who)}{as_of})"
        yield _disputed(concluded.disputed)
        yield escaped(made.justification)
        yield "\n".join(f"- {on_a_line(review_words(each))}" for each in concluded.reviews)

    def _evidence(self, evidence: Evidence) -> Iterator[str]:
        for quote in evidence.quotes:
            yield self._quote(quote)
        if evidence.is_repeat and evidence.origin_name:
            yield f"*Goes back to {on_a_line(evidence.origin_name)}.*"
        yield "\n".join(self._judged(each) for each in (*evidence.judged, *evidence.others))

    def _quote(self, quote: Quote) -> str:
        words = " ".join("".join(map(_piece, quote.pieces)).split()) or "(an area of the page)"
        page = f", page {quote.page}" if quote.page else ""
        return f"{quoted(words)}\n>\n> — {self._cite(quote.source, quote.publisher)}{page}"

    def _cite(self, source: Source | None, publisher: str) -> str:
        if source is None:
            return "a source that is gone"
        self._cited.setdefault(source.id, source)
        number = list(self._cited).index(source.id) + 1
        named = ", ".join(filter(None, (on_a_line(publisher), on_a_line(source.title))))
        return f"{named}[^{number}]"

    def _said(self, judged: Judged) -> str:
        linkage = judged.linkage
        levels = [self._label("stance", linkage.stance), self._label("verdict", linkage.verdict)]
        levels += [f"{self._label('confidence', linkage.confidence)} confidence" if linkage.confidence else ""]
        return f"**{on_a_line('; '.join(filter(None, levels)))}** ({on_a_line(judged.who)})."

    def _judged(self, judged: Judged) -> str:
        linkage = judged.linkage
        further = [
            on_a_line(linkage.question),
            on_a_line(linkage.rationale),
            _disputed(judged.disputed),
            *(on_a_line(changed_sentence(each)) for each in judged.moved_on),
            *(on_a_line(review_words(each)) for each in judged.reviews),
        ]
        return " ".join(filter(None, (f"- {self._said(judged)}", *further)))

    def _spoken(self, spoken: Spoken, depth: int) -> Iterator[str]:
        role = self._label("appearance_role", spoken.appearance.role)
        where = f" in {self._cite(spoken.source, '')}" if spoken.source else ""
        parts = (on_a_line(spoken.agent), on_a_line(role).lower(), written_date(spoken.appearance.date))
        yield f"{'  ' * depth}- {', '.join(filter(None, parts))}{where}{_gap(_disputed(spoken.disputed))}"
        for each in spoken.repeats:
            yield from self._spoken(each, depth + 1)

    def footnotes(self) -> Iterator[str]:
        """Yield the sources that were cited: who published what when and where, when it was captured, and its digest."""
        for number, source in enumerate(self._cited.values(), 1):
            versions = self._gathering.versions(source.id)
            version = versions[-1] if versions else None
            address = web_address(source.url, version.url if version else "")
            captured = f"captured {written_moment(version.retrieved_at)}" if version and version.retrieved_at else ""
            parts = (
                on_a_line(self._gathering.names(source.publishers or source.authors)),
                f"*{on_a_line(source.title)}*" if source.title else "",
                written_date(source.date_published),
                f"<{address}>" if address and not set(address) & set("<>\\") else "",
                captured,
                f"SHA-256 of the text {version.text}" if version else "",
            )
            yield f"[^{number}]: {', '.join(filter(None, parts))}"


def _disputed(disputed: tuple[Disputed, ...]) -> str:
    return f"*Disputed: {on_a_line(', '.join(each.field for each in disputed))}.*" if disputed else ""


def _piece(piece: Piece) -> str:
    """Return some words of an excerpt, those that are highlighted in bold; white space may not stand inside the stars."""
    words = on_a_line(piece.words)
    before, behind = (" " if piece.gap or piece.words[at : at + 1 or None].isspace() else "" for at in (0, -1))
    return f"{before}{f'**{words}**' if piece.highlighted and words else words}{behind}"


def _gap(words: str) -> str:
    return f" {words}" if words else ""


MARKDOWN = MarkdownExporter()
