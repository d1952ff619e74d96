"""One thing in conflict on a page: what it is, its fields side by side, what comes of it, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, ElidedLabel, HairLine, PlainButton, plain_label, plain_tooltip
from annotator.ui.exchanging.conflict_answers import ConflictAnswers
from annotator.ui.exchanging.conflict_result import ConflictResult
from annotator.ui.exchanging.conflict_table import ConflictTable
from annotator.ui.exchanging.conflict_telling import ConflictTold, RowTold
from annotator.ui.painting import draw_lines, wrapped
from annotator.ui.theme import current_theme, panel_font


class ConflictPage(QWidget):
    """Shows one thing; ``field`` is the one that the answers are for."""

    field_chosen = Signal(str)
    back = Signal()
    forth = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: ConflictTold | None = None
        self.field = ""
        self.table: ConflictTable | None = None
        self._where = ElidedLabel(muted=True)
        self.title = TwoLines()
        self.answers = ConflictAnswers(actions)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        steps = QHBoxLayout()
        steps.setSpacing(GRID)
        for words, action, signal in (
            (self.tr("Back"), "previous_conflict", self.back),
            (self.tr("Next"), "next_conflict", self.forth),
        ):
            button = PlainButton(words, key=actions.key(action), key_first=True, height=3 * GRID)
            button.setFlat(True)
            button.clicked.connect(signal)
            steps.addWidget(button)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 2 * GRID, GRID, 0)
        head.addWidget(self._where, 1)
        head.addLayout(steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addWidget(HairLine())
        column.addWidget(self._scroll, 1)
        column.addWidget(HairLine())
        column.addWidget(self.answers)

    def show_conflicts(self, told: ConflictTold, taken: Mapping[str, int], where: str, field: str) -> None:
        """Show a thing, what was taken for which of its fields, and the field in hand."""
        is_same = self.told is not None and self.told.entity_id == told.entity_id
        had_focus = self.table is not None and self.table.isAncestorOf(self.focusWidget() or self)
        at = self._scroll.verticalScrollBar().value() if is_same else 0
        self.told, self.field = told, field
        self._where.setText(where)
        self.title.setText(told.title)
        self.table = ConflictTable(told)
        self.table.show_state(field, taken)
        self.table.field_chosen.connect(self._choose)
        content = QWidget()
        content.setBackgroundRole(QPalette.ColorRole.Base)
        content.setAutoFillBackground(True)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        note = plain_label(self.tr("Tinted: what the result takes. Marked: words that differ."), muted=True)
        note.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, 0)
        column.addWidget(note)
        column.addWidget(ConflictResult(told, taken))
        column.addStretch(1)
        self._scroll.setWidget(content)
        self._scroll.verticalScrollBar().setValue(at)
        self._taken = dict(taken)
        self._show_answers()
        if had_focus:
            self.table.focus_field(field)

    def _choose(self, field: str) -> None:
        if self.table is not None and self.told is not None and field != self.field:
            self.field = field
            self.table.show_state(field, self._taken)
            self._show_answers()
            self.field_chosen.emit(field)

    def _show_answers(self) -> None:
        if self.told is not None:
            row = self.told.row(self.field)
            self.answers.show_row(self.told, row, settled=self.field in self._taken)

    @property
    def row(self) -> RowTold | None:
        """The field that can be settled now."""
        return self.answers.row if self.told is not None else None

    def focus_table(self) -> None:
        """Give the focus to the field in hand."""
        if self.table is not None:
            self.table.focus_field(self.field)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().raised)


class TwoLines(QWidget):
    """A title of at most two lines that ends in … where there is no room, with the whole in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFont(panel_font(20, bold=True))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        """Show another title."""
        self._text = text
        self.setToolTip(plain_tooltip(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines in this width."""
        return len(self._lines(width)) * self._line() + GRID + 4

    def sizeHint(self) -> QSize:
        """Return room for the lines in the width there is."""
        width = max(240, self.width())
        return QSize(240, self.heightForWidth(width))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setPen(current_theme().text)
        inside = self.rect().adjusted(2 * GRID, 0, -2 * GRID, 0)
        draw_lines(painter, inside, self._lines(self.width()), self.font(), self._line())

    def _lines(self, width: int) -> list[str]:
        return wrapped(self._text, self.font(), max(80, width - 4 * GRID), 2) or [""]

    def _line(self) -> int:
        return max(28, self.fontMetrics().height())
