"""The picture of a chain as SVG within the page, and the same in words for those who do not see it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from annotator.exporters.chain import DETAILS, Chain, ChainLink, ChainSource, chain_of
from annotator.exporters.chain_layout import SIGN, TALLEST, Box, Line, Picture, Sign, Words, narrow, wide
from annotator.exporters.html_parts import Parts, known_stance
from annotator.exporters.lettering import right_to_left
from annotator.exporters.markup import Markup, tag
from annotator.exporters.report import ClaimReport

_WAVE, _HALF_WAVE = 1.75, 4.0
_PLAIN = ("plain", "taken")
_ROLES = ("asserts", "repeats", "quotes", "restates", "denies", "asks")


class ChainFigure:
    """Draws the chains of claims with the words of the project's scales."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def figure(self, report: ClaimReport, heading: Markup) -> Markup | None:
        """Return the picture of a claim under its heading; None where nothing stands behind it yet."""
        roles = {code: self._said(code) for code in _ROLES}
        for most in DETAILS:
            chain = chain_of(report, self._parts.stances, roles, most)
            page = wide(chain, report.claim.text)
            if page.height <= TALLEST:
                break
        if not chain.sources:
            return None
        name = f"chain-{report.claim.id}"
        pictures = (page, narrow(chain, report.claim.text))
        has_steps = any(source.above is not None for source in chain.sources)
        return tag(
            "section",
            heading,
            tag(
                "figure",
                *(self._drawn(picture, chain, f"{name}-{picture.name}") for picture in pictures),
                tag("figcaption", *self._caption(chain, has_steps=has_steps)),
            ),
            tag("details", tag("summary", "The picture in words"), self._in_words(chain), class_="told"),
            class_="picture",
        )

    def _said(self, role: str) -> str:
        return f"{self._parts.label('role', role).lower()} it"

    def _drawn(self, picture: Picture, chain: Chain, name: str) -> Markup:
        return tag(
            "svg",
            tag("title", "From the sources to the claim", id=f"{name}-t"),
            tag("desc", self._summary(chain), id=f"{name}-d"),
            *map(_box, picture.boxes),
            *map(_line, picture.lines),
            *(each for sign in picture.signs for each in self._sign(sign)),
            *map(_words, picture.words),
            class_=picture.name,
            viewBox=f"0 0 {_number(picture.width)} {_number(picture.height)}",
            role="img",
            aria_labelledby=f"{name}-t {name}-d",
        )

    def _sign(self, sign: Sign) -> Iterator[Markup]:
        half, known = SIGN / 2, known_stance(sign.stance)
        left, top = _number(sign.x - half), _number(sign.y - half)
        yield tag("rect", x=left, y=top, width=_number(SIGN), height=_number(SIGN), rx="4", class_=f"tint {known}")
        yield tag(
            "text", self._parts.shape(sign.stance), x=_number(sign.x), y=_number(sign.y + 5), class_=f"shape {known}"
        )
        if sign.judgements > 1:
            yield tag("text", f"{sign.judgements}×", x=_number(sign.x), y=_number(sign.y - half - 3), class_="times")

    def _caption(self, chain: Chain, *, has_steps: bool) -> Iterator[str]:
        for stance in dict.fromkeys(link.stance for link in chain.links):
            yield tag("span", self._parts.sign(stance), " ", self._parts.line(stance), class_="key")
        if has_steps:
            yield "Indented under a source: who took it from there."

    def _summary(self, chain: Chain) -> str:
        """Return the picture in a sentence."""
        counts: dict[str, int] = {}
        for link in chain.links:
            counts[link.stance] = counts.get(link.stance, 0) + link.judgements
        judged = (f"{self._parts.label('stance', stance)}: {number}" for stance, number in counts.items())
        sources = sum(source.count for source in chain.sources)
        passages = sum(passage.count for passage in chain.passages)
        return (
            f"Sources: {sources}. Passages: {passages}. Judgements by stance: {'; '.join(judged) or 'none'}. "
            "The same in words stands below the picture."
        )

    def _in_words(self, chain: Chain) -> Markup:
        return tag("ul", *(self._source_in_words(chain, source) for source in chain.sources))

    def _source_in_words(self, chain: Chain, source: ChainSource) -> Markup:
        told = [source.title, source.about, *source.said]
        if source.above is not None:
            told.append(f"taken from {chain.sources[source.above].title}")
        passages = [self._passage_in_words(chain, number) for number in source.passages]
        return tag(
            "li", "; ".join(part for part in told if part), tag("ul", *passages) if passages else None, dir="auto"
        )

    def _passage_in_words(self, chain: Chain, number: int) -> Markup:
        passage = chain.passages[number]
        words = f"“{_short(passage.words)}”" if passage.quoted else passage.words
        links = [link for link in chain.links if number in link.passages]
        return tag("li", words, ": ", "; ".join(self._judged_in_words(link) for link in links), dir="auto")

    def _judged_in_words(self, link: ChainLink) -> str:
        jointly = " together with another passage" if len(link.passages) > 1 else ""
        return f"{self._parts.label('stance', link.stance).lower()}{jointly}, say {_listed(link.judges)}"


def _box(box: Box) -> Markup:
    x, y, width, height = map(_number, (box.x, box.y, box.width, box.height))
    return tag("rect", x=x, y=y, width=width, height=height, rx="4", class_="frame")


def _words(words: Words) -> Markup:
    turned = right_to_left(words.words)
    x = words.x + words.room if turned else words.x
    return tag(
        "text", words.words, x=_number(x), y=_number(words.y), class_=words.kind, direction="rtl" if turned else None
    )


def _line(line: Line) -> Markup:
    if line.kind == "taken":
        d = f"M{_point(*line.start)}V{_number(line.end[1])}H{_number(line.end[0])}"
    elif line.kind == "refutes":
        d = _wavy(line)
    else:
        d = f"M{_point(*line.start)}C" + " ".join(_point(*each) for each in _controls(line))
    return tag("path", d=d, class_=f"edge {line.kind if line.kind in _PLAIN else known_stance(line.kind)}")


def _controls(line: Line) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Return the points of a curve that leaves and arrives level."""
    (x, y), (to_x, to_y) = line.start, line.end
    middle = (x + to_x) / 2
    return (middle, y), (middle, to_y), (to_x, to_y)


def _wavy(line: Line) -> str:
    """Return the curve as a wave around it: the line of what refutes."""
    one, two, end = _controls(line)
    length = math.dist(line.start, line.end)
    count = max(int(length / _HALF_WAVE) * 4, 8)
    points = []
    for step in range(count + 1):
        part = step / count
        (x, y), (dx, dy) = _on_curve((line.start, one, two, end), part)
        swing = _WAVE * math.sin(part * length / _HALF_WAVE * math.pi) / (math.hypot(dx, dy) or 1.0)
        points.append(_point(x - dy * swing, y + dx * swing))
    return "M" + "L".join(points)


def _on_curve(points: Sequence[tuple[float, float]], part: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the place on a cubic curve, and the direction in which it runs there."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    slopes = (-3 * rest**2, 3 * rest**2 - 6 * rest * part, 6 * rest * part - 3 * part**2, 3 * part**2)
    place = (sum(w * v for w, v in zip(weights, xs, strict=True)) for xs in ((ax, bx, cx, dx), (ay, by, cy, dy)))
    slope = (sum(w * v for w, v in zip(slopes, xs, strict=True)) for xs in ((ax, bx, cx, dx), (ay, by, cy, dy)))
    x, y = place
    to_x, to_y = slope
    return (x, y), (to_x, to_y)


def _point(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _short(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:150].rstrip()}…"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
