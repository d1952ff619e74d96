"""Small pieces of the HTML report: chips, signs, quotes, dates, names of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.domain.codec import Json
from annotator.domain.judgement import Stage
from annotator.domain.places import web_address
from annotator.domain.scales import Codebook, Level
from annotator.domain.source import Source
from annotator.exporters.dates import written_date, written_moment
from annotator.exporters.disputes import Disputed, Side
from annotator.exporters.excerpt import Piece
from annotator.exporters.html_style import LINES, verdict_codes
from annotator.exporters.markup import Markup, join, tag
from annotator.exporters.report import Quote
from annotator.exporters.reviews import Reviewed

_HEADINGS = {"supports": "For", "refutes": "Against", "qualifies": "Qualifies", "contextualises": "Context"}
_STAGES = {
    Stage.DRAFT: "Draft",
    Stage.SUBMITTED: "Submitted",
    Stage.ADJUDICATED: "Adjudicated",
    Stage.PUBLISHED: "Published",
}
_SCALES = {"flags": "flags", "types": "claim_type", "role": "appearance_role"}
_BARS = 3
FREE_WORDS = frozenset(
    {"rationale", "justification", "text", "question", "withdrawn", "title", "name", "location", "notes"}
)
"""Fields whose words are a person's own."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A BCP 47 tag, near enough to keep anything else out of the page."""
_MOMENT = re.compile(r"\d{4}-\d\d(?:-\d\d(T\d\d:\d\d:\d\d)?)?")
_LINE_ENDS = re.compile(r"\s*\n\s*")


DISPUTED_MARK = tag("span", tag("span", "⑂", aria_hidden="true"), " disputed", class_="disputed")
"""Stands beside a value that is one of several."""


class Parts:
    """Makes the pieces that need the project's scales."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self.stances = [level.code for scale in codebook.scales if scale.name == "stance" for level in scale.levels]

    def label(self, field: str, code: str) -> str:
        """Return the words for a code."""
        return self._codebook.label(_SCALES.get(field, field), code).replace("_", " ")

    def levels(self, field: str) -> tuple[Level, ...]:
        """Return the levels of the scale of a field; none where the project has no such scale."""
        name = _SCALES.get(field, field)
        return next((scale.levels for scale in self._codebook.scales if scale.name == name), ())

    def heading(self, stance: str) -> str:
        """Return what the column of a stance is called."""
        return _HEADINGS.get(stance) or self.label("stance", stance)

    def shape(self, stance: str) -> str:
        """Return the character that stands for a stance."""
        level = self._level("stance", stance)
        return level.sign if level and level.sign else "•"

    def sign(self, stance: str) -> Markup:
        """Return the tinted sign of a stance; words beside it say the same."""
        return tag("span", self.shape(stance), class_=f"sign {known_stance(stance)}", aria_hidden="true")

    def line(self, stance: str) -> Markup:
        """Return the words for a stance on its line."""
        return tag("span", self.label("stance", stance), class_=f"line {known_stance(stance)}")

    def verdict(self, code: str, *, solid: bool = False) -> Markup | None:
        """Return the chip of a verdict: tinted for a linkage, solid for a conclusion."""
        if not code:
            return None
        level = self._level("verdict", code)
        sign = tag("span", level.sign, aria_hidden="true") if level and level.sign else None
        kind = f"chip{' solid' * solid} {verdict_class(code)}"
        return tag("span", sign, " " if sign else None, self.label("verdict", code), class_=kind)

    def confidence(self, code: str) -> Markup | None:
        """Return bars and words for a confidence."""
        if not code:
            return None
        level = self._level("confidence", code)
        bars = None
        if level and level.rank and 0 < level.rank <= _BARS:
            empty = [tag("i") for _ in range(_BARS)]
            bars = tag("span", *empty, class_=f"bars b{level.rank}", aria_hidden="true")
        return tag("span", bars, f"{self.label('confidence', code)} confidence")

    def value(self, field: str, value: Json) -> str:
        """Return a field's value as words."""
        if value in (None, "", []):
            return "none"
        if isinstance(value, list):
            return ", ".join(self.value(field, each) for each in value)
        if field in FREE_WORDS:
            return str(value)
        if isinstance(value, str):
            return self.label(field, value)
        return str(value)

    def mark(self, disputed: Sequence[Disputed], *fields: str) -> Markup | None:
        """Return the word that marks a value as disputed, where one of these fields is; the values themselves follow."""
        return DISPUTED_MARK if any(each.field in fields for each in disputed) else None

    def disputed(self, disputed: Sequence[Disputed]) -> Markup | None:
        """Return every value of each disputed field with who set it and when."""
        if not disputed:
            return None
        fields = (
            join(tag("dt", "deletion" if each.is_deletion else field_name(each.field)),
                 *(tag("dd", *self._side(each, side), dir="auto") for side in each.sides))
            for each in disputed
        )  # fmt: skip
        intro = tag("p", DISPUTED_MARK, " Not settled: these values stand side by side.", class_="meta")
        return tag("div", intro, tag("dl", *fields), class_="warning")

    def _side(self, disputed: Disputed, side: Side) -> Iterator[Markup | str]:
        deletion = "deleted" if side.value is True else "kept"
        yield tag("strong", deletion if disputed.is_deletion else self.value(disputed.field, side.value))
        yield tag("span", f" {side.who}, ", moment(side.at), class_="meta")

    def _level(self, name: str, code: str) -> Level | None:
        levels = (level for scale in self._codebook.scales if scale.name == name for level in scale.levels)
        return next((level for level in levels if level.code == code), None)


def stage_name(stage: Stage) -> str:
    """Return the words for a stage."""
    return _STAGES.get(stage, stage.value)


def field_name(field: str) -> str:
    """Return the words for a field."""
    return field.removesuffix("_id").replace("_", " ")


def verdict_class(code: str) -> str:
    """Return the class of a verdict on the page: that of an open one where the themes have no colours for it."""
    return code if code in verdict_codes() else "open"


def blockquote(quote: Quote, stance: str) -> Markup:
    """Return the words of a passage among those around them."""
    if not quote.pieces:
        return tag("p", "An area of the page, without words of its own.", class_="where")
    pieces = (
        tag("mark", _lines(piece.words), class_=known_stance(stance)) if piece.highlighted else _around(piece)
        for piece in quote.pieces
    )
    language = quote.source.language if quote.source else ""
    return tag("blockquote", *pieces, dir="auto", lang=language if _LANGUAGE.fullmatch(language) else None)


def where(quote: Quote) -> Markup:
    """Return the line that says where a passage stands."""
    source = quote.source
    if source is None:
        return tag("p", "The source is no longer part of the project.", class_="where")
    parts = (
        quote.publisher,
        f"page {quote.page}" if quote.page else "",
        written_date(source.date_published),
    )
    link = tag("a", source.title or "Untitled source", href=f"#{source_anchor(source)}")
    return tag("p", link, "".join(f", {part}" for part in parts if part), class_="where")


def source_anchor(source: Source) -> str:
    """Return the name by which a source is linked to within the page."""
    return f"source-{source.id}"


def moment(at: str) -> Markup:
    """Return a time; machines are told it to the second, which is all that HTML has room for from every clock."""
    known = _MOMENT.match(at)
    return tag("time", written_moment(at), datetime=f"{known[0]}{'Z' if known[1] else ''}" if known else None)


def address(url: str) -> str:
    """Return a link where the address is one of the web, else the bare words."""
    if web_address(url):
        return tag("a", url, href=url, rel="noreferrer noopener nofollow")
    return url


def paragraphs(text: str) -> Markup:
    """Return words of ours as paragraphs."""
    return join(*(tag("p", line, dir="auto") for line in text.splitlines() if line.strip()))


def spaced(mark: Markup | None) -> Markup | None:
    """Return a mark with a blank before it."""
    return join(" ", mark) if mark else None


def reviews(found: Sequence[Reviewed]) -> Markup | None:
    """Return what reviewers decided, one line each."""
    if not found:
        return None
    items = (
        tag("li", tag("strong", each.decision), f" by {each.who}, ", moment(each.at),
            ", of an earlier state" if each.outdated else None,
            f": {each.review.comment}" if each.review.comment else None, dir="auto")
        for each in found
    )  # fmt: skip
    return tag("ul", *items, class_="reviews", aria_label="Reviews")


def _around(piece: Piece) -> str:
    return f" {piece.words} " if piece.gap else _lines(piece.words)


def _lines(words: str) -> str:
    """Return words with one line end where a text has several."""
    return _LINE_ENDS.sub("\n", words)


def known_stance(stance: str) -> str:
    """Return the class of a stance on the page; a scale from elsewhere may have others than ours."""
    return stance if stance in LINES else "other"
