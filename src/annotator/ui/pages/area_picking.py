"""Picks an area of a page: drawn with the mouse, or moved and resized with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt

from annotator.domain.passage import Area
from annotator.ui.pages.sheets import Sheets

_LEAST = 300
"""Narrower or lower than this (1/100 pt) is a click, and no area."""

_STEP, _SMALL_STEP = 900, 100
_FIRST_SHARE = 3
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class AreaPicking:
    """The area that is being picked, if any; ``is_on`` while the next drag draws one."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.is_on = False
        self.area: Area | None = None
        self._begin: tuple[int, QPointF] | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether the mouse is drawing one right now."""
        return self._begin is not None

    @property
    def page(self) -> int | None:
        """The page on which one is being drawn."""
        return self._begin[0] if self._begin else None

    def begin(self, page: int, point: QPointF) -> None:
        """Begin at a point of a page (1/100 pt)."""
        self._begin, self.area = (page, point), None

    def draw_to(self, point: QPointF) -> None:
        """Go on to a point, which may lie outside the page on which it was begun."""
        if self._begin is not None:
            page, first = self._begin
            self.area = self._within(page, QRectF(first, point).normalized())

    def end(self) -> bool:
        """End drawing; tell whether there is an area now. The tool is put down then."""
        self._begin = None
        area = self.area
        if area is None or area.right - area.left < _LEAST or area.bottom - area.top < _LEAST:
            self.area = None
        self.is_on = self.is_on and self.area is None
        return self.area is not None

    def place(self, page: int, seen: QRectF) -> None:
        """Put an area into the middle of what is seen of a page (1/100 pt), for those who work with the keys."""
        width, height = seen.width() / _FIRST_SHARE, seen.height() / _FIRST_SHARE
        centre = seen.center()
        self.area = self._within(page, QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height))
        self.is_on = True

    def drop(self) -> bool:
        """Pick nothing; tell whether that changes anything."""
        had = self.is_on or self.area is not None
        self.is_on, self.area, self._begin = False, None, None
        return had

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Move the area with an arrow key, resize it with Shift, finely with Ctrl; tell whether the key was for it."""
        if self.area is None or key not in _KEYS:
            return False
        step = _SMALL_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
        dx, dy = (step * way for way in _KEYS[key])
        area, (width, height) = self.area, self._sheets.sizes[self.area.page]
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            right = min(max(area.right + dx, area.left + _LEAST), width)
            bottom = min(max(area.bottom + dy, area.top + _LEAST), height)
            self.area = Area(page=area.page, left=area.left, top=area.top, right=right, bottom=bottom)
        else:
            dx = min(max(dx, -area.left), width - area.right)
            dy = min(max(dy, -area.top), height - area.bottom)
            self.area = Area(
                page=area.page,
                left=area.left + dx,
                top=area.top + dy,
                right=area.right + dx,
                bottom=area.bottom + dy,
            )
        return True

    def _within(self, page: int, rect: QRectF) -> Area:
        width, height = self._sheets.sizes[page]
        left, right = (round(min(max(x, 0), width)) for x in (rect.left(), rect.right()))
        top, bottom = (round(min(max(y, 0), height)) for y in (rect.top(), rect.bottom()))
        return Area(page=page, left=left, top=top, right=right, bottom=bottom)
