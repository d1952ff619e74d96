"""Claims that two teams entered separately and that say the same in nearly the same words.

Words that differ in a number, a date, a sign, a denial or a name, or that stand in another order, are never suggested as one;
nor are claims of other dates or places, and those of which a person has already said how they stand to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from annotator.domain.claim import Claim
from annotator.domain.claim_wording import Kind, Part, may_be_left_out, parts_of
from annotator.domain.folding import fold
from annotator.domain.ids import EntityId
from annotator.domain.joined import are_parted, stands_for
from annotator.domain.people import Agent

_LONG, _PLURAL, _ENOUGH_WORDS = 6, 4, 4
"""Letters from which on a word may be misspelt, or have an “s”, and words of a claim from which on one of them may."""
_CROWDED = 40
"""So many words at one place of claims that are otherwise alike are not compared each with each."""
_TRIES = 50
_REFERRING = frozenset("i we he she they you me us him them my our his her hers their your its this these".split())  # noqa: SIM905 a list to be read
_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion trillion half"
)
_MONTHS = "january february march april june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_COUNTED = frozenset(f"{_NUMBERS} double twice triple first second third fourth quarter {_MONTHS} {_DAYS}".split())
"""Words for numbers and dates: every letter of them counts."""


class Why(StrEnum):
    """In what two claims differ that say the same."""

    WORDS = "words"
    SIGNS = "signs"
    LITTLE = "little words"
    PLURAL = "plural"
    SPELLING = "spelling"


_SCORES = {Why.WORDS: 100, Why.SIGNS: 99, Why.LITTLE: 97, Why.PLURAL: 94, Why.SPELLING: 92}


@dataclass(frozen=True, slots=True)
class SameClaims:
    """Two claims that look like one, the older first: how alike they are in per cent, and in what they differ."""

    one: Claim
    other: Claim
    score: int
    why: Why


def look_alike(claims: Iterable[Claim], agents: Mapping[EntityId, Agent]) -> list[SameClaims]:
    """Return the pairs of standing claims that look like one, the likeliest first: each claim once, with the oldest it is like.

    Those that a person has parted or related are left out.
    """
    known = {claim.id: claim for claim in claims}
    standing = [known[id_] for id_ in sorted(known) if stands_for(known, id_) == id_]
    parts = {claim.id: parts_of(claim.text) for claim in standing}
    common = {_reduced(part) for each in parts.values() for part in each if _is_plain(part)}
    found: dict[EntityId, SameClaims] = {}
    tries: dict[EntityId, int] = defaultdict(int)
    for one, other in _worth_comparing(standing, parts):
        if other.id in found or tries[other.id] >= _TRIES:
            continue
        tries[other.id] += 1
        why = _in_what(parts[one.id], parts[other.id], common)
        if why is not None and not _are_apart(one, other, agents):
            why = Why.WORDS if " ".join(one.text.split()) == " ".join(other.text.split()) else why
            found[other.id] = SameClaims(one, other, _SCORES[why], why)
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def _in_what(one: Sequence[Part], other: Sequence[Part], common: Collection[str]) -> Why | None:
    """Go through the words of both side by side, of which one may be misspelt; None where they do not say the same.

    ``common`` are words that are known to be no names, without the ending of a plural.
    """
    a = b = 0
    found = {Why.SIGNS}
    shouted = all(part.written.isupper() for part in one) or all(part.written.isupper() for part in other)
    while a < len(one) or b < len(other):
        mine, theirs = _at(one, a), _at(other, b)
        if mine and theirs and mine.key == theirs.key and (shouted or not _shouts(mine, theirs)):
            a, b = a + 1, b + 1
        elif mine and may_be_left_out(mine, _at(one, a + 1)):
            found.add(Why.LITTLE)
            a += 1
        elif theirs and may_be_left_out(theirs, _at(other, b + 1)):
            found.add(Why.LITTLE)
            b += 1
        else:
            why = (
                _variant(mine, theirs, common)
                if mine and theirs and min(len(one), len(other)) >= _ENOUGH_WORDS
                else None
            )
            if why is None or (why is Why.SPELLING and why in found):
                return None
            found.add(why)
            a, b = a + 1, b + 1
    return min(found, key=lambda why: _SCORES[why]) if one and other else None


def _at(parts: Sequence[Part], number: int) -> Part | None:
    return parts[number] if number < len(parts) else None


def _shouts(one: Part, other: Part) -> bool:
    """Tell whether one of two words is written in capitals like an abbreviation, and the other as a word: US, us."""
    first, second = sorted((one.written, other.written), key=str.islower)
    return len(first) > 1 and first.isupper() and second.islower()


def _variant(one: Part, other: Part, common: Collection[str]) -> Why | None:
    """Tell whether two words are one and the same: in the plural, or misspelt. Names, figures and words for them are not."""
    short, long = sorted((one.key, other.key), key=len)
    if not (_may_vary(one, common) and _may_vary(other, common)) or len(short) < _PLURAL or short[0] != long[0]:
        return None
    if long in (f"{short}s", f"{short}es"):
        return Why.PLURAL
    if len(short) < _LONG or short[-1] != long[-1]:
        return None
    return Why.SPELLING if OSA.distance(short, long, score_cutoff=1) <= 1 else None


def _may_vary(part: Part, common: Collection[str]) -> bool:
    if part.kind is not Kind.WORD or part.key.removesuffix("s") in _COUNTED or not part.key.isalpha():
        return False
    return part.written.islower() or (part.opens and _reduced(part) in common)


def _is_plain(part: Part) -> bool:
    """Tell whether a word is written as one that is no name."""
    return part.kind is Kind.WORD and part.written.islower()


def _are_apart(one: Claim, other: Claim, agents: Mapping[EntityId, Agent]) -> bool:
    """Tell whether something else than the words says that two claims are not one."""
    if are_parted(one, other) or one.parent == other.id or other.parent == one.id:
        return True
    dates = ((each.date, each.valid_from, each.valid_to, each.as_of) for each in (one, other))
    if any(mine and theirs and mine != theirs for mine, theirs in zip(*dates, strict=True)):
        return True
    if one.location and other.location and fold(one.location) != fold(other.location):
        return True
    mine, theirs = ({stands_for(agents, id_) for id_ in each.claimants} for each in (one, other))
    refers = _REFERRING.intersection(fold(one.text).split())
    return bool(refers and mine and theirs and not mine & theirs)


def _worth_comparing(
    claims: Sequence[Claim], parts: Mapping[EntityId, Sequence[Part]]
) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs, the older first, that are alike but for little words and plurals, or but for one long word besides."""
    alike: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    but_for_one: dict[int, list[tuple[str, Claim]]] = defaultdict(list)
    for claim in claims:
        keys = tuple(_reduced(part) for part in parts[claim.id] if not part.is_little)
        alike[keys].append(claim)
        for place, key in enumerate(keys):
            if len(key) >= _LONG - 1 and key.isalpha() and len(keys) >= _ENOUGH_WORDS - 1:
                but_for_one[hash((place, *keys[:place], *keys[place + 1 :]))].append((key, claim))
    for group in alike.values():
        yield from _with_oldest(group)
    for entries in but_for_one.values():
        if len(entries) > 1:
            yield from _misspelt(entries)


def _with_oldest(group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    for number, other in enumerate(group):
        for one in group[: min(number, _TRIES)]:
            yield one, other


def _misspelt(entries: Sequence[tuple[str, Claim]]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims with words that differ in a letter, in a place at which they are otherwise alike."""
    by_word: dict[str, Claim] = {}
    for word, claim in entries:
        by_word.setdefault(word, claim)
    groups: dict[str, list[str]] = defaultdict(list)
    if len(by_word) <= _CROWDED:
        groups[""] = list(by_word)
    else:
        for word in by_word:
            for shorter in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                groups[shorter].append(word)
    for words in groups.values():
        for number, other in enumerate(words):
            for one in words[: min(number, _CROWDED)]:
                first, second = sorted((by_word[one], by_word[other]), key=lambda claim: claim.id)
                yield first, second


def _reduced(part: Part) -> str:
    """Return what of a word counts: without the ending of a plural."""
    key = part.key
    if part.kind is Kind.WORD and len(key) > _PLURAL and key.endswith("s"):
        return key.removesuffix("s").removesuffix("e")
    return key.removesuffix("e") if part.kind is Kind.WORD and len(key) > _PLURAL else key
