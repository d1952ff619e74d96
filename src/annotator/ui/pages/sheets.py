"""Where the pages stand, one below the other: pure arithmetic in px."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF

GAP = 16
"""Between two pages, and around them."""

HEAD = 28
"""The room above a page about which there is something to say."""

_A4 = (59_528, 84_189)
_MOST_TALL = 12.0
_LEAST_WIDTH = 40.0
_MOST_SIDE = 200_000.0


class Fit(StrEnum):
    """What a zoom of 100 % means."""

    WIDTH = "width"
    PAGE = "page"


class Sheets:
    """The rectangles of all pages for one size of the window; a page of no size stands in that of A4."""

    def __init__(self, sizes: Sequence[tuple[int, int]], headed: Collection[int] = ()) -> None:
        """``sizes`` are widths and heights in 1/100 pt; ``headed`` are the pages that have words above them."""
        self._unknown = [number for number, size in enumerate(sizes) if not _is_sound(size)]
        self.sizes = [size if _is_sound(size) else _A4 for size in sizes]
        self._headed = frozenset(headed)
        self._widths: list[float] = []
        self._tops: list[float] = []
        self._heights: list[float] = []
        self.width = self.height = 0.0

    def __len__(self) -> int:
        return len(self.sizes)

    def take_sizes(self, sizes: Sequence[tuple[int, int]]) -> bool:
        """Give those pages that had no size these; tell whether that changes anything."""
        for number in self._unknown:
            if number < len(sizes) and _is_sound(sizes[number]):
                self.sizes[number] = sizes[number]
        return bool(self._unknown)

    def head(self, page: int) -> int:
        """Return how much room there is above a page for words about it."""
        return HEAD if page in self._headed else 0

    def lay_out(self, width: int, height: int, fit: Fit, zoom: float) -> None:
        """Stand the pages for a viewport of ``width`` by ``height`` px."""
        room, tall = max(width - 2 * GAP, _LEAST_WIDTH), max(height - 2 * GAP, _LEAST_WIDTH)
        memo: dict[tuple[int, int], tuple[float, float]] = {}
        for size in set(self.sizes):
            memo[size] = _fitted(size, room, tall, fit, zoom)
        fitted = [memo[size] for size in self.sizes]
        self._widths = [each[0] for each in fitted]
        self._heights = [each[1] for each in fitted]
        self._tops, top = [], float(GAP)
        for page, high in enumerate(self._heights):
            self._tops.append(top + self.head(page))
            top = self._tops[-1] + round(high) + GAP
        self.height = top
        self.width = max(width, max(self._widths, default=0) + 2 * GAP)

    def rect(self, page: int) -> QRectF:
        """Return where a page stands, from the upper left corner of all."""
        wide = round(self._widths[page])
        return QRectF(round((self.width - wide) / 2), self._tops[page], wide, round(self._heights[page]))

    def scale(self, page: int) -> float:
        """Return how many px 1/100 pt of a page has."""
        return self._widths[page] / self.sizes[page][0]

    def at(self, y: float) -> int:
        """Return the page at a height, the nearest above where there is a gap."""
        return min(max(bisect_right(self._tops, y) - 1, 0), len(self.sizes) - 1)

    def between(self, top: float, bottom: float) -> range:
        """Return the pages that can be seen between two heights."""
        return range(self.at(top), min(self.at(bottom + HEAD) + 1, len(self.sizes)))

    def to_page(self, page: int, point: QPointF) -> QPointF:
        """Return a point of all in 1/100 pt of a page."""
        return (point - self.rect(page).topLeft()) / self.scale(page)

    def from_page(self, page: int, box: tuple[float, float, float, float]) -> QRectF:
        """Return where left, top, right and bottom in 1/100 pt of a page stand."""
        origin, scale = self.rect(page).topLeft(), self.scale(page)
        left, top, right, bottom = (side * scale for side in box)
        return QRectF(origin.x() + left, origin.y() + top, right - left, bottom - top)


def _is_sound(size: tuple[int, int]) -> bool:
    return size[0] > 0 and size[1] > 0


def _fitted(size: tuple[int, int], room: float, tall: float, fit: Fit, zoom: float) -> tuple[float, float]:
    """Return the width and height of a page; one of absurd shape stays within bounds."""
    scale = room / size[0]
    if fit is Fit.PAGE:
        scale = min(scale, tall / size[1])
    scale = min(scale * zoom, _MOST_TALL * room * zoom / size[1], _MOST_SIDE / size[1])
    return max(size[0] * scale, 1.0), max(size[1] * scale, 1.0)
