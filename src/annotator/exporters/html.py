"""The report as one HTML page that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.claim import Claim
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims
from annotator.exporters.checked import Checked, checked
from annotator.exporters.disputes import counted
from annotator.exporters.html_checked import checked_section
from annotator.exporters.html_claim import ClaimPage, claim_anchor
from annotator.exporters.html_method import Method
from annotator.exporters.html_parts import DISPUTED_MARK, Parts, spaced
from annotator.exporters.html_sources import SourcePage
from annotator.exporters.html_style import running_title, style_sheet
from annotator.exporters.markup import Markup, join, tag
from annotator.exporters.report import Gathering

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class HtmlExporter:
    """A page for readers, for one claim or for all."""

    code: str = "html"
    label: str = "Report (HTML page)"
    suffix: str = ".html"
    media_type: str = "text/html; charset=utf-8"
    lacks: str = "It is for reading: notes, unlinked passages and the texts as a whole stay behind."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the page, claim by claim."""
        gathering = Gathering(view)
        claims = list(gathering.ordered(chosen_claims(view, options)))
        found = checked(view, claims, is_all=not options.claims)
        page = _Page(view, gathering, claims, found, options.title)
        for piece in page.head():
            out.write(piece.encode())
        for done, claim in enumerate(claims):
            progress(done, len(claims) + 1)
            out.write(page.claim(claim).encode())
        for piece in page.foot():
            out.write(piece.encode())
        progress(1, 1)


class _Page:
    def __init__(
        self, view: ProjectView, gathering: Gathering, claims: Sequence[Claim], found: Checked, title: str
    ) -> None:
        self._gathering = gathering
        self._checked = found
        self._claims = claims
        self._parts = Parts(view.codebook())
        self._method = Method(self._parts)
        self._sources = SourcePage(view, gathering, self._parts)
        self._is_alone = len(claims) == 1 and not title
        self._writer = ClaimPage(self._parts, claims, "h1" if self._is_alone else "h2")
        self._title = title or (claims[0].text if self._is_alone else "Claims and what speaks for and against them")

    def head(self) -> Iterator[Markup]:
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", name="generator", content="Annotator"),
            tag("title", self._title),
            tag("style", Markup(style_sheet()), Markup(running_title(self._title))),
        )
        yield join(Markup('<!DOCTYPE html>\n<html lang="en">\n'), head, Markup("\n<body>\n"))
        yield tag("a", "To the claims", class_="skip", href="#claims")
        yield Markup("\n<header>")
        yield tag("p", "Fact check", class_="kicker")
        if not self._is_alone:
            yield tag("h1", self._title, dir="auto")
        if len(self._claims) > 1:
            yield tag("nav", tag("ol", *map(self._entry, self._claims)), aria_label="Claims")
        if disputed := self._gathering.disputed_values(self._claims):
            yield tag("p", DISPUTED_MARK, " ", counted(disputed), class_="warning")
        yield Markup('</header>\n<main id="claims">\n')
        if not self._claims:
            yield tag("p", "There is no claim yet.")

    def claim(self, claim: Claim) -> Markup:
        report = self._gathering.report(claim)
        self._method.note(report)
        return join(self._writer.article(report), Markup("\n"))

    def foot(self) -> Iterator[Markup]:
        sources = self._gathering.used.values()
        if self._claims:
            yield self._method.section(len(sources))
        if self._claims or self._checked.open:
            anchors = {claim.id: claim_anchor(claim) for claim in self._claims}
            yield checked_section(self._checked, anchors, self._gathering.annotators)
        if sources:
            yield self._sources.section(sources)
        yield Markup("\n</main>\n")
        yield tag(
            "footer",
            tag("p", "Made with Annotator. This page is one file: nothing in it runs or is loaded from elsewhere."),
        )
        yield Markup("\n</body>\n</html>\n")

    def _entry(self, claim: Claim) -> Markup:
        chips = [
            join(self._parts.verdict(verdict, solid=True), spaced(DISPUTED_MARK if is_disputed else None))
            for verdict, is_disputed in self._gathering.verdicts(claim)
        ]
        disputed = "text" in self._gathering.disputes.fields.get(claim.id, ())
        return tag(
            "li",
            tag("a", claim.text, href=f"#{claim_anchor(claim)}", dir="auto"),
            DISPUTED_MARK if disputed else None,
            tag("span", *(chips or [tag("span", "No conclusion yet", class_="meta")]), class_="verdicts"),
            class_="part" if claim.parent else None,
        )


HTML = HtmlExporter()
