"""The confusion matrix of two annotators as a heat map: whose value goes down, whose across, with the signs of the levels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.domain.agreement import Agreement
from annotator.domain.scales import Codebook
from annotator.ui.claiming.levels import bars, label
from annotator.ui.controls import plain_tooltip
from annotator.ui.marks import draw_confidence, draw_stance_tile, draw_verdict_tile
from annotator.ui.theme import FOCUS_WIDTH, Theme, current_theme, draw_frame, panel_font

_CELL, _HIGH = 48, 30
_NARROWEST = 30
_SIGNS = 32
_STRONGEST = 0.44
"""How much of the accent the fullest cell has."""


class AgreementMatrix(QWidget):
    """Counts in cells, the fuller the darker; those on which both agree are framed. A click shows the units of a cell."""

    picked = Signal(str, str)
    """The two values of the cell that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._agreement: Agreement | None = None
        self._book = Codebook(())
        self._at = (0, 0)
        self.setFont(panel_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_agreement(self, agreement: Agreement | None, codebook: Codebook) -> None:
        """Show the matrix of an agreement, or none."""
        self._agreement, self._book, self._at = agreement, codebook, (0, 0)
        self.setVisible(agreement is not None and bool(agreement.matrix))
        self.setAccessibleName(self._spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all cells and their signs."""
        return QSize(_SIGNS + self._count() * self._widest(), _SIGNS + self._count() * _HIGH + 1)

    def minimumSizeHint(self) -> QSize:
        """Return room for cells that still hold a count."""
        return QSize(_SIGNS + self._count() * _NARROWEST, self.sizeHint().height())

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell is."""
        return QRectF(_SIGNS + column * self._wide(), _SIGNS + row * _HIGH, self._wide() - 2, _HIGH - 2)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint signs, cells and counts."""
        if self._agreement is None:
            return
        theme, painter = current_theme(), QPainter(self)
        for number, code in enumerate(self._agreement.categories):
            self._draw_sign(painter, QRectF(0, _SIGNS + number * _HIGH, _SIGNS - 4, _HIGH - 2), code, theme)
            self._draw_sign(painter, QRectF(_SIGNS + number * self._wide(), 0, self._wide() - 2, _SIGNS), code, theme)
        most = max((count for row in self._agreement.matrix for count in row), default=0)
        for row, counts in enumerate(self._agreement.matrix):
            for column, count in enumerate(counts):
                rect = self.cell_rect(row, column)
                painter.fillRect(rect, _heat(count, most, theme))
                if row == column:
                    painter.setPen(QPen(theme.text, 1))
                    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
                painter.setPen(theme.text if count else theme.muted)
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(count))
        if self.hasFocus():
            draw_frame(painter, self.cell_rect(*self._at).adjusted(-1, -1, 1, 1), None, theme.accent, FOCUS_WIDTH)

    def _draw_sign(self, painter: QPainter, rect: QRectF, code: str, theme: Theme) -> None:
        field = self._agreement.field if self._agreement else ""
        if field == "verdict":
            draw_verdict_tile(painter, rect, code, theme)
        elif field == "stance":
            draw_stance_tile(painter, rect, code, theme)
        else:
            draw_confidence(painter, rect, bars(self._book, code), theme)

    # -- choosing a cell

    def event(self, event: QEvent) -> bool:
        """Say what a cell means where the mouse rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            if cell is not None:
                QToolTip.showText(event.globalPos(), plain_tooltip(self._cell_words(*cell)), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the units of the cell that is clicked."""
        cell = self._cell_at(event.position().toPoint())
        if cell is not None:
            self._at = cell
            self.update()
            self._pick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell with the arrows; Enter shows the units of one."""
        steps = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        row, column = self._at
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick()
        elif event.key() in steps:
            self._at = (max(0, min(self._count() - 1, row + steps[Qt.Key(event.key())][0])), column)
            self.update()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        if self._agreement is not None and self._agreement.categories:
            row, column = self._at
            self.picked.emit(self._agreement.categories[row], self._agreement.categories[column])

    def _cell_at(self, at: QPoint) -> tuple[int, int] | None:
        for row in range(self._count()):
            for column in range(self._count()):
                if self.cell_rect(row, column).contains(at):
                    return row, column
        return None

    def _cell_words(self, row: int, column: int) -> str:
        agreement = self._agreement
        assert agreement is not None  # noqa: S101 asked of a cell
        first, second = (person.name for person in agreement.annotators)
        one, other = (label(self._book, agreement.field, agreement.categories[at]) for at in (row, column))
        said = self.tr("{0} says {1}, {2} says {3}: {4}")
        return said.format(first, one, second, other, agreement.matrix[row][column])

    def _spoken(self) -> str:
        count = self._count()
        return "; ".join(self._cell_words(row, column) for row in range(count) for column in range(count))

    def _count(self) -> int:
        return len(self._agreement.matrix) if self._agreement else 0

    def _widest(self) -> int:
        """Return the width of a cell where there is room: less where a scale has many levels."""
        return max(_NARROWEST, min(_CELL, 260 // max(1, self._count())))

    def _wide(self) -> int:
        """Return the width of a cell in the room that there is."""
        return max(_NARROWEST, min(self._widest(), (self.width() - _SIGNS) // max(1, self._count())))


def _heat(count: int, most: int, theme: Theme) -> QColor:
    share = _STRONGEST * count / most if most else 0.0
    ground, ink = theme.raised, theme.accent
    return QColor(*(round(a + (b - a) * share) for a, b in zip(_rgb(ground), _rgb(ink), strict=True)))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
