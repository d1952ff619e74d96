"""The level rules of a page: what parts the rows of a table, drawn as a line, as a thin box, or as the edges of a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfminer.utils import Matrix, PathSegment, apply_matrix_pt

Rule = tuple[float, float, float]
"""Left end, right end and height in points, as glyphs are placed."""

MAX_RULES = 2_000

_MAX_CORNERS = 6
_THIN = 2.5
_SHORT = 12


def level_rules(path: Sequence[PathSegment], matrix: Matrix) -> Iterator[Rule]:
    """Yield the level rules of one path (PDF 1.7, 8.5.2): of a line one, of a box its upper and lower edge."""
    if not 2 <= len(path) <= _MAX_CORNERS:
        return
    points = []
    for step in path:
        if len(step) == 3:
            points.append(apply_matrix_pt(matrix, (step[1], step[2])))
        elif len(step) != 1:
            return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, lower, upper = min(xs), max(xs), min(ys), max(ys)
    if right - left < _SHORT:
        return
    if upper - lower < _THIN:
        yield left, right, (lower + upper) / 2
    elif len(points) >= _MAX_CORNERS - 2 and all(x in (left, right) and y in (lower, upper) for x, y in points):
        yield left, right, lower
        yield left, right, upper
