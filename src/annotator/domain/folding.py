"""Folded words: what search compares, so that case, accents, quotes, ligatures and line breaks do not matter.

Chinese and Japanese are not written with spaces, so each of their characters is a word of its own and runs of them are
searched as phrases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import regex

from annotator.domain.letters import UNSEEN, fold_letters

RULES = f"letters 2, unicode {unicodedata.unidata_version}, regex {regex.__version__}"
"""What folding depends on: an index made under other rules is made anew."""

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}\p{Co}]+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_PUNCTUATION = re.compile("[\u00a0\u2013\u2014\u2018-\u201f\u2026]")
_IDEOGRAPH = r"\p{Han}\p{Hiragana}\p{Katakana}"
_PIECE = regex.compile(rf"[{_IDEOGRAPH}]|[^{_IDEOGRAPH}]+")
_ANY_IDEOGRAPH = regex.compile(f"[{_IDEOGRAPH}]")
_SPELT = regex.compile(rf"[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}{UNSEEN}]+")


def fold(text: str) -> str:
    """Return ``text`` as folded words with one space between: compatibility forms, case, accents and points are folded."""
    text = text if text.isascii() else _PUNCTUATION.sub(" ", text)
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    plain = fold_letters(text)
    words = _WORD.findall(plain)
    if _ANY_IDEOGRAPH.search(plain):
        words = [piece for word in words for piece in _PIECE.findall(word)]
    return " ".join(words)


def phrases(query: str) -> list[str]:
    """Return what a query asks for, folded: each white-space separated part is a phrase, quotation marks join several."""
    parts = regex.findall(r'"([^"]*)"|(\S+)', query)
    return [folded for quoted, single in parts if (folded := fold(quoted or single))]


def find(text: str, phrase: str) -> tuple[int, int] | None:
    """Return the code points of the first place where a folded ``phrase`` stands in ``text``; its last word may go on."""
    wanted = phrase.split(" ")
    recent: list[tuple[str, int, int]] = []
    for word in _folded_words(text):
        recent.append(word)
        if len(recent) > len(wanted):
            recent.pop(0)
        if _matches([folded for folded, _, _ in recent], wanted):
            return recent[0][1], recent[-1][2]
    return None


def _matches(words: list[str], wanted: list[str]) -> bool:
    return len(words) == len(wanted) and words[:-1] == wanted[:-1] and words[-1].startswith(wanted[-1])


def _folded_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word with the code points it stands on. A soft hyphen or an accent does not part words."""
    for match in _SPELT.finditer(text):
        if match.group().isascii():
            yield match.group().lower(), match.start(), match.end()
            continue
        for piece in _PIECE.finditer(match.group()):
            folded = fold(piece.group())
            start = match.start() + piece.start()
            for word in folded.split(" ") if folded else ():
                yield word, start, match.start() + piece.end()
