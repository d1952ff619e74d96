"""Names of people that come from outside: what none may hold, and which could be taken for another.

Scripts and the letters that look like those of another one: Unicode Technical Standard 39, of which only what matters in names
of people is here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from annotator.domain.letters import UNSEEN, fold_letters

LONGEST = 200
"""How many characters a name may have."""

_HIDDEN = regex.compile(rf"[{UNSEEN}]")
_CONTROL = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ALIKE = regex.compile(
    r"(\p{Latin})|(\p{Cyrillic})|(\p{Greek})|(\p{Armenian})|(\p{Cherokee})|(\p{Coptic})|(\p{Georgian})|(\p{Lisu})"
)
"""The scripts whose letters are taken for each other's; those of Japanese or Korean words mix as they should."""

_LOOKS = str.maketrans(
    "авекмнорстухіјѕԁԛԝһѵгпзбαβγεζηικμνορστυχωօոսհցզ01|i",
    "abekmhopctyxljsdqwhvrn36abyeznlkuvopotuxwonuhgqolll",
)
"""Letters, once folded, and those Latin ones that they are taken for; what looks like a small L is one."""


@dataclass(frozen=True, slots=True)
class NameWarning:
    """A name that could deceive: it looks like ``like``, or (where that is empty) has letters of several scripts in a word."""

    name: str
    like: str = ""


def clean_name(name: str) -> str:
    """Return a name in the one form in which it goes out: NFC, nothing hidden, no controls, single spaces."""
    plain = _HIDDEN.sub("", unicodedata.normalize("NFC", name))
    return " ".join(_CONTROL.sub(" ", plain).split())[:LONGEST].rstrip()


def name_fault(name: str) -> str:
    """Return what is wrong with a name that came from outside, as the rest of a sentence; nothing where it can be shown."""
    if _HIDDEN.search(name):
        return "holds characters that are not seen or turn the direction of writing"
    if _CONTROL.search(name):
        return "holds control characters"
    if name != unicodedata.normalize("NFC", name):
        return "is not written in Unicode’s composed form (NFC)"
    if name != " ".join(name.split()):
        return "begins, ends or is spaced with more than single spaces"
    return f"is longer than {LONGEST} characters" if len(name) > LONGEST else ""


def has_mixed_scripts(name: str) -> bool:
    """Tell whether a word of a name has letters of several scripts that are taken for each other's."""
    return any(len({found.lastindex for found in _ALIKE.finditer(word)}) > 1 for word in _WORD.findall(name))


def looks(name: str) -> str:
    """Return what a name looks like: names with the same looks can be taken for each other."""
    return fold_letters(name).translate(_LOOKS).replace("rn", "m").replace("vv", "w")


def name_warnings(names: Iterable[str], known: Iterable[str]) -> tuple[NameWarning, ...]:
    """Return which names mix scripts or look like a known one that they are not."""
    return tuple(_warnings(names, known))


def thing_warnings(names: Iterable[str], known: Iterable[str]) -> tuple[NameWarning, ...]:
    """Return which names of agents and titles of sources mix scripts or look like another one, known or beside them.

    Of these many are alike by chance: names that differ in case and marks alone are told nothing of.
    """
    beside = tuple(dict.fromkeys(names))
    found = _warnings(beside, (*known, *beside))
    return tuple(each for each in found if fold_letters(each.name) != fold_letters(each.like))


def _warnings(names: Iterable[str], known: Iterable[str]) -> Iterator[NameWarning]:
    by_looks: dict[str, str] = {}
    for each in known:
        by_looks.setdefault(looks(each), each)
    here = set(by_looks.values())
    for name in dict.fromkeys(names):
        like = by_looks.get(looks(name), name)
        if like != name and name not in here:
            yield NameWarning(name, like)
        elif has_mixed_scripts(name):
            yield NameWarning(name)
