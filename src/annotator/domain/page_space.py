"""From the user space of a PDF's page to the page as it is seen, and back (PDF 1.7, 8.3.2.3 and 14.11.2). All in points."""

from __future__ import annotations

from dataclasses import dataclass

Rect = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""

Matrix = tuple[float, float, float, float, float, float]

Point = tuple[float, float]


def turned(media: Rect, rotation: int) -> Matrix:
    """Return the matrix that lays a page turned by ``rotation`` degrees down as it is seen, its media box at the origin."""
    x0, y0, x1, y1 = media
    if rotation == 90:
        return 0, -1, 1, 0, -y0, x1
    if rotation == 180:
        return -1, 0, 0, -1, x1, y1
    if rotation == 270:
        return 0, 1, -1, 0, y1, -x0
    return 1, 0, 0, 1, -x0, -y0


def cut(media: Rect, crop: Rect) -> Rect:
    """Return the crop box, cut to the media box."""
    both = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return media if both[0] >= both[2] or both[1] >= both[3] else both


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What is seen of a page with these boxes, turned by ``rotation`` degrees (0, 90, 180 or 270, clockwise)."""

    media: Rect
    crop: Rect
    rotation: int

    @property
    def size(self) -> Point:
        """Width and height as it is seen."""
        left, lower, right, upper = cut(self.media, self.crop)
        return (upper - lower, right - left) if self.rotation in (90, 270) else (right - left, upper - lower)

    def in_user_space(self, x: float, y: float) -> Point:
        """Return the place in user space of a point that is seen ``x`` right of the upper left corner and ``y`` below it."""
        left, lower, right, upper = cut(self.media, self.crop)
        if self.rotation == 90:
            return left + y, lower + x
        if self.rotation == 180:
            return right - x, lower + y
        if self.rotation == 270:
            return right - y, upper - x
        return left + x, upper - y
