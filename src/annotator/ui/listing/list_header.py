"""The heads of the columns: a click sorts by one, and one of them is where the keys are."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from annotator.ui.listing.columns import COLUMNS, Column
from annotator.ui.theme import current_theme, panel_font

PADDING = 8
EDGE = 16
_SIGN = 16
_UNDERLINE = 2


class ListHeader(QHeaderView):
    """Paints the heads; the column that the keys are in is underlined while the list has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(56)
        self.setSectionsMovable(False)
        self.setFixedHeight(max(32, QFontMetrics(panel_font()).height() + 12))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._kind, self._sorted, self._falling, self._in_hand = "sources", "", False, 0
        self._was_dragged: dict[str, dict[int, int]] = {}
        self._fitting = False
        self.sectionResized.connect(self._keep_width)

    def show_sorted(self, kind: str, column: str, *, falling: bool) -> None:
        """Show by which column the list is sorted, and which way."""
        self._kind, self._sorted, self._falling = kind, column, falling
        self.viewport().update()

    def set_in_hand(self, section: int) -> None:
        """Show in which column the keys are."""
        self._in_hand = section
        self.viewport().update()

    def fit(self, width: int) -> None:
        """Give the columns their widths, and what room is left to those that share in it; a width dragged by hand stays."""
        columns, own = COLUMNS[self._kind], self._was_dragged.get(self._kind, {})
        widths = [own.get(section, column.width) for section, column in enumerate(columns)]
        shares = [0 if section in own else column.share for section, column in enumerate(columns)]
        room = max(0, width - sum(widths))
        self._fitting = True
        for section, (wide, share) in enumerate(zip(widths, shares, strict=True)):
            self.resizeSection(section, wide + (room * share // sum(shares) if share else 0))
        self._fitting = False

    def _keep_width(self, section: int, _before: int, width: int) -> None:
        if not self._fitting and self.isVisible():
            self._was_dragged.setdefault(self._kind, {})[section] = width

    def sectionSizeFromContents(self, section: int) -> QSize:
        """Return room for the words and the arrow."""
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return QSize(QFontMetrics(panel_font()).horizontalAdvance(words) + 2 * PADDING + _SIGN, self.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        theme, column = current_theme(), self._column(section)
        if column is None:
            return
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        is_sorted = column.code == self._sorted
        painter.save()
        painter.fillRect(rect, theme.surface)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.hairline)
        inner = cell_rect(rect, first=section == 0, at_end=column.at_end)
        if is_sorted:
            inner.setWidth(inner.width() - _SIGN)
        font = panel_font(bold=is_sorted)
        painter.setFont(font)
        painter.setPen(theme.text if is_sorted else theme.muted)
        side = Qt.AlignmentFlag.AlignTrailing if column.at_end else Qt.AlignmentFlag.AlignLeading
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        where = QStyle.visualRect(self.layoutDirection(), rect, inner)
        painter.drawText(
            where, QStyle.visualAlignment(self.layoutDirection(), side) | Qt.AlignmentFlag.AlignVCenter, shown
        )
        if is_sorted:
            arrow = QRect(inner.right() + 1, rect.top(), _SIGN, rect.height())
            if not column.at_end:
                arrow.moveLeft(inner.left() + QFontMetrics(font).horizontalAdvance(shown) + 2)
            self._paint_arrow(painter, QStyle.visualRect(self.layoutDirection(), rect, arrow))
        if section == self._in_hand and self._list_has_focus():
            painter.fillRect(rect.left(), rect.bottom() - _UNDERLINE + 1, rect.width(), _UNDERLINE, theme.accent)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, rect: QRect) -> None:
        x, y, up = rect.center().x(), rect.center().y(), -2 if self._falling else 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setWidthF(1.75)
        pen.setColor(current_theme().text)
        painter.setPen(pen)
        painter.drawLine(x - 4, y + up, x, y - up)
        painter.drawLine(x, y - up, x + 4, y + up)

    def _column(self, section: int) -> Column | None:
        columns = COLUMNS[self._kind]
        return columns[section] if section < len(columns) else None

    def _list_has_focus(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.hasFocus()


def cell_rect(rect: QRect, *, first: bool, at_end: bool = False) -> QRect:
    """Return the part of a cell that words may stand in: the first begins where all on the screen does, numbers end early."""
    return rect.adjusted(EDGE if first else PADDING, 0, -3 * PADDING if at_end else -PADDING, 0)
