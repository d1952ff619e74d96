"""The report as one HTML page that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from annotator.domain.claim import Claim
from annotator.domain.source import Source, Version
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims
from annotator.exporters.checked import Checked, checked
from annotator.exporters.dates import written_date
from annotator.exporters.disputes import counted
from annotator.exporters.html_checked import checked_section
from annotator.exporters.html_claim import ClaimPage, claim_anchor
from annotator.exporters.html_parts import DISPUTED_MARK, Parts, address, moment, source_anchor, spaced
from annotator.exporters.html_style import style_sheet
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
        page = _Page(gathering, Parts(view.codebook()), claims, found, options.title)
        for piece in page.head():
            out.write(piece.encode())
        for done, claim in enumerate(claims):
            progress(done, len(claims) + 1)
            out.write(page.claim(claim).encode())
        for piece in page.foot():
            out.write(piece.encode())
        progress(1, 1)


class _Page:
    def __init__(self, gathering: Gathering, parts: Parts, claims: Sequence[Claim], found: Checked, title: str) -> None:
        self._gathering = gathering
        self._checked = found
        self._claims = claims
        self._parts = parts
        self._is_alone = len(claims) == 1 and not title
        self._writer = ClaimPage(parts, claims, "h1" if self._is_alone else "h2")
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
            tag("style", Markup(style_sheet())),
        )
        yield join(Markup('<!DOCTYPE html>\n<html lang="en">\n'), head, Markup("\n<body>\n"))
        yield tag("a", "To the claims", class_="skip", href="#claims")
        yield Markup("\n<header>")
        yield tag("p", "Fact check", class_="over")
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
        return join(self._writer.article(self._gathering.report(claim)), Markup("\n"))

    def foot(self) -> Iterator[Markup]:
        sources = sorted(self._gathering.used.values(), key=lambda source: (source.title.casefold(), source.id))
        if self._claims or self._checked.open:
            anchors = {claim.id: claim_anchor(claim) for claim in self._claims}
            yield checked_section(self._checked, anchors, self._gathering.annotators)
        if sources:
            yield tag("section", tag("h2", "Sources"), *map(self._source, sources), id="sources")
        yield Markup("\n</main>\n")
        yield tag(
            "footer",
            tag("p", "Words in the serif face were published; everything else was said by the annotators named beside it."),
            tag("p", join(*self._legend())),
            tag("p", "A digest names bytes: whoever holds the same text or original can check that it is the same."),
        )  # fmt: skip
        yield Markup("\n</body>\n</html>\n")

    def _entry(self, claim: Claim) -> Markup:
        chips = [
            join(self._parts.verdict(verdict, solid=True), spaced(DISPUTED_MARK if is_disputed else None))
            for verdict, is_disputed in self._gathering.verdicts(claim)
        ]
        disputed = "text" in self._gathering.disputes.fields.get(claim.id, ())
        return tag(
            "li",
            tag("a", claim.text, href=f"#{claim_anchor(claim)}"),
            DISPUTED_MARK if disputed else None,
            *(chips or [tag("span", "No conclusion yet", class_="meta")]),
            class_="part" if claim.parent else None,
        )

    def _source(self, source: Source) -> Markup:
        names, disputed = self._gathering.names, self._gathering.disputes.of(source.id)
        mark = partial(self._parts.mark, disputed)
        twins = "; ".join(twin.title or "Untitled source" for twin in self._gathering.twins(source))
        rows = [
            _row("Author", names(source.authors), mark("authors")),
            _row("Publisher", names(source.publishers), mark("publishers")),
            _row("Published", written_date(source.date_published), mark("date_published")),
            _row("Address", address(source.url), mark("url")),
            _row(
                "Kind", ", ".join(part for part in (source.medium.value, source.genre) if part), mark("medium", "genre")
            ),
            _row("Licence", source.licence, mark("licence")),
            _row("Same text as", twins),
        ]
        for version in self._gathering.versions(source.id):
            rows += self._version(version)
        return tag(
            "section",
            tag("h3", source.title or "Untitled source", spaced(mark("title")), class_="published", dir="auto"),
            self._parts.disputed(disputed),
            tag("dl", *rows),
            id=source_anchor(source),
        )

    def _version(self, version: Version) -> list[Markup | None]:
        captured = version.retrieved_at or version.imported_at
        return [
            _row(f"Version {version.sequence}", moment(captured) if captured else "date unknown"),
            _row("Archived at", address(version.archived_url)),
            _row("SHA-256 of the text", version.text, class_="digest"),
            _row("SHA-256 of the original", version.original or "", class_="digest"),
        ]

    def _legend(self) -> Iterator[str]:
        for stance in self._parts.stances:
            yield self._parts.sign(stance)
            yield " "
            yield tag("span", self._parts.label("stance", stance), class_=f"line {stance}")
            yield "   "


def _row(name: str, value: str, mark: Markup | None = None, *, class_: str | None = None) -> Markup | None:
    if not value and mark is None:
        return None
    return join(tag("dt", name), tag("dd", value or "none", spaced(mark), class_=class_))


HTML = HtmlExporter()
