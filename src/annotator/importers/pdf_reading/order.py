"""The reading order of the text boxes on a page: the hierarchical grouping of pdfminer.six, made repeatable.

There, boxes equally far apart are grouped in the order of their addresses in memory, which changes from run to run; the same
file must always give the same text. On crowded pages (maps, charts) its cost grows too fast; they are read row by row.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points, y upwards."""

_FLOW = 0.5
_CROWDED = 250


@dataclass(slots=True, eq=False)
class _Group:
    """A box or two groups in one."""

    number: int
    rect: Rect
    members: tuple[_Group, ...] = ()


def reading_order(boxes: list[Rect]) -> list[int]:
    """Return the indices of ``boxes`` in the order in which a person reads them: columns, then downwards."""
    if len(boxes) > _CROWDED:
        return sorted(range(len(boxes)), key=lambda index: (-boxes[index][1], boxes[index][0], index))
    groups = {number: _Group(number, rect) for number, rect in enumerate(boxes)}
    distances = [
        (False, _waste(a.rect, b.rect), a.number, b.number)
        for a in groups.values()
        for b in groups.values()
        if a.number < b.number
    ]
    heapq.heapify(distances)
    number = len(boxes)
    while distances:
        settled, waste, first, second = heapq.heappop(distances)
        if first not in groups or second not in groups:
            continue
        a, b = groups[first], groups[second]
        if not settled and _between(a, b, groups):
            heapq.heappush(distances, (True, waste, first, second))
            continue
        del groups[first], groups[second]
        members = (a, b) if _rank(a.rect) <= _rank(b.rect) else (b, a)
        merged = _Group(number, _union(a.rect, b.rect), members)
        for other in groups.values():
            heapq.heappush(distances, (False, _waste(merged.rect, other.rect), other.number, number))
        groups[number] = merged
        number += 1
    return [index for group in groups.values() for index in _leaves(group)]


def _rank(rect: Rect) -> float:
    return (1 - _FLOW) * rect[0] - (1 + _FLOW) * (rect[1] + rect[3])


def _union(a: Rect, b: Rect) -> Rect:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _waste(a: Rect, b: Rect) -> float:
    """Return the area of the rectangle around both that neither covers."""
    x0, y0, x1, y1 = _union(a, b)
    return (x1 - x0) * (y1 - y0) - (a[2] - a[0]) * (a[3] - a[1]) - (b[2] - b[0]) * (b[3] - b[1])


def _between(a: _Group, b: _Group, groups: dict[int, _Group]) -> bool:
    x0, y0, x1, y1 = _union(a.rect, b.rect)
    for other in groups.values():
        rect = other.rect
        if rect[0] < x1 and rect[2] > x0 and rect[1] < y1 and rect[3] > y0 and other is not a and other is not b:
            return True
    return False


def _leaves(group: _Group) -> list[int]:
    """Return the boxes of a group in order, without recursion: a group may be as deep as there are boxes."""
    leaves: list[int] = []
    waiting = [group]
    while waiting:
        one = waiting.pop()
        if one.members:
            waiting += reversed(one.members)
        else:
            leaves.append(one.number)
    return leaves
