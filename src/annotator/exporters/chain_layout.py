"""Where everything of the picture of a chain stands: once for a page, once for a phone. All lengths are CSS pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.exporters.chain import Chain, ChainLink, ChainSource
from annotator.exporters.lettering import wrapped

SIGN = 20.0
"""The side of the square that holds the sign of a stance."""

_SIZES = {"title": 14.0, "claim": 15.0, "quote": 14.0, "small": 12.5}
_BREADTHS = {"title": 1.2, "claim": 1.2, "quote": 1.08, "small": 1.08}
"""How much wider than a usual face the widest is that a reader may have: words that are too long would run into others."""
_LEADING = {"title": 19.0, "claim": 21.0, "quote": 19.0, "small": 17.0}
_GAP, _STEP, _INDENT, _DEEPEST = 24.0, 10.0, 14.0, 3
_SOURCES, _PASSAGES, _SIGNS, _CLAIM, _WIDE = 208.0, 232.0, 508.0, 568.0, 736.0
_PASSAGE_ROOM = 250.0
_NARROW, _TRUNK, _TEXT = 344.0, 10.0, 34.0
_APART, _COUNTED = 28.0, 36.0
"""From the middle of a sign to the one above it: further where a number stands between them."""
_CLAIM_LINES = 12
TALLEST = 900.0
"""What still stands on one printed page."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words: its left edge, its base line, the room it has, and its kind (title, claim, quote, small)."""

    x: float
    y: float
    room: float
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A curve through its points: ``kind`` is a stance, or “plain”, or “taken” for who took it from whom."""

    start: tuple[float, float]
    end: tuple[float, float]
    kind: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a stance around its middle, with how many judged so."""

    x: float
    y: float
    stance: str
    judgements: int


@dataclass(frozen=True, slots=True)
class Box:
    """The frame of the claim."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Picture:
    """A picture and all that is drawn in it."""

    name: str
    width: float
    height: float = 0.0
    words: list[Words] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def write(self, x: float, y: float, room: float, words: str, kind: str, lines: int) -> float:
        """Write words in at most so many lines below ``y`` and return where they end."""
        leading = _LEADING[kind]
        for each in broken(words, room, kind, lines):
            self.words.append(Words(x, y + leading * 0.75, room, each, kind))
            y += leading
        return y


def broken(words: str, room: float, kind: str, lines: int) -> list[str]:
    """Return words of a kind as at most so many lines that have this room."""
    return wrapped(words, room / (_SIZES[kind] * _BREADTHS[kind]), lines)


def wide(chain: Chain, claim: str) -> Picture:
    """Return the picture for a page: sources, passages and signs from left to right, the claim at the right."""
    picture = Picture("wide", _WIDE)
    rows, bottom, silent = _columns(picture, chain)
    middles = {number: (top + low) / 2 for number, (top, low) in rows.items()}
    signs = _apart(_places(chain, rows))
    ends: list[tuple[float, ChainLink | None]] = [*signs, *((y, None) for y in silent)]
    ends.sort(key=lambda end: end[0])
    height = len(broken(claim, _WIDE - _CLAIM - 20, "claim", _CLAIM_LINES)) * _LEADING["claim"] + 20
    picture.height = max(bottom, height, *(y + SIGN / 2 for y, _ in ends)) + 2
    top = min(max(_mean([y for y, _ in ends]) - height / 2, 1.0), picture.height - height - 1)
    picture.boxes.append(Box(_CLAIM, top, _WIDE - _CLAIM - 1, height))
    picture.write(_CLAIM + 10, top + 10, _WIDE - _CLAIM - 20, claim, "claim", _CLAIM_LINES)
    for (y, link), arrival in zip(ends, _spread(len(ends), top, height), strict=True):
        start = _SOURCES if link is None else _SIGNS
        picture.lines.append(Line((start, y), (_CLAIM, arrival), link.stance if link else "plain"))
        if link is not None:
            picture.lines += (
                Line((_PASSAGES + _PASSAGE_ROOM, middles[end]), (_SIGNS, y), "plain") for end in link.passages
            )
            picture.signs.append(Sign(_SIGNS, y, link.stance, link.judgements))
    return picture


def narrow(chain: Chain, claim: str) -> Picture:
    """Return the picture for a phone: the claim at the top, below it everything that leads to it along one line."""
    picture = Picture("narrow", _NARROW)
    y = picture.write(12, 10, _NARROW - 24, claim, "claim", 5) + 10
    picture.boxes.append(Box(1, 1, _NARROW - 2, y - 1))
    trunk, last = y, y
    y += _GAP
    for source in chain.sources:
        y = _source(picture, source, _TEXT, y, _NARROW - _TEXT, above=chain.sources)
        for number in source.passages:
            y += _STEP
            first = y
            y = _passage(picture, chain, number, _TEXT, y, _NARROW - _TEXT)
            links = [link for link in chain.links if number in link.passages]
            for link, middle in zip(links, _spread(len(links), first, y - first), strict=True):
                last = middle
                picture.signs.append(Sign(_TRUNK, middle, link.stance, link.judgements))
        y += _GAP
    picture.height = y - _GAP + 4
    if last > trunk:
        picture.lines.append(Line((_TRUNK, last), (_TRUNK, trunk), "plain"))
    return picture


def _columns(picture: Picture, chain: Chain) -> tuple[dict[int, tuple[float, float]], float, list[float]]:
    """Draw sources and passages; return where each passage begins and ends, the lower edge, and where silent sources stand."""
    rows: dict[int, tuple[float, float]] = {}
    heads: list[tuple[float, float]] = []
    silent: list[float] = []
    y = 14.0 if any(link.judgements > 1 for link in chain.links) else 2.0
    gutter = _INDENT if any(source.above is not None for source in chain.sources) else 0.0
    for source in chain.sources:
        indent = gutter + min(source.depth, _DEEPEST) * _INDENT
        top = y
        low = _source(picture, source, indent, y, _SOURCES - indent - 8)
        heads.append((indent, top + _LEADING["title"] / 2))
        for number in source.passages:
            first = y
            y = _passage(picture, chain, number, _PASSAGES + 12, y, _PASSAGE_ROOM - 12)
            rows[number] = first, y
            picture.lines.append(Line((_SOURCES, heads[-1][1]), (_PASSAGES + 4, (first + y) / 2), "plain"))
            y += _STEP
        if source.said and not source.passages:
            silent.append(heads[-1][1])
        y = max(low, y - _STEP if source.passages else y) + _GAP
    for source, (indent, middle) in zip(chain.sources, heads, strict=True):
        if source.above is not None:
            above = heads[source.above]
            picture.lines.append(Line((above[0] - 9, above[1] + 2), (indent - 3, middle), "taken"))
    return rows, y - _GAP, silent


def _source(
    picture: Picture, source: ChainSource, x: float, y: float, room: float, *, above: Sequence[ChainSource] = ()
) -> float:
    y = picture.write(x, y, room, source.title, "title", 2)
    y = picture.write(x, y, room, source.about, "small", 2)
    for said in source.said[:2]:
        y = picture.write(x, y, room, said, "small", 2)
    if above and source.above is not None:
        y = picture.write(x, y, room, f"taken from {above[source.above].title}", "small", 1)
    return y


def _passage(picture: Picture, chain: Chain, number: int, x: float, y: float, room: float) -> float:
    """Write a passage in the middle of the height that it needs, or that the signs beside it need; return where that ends."""
    passage = chain.passages[number]
    needed = sum(_height(link) for link in chain.links if number in link.passages)
    words, kind = passage.words, "quote" if passage.quoted else "small"
    height = len(broken(words, room, kind, 3)) * _LEADING[kind]
    picture.write(x, y + max(needed - height, 0.0) / 2, room, words, kind, 3)
    return y + max(height, needed)


def _height(link: ChainLink) -> float:
    return _COUNTED if link.judgements > 1 else _APART


def _places(chain: Chain, rows: Mapping[int, tuple[float, float]]) -> Iterator[tuple[float, ChainLink]]:
    """Yield where the sign of each link would stand: beside its passage, or amid those that it needs jointly."""
    for number, (top, low) in rows.items():
        links = [link for link in chain.links if link.passages == (number,)]
        yield from zip(_spread(len(links), top, low - top), links, strict=True)
    for link in chain.links:
        if len(link.passages) > 1:
            yield _mean([sum(rows[number]) / 2 for number in link.passages]), link


def _apart(signs: Iterable[tuple[float, ChainLink]]) -> list[tuple[float, ChainLink]]:
    """Return signs from top to bottom, none on another."""
    found: list[tuple[float, ChainLink]] = []
    for y, link in sorted(signs, key=lambda each: each[0]):
        found.append((max(y, found[-1][0] + _height(link) if found else y), link))
    return found


def _spread(count: int, top: float, height: float) -> Iterator[float]:
    """Yield ``count`` places evenly over a height."""
    return (top + height * (number + 0.5) / count for number in range(count))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
