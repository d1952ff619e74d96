"""What stands behind a claim as one picture shows it: sources, the passages in them, how these were judged, the claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.exporters.dates import written_date
from annotator.exporters.report import ClaimReport, Evidence, Quote, Spoken

DETAILS = ((12, 5), (10, 3), (10, 2), (9, 1), (7, 0), (4, 0))
"""How many sources, and passages of each, are drawn one by one: from all that an overview bears to what always fits a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPassage:
    """A passage by its words, or ``count`` passages that stand together and are not quoted."""

    words: str
    count: int = 1
    quoted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSource:
    """A source with the passages that are drawn of it, by number.

    ``said`` tells who says the claim there; ``above`` is the number of the source that they took it from, ``depth`` how many
    such steps lie between it and an origin. ``count`` sources stand together where there are too many.
    """

    title: str
    about: str
    said: tuple[str, ...]
    passages: tuple[int, ...]
    above: int | None = None
    depth: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """Linkages of one stance from passages, by number, to the claim. Several passages of one link are needed jointly."""

    stance: str
    passages: tuple[int, ...]
    judgements: int
    judges: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The whole picture of one claim."""

    sources: tuple[ChainSource, ...]
    passages: tuple[ChainPassage, ...]
    links: tuple[ChainLink, ...]


def chain_of(
    report: ClaimReport, stances: Sequence[str], roles: Mapping[str, str], most: tuple[int, int] = DETAILS[0]
) -> Chain:
    """Return the picture of a claim. ``stances`` in the order of the page; ``roles`` by code (“asserts it”).

    At ``most`` so many sources, and so many passages of each, are drawn one by one; the others stand together.
    """
    drawing = _Drawing(roles, most)
    for spoken in report.spoken:
        drawing.speak(spoken, None, 0)
    order = dict.fromkeys((*stances, *report.evidence))
    judged = [(stance, each) for stance in order for each in report.evidence.get(stance, ())]
    for _, evidence in judged:
        for quote in evidence.quotes:
            drawing.place(quote)
    return drawing.chain(judged)


@dataclass(slots=True)
class _Place:
    title: str
    about: str = ""
    said: list[str] = field(default_factory=list)
    quotes: dict[Quote, None] = field(default_factory=dict)
    above: str | None = None
    depth: int = 0


class _Drawing:
    def __init__(self, roles: Mapping[str, str], most: tuple[int, int]) -> None:
        self._roles = roles
        self._most_sources, self._most_passages = most
        self._places: dict[str, _Place] = {}

    def speak(self, spoken: Spoken, above: str | None, depth: int) -> None:
        key = spoken.source.id if spoken.source else spoken.appearance.id
        said = f"{spoken.agent} {self._roles.get(spoken.appearance.role, 'says it')}"
        if key not in self._places:
            title = spoken.source.title or "Untitled source" if spoken.source else "A source that is not in the project"
            date = spoken.appearance.date or (spoken.source.date_published if spoken.source else None)
            self._places[key] = _Place(title=title, about=written_date(date), above=above, depth=depth)
        place = self._places[key]
        if said not in place.said:
            place.said.append(said)
        for each in spoken.repeats:
            self.speak(each, key, place.depth + 1)

    def place(self, quote: Quote) -> None:
        key = _key(quote)
        title = (quote.source.title or "Untitled source") if quote.source else "A source that is not in the project"
        place = self._places.setdefault(key, _Place(title=title))
        date = written_date(quote.source.date_published) if quote.source else ""
        place.about = ", ".join(part for part in (quote.publisher, date) if part) or place.about
        place.quotes[quote] = None

    def chain(self, judged: Sequence[tuple[str, Evidence]]) -> Chain:
        keys = list(self._places)
        cut = self._most_sources if len(keys) > self._most_sources + 1 else len(keys)
        shown, hidden = keys[:cut], keys[cut:]
        sources: list[ChainSource] = []
        passages: list[ChainPassage] = []
        numbers: dict[tuple[str, Quote], int] = {}
        for key in shown:
            place = self._places[key]
            own = _numbered(key, list(place.quotes), self._most_passages, passages, numbers)
            above = shown.index(place.above) if place.above in shown else None
            sources.append(
                ChainSource(
                    title=place.title, about=place.about, said=tuple(place.said), passages=own, above=above, depth=place.depth
                )
            )  # fmt: skip
        if hidden:
            own = _together(
                [(key, quote) for key in hidden for quote in self._places[key].quotes], passages, numbers, ""
            )
            title = f"{len(hidden)} {'more ' if shown else ''}sources"
            sources.append(ChainSource(title=title, about="", said=(), passages=own, count=len(hidden)))
        return Chain(sources=tuple(sources), passages=tuple(passages), links=tuple(_links(judged, numbers)))


def _key(quote: Quote) -> str:
    return quote.source.id if quote.source else ""


def _numbered(
    key: str, quotes: Sequence[Quote], most: int, passages: list[ChainPassage], numbers: dict[tuple[str, Quote], int]
) -> tuple[int, ...]:
    """Number the passages of a source: the first ones each, the others together."""
    alone = quotes if len(quotes) <= max(most + bool(most), 1) else quotes[:most]
    own = []
    for quote in alone:
        own.append(len(passages))
        numbers[key, quote] = len(passages)
        passages.append(ChainPassage(words=_words(quote)))
    return (
        *own,
        *_together([(key, quote) for quote in quotes[len(alone) :]], passages, numbers, "more " if own else ""),
    )


def _together(
    quotes: Sequence[tuple[str, Quote]],
    passages: list[ChainPassage],
    numbers: dict[tuple[str, Quote], int],
    more: str,
) -> tuple[int, ...]:
    """Number several passages as one; ``more`` stands before their noun where others stand above them."""
    if not quotes:
        return ()
    for each in quotes:
        numbers[each] = len(passages)
    count = len(quotes)
    words = f"{count} {more}passage{'' if count == 1 else 's'}"
    passages.append(ChainPassage(words=words, count=count, quoted=False))
    return (len(passages) - 1,)


def _links(judged: Sequence[tuple[str, Evidence]], numbers: dict[tuple[str, Quote], int]) -> Iterator[ChainLink]:
    """Yield the links; those of one stance from the same place of the picture become one."""
    joined: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for stance, evidence in judged:
        ends = tuple(sorted({numbers[_key(quote), quote] for quote in evidence.quotes}))
        if ends:
            joined.setdefault((stance, ends), []).extend(each.who for each in evidence.judged)
    for (stance, ends), who in joined.items():
        yield ChainLink(stance=stance, passages=ends, judgements=len(who), judges=tuple(dict.fromkeys(who)))


def _words(quote: Quote) -> str:
    words = " … ".join(piece.words for piece in quote.pieces if piece.highlighted)
    return " ".join(words.split()) or "An area of the page"
