"""A place that says that things can be dropped here; the window takes them wherever they fall."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.controls import GRID
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.theme import RADIUS, current_theme, panel_font

_SIGN = 16
_WORDS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class DropArea(QWidget):
    """A dashed frame with a sign, a bold line and a muted one."""

    def __init__(self, headline: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline, self._sentence = headline, sentence
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a low, wide area."""
        return QSize(480, 160)

    def minimumSizeHint(self) -> QSize:
        """Return a smaller one."""
        return QSize(240, 120)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the frame and the words."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.edge, 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.setFont(panel_font(bold=True))
        line = painter.fontMetrics().height() + GRID
        middle = self.height() // 2
        width = painter.fontMetrics().horizontalAdvance(self._headline)
        head = QRect(0, middle - line, self.width(), line)
        sign = QRect(
            QPoint((self.width() - width) // 2 - _SIGN - GRID, head.center().y() - _SIGN // 2), QSize(_SIGN, _SIGN)
        )
        draw_icon(painter, sign, "download")
        painter.setPen(theme.text)
        painter.drawText(head, _WORDS, self._headline)
        painter.setFont(panel_font())
        painter.setPen(theme.muted)
        painter.drawText(QRect(GRID, middle, self.width() - 2 * GRID, 2 * line), _TOP, self._sentence)


_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
