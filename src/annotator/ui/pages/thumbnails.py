"""Small pictures of the pages, with marks where passages stand; each is drawn when it is scrolled into sight."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from annotator.ui.pages.page_ground import draw_ground, paper_theme
from annotator.ui.pages.page_worker import Wish
from annotator.ui.pages.picture import KeptImages, PageImage
from annotator.ui.theme import current_theme, panel_font

if TYPE_CHECKING:
    from annotator.ui.pages.pages_canvas import PagesCanvas

_ROOM = 24 << 20
_WIDTH, _TALLEST = 88, 176
_SIDE = 24
_WORDS = 28
_TOP = 8
_MARK_WIDTH, _MARK_LEAST = 4.0, 3.0

Mark = tuple[float, float, str]
"""From where to where a passage stands, as shares of the page's height, and its stance."""


class Thumbnails(QAbstractScrollArea):
    """A column of small pages; a click shows the page."""

    page_chosen = Signal(int)

    def __init__(self, canvas: PagesCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.images = KeptImages(_ROOM)
        self._marks: dict[int, Sequence[Mark]] = {}
        self._marks_on: Callable[[int], Sequence[Mark]] = lambda _: ()
        self._current = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Small pictures of the pages"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verticalScrollBar().setSingleStep(_TALLEST // 3)

    def wanted_width(self) -> int:
        """Return how wide the column is."""
        return _WIDTH + 2 * _SIDE + self.verticalScrollBar().sizeHint().width()

    # -- what is shown

    def put(self, page: int, image: PageImage) -> None:
        """Show the picture of a page."""
        self.images.put(page, image)
        self.viewport().update()

    def set_marks(self, marks_on: Callable[[int], Sequence[Mark]]) -> None:
        """Show where passages stand: on each page that comes into sight this is asked once."""
        self._marks, self._marks_on = {}, marks_on
        self.viewport().update()

    def marks(self, page: int) -> Sequence[Mark]:
        """Return where passages stand on a page."""
        if page not in self._marks:
            self._marks[page] = self._marks_on(page)
        return self._marks[page]

    def show_current(self, page: int) -> None:
        """Show which page is being read, and scroll to it."""
        if page == self._current:
            return
        self._current = page
        top, bar, height = self._tops(page), self.verticalScrollBar(), self.viewport().height()
        if not bar.value() <= top or top + self._step() > bar.value() + height:
            bar.setValue(top - (height - self._step()) // 2)
        self.viewport().update()

    def wishes(self, ratio: float, left_out: Collection[int]) -> list[Wish]:
        """Return the small pictures that are in sight and not there yet, for a screen of so many pixels a px."""
        if self.isHidden():
            return []
        found = []
        for page in self._in_sight():
            rect = self._rect(page)
            width, height = max(round(rect.width() * ratio), 1), max(round(rect.height() * ratio), 1)
            if page not in left_out and self.images.width(page) != width:
                found.append(Wish(page, width, height, small=True))
        return found

    # -- where the small pages stand: all in rows of one height, so that the ten-thousandth is found at once

    def _step(self) -> int:
        return _high(self._canvas.sheets.sizes[0]) + _WORDS if len(self._canvas.sheets) else _TALLEST

    def _tops(self, page: int) -> int:
        return page * self._step()

    def _rect(self, page: int) -> QRectF:
        """Return where a small page stands on the viewport."""
        size = self._canvas.sheets.sizes[page]
        tall = self._step() - _WORDS
        wide = min(_WIDTH, tall * size[0] / size[1])
        high = wide * size[1] / size[0]
        left = round((self.viewport().width() - wide) / 2)
        top = self._tops(page) - self.verticalScrollBar().value() + _TOP + round((tall - high) / 2)
        return QRectF(left, top, max(round(wide), 1), max(round(high), 1))

    def _in_sight(self) -> range:
        top, step = self.verticalScrollBar().value(), self._step()
        last = (top + self.viewport().height()) // step + 1
        return range(max(top // step, 0), min(last, len(self._canvas.sheets)))

    # -- Qt's own

    def sizeHint(self) -> QSize:
        """Return the size that shows one column."""
        return QSize(self.wanted_width(), 4 * self._step())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll as far as there are pages."""
        super().resizeEvent(event)
        height = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(self._tops(len(self._canvas.sheets)) + _TOP - height, 0))
        self.verticalScrollBar().setPageStep(height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the page that is clicked."""
        page = (int(event.position().y()) + self.verticalScrollBar().value()) // self._step()
        if event.button() == Qt.MouseButton.LeftButton and 0 <= page < len(self._canvas.sheets):
            self.page_chosen.emit(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from page to page."""
        last = len(self._canvas.sheets) - 1
        target = {
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.page_chosen.emit(min(max(target, 0), last))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the small pages in sight, their numbers, and the marks on them."""
        painter, theme = QPainter(self.viewport()), current_theme()
        painter.fillRect(event.rect(), theme.surface)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            rect, is_current = self._rect(page), page == self._current
            if is_current:
                painter.fillRect(rect.adjusted(-2, -2, 2, 2), theme.accent)
            draw_ground(painter, rect, theme)
            image = self.images.get(page)
            if image is not None:
                painter.drawImage(rect, image.image)
            self._paint_marks(painter, page, rect)
            painter.setFont(panel_font(bold=is_current))
            painter.setPen(theme.text if is_current else theme.muted)
            below = QRectF(0, self._tops(page + 1) - self.verticalScrollBar().value() - _WORDS + _TOP, self.width(), 20)
            below.setWidth(self.viewport().width())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))
        painter.fillRect(self.viewport().width() - 1, 0, 1, self.viewport().height(), theme.hairline)
        if self.hasFocus():
            painter.setPen(theme.accent)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _paint_marks(self, painter: QPainter, page: int, rect: QRectF) -> None:
        colours = paper_theme()
        for first, last, stance in self.marks(page):
            top = rect.top() + first * rect.height()
            high = max((last - first) * rect.height(), _MARK_LEAST)
            colour: QColor = colours.stance(stance).line if stance else colours.edge
            painter.fillRect(QRectF(rect.left() + 2, round(top), _MARK_WIDTH, high), colour)


def _high(size: tuple[int, int]) -> int:
    return round(min(max(_WIDTH * size[1] / size[0], _WIDTH / 2), _TALLEST))
