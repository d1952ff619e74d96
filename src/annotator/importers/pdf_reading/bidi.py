"""Right-to-left text in a PDF: glyphs stand as they are seen; here they are put in the order in which they are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

_RIGHT_TO_LEFT = ("R", "AL")
_NUMBERS = ("EN", "AN")
_GAP = 0.1


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one glyph stands for (one or more code points in reading order), its box in points, and where it begins."""

    text: str
    rect: tuple[float, float, float, float]
    x: float


def logical(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs of one line in reading order.

    Glyphs come as the file draws them: left to right (the usual case, then right-to-left runs are turned round), or already in
    reading order, then only the spaces between words are missing.
    """
    line = list(glyphs)
    kinds = [_kind(glyph.text) for glyph in line]
    if "R" not in kinds:
        return line
    letters = [glyph for glyph, kind in zip(line, kinds, strict=True) if kind == "R"]
    rising = sum(1 if b.x > a.x else -1 for a, b in pairwise(letters))
    if rising < 0:
        return _with_spaces(line)
    return _turned(line, kinds)


def _kind(text: str) -> str:
    """Return R, L, N (number), M (mark on the letter before) or a blank for what has no direction of its own."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RIGHT_TO_LEFT:
            return "R"
        if direction == "L":
            return "L"
        if direction in _NUMBERS:
            return "N"
        if direction == "NSM":
            return "M"
    return " "


def _turned(line: list[Glyph], kinds: list[str]) -> list[Glyph]:
    """Turn round what stands as it is seen: the whole line if most of it runs to the left, else the runs that do."""
    directions = _resolved(kinds)
    runs = [
        (direction, [glyph for _, glyph in run])
        for direction, run in groupby(zip(directions, line, strict=True), key=lambda pair: pair[0])
    ]
    if kinds.count("R") >= kinds.count("L"):
        runs.reverse()
    return [glyph for direction, run in runs for glyph in (_reversed(run) if direction == "R" else run)]


def _resolved(kinds: list[str]) -> list[str]:
    """Return R or L for each glyph: neutral ones go with their neighbours where both agree, else with the line."""
    base = "R" if kinds.count("R") >= kinds.count("L") else "L"
    strong = [{"R": "R", "L": "L", "N": "L"}.get(kind, " ") for kind in kinds]
    resolved = [*strong]
    for index, kind in enumerate(strong):
        if kind != " ":
            continue
        before = next((one for one in reversed(strong[:index]) if one != " "), base)
        after = next((one for one in strong[index + 1 :] if one != " "), base)
        if kinds[index] == "M":
            resolved[index] = before
        else:
            resolved[index] = before if before == after else base
    return resolved


def _reversed(run: list[Glyph]) -> list[Glyph]:
    """Reverse a run but keep marks behind the letters they belong to."""
    clusters: list[list[Glyph]] = []
    for glyph in run:
        if clusters and _kind(glyph.text) == "M":
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    return [glyph for cluster in reversed(clusters) for glyph in cluster]


def _with_spaces(line: list[Glyph]) -> list[Glyph]:
    """Add a space wherever two glyphs of a line that runs to the left stand apart."""
    spaced = line[:1]
    for before, glyph in pairwise(line):
        x0, x1 = glyph.rect[2], before.rect[0]
        height = glyph.rect[3] - glyph.rect[1]
        if x1 - x0 > _GAP * height and " " not in (before.text, glyph.text):
            spaced.append(Glyph(" ", (x0, glyph.rect[1], x1, glyph.rect[3]), x0))
        spaced.append(glyph)
    return spaced
