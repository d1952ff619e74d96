"""Gives the passages on one line of text lanes below its words; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from annotator.ui.annotating.highlights import rank

LANES = 4
"""How many lines fit under a line of text."""


def lanes(marks: Sequence[tuple[str, float, float]]) -> Iterator[int]:
    """Yield a lane for each mark on one line of text, given its stance and where it begins and ends.

    Stances take lanes in their order, none is left out for one that is not there; marks of one stance that overlap take
    lanes of their own while there are enough.
    """
    own = _overlaps(marks)
    widths: dict[str, int] = {}
    for (stance, _, _), lane in zip(marks, own, strict=True):
        widths[stance] = max(widths.get(stance, 0), lane + 1)
    ordered = sorted(widths, key=rank)
    while sum(widths.values()) > LANES and max(widths.values()) > 1:
        widest = max(ordered, key=lambda stance: widths[stance])
        widths[widest] -= 1
    first = dict(zip(ordered, accumulate([0, *(widths[stance] for stance in ordered)]), strict=False))
    for (stance, _, _), lane in zip(marks, own, strict=True):
        yield min(first[stance] + min(lane, widths[stance] - 1), LANES - 1)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted stretches that cover the same places, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    begin = stop = -1
    for start, end in sorted(spans):
        if start > stop:
            if stop > begin:
                found.append((begin, stop))
            begin, stop = start, end
        elif end > stop:
            stop = end
    if stop > begin:
        found.append((begin, stop))
    return found


def without(spans: Iterable[tuple[int, int]], hole: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield what is left of stretches beside a hole."""
    for start, end in spans:
        if end <= hole[0] or start >= hole[1]:
            yield start, end
            continue
        if start < hole[0]:
            yield start, hole[0]
        if end > hole[1]:
            yield hole[1], end


def _overlaps(marks: Sequence[tuple[str, float, float]]) -> list[int]:
    """Return for each mark the first lane among those of its own stance where it overlaps no other."""
    result = [0] * len(marks)
    ends: dict[str, list[float]] = {}
    for number, (stance, begin, end) in sorted(enumerate(marks), key=lambda item: (item[1][1], -item[1][2])):
        taken = ends.setdefault(stance, [])
        lane = next((n for n, last in enumerate(taken) if last <= begin), len(taken))
        taken[lane : lane + 1] = [end]
        result[number] = lane
    return result
