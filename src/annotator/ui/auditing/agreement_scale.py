"""The figures of agreement on one scale: a point each, its interval, and the guides from where conclusions hold."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.domain.agreement import FIRM, TENTATIVE
from annotator.ui.auditing.agreement_words import Figure, number, short
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.theme import Theme, current_theme, panel_font

_LINE = 24
_NUMBER = 40
_SCALE = 60
_APART = 26.0
"""Pixels between two numbers below the scale, at least."""
_GUIDES = (TENTATIVE, FIRM)
_POINT = 4.0
_BAR = 3.0


class AgreementScale(QWidget):
    """Rows of words, number and point. What has no value says so, and why in its tooltip and to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self.setFont(panel_font())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these figures."""
        self._figures = tuple(figures)
        self.setAccessibleName("; ".join(self._spoken(figure) for figure in self._figures))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the figures, and for the numbers of the scale below them."""
        return QSize(280, (len(self._figures) + 1) * self._line())

    def minimumSizeHint(self) -> QSize:
        """Return room for words, number and a short scale."""
        return QSize(200, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say a figure in full, or why it has no value, where the mouse rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // self._line()
            if 0 <= row < len(self._figures):
                QToolTip.showText(event.globalPos(), plain_tooltip(self._spoken(self._figures[row])), self)
            return True
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the figures and the scale."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low = self._low()
        scale = QRectF(self._scale_left(), 0, self.width() - self._scale_left() - 6, len(self._figures) * self._line())
        self._paint_guides(painter, scale, low, theme)
        for row, figure in enumerate(self._figures):
            self._paint_figure(painter, figure, row, scale, low, theme)

    def _paint_guides(self, painter: QPainter, scale: QRectF, low: float, theme: Theme) -> None:
        painter.setFont(panel_font())
        top = scale.bottom()
        for value, style in ((TENTATIVE, Qt.PenStyle.DotLine), (FIRM, Qt.PenStyle.SolidLine)):
            x = self._at(value, scale, low)
            painter.setPen(QPen(theme.edge, 1, style))
            painter.drawLine(QPointF(x, 0), QPointF(x, top))
        painter.setPen(theme.muted)
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        for _value, words, x in self._marks(scale, low):
            painter.drawText(QRectF(x - _APART, top, 2 * _APART, self._line()), middle, words)

    def _marks(self, scale: QRectF, low: float) -> list[tuple[float, str, float]]:
        """Return the numbers below the scale: the guides, moved apart where they touch, and its ends if they have room."""
        guides = [self._at(value, scale, low) for value in _GUIDES]
        lack = max(0.0, _APART - (guides[1] - guides[0])) / 2
        beyond = max(0.0, guides[1] + lack + _APART / 2 - self.width())
        marks = [
            (value, short(value), x + shift - beyond)
            for value, x, shift in zip(_GUIDES, guides, (-lack, lack), strict=True)
        ]
        for value in (low, 1.0):
            x = self._at(value, scale, low)
            if all(abs(x - at) >= _APART for _, _, at in marks):
                marks.append((value, short(value), x))
        return marks

    def _paint_figure(
        self, painter: QPainter, figure: Figure, row: int, scale: QRectF, low: float, theme: Theme
    ) -> None:
        line = self._line()
        top = row * line
        metrics = self.fontMetrics()
        room = self._scale_left() - _NUMBER - GRID
        painter.setFont(panel_font())
        painter.setPen(theme.text)
        words = metrics.elidedText(self._words(figure), Qt.TextElideMode.ElideRight, int(room))
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(0, top, room, line), start, words)
        painter.setFont(panel_font(bold=figure.value is not None))
        painter.setPen(theme.text if figure.value is not None else theme.muted)
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(room, top, _NUMBER, line), end, number(figure))
        middle = top + line / 2
        painter.setPen(QPen(theme.hairline, 1))
        painter.drawLine(QPointF(scale.left(), middle), QPointF(scale.right(), middle))
        if figure.value is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        if figure.interval is not None:
            left, right = (self._at(value, scale, low) for value in figure.interval)
            painter.drawRect(QRectF(left, middle - _BAR / 2, max(1.0, right - left), _BAR))
        painter.drawEllipse(QPointF(self._at(figure.value, scale, low), middle), _POINT, _POINT)

    def _low(self) -> float:
        """Return where the scale begins: at .40 if everything lies above, else at a step below what lies lowest."""
        values = [figure.value for figure in self._figures if figure.value is not None]
        values += [figure.interval[0] for figure in self._figures if figure.interval is not None]
        least = min(values, default=1.0)
        return max(-1.0, min(0.4, math.floor(5 * least) / 5))

    def _scale_left(self) -> int:
        wanted = max((self._room_for(self._words(figure)) for figure in self._figures), default=0)
        return min(wanted, max(_NUMBER + 60, self.width() - _SCALE))

    def _words(self, figure: Figure) -> str:
        """Return the words of a figure: all are brief where one of them has no room."""
        widest = max(self._room_for(each.words) for each in self._figures)
        return figure.words if widest <= self.width() - _SCALE else figure.brief

    def _room_for(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + _NUMBER + 2 * GRID

    @staticmethod
    def _at(value: float, scale: QRectF, low: float) -> float:
        return scale.left() + scale.width() * (max(low, min(1.0, value)) - low) / (1 - low)

    def _line(self) -> int:
        return max(_LINE, self.fontMetrics().height() + 4)

    def _spoken(self, figure: Figure) -> str:
        if figure.value is None:
            return self.tr("{0}: no value. {1}").format(figure.words, figure.why)
        said = f"{figure.words}: {number(figure)}"
        if figure.interval is None:
            return said
        low, high = (number(figure._replace(value=value)) for value in figure.interval)
        return self.tr("{0}, between {1} and {2} with 95% confidence").format(said, low, high)
