"""One project opened lately, on the start screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.services.settings import Recent
from annotator.ui.controls import GRID, LinkButton
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font
from annotator.ui.when import moment

_HEIGHT = 64
_BAR = 64
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class RecentRow(QAbstractButton):
    """Name, place, progress and day; Enter opens it. One that has gone offers to be found or forgotten."""

    chosen = Signal(str)
    find_wanted = Signal(str)
    removed = Signal(str)

    def __init__(self, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = recent
        self.name = Path(recent.path).stem
        self._missing = False
        self._links: tuple[LinkButton, ...] = ()
        self.clicked.connect(self._choose)
        self.setText(self.name.replace("&", "&&"))
        self.setFont(panel_font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_missing(missing=False)

    def set_missing(self, *, missing: bool) -> None:
        """Say whether the project is not where it was."""
        self._missing = missing
        if missing and not self._links:
            self._links = self._make_links()
        for link in self._links:
            link.setVisible(missing)
        self.setAccessibleName(self.name)
        self.setAccessibleDescription(f"{self._place()}. {self._claims()}")
        self._lay_out()
        self.update()

    def _make_links(self) -> tuple[LinkButton, ...]:
        find, remove = LinkButton(self.tr("Find it"), self), LinkButton(self.tr("Remove from the list"), self)
        find.clicked.connect(lambda: self.find_wanted.emit(self.recent.path))
        remove.clicked.connect(lambda: self.removed.emit(self.recent.path))
        return find, remove

    def sizeHint(self) -> QSize:
        """Return a row of 64 px."""
        return QSize(480, max(_HEIGHT, 2 * self.fontMetrics().height() + 3 * GRID))

    def minimumSizeHint(self) -> QSize:
        """Return the least that still shows the name."""
        return QSize(320, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, forget with Del."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.recent.path)
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        (self.find_wanted if self._missing else self.chosen).emit(self.recent.path)

    def _place(self) -> str:
        if self._missing:
            return self.tr("Moved or renamed: not found where it was")
        sources = (
            self.tr("1 source") if self.recent.sources == 1 else self.tr("{0} sources").format(self.recent.sources)
        )
        return self.tr("{0}, {1}").format(Path(self.recent.path).parent.name, sources)

    def _claims(self) -> str:
        if not self.recent.claims:
            return self.tr("No claims yet")
        return self.tr("{0} of {1} claims").format(self.recent.concluded, self.recent.claims)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the links at their place."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        left = self._column(2)
        for link in self._links:
            link.adjustSize()
            link.move(left, (self.height() - link.height()) // 2)
            left += link.width() + GRID

    def _column(self, number: int) -> int:
        """Return where a column begins: the name, the progress, what follows it."""
        wide = self.width() >= 720
        progress = (self.width() * 47 // 100) if wide else self.width()
        return (2 * GRID, progress, progress + _BAR + 17 * GRID if wide else self.width() * 45 // 100)[number]

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the row."""
        theme = current_theme()
        painter = QPainter(self)
        around = QRect(self.rect())
        if self.hasFocus():
            draw_frame(painter, QRectF(around), theme.row, theme.accent, FOCUS_WIDTH)
        else:
            if self.underMouse():
                draw_frame(painter, QRectF(around), theme.hover, None)
            painter.setPen(theme.hairline)
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        room = min(self._column(1), self.width() - 18 * GRID) - 4 * GRID
        if self._missing:
            room = min(room, self._column(2) - 4 * GRID)
        middle, line = self.height() // 2, self.fontMetrics().height()
        painter.setPen(theme.text)
        painter.setFont(panel_font(bold=True))
        self._say(painter, QRect(2 * GRID, middle - line - 1, room, line), self.name)
        painter.setFont(panel_font())
        painter.setPen(theme.muted)
        self._say(painter, QRect(2 * GRID, middle + 1, room, line), self._place())
        if self._column(1) < self.width():
            self._draw_progress(painter, self._column(1))
        self._draw_end(painter)

    def _draw_progress(self, painter: QPainter, left: int) -> None:
        theme = current_theme()
        claims = self.recent.claims
        if claims:
            bar = QRect(left, self.height() // 2 - 2, _BAR, 4)
            draw_frame(painter, QRectF(self._turned(bar)), theme.hairline, None)
            bar.setWidth(_BAR * min(self.recent.concluded, claims) // claims)
            draw_frame(painter, QRectF(self._turned(bar)), theme.muted, None)
            left += _BAR + GRID
        self._say(painter, QRect(left, 0, 16 * GRID, self.height()), self._claims())

    def _draw_end(self, painter: QPainter) -> None:
        theme = current_theme()
        right = self.width() - 2 * GRID
        if self.hasFocus() and not self._missing:
            key = self.tr("Enter")
            cap = keycap_size(key)
            right -= cap.width()
            rect = QRect(right, (self.height() - cap.height()) // 2, cap.width(), cap.height())
            draw_keycap(painter, QRectF(self._turned(rect)), key, theme)
            right -= GRID
        painter.setPen(theme.muted)
        painter.drawText(
            self._turned(QRect(right - 18 * GRID, 0, 18 * GRID, self.height())), _END, moment(self.recent.at)
        )

    def _say(self, painter: QPainter, rect: QRect, said: str) -> None:
        shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(self._turned(rect), _START, shown)

    def _turned(self, rect: QRect) -> QRect:
        turned = QRect(rect)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            turned.moveRight(self.width() - 1 - rect.left())
        return turned
