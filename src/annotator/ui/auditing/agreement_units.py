"""The units behind a figure of agreement: what was judged, what each annotator says; each jumps to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from annotator.domain.agreement import Agreement, Unit
from annotator.domain.scales import Codebook
from annotator.ui.auditing.audit_words import quoted
from annotator.ui.claiming.levels import label
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.theme import current_theme, panel_font

UNIT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_QUOTE = 48
"""Pixels that some words of a quotation need."""


class UnitList(QAbstractListModel):
    """Units with what was said of them, those on which people differ first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units: list[tuple[Unit, str]] = []

    def show(self, units: Sequence[Unit], agreement: Agreement, codebook: Codebook) -> None:
        """Show these units of an agreement."""
        names = {person.id: person.name.split(" ")[0] for person in agreement.people}
        self.beginResetModel()
        self._units = [
            (unit, _said(unit, names, agreement, codebook)) for unit in sorted(units, key=lambda each: each.agrees)
        ]
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many units are shown."""
        return 0 if parent.isValid() else len(self._units)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a unit with what was said of it, or what a screen reader says."""
        if not index.isValid():
            return None
        unit, said = self._units[index.row()]
        if role == UNIT:
            return unit, said
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{unit.claim}: {said}"
        return None


def _said(unit: Unit, names: dict[Any, str], agreement: Agreement, codebook: Codebook) -> str:
    """Return who says what: the value once where all say the same."""
    values = [(names.get(id_, ""), label(codebook, agreement.field, value)) for id_, value in unit.values.items()]
    if unit.agrees:
        return QCoreApplication.translate("agreement", "= {0}").format(values[0][1] if values else "")
    return QCoreApplication.translate("agreement", "≠ {0}").format(
        ", ".join(f"{name}: {value}" for name, value in values)
    )


class UnitView(QListView):
    """Shows a ``UnitList``; a click or Enter jumps to a unit's place."""

    entered = Signal(str)
    """The id of a judgement."""

    def __init__(self, model: UnitList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_UnitDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Units behind the figures"))
        self.clicked.connect(self._enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Jump with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._enter(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _enter(self, index: QModelIndex) -> None:
        unit, _ = index.data(UNIT)
        self.entered.emit(next(iter(unit.entities.values())))


class _UnitDelegate(QStyledItemDelegate):
    """Two lines: the claim, and what was said."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, max(48, 2 * text_size("x", panel_font()).height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        (unit, said), theme, view = index.data(UNIT), current_theme(), option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        width, half = row.rect.width() - 4 * GRID, (row.rect.height() - GRID) // 2
        painter.fillRect(row.part(0, row.rect.height() - 1, row.rect.width(), 1), theme.hairline)
        row.words(row.part(2 * GRID, 4, width, half), unit.claim, panel_font(), theme.text)
        below = row.part(2 * GRID, 4 + half, width, half)
        wide = row.words(below, said, panel_font(), theme.muted if unit.agrees else theme.error)
        rest = width - wide - GRID
        if unit.words and rest > _QUOTE:
            quote = row.part(2 * GRID + wide + GRID, 4 + half, rest, half)
            row.words(quote, quoted(unit.words), panel_font(), theme.muted)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        told = index.data(UNIT)
        if event.type() == QEvent.Type.ToolTip and told is not None:
            unit, said = told
            words = " ".join(part for part in (unit.claim, quoted(unit.words), said) if part)
            QToolTip.showText(event.globalPos(), plain_tooltip(words), view)
            return True
        return False
