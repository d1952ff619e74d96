"""The ribbon beside the scroll bar: where in the whole source passages, hits and asides stand, and what is in sight."""

from __future__ import annotations

import html
from collections import Counter

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.domain.find import NO_HITS, Hits
from annotator.ui.annotating.highlights import STANCES, Highlights, rank
from annotator.ui.annotating.ribbon_map import OTHER, RibbonMap, offset_of, row_of
from annotator.ui.reading.fold_lines import aside_words
from annotator.ui.reading.open_text import OpenText
from annotator.ui.theme import Theme, current_theme, theme_notifier

WIDTH = 24
_FIRST, _STEP, _WIDE, _THIN = 1, 5, 4, 2
_AT_A_TIME = 1_500
"""Passages that are looked at between two turns of the event loop."""

_FEW = 300
"""Up to so many passages are looked at at once."""

_WAIT = 60
"""Milliseconds for which many passages must stay as they are before the picture is made anew."""

_HATCH = 3
_NEAR = 3
_ARROW = 4
_QUOTE = 60


class Ribbon(QWidget):
    """Shows the whole of one text from top to bottom. The picture is made once, whatever the number of passages."""

    sought = Signal(int)
    """A place is to come into the middle of the view: a code point."""

    def __init__(self, text: OpenText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._highlights, self._hits, self._current = Highlights(), NO_HITS, -1
        self._frame, self._mark = (0, 0), -1
        self._map: RibbonMap | None = None
        self._picture: QPixmap | None = None
        self._grip = 0.0
        self._working = QTimer(self, interval=0)
        self._working.timeout.connect(self._go_on)
        self._waiting = QTimer(self, singleShot=True, interval=_WAIT)
        self._waiting.timeout.connect(self._working.start)
        self.setFixedWidth(WIDTH)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Where passages stand in the whole source"))
        theme_notifier().changed.connect(self._draw_again)

    # -- what is shown

    def set_highlights(self, highlights: Highlights) -> None:
        """Show these passages; many are worked in bit by bit."""
        self._highlights = highlights
        self._begin()

    def show_asides(self) -> None:
        """Show as the text says by now what is not the article."""
        self._draw_again()

    def set_hits(self, hits: Hits, current: int) -> None:
        """Show the hits of a search, and which of them is the current one (-1: none)."""
        if hits is not self._hits:
            self._hits = hits
            self._draw_again()
        if current != self._current:
            self._current = current
            self.update()

    def show_frame(self, start: int, end: int) -> None:
        """Show from which to which code point the text is in sight."""
        frame = self._row(start), max(self._row(end), self._row(start) + 6)
        if frame != self._frame:
            self._frame = frame
            self.update()

    def show_mark(self, offset: int) -> None:
        """Show where the caret, or the chosen passage, is."""
        mark = self._row(offset)
        if mark != self._mark:
            self._mark = mark
            self.update()

    @property
    def is_drawn(self) -> bool:
        """Whether all passages have been worked in."""
        return not self._waiting.isActive() and not self._working.isActive()

    def words_at(self, y: float) -> str:
        """Return what stands at a height: the words there, passages by stance, hits."""
        start, end = (offset_of(y + by, self._length, self.height()) for by in (-_NEAR, _NEAR))
        aside = next((each for each in self._text.asides if each.start <= start and end <= each.end), None)
        parts = [aside_words(aside)] if aside else []
        rows = self._highlights.within(start, max(end, start + 1))
        counted = Counter(stance for row in rows for stance in (row.stances or ("",)))
        parts += [f"{counted[stance]} {self._name_of(stance)}" for stance in sorted(counted, key=rank)]
        hits = len(self._hits.within(start, max(end, start + 1))) if len(self._hits) else 0
        if hits:
            parts.append(self.tr("1 hit") if hits == 1 else self.tr("{0} hits").format(hits))
        begin = self._text.text.rfind("\n", 0, start) + 1 if not rows else rows[0].start
        quote = " ".join(self._text.text[begin : begin + _QUOTE].split())
        return "\n".join([f"“{quote}…”" if quote else "", *parts]).strip()

    # -- Qt's own

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, the current hit, what is in sight, and where the caret is."""
        painter, theme = QPainter(self), current_theme()
        if self._picture is None:
            self._picture = self._painted(theme)
        painter.drawPixmap(0, 0, self._picture)
        if 0 <= self._current < len(self._hits):
            painter.fillRect(QRect(1, self._row(self._hits.starts[self._current]) - 1, WIDTH - 2, 3), theme.accent)
        top, bottom = self._frame
        if bottom - top < self.height() - 1:
            painter.setPen(theme.edge)
            painter.drawRect(QRectF(0.5, top + 0.5, WIDTH - 1, max(bottom - top, 8)))
        if self._mark >= 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            x, way = (WIDTH, -1) if self._is_mirrored else (0, 1)
            tip = QPointF(x + way * (_ARROW + 1), self._mark)
            painter.drawPolygon(QPolygonF([QPointF(x, self._mark - _ARROW), tip, QPointF(x, self._mark + _ARROW)]))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the picture anew for another height."""
        super().resizeEvent(event)
        self._begin()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where was pressed; what is in sight already is taken and dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            top, bottom = self._frame
            y = event.position().y()
            self._grip = y - (top + bottom) / 2 if top <= y <= bottom else 0.0
            if not self._grip:
                self._seek(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go where the mouse is dragged to."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position().y() - self._grip)

    def event(self, event: QEvent) -> bool:
        """Tell what stands under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = html.escape(self.words_at(event.pos().y())).replace("\n", "<br>")
            QToolTip.showText(event.globalPos(), f"<qt>{words}</qt>", self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Return the width of the ribbon."""
        return QSize(WIDTH, 100)

    # -- inside

    @property
    def _length(self) -> int:
        return len(self._text.text)

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _row(self, offset: int) -> int:
        return row_of(offset, self._length, self.height())

    def _seek(self, y: float) -> None:
        self.sought.emit(offset_of(y, self._length, self.height()))

    def _begin(self) -> None:
        self._map = RibbonMap(self._highlights, self._length, self.height())
        self._working.stop()
        if len(self._highlights) <= _FEW:
            self._waiting.stop()
            self._go_on()
        else:
            self._waiting.start()

    def _go_on(self) -> None:
        if self._map is not None and self._map.go_on(_AT_A_TIME):
            self._working.start()
        else:
            self._working.stop()
            self._draw_again()

    def _draw_again(self) -> None:
        self._picture = None
        self.update()

    def _painted(self, theme: Theme) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(WIDTH * ratio), max(round(self.height() * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.surface)
        painter = QPainter(picture)
        self._paint_asides(painter, theme)
        painter.fillRect(WIDTH - 1 if self._is_mirrored else 0, 0, 1, self.height(), theme.hairline)
        for column in range(OTHER + 1):
            wide = _WIDE if column < OTHER else _THIN
            x = _FIRST + _STEP * column
            x = WIDTH - x - wide if self._is_mirrored else x
            colour = theme.stance(STANCES[column]).line if column < OTHER else theme.edge
            for start, end in self._map.runs(column) if self._map is not None else ():
                painter.fillRect(x, start, wide, end - start, colour)
        self._paint_hits(painter, theme)
        painter.end()
        return picture

    def _paint_asides(self, painter: QPainter, theme: Theme) -> None:
        for aside in self._text.asides:
            for y in range(self._row(aside.start), max(self._row(aside.end), self._row(aside.start) + 1), _HATCH):
                painter.fillRect(0, y, WIDTH, 1, theme.hairline)

    def _paint_hits(self, painter: QPainter, theme: Theme) -> None:
        """Paint the hits as short lines on the side of the scroll bar: one for each row of px at most."""
        x = 0 if self._is_mirrored else WIDTH // 2
        number, y = 0, -1
        while number < len(self._hits) and y < self.height() - 1:
            y = self._row(self._hits.starts[number])
            painter.fillRect(x, y, WIDTH // 2, 2, theme.accent)
            number = max(self._hits.first_from(offset_of(y + 1, self._length, self.height())), number + 1)

    def _name_of(self, stance: str) -> str:
        names = {
            "supports": self.tr("supporting"),
            "refutes": self.tr("refuting"),
            "qualifies": self.tr("qualifying"),
            "contextualises": self.tr("context only"),
            "": self.tr("not linked"),
        }
        return names.get(stance, stance.replace("_", " "))
