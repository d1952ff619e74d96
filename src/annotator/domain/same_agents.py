"""Agents that a person has said to be one, and those that look like one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from annotator.domain.folding import fold
from annotator.domain.ids import EntityId
from annotator.domain.joined import are_parted, stands_for
from annotator.domain.people import Agent

_ENOUGH = 90
_LONG = 6
"""Names with fewer letters are not taken for misspelt: too many short ones differ in one letter."""
_FORMS = frozenset(
    "ab ag bv co company corp corporation ev gmbh inc incorporated kg limited llc llp ltd nv oy plc sa sarl spa srl".split()  # noqa: SIM905 a list to be read
)
_LITTLE = frozenset("the a an le la les der die das el los and und et".split())  # noqa: SIM905 a list to be read
_SPELT_OUT = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class SameAgents:
    """Two agents that look like one: how alike their names are in per cent, and what is alike."""

    one: Agent
    other: Agent
    score: int
    why: str


def names_of(agents: Iterable[Agent]) -> dict[EntityId, str]:
    """Return what every agent is called: by the name of the one that it was joined to."""
    known = {agent.id: agent for agent in agents}
    return {id_: known[stands_for(known, id_)].name for id_ in known}


def distinct_names(names: Mapping[EntityId, str], ids: Iterable[EntityId]) -> tuple[str, ...]:
    """Return the names of some agents, each once: those that were joined are one."""
    return tuple(dict.fromkeys(names[id_] for id_ in ids if id_ in names))


def look_alike(agents: Iterable[Agent]) -> list[SameAgents]:
    """Return the pairs of standing agents that look like one, the likeliest first.

    Those that a person has parted are left out. Names with different numbers are never alike (Channel 4, Channel 5).
    """
    known = {agent.id: agent for agent in agents}
    standing = [agent for agent in known.values() if stands_for(known, agent.id) == agent.id]
    found = []
    for one, other in _worth_comparing(standing):
        if are_parted(one, other):
            continue
        score, why = likeness(one.name, other.name)
        if score >= _ENOUGH:
            found.append(SameAgents(one, other, score, why))
    return sorted(found, key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def likeness(one: str, other: str) -> tuple[int, str]:
    """Return how alike two names are in per cent, and why; 0 where nothing speaks for their being one."""
    first, second = _words(one), _words(other)
    if not first or not second or _NUMBER.findall(one) != _NUMBER.findall(other):
        return 0, ""
    if sorted(fold(one).split()) == sorted(fold(other).split()):
        return 100, "case" if fold(one) == fold(other) else "order"
    if sorted(first) == sorted(second):
        return 98, "form"
    if _initials_fit(first, second):
        return 94, "initials"
    if _is_short_for(first, second) or _is_short_for(second, first):
        return 92, "short form"
    if min(len("".join(first)), len("".join(second))) < _LONG or _differ_in_a_word(first, second):
        return 0, ""
    score = int(fuzz.token_sort_ratio(" ".join(first), " ".join(second)))
    return (score, "spelling") if score >= _ENOUGH else (0, "")


def _words(name: str) -> list[str]:
    """Return the words of a name that tell it from others: folded, without articles and legal forms."""
    words = fold(without_points(name)).split()
    kept = [word for word in words if word not in _LITTLE and word not in _FORMS]
    return kept or words


def without_points(words: str) -> str:
    """Return some words with abbreviations such as A.C.L.U. written together."""
    return _SPELT_OUT.sub(lambda match: match.group().replace(".", ""), unicodedata.normalize("NFC", words))


def _initials_fit(one: list[str], other: list[str]) -> bool:
    """Tell whether two names of people share the last name, and the first names as far as they are written out."""
    if len(one) != len(other) or len(one) < 2:
        return False
    initials = 0
    for a, b in zip(one, other, strict=True):
        if a == b and len(a) > 1:
            continue
        if a[0] != b[0] or (len(a) > 1 and len(b) > 1):
            return False
        initials += 1
    return 0 < initials < len(one)


def _is_short_for(short: list[str], long: list[str]) -> bool:
    """Tell whether one name is the first letters of the words of the other (ACLU)."""
    return len(short) == 1 and len(long) >= 3 and short[0] == "".join(word[0] for word in long)


def _differ_in_a_word(one: list[str], other: list[str]) -> bool:
    """Tell whether a word stands in each that is like none in the other (Anna Berg, Anne Burg are; so are Lena, Lisa Marsh)."""
    only_one, only_other = set(one) - set(other), set(other) - set(one)
    if len(only_one) != len(only_other):
        return True
    return any(max(fuzz.ratio(a, b) for b in only_other) < _ENOUGH - 5 for a in only_one)


def _worth_comparing(agents: list[Agent]) -> Iterator[tuple[Agent, Agent]]:
    """Yield the pairs that share a word, the beginning of one, or first letters: comparing all with all grows too fast."""
    by_key: dict[str, list[Agent]] = defaultdict(list)
    for agent in agents:
        words = _words(agent.name)
        keys = {word[:3] for word in words if len(word) > 1} | {"".join(word[0] for word in words)}
        keys |= {words[0]} if len(words) == 1 else set()
        for key in keys:
            by_key[key].append(agent)
    seen: set[tuple[EntityId, EntityId]] = set()
    for group in by_key.values():
        for one, other in combinations(group, 2):
            pair = (min(one.id, other.id), max(one.id, other.id))
            if pair not in seen:
                seen.add(pair)
                yield (one, other) if one.id < other.id else (other, one)
