"""How a mark looks on a page: a tint behind the words and, by its stance, a line below them; operators of PDF 1.7, 8.5."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from annotator.domain.page_space import Point
from annotator.exporters.pdf_mark import Mark

Quad = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower left, lower right corner as the words are read, in points."""

_TINT = 0.3
_WIDTH = 1.0
_STEP = 1.6
"""How far the lines of several linkages on one passage stand apart, in points."""
_MOST_LINES = 3
"""More would run through the words of the next line; those of further linkages lie on the last one."""
_HIGHEST_LETTER = 40
_WAVE = 2.0
_MOST_WAVES = 400
_DASHES = {"dashed": "[4 2.5] 0 d", "dotted": "[0.1 2.6] 0 d 1 J"}


def drawing(mark: Mark, quads: Sequence[Quad]) -> str:
    """Return the operators that draw a mark; the graphics state ``/M`` multiplies with what is on the page."""
    parts = ["/M gs"]
    if mark.below == 0:
        parts.append(f"{_colour(rgb(mark.colour, _TINT))} rg")
        parts += [f"{_path((a, b, d, c))} h f" for a, b, c, d in quads]
    parts.append(f"{_colour(rgb(mark.colour))} RG {_WIDTH} w")
    if mark.area:
        parts += [f"{_path((a, b, d, c))} h S" for a, b, c, d in quads]
    elif mark.line and not _are_letters(quads):
        parts.append(_DASHES.get(mark.line, ""))
        parts += [f"{_path(list(_line(mark, quad)))} S" for quad in quads]
    return "\n".join(part for part in parts if part)


def margin(mark: Mark) -> float:
    """Return how far a mark reaches beyond its words, in points."""
    return (_lines_above(mark) + 1) * _STEP + _WIDTH


def _lines_above(mark: Mark) -> int:
    return min(mark.below, _MOST_LINES - 1)


def _are_letters(quads: Sequence[Quad]) -> bool:
    """Tell whether these are the letters of words that run down or up the page, each a line of its own."""
    widths = [math.dist(a, b) for a, b, _, _ in quads]
    return len(quads) > 2 and max(widths) - min(widths) < 1 and max(widths) < _HIGHEST_LETTER


def around(quads: Sequence[Quad], beyond: float) -> tuple[float, float, float, float]:
    """Return the rectangle around quads, and ``beyond`` points more on each side."""
    xs = [x for quad in quads for x, _ in quad]
    ys = [y for quad in quads for _, y in quad]
    return min(xs) - beyond, min(ys) - beyond, max(xs) + beyond, max(ys) + beyond


def rgb(colour: str, share: float = 1.0) -> tuple[float, float, float]:
    """Return ``#RRGGBB`` as parts of one; of ``share`` less than one the rest is white."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 1 - share * (1 - red), 1 - share * (1 - green), 1 - share * (1 - blue)


def _line(mark: Mark, quad: Quad) -> Iterator[Point]:
    """Yield the points of the line below a quad."""
    upper, _, start, end = quad
    length, height = math.dist(start, end), math.dist(upper, start)
    if not length or not height:
        return
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    down = ((start[0] - upper[0]) / height, (start[1] - upper[1]) / height)
    count = min(int(length / _WAVE), _MOST_WAVES) if mark.line == "wavy" else 1
    for number in range(max(count, 1) + 1):
        far = length * number / max(count, 1)
        low = _lines_above(mark) * _STEP + (number % 2 if mark.line == "wavy" else 0.5)
        yield start[0] + far * along[0] + low * down[0], start[1] + far * along[1] + low * down[1]


def _path(points: Sequence[Point]) -> str:
    operators = ("m", *("l" for _ in points[1:]))
    return " ".join(f"{x:.2f} {y:.2f} {operator}" for (x, y), operator in zip(points, operators, strict=True))


def _colour(parts: Sequence[float]) -> str:
    return " ".join(f"{part:.3f}" for part in parts)
