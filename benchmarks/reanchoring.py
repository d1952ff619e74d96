"""Passages on real texts, later versions of these, and how well the passages are found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import regex

from annotator.domain.anchoring import FOUND
from annotator.domain.anchoring_again import find_again
from benchmarks.real_texts import all_texts, english, russian
from benchmarks.revising import Plan, Revised, Span, quotes, revise

PLANS = (
    *(Plan(edited=share) for share in (0.002, 0.02, 0.1, 0.2, 0.4)),
    Plan(moved=0.1),
    Plan(moved=0.1, left_out=0.1),
    Plan(edited=0.1, moved=0.1, left_out=0.1),
    Plan(edited=0.3, moved=0.05, left_out=0.05),
)
LENGTHS = range(6, 201)
OF_EACH_LENGTH = 1_000
MEGABYTE = 1_000_000

_PART = 150_000
_PASSAGES = 1_000
_SURVIVES, _RIGHT = 0.5, 0.8
_WORD = regex.compile(r"\p{Han}|[^\s\p{Han}]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A text, a later version of it, and passages on it."""

    revised: Revised
    passages: list[Span]


def cases(passages: int = _PASSAGES) -> Iterator[Case]:
    """Yield the made cases, the same ones in every run: every plan on a part of every text."""
    for number, text in enumerate(all_texts()):
        for plan in PLANS:
            random = Random(number)
            at = random.randrange(len(text) - _PART)
            part = text[at : at + _PART]
            yield Case(revise(part, plan, random), quotes(part, passages, random))


def misplaced() -> tuple[int, int]:
    """Return how many passages of which half of the words survive are not found at the right place, and how many there are.

    Right is an overlap (intersection ÷ union) of at least .8 with where the words went.
    """
    wrong = all_ = 0
    for case in cases():
        found = find_again(case.revised.old, case.revised.new, [[span] for span in case.passages])
        for span, again in zip(case.passages, found, strict=True):
            truth, share = case.revised.truth(*span)
            if truth is not None and share >= _SURVIVES:
                all_ += 1
                wrong += not again.spans or _overlap((again.spans[0][0], again.spans[-1][1]), truth) < _RIGHT
    return wrong, all_


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def found_again_by_themselves(lengths: range = LENGTHS) -> tuple[int, int]:
    """Return how many quotations that were left out are anchored without a person nevertheless, and how many were left out."""
    wrong = all_ = 0
    texts = all_texts()
    for length in lengths:
        random = Random(length)
        for text in texts:
            count = -(-OF_EACH_LENGTH // len(texts))
            spans, old = _apart(text, length, count, random)
            new = _without(old, spans, text.replace(old, "", 1), random)
            all_ += len(spans)
            wrong += sum(again.state in FOUND for again in find_again(old, new, [[span] for span in spans]))
    return wrong, all_


def _without(old: str, spans: list[Span], others: str, random: Random) -> str:
    """Return a text without these stretches; where every second one stood are as many characters of ``others``."""
    pieces, at = [], 0
    for number, (start, end) in enumerate(spans):
        pieces.append(old[at:start])
        if number % 2:
            other = random.randrange(len(others) - (end - start))
            pieces.append(others[other : other + end - start])
        at = end
    return "".join((*pieces, old[at:]))


def _apart(text: str, length: int, count: int, random: Random) -> tuple[list[Span], str]:
    """Return stretches of this length that begin with a word and lie apart from each other, and the part they lie in."""
    room = 3 * (length + 40)
    at = random.randrange(max(1, len(text) - room * count))
    part = text[at : at + room * count]
    spans = []
    for number in range(min(count, len(part) // room)):
        begin = number * room + random.randrange(40)
        word = _WORD.search(part, begin)
        if word is not None and word.start() + length <= (number + 1) * room - 40:
            spans.append((word.start(), word.start() + length))
    return spans, part


def megabyte() -> Case:
    """Return a text of a million code points, edited here and there, with 10,000 passages."""
    random = Random(1)
    text = (english() + "\n" + russian())[:MEGABYTE]
    return Case(revise(text, Plan(edited=0.02, moved=0.01, left_out=0.01), random), quotes(text, 10_000, random))
