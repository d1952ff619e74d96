"""Words of people and strangers in Markdown: nothing in them is a heading, a link, HTML or emphasis, whatever they hold."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"([\\`*_\[\]<>|~#&$^])")
_ADDRESS = re.compile(r"(?<=[a-zA-Z])(?=://)|(?<=www)(?=\.)|(?=@)", re.I)
_BEGINNING = re.compile(r"^(\s*)(?:([-+=:])|(\d{1,9})([.)]))", re.M)
_INDENTED = re.compile("^ +", re.M)
_UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LEFT_TO_RIGHT = re.compile("[\x00-\u0590]*")
_ISOLATE, _END = "\u2068", "\u2069"


def escaped(words: str) -> str:
    """Return words that Markdown (CommonMark and GitHub's) shows as they are; lines stay lines.

    Marks that turn the direction of writing go; words that are written from right to left are kept apart from what is around.
    """
    plain = _INDENTED.sub("", _UNPRINTED.sub("", words.replace("\t", " ")))
    safe = _ADDRESS.sub(lambda _: "\\", _SIGNS.sub(r"\\\1", plain))
    safe = _BEGINNING.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", safe
    )
    return f"{_ISOLATE}{safe}{_END}" if _has_right_to_left(plain) else safe


def on_a_line(words: str) -> str:
    """Return words on one line, escaped."""
    return escaped(" ".join(words.split()))


def quoted(words: str) -> str:
    """Return words that are escaped already as a quotation: a sign before each line, so that none falls out of it."""
    return "\n".join(f"> {line.strip()}" if line.strip() else ">" for line in words.splitlines())


def _has_right_to_left(words: str) -> bool:
    rest = words[len(_LEFT_TO_RIGHT.match(words)[0]) :]  # type: ignore[index]  # it matches at least nothing
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in rest)
