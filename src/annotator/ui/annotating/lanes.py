"""Gives the passages on one line of text lanes below its words; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.ui.annotating.highlights import rank

LANES = 4
"""How many lines fit under a line of text."""


def lanes(marks: Sequence[tuple[str, float, float]]) -> list[int]:
    """Return a lane for each mark on one line of text, given its stance and where it begins and ends.

    Stances take lanes in their order, none is left out for one that is not there; marks of one stance that overlap take
    lanes of their own while there are enough.
    """
    own, widths = _overlaps(marks)
    ordered = sorted(widths, key=rank)
    for _ in range(sum(widths.values()) - max(LANES, len(widths))):
        widths[max(ordered, key=widths.__getitem__)] -= 1
    rooms: dict[str, list[int]] = {}
    first = 0
    for stance in ordered:
        rooms[stance] = [min(lane, LANES - 1) for lane in range(first, first + widths[stance])]
        first += widths[stance]
    return [rooms[stance][min(lane, widths[stance] - 1)] for (stance, _, _), lane in zip(marks, own, strict=True)]


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


def _overlaps(marks: Sequence[tuple[str, float, float]]) -> tuple[list[int], dict[str, int]]:
    """Return for each mark the first lane among those of its own stance where it overlaps no other, and how many each has."""
    result = [0] * len(marks)
    ends: dict[str, list[float]] = {}
    for begin, back, number, stance in sorted((begin, -end, n, stance) for n, (stance, begin, end) in enumerate(marks)):
        taken, lane = ends.setdefault(stance, []), 0
        while lane < len(taken) and taken[lane] > begin:
            lane += 1
        taken[lane : lane + 1] = [-back]
        result[number] = lane
    return result, {stance: len(taken) for stance, taken in ends.items()}
