"""A picture of a page as Qt paints it, and the pictures that are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtGui import QImage

from annotator.services.paging import Picture


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image over the pixels of a picture, which live as long as this does; ``wished`` is the width that was asked for."""

    image: QImage
    picture: Picture
    wished: int

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.picture.pixels)


def to_image(picture: Picture, wished: int = 0) -> PageImage:
    """Return an image that shows a picture, in whose place one ``wished`` px wide was asked for; nothing is copied."""
    form = QImage.Format.Format_RGB32
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, form)
    return PageImage(image, picture, wished or picture.width)


class KeptImages:
    """The pictures used last, as many as fit into ``room`` bytes; one a page, the sharpest asked for."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[int, PageImage] = OrderedDict()
        self.held = 0

    def __contains__(self, page: int) -> bool:
        return page in self._kept

    def get(self, page: int) -> PageImage | None:
        """Return the picture of a page, which counts as used now."""
        found = self._kept.get(page)
        if found is not None:
            self._kept.move_to_end(page)
        return found

    def width(self, page: int) -> int:
        """Return how many pixels wide the picture of a page was asked to be; 0 where there is none."""
        found = self._kept.get(page)
        return found.wished if found else 0

    def put(self, page: int, image: PageImage) -> None:
        """Keep a picture in place of an earlier one of the same page."""
        before = self._kept.pop(page, None)
        self.held += image.size - (before.size if before else 0)
        self._kept[page] = image
        while self.held > self._room and len(self._kept) > 1:
            self.held -= self._kept.popitem(last=False)[1].size

    def clear(self) -> None:
        """Let go of all."""
        self._kept.clear()
        self.held = 0
