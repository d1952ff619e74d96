"""Works out which lines stand under the words of one line of text, for any number of passages; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import Highlights, rank, stances_of
from annotator.ui.annotating.lanes import LANES, joined, lanes, without

FEW = 12
"""Up to so many passages on a line of text each is told from the others; of more, those of one stance are one."""

Span = tuple[int, int]


class Mark(NamedTuple):
    """A line under half-open code points: which stance, in which lane, and whether it is that of the chosen passage."""

    stance: str
    lane: int
    start: int
    end: int
    chosen: bool = False


def marks_on(highlights: Highlights, lines: Sequence[Span], chosen: PassageRow | None) -> list[list[Mark]]:
    """Return the marks of each of these neighbouring lines of text, given as half-open code points."""
    found: list[list[Mark]] = []
    counted = ((highlights.count_within(*line) > FEW, line) for line in lines)
    for is_dense, group in groupby(counted, key=lambda pair: pair[0]):
        members = [line for _, line in group]
        if is_dense:
            found += _dense(highlights, members, chosen)
        else:
            found += [_sparse(highlights, line, chosen) for line in members]
    return found


def _sparse(highlights: Highlights, line: Span, chosen: PassageRow | None) -> list[Mark]:
    """Return the marks of a line of text with few passages: overlapping ones stand below each other."""
    own = [
        (stance, max(start, line[0]), min(end, line[1]), row)
        for row in highlights.within(*line)
        for start, end in row.spans
        if start < line[1] and end > line[0]
        for stance in stances_of(row)
    ]
    if len(own) == 1:
        stance, start, end, row = own[0]
        return [Mark(stance, 0, start, end, chosen is not None and row.id == chosen.id)]
    places = lanes([(stance, start, end) for stance, start, end, _ in own])
    spans: defaultdict[tuple[str, int], list[Span]] = defaultdict(list)
    marks = []
    for (stance, start, end, row), lane in zip(own, places, strict=True):
        if chosen is not None and row.id == chosen.id:
            marks.append(Mark(stance, lane, start, end, chosen=True))
        else:
            spans[stance, lane].append((start, end))
    return [*_beside(spans, marks), *marks]


def _dense(highlights: Highlights, lines: Sequence[Span], chosen: PassageRow | None) -> list[list[Mark]]:
    """Return the marks of lines of text with many passages: one lane a stance, wherever one of them is."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for row in highlights.within(lines[0][0], lines[-1][1]):
        if chosen is None or row.id != chosen.id:
            for stance in row.stances or ("",):
                spans[stance] += row.spans
    covered = [(stance, joined(spans[stance])) for stance in sorted(spans, key=rank)]
    return [_dense_line(line, covered, chosen) for line in lines]


def _dense_line(line: Span, covered: Sequence[tuple[str, list[Span]]], chosen: PassageRow | None) -> list[Mark]:
    """Return the marks of a line of text, given where each stance is, in the order of the lanes."""
    on_line = [(stance, places) for stance, all_places in covered if (places := _within(all_places, line))]
    own = _within(chosen.spans, line) if chosen is not None else []
    if chosen is None or not own:
        return [
            Mark(stance, min(lane, LANES - 1), start, end)
            for lane, (stance, places) in enumerate(on_line)
            for start, end in places
        ]
    taken = stances_of(chosen)
    there = sorted({*taken, *(stance for stance, _ in on_line)}, key=rank)
    lane_of = {stance: min(lane, LANES - 1) for lane, stance in enumerate(there)}
    marks = [Mark(stance, lane_of[stance], *span, chosen=True) for stance in taken for span in own]
    return [*_beside({(stance, lane_of[stance]): places for stance, places in on_line}, marks), *marks]


def _beside(spans: dict[tuple[str, int], list[Span]], chosen: Sequence[Mark]) -> Iterator[Mark]:
    """Yield marks that leave out where those of the chosen passage stand in the same lane."""
    for (stance, lane), places in spans.items():
        left: list[Span] = joined(places)
        for mark in chosen:
            if mark.lane == lane:
                left = list(without(left, (mark.start, mark.end)))
        for start, end in left:
            yield Mark(stance, lane, start, end)


def _within(places: Sequence[Span], line: Span) -> list[Span]:
    """Return the parts of stretches that stand on a line of text."""
    return [(max(start, line[0]), min(end, line[1])) for start, end in places if start < line[1] and end > line[0]]
