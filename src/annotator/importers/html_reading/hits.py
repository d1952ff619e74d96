"""Finds in the blocks of a page what an extractor took for its article."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from annotator.importers.html_reading.found import Found

_LONG = 20
_LONG_IDEOGRAPHS = 8
_PART = 40
_REPEATS = 4


def fold(text: str) -> str:
    """Return only the letters and digits of ``text``, composed (NFC) and without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).casefold()))


def is_long(folded: str) -> bool:
    """Tell whether folded words are enough to be known again by."""
    return len(folded) >= (_LONG if folded.isascii() or folded[:1] < "\u2e80" else _LONG_IDEOGRAPHS)


def find_hits(found: Sequence[Found], folded: list[str], extract: str) -> dict[int, int]:
    """Return the blocks that the extractor took, in its order, each with its weight in folded characters.

    ``folded`` are the blocks' own letters (``fold``). A text that stands on the page twice is taken where it fits the order.
    """
    lines = [line for line in map(fold, extract.splitlines()) if line]
    shadow = "\n".join(("", *lines, ""))
    parts = [line for line in lines if len(line) >= _PART]
    pairs: list[tuple[int, int, int]] = []
    for index, (one, words) in enumerate(zip(found, folded, strict=True)):
        if is_long(words):
            places = _places(words, shadow)
            if not places and len(words) > _PART:
                places = [shadow.index(part) for part in parts if part in words][:1]
        else:
            plain = words and one.linked < one.end - one.start
            places = _places(f"\n{words}\n", shadow) if plain else []
        pairs += [(index, place, len(words)) for place in places]
    return _heaviest_in_order(pairs)


def _places(words: str, shadow: str) -> list[int]:
    places: list[int] = []
    start = shadow.find(words)
    while start >= 0 and len(places) < _REPEATS:
        places.append(start)
        start = shadow.find(words, start + 1)
    return places


def _heaviest_in_order(pairs: list[tuple[int, int, int]]) -> dict[int, int]:
    """Return the heaviest subset of (index, place, weight) in which index and place both grow, as index to weight."""
    pairs = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    ranks = {place: rank for rank, place in enumerate(sorted({pair[1] for pair in pairs}), start=1)}
    heaviest = [(0, -1)] * (
        len(ranks) + 1
    )  # a Fenwick tree: the weight and the last pair of the best chain up to a rank
    previous: list[int] = []
    for number, (_, place, weight) in enumerate(pairs):
        best = (0, -1)
        rank = ranks[place] - 1
        while rank > 0:
            best = max(best, heaviest[rank])
            rank -= rank & -rank
        previous.append(best[1])
        rank = ranks[place]
        while rank < len(heaviest):
            heaviest[rank] = max(heaviest[rank], (best[0] + weight, number))
            rank += rank & -rank
    chain: dict[int, int] = {}
    number = max(heaviest)[1]
    while number >= 0:
        chain[pairs[number][0]] = pairs[number][2]
        number = previous[number]
    return dict(sorted(chain.items()))
