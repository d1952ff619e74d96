"""Shows the pages of a version one below the other: sharp at every size, drawn in the background, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.services.paging import PagePictures
from annotator.ui.annotating.opened import Opened
from annotator.ui.messages import next_step, sentence
from annotator.ui.pages.page_ground import draw_ground, draw_head, draw_problem
from annotator.ui.pages.page_lines import PageLines, Span
from annotator.ui.pages.page_worker import PageWorker, Wish
from annotator.ui.pages.picture import KeptImages, PageImage
from annotator.ui.pages.sheets import GAP, Fit, Sheets
from annotator.ui.pages.thumbnails import Thumbnails
from annotator.ui.theme import current_theme, theme_notifier

_ROOM = 160 << 20
_AHEAD = 2
_COARSE = 4
_MANY_PIXELS = 3 << 20
_STEP = 48
_WIDE = 640
"""Px from which on there is room for the small pictures beside the pages."""

_REST = 60_000
"""Milliseconds out of sight after which the drawing process is let go."""


class PagesCanvas(QAbstractScrollArea):
    """The pages, without anything that stands on them."""

    laid_out = Signal()
    """The pages have another size."""

    def __init__(self, opened: Opened, pictures: Callable[[], PagePictures], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.text = opened, opened.text
        self.lines = opened.lines or PageLines(opened.text.text, opened.structure)
        sizes = [(page.width, page.height) for page in opened.structure.pages]
        self.sheets = Sheets(sizes, [number for number in range(len(sizes)) if not self.lines.has_words(number)])
        self.fit = Fit.WIDTH
        self._zoom = 1.0
        self._images = KeptImages(_ROOM)
        self._problems: dict[int, str] = {}
        self._place: tuple[int, int] | None = None
        self._wants_thumbnails: bool | None = None
        self.worker = PageWorker(pictures, self)
        self.worker.drawn.connect(self._on_drawn)
        self.worker.failed.connect(self._on_failed)
        self.worker.measured.connect(self._on_measured)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.page_chosen.connect(self.show_page)
        self.thumbnails.verticalScrollBar().valueChanged.connect(lambda _: self._wish())
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.worker.rest)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(opened.title)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(_STEP)
        theme_notifier().changed.connect(self._on_theme)

    # -- size

    @property
    def zoom(self) -> int:
        """How large the pages are shown, in per cent of what fits."""
        return round(100 * self._zoom)

    def set_zoom(self, percent: int) -> None:
        """Show the pages larger or smaller; what stands at the top stays there."""
        if percent != self.zoom:
            self._zoom = percent / 100
            self._lay_out()

    def set_fit(self, fit: Fit) -> None:
        """Let 100 % be the width of the window, or the whole page."""
        self.fit = fit
        self._lay_out()

    def turn_fit(self) -> None:
        """Show whole pages, or their width again."""
        self.set_fit(Fit.PAGE if self.fit is Fit.WIDTH else Fit.WIDTH)

    def show_thumbnails(self, *, shown: bool) -> None:
        """Show small pictures of the pages at the left, or none."""
        self._wants_thumbnails = shown
        self._place_thumbnails()
        self._lay_out()
        self.laid_out.emit()

    def _lay_out(self) -> None:
        if not len(self.sheets):
            return
        page, share, across = self._anchor()
        kept = self._place if self._place and self._place[0] == self.verticalScrollBar().value() else None
        view = self.viewport().size()
        self.sheets.lay_out(view.width(), view.height(), self.fit, self._zoom)
        for bar, whole, part in (
            (self.verticalScrollBar(), self.sheets.height, view.height()),
            (self.horizontalScrollBar(), self.sheets.width, view.width()),
        ):
            bar.setRange(0, max(round(whole) - part, 0))
            bar.setPageStep(part)
        rect = self.sheets.rect(page)
        self.verticalScrollBar().setValue(round(rect.top() + share * rect.height()))
        self.horizontalScrollBar().setValue(round(across * self.sheets.width - view.width() / 2))
        self._place = (self.verticalScrollBar().value(), kept[1]) if kept else None
        self._wish()
        self.viewport().update()
        self.laid_out.emit()

    def _anchor(self) -> tuple[int, float, float]:
        """Return which page stands at the top, how much of it is above, and the middle of what is seen across, as shares."""
        if not self.sheets.height:
            return 0, -GAP, 0.5
        y, x = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        page = self.sheets.at(y)
        rect = self.sheets.rect(page)
        return page, (y - rect.top()) / rect.height(), (x + self.viewport().width() / 2) / self.sheets.width

    # -- places

    @property
    def page(self) -> int:
        """The page (from 0) that takes up the middle of the view."""
        return self.sheets.at(self.verticalScrollBar().value() + self.viewport().height() / 2)

    def show_page(self, page: int) -> None:
        """Scroll until a page (from 0) stands at the top."""
        if len(self.sheets):
            page = min(max(page, 0), len(self.sheets) - 1)
            self.verticalScrollBar().setValue(int(self.sheets.rect(page).top() - self.sheets.head(page) - GAP / 2))

    def in_sight(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the pages in sight, and where on the viewport each stands."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        for page in self.sheets.between(top, top + height):
            rect = self.sheets.rect(page).translated(-self.origin)
            if rect.bottom() >= 0 and rect.top() - self.sheets.head(page) <= height:
                yield page, rect

    @property
    def origin(self) -> QPointF:
        """Which point of all pages stands in the upper left corner of the viewport."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def top_place(self) -> int:
        """Return the code point with which the first visible line begins."""
        y = self.verticalScrollBar().value()
        if self._place is not None and self._place[0] == y:
            return self._place[1]
        for page in range(self.sheets.at(y), len(self.sheets)):
            above = self.sheets.to_page(page, QPointF(0, y)).y()
            seen = [line for line in self.lines.on(page) if line.top >= above]
            if seen:
                return min(seen, key=lambda line: (line.top, line.left)).start
        return len(self.text.text)

    def restore(self, offset: int) -> None:
        """Scroll until a place stands at the top."""
        self.scroll_up_to(offset, GAP // 2)
        self._place = (self.verticalScrollBar().value(), offset)

    def scroll_up_to(self, offset: int, y: int) -> None:
        """Scroll until the line with a code point stands at a height of ``y`` px, as far as the pages allow."""
        self._ensure_laid_out()
        caret = self.lines.caret(offset)
        if caret is not None:
            place = self.sheets.from_page(caret.page, (caret.left, caret.top, caret.right, caret.bottom))
            self.verticalScrollBar().setValue(int(place.top()) - y)

    def strips(self, span: Span) -> Iterator[QRectF]:
        """Yield where on the viewport the words of a stretch stand that can be seen, line by line."""
        for page, _ in self.in_sight():
            for line, left, right in self.lines.boxes(page, span):
                yield self.on_view(page, (left, line.top, right, line.bottom))

    def strip_of(self, span: Span) -> QRectF | None:
        """Return where on the viewport the visible words of a stretch stand: one rectangle around all of them."""
        found = QRectF()
        for strip in self.strips((span[0], max(span[1], span[0] + 1))):
            if strip.bottom() > 0 and strip.top() < self.viewport().height():
                found = found.united(strip)
        return found if found.isValid() else None

    def on_view(self, page: int, box: tuple[float, float, float, float]) -> QRectF:
        """Return where on the viewport left, top, right and bottom of a page, in 1/100 pt, stand."""
        return self.sheets.from_page(page, box).translated(-self.origin)

    def text_left(self) -> int:
        """Return where on the viewport the text begins."""
        page = self.page
        lines = self.lines.on(page) if len(self.sheets) else []
        left = min((line.left for line in lines), default=0)
        return round(self.on_view(page, (left, 0, left, 0)).left()) if len(self.sheets) else 0

    def _ensure_laid_out(self) -> None:
        if not self.sheets.height:
            self._lay_out()

    # -- pictures

    def _wish(self) -> None:
        """Tell the worker what is wanted: what is seen, what comes next, and the small pictures in sight."""
        if not self.isVisible() or not len(self.sheets):
            return
        ratio = self.devicePixelRatioF()
        seen = [page for page, _ in self.in_sight()]
        middle = self.page
        near = range(max(min(seen, default=0) - _AHEAD, 0), min(max(seen, default=0) + _AHEAD + 1, len(self.sheets)))
        wishes: list[Wish] = []
        for page in sorted(near, key=lambda page: (page not in seen, abs(page - middle), page < middle)):
            rect = self.sheets.rect(page)
            width, height = max(round(rect.width() * ratio), 1), max(round(rect.height() * ratio), 1)
            held = self._images.width(page)
            if page in self._problems or held == width:
                continue
            if not held and page in seen and width * height > _MANY_PIXELS and page not in self.thumbnails.images:
                wishes.insert(0, Wish(page, max(width // _COARSE, 1), max(height // _COARSE, 1)))
            wishes.append(Wish(page, width, height))
        self.worker.want([*wishes, *self.thumbnails.wishes(ratio, self._problems)])

    def _on_drawn(self, wish: Wish, image: PageImage) -> None:
        if wish.small:
            self.thumbnails.put(wish.page, image)
        else:
            self._images.put(wish.page, image)
            self.viewport().update()

    def _on_failed(self, wish: Wish, problem: AnnotatorError) -> None:
        self._problems[wish.page] = f"{sentence(problem)} {next_step(problem)}"
        self._wish()
        self.viewport().update()

    def _on_measured(self, sizes: tuple[tuple[int, int], ...]) -> None:
        """Take over the sizes of pages that could not be read when the file was imported."""
        if self.sheets.take_sizes(sizes):
            self._lay_out()

    def _on_theme(self) -> None:
        self.viewport().update()
        self.thumbnails.viewport().update()

    def shut(self) -> None:
        """End the thread and the process that draw. Nothing is drawn any more."""
        self._rest.stop()
        self.worker.shut()

    # -- Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages anew."""
        super().resizeEvent(event)
        self._place_thumbnails()
        self._lay_out()

    def _place_thumbnails(self) -> None:
        """Put the small pictures to the left; where there is little room only when they were asked for."""
        wanted = self._wants_thumbnails
        self.thumbnails.setVisible(self.width() >= _WIDE if wanted is None else wanted)
        width = self.thumbnails.wanted_width() if not self.thumbnails.isHidden() else 0
        self.setViewportMargins(width, 0, 0, 0)
        self.thumbnails.setGeometry(0, 0, width, self.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show what is scrolled into sight."""
        self._wish()
        self.thumbnails.show_current(self.page if len(self.sheets) else 0)
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw again."""
        super().showEvent(event)
        self._rest.stop()
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more, and let the process go after a while."""
        super().hideEvent(event)
        self.worker.want([])
        self._rest.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew for another screen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._wish()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight and what stands on them."""
        painter = QPainter(self.viewport())
        theme, ratio = current_theme(), self.devicePixelRatioF()
        painter.fillRect(event.rect(), theme.surface)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page, rect in self.in_sight():
            draw_ground(painter, rect, theme)
            image = self._images.get(page) or self.thumbnails.images.get(page)
            if page in self._problems:
                draw_problem(painter, rect, self._problems[page])
            elif image is not None:
                painter.drawImage(_on_pixels(rect, ratio), image.image)
            if self.sheets.head(page) and page not in self._problems:
                draw_head(painter, rect, self.tr("This page has no text: mark an area of it"), theme)
            painter.save()
            painter.setClipRect(rect.adjusted(-GAP, 0, GAP, 0).intersected(QRectF(event.rect())))
            painter.translate(rect.topLeft())
            self.paint_marks(painter, page)
            painter.restore()
        painter.end()

    def paint_marks(self, painter: QPainter, page: int) -> None:
        """Paint what stands on a page; the painter's origin is its upper left corner."""


def _on_pixels(rect: QRectF, ratio: float) -> QRectF:
    """Return a rectangle whose corners lie on pixels of the screen, so that a picture is shown as sharp as it is."""
    left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
    return QRectF(left, top, round(rect.width() * ratio) / ratio, round(rect.height() * ratio) / ratio)
