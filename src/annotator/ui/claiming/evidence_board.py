"""Four columns of cards: what speaks for a claim, against it, qualifies it, or gives context."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.scales import Codebook
from annotator.ui.claiming.board import Board, Card, Column
from annotator.ui.claiming.evidence_card import EvidenceCard
from annotator.ui.claiming.levels import column_words, label
from annotator.ui.controls import GRID, ElidedLabel, HairLine, LinkButton, StanceTile
from annotator.ui.desk import Desk
from annotator.ui.forms import plain_label
from annotator.ui.marks import draw_stance_line
from annotator.ui.theme import current_theme

_MOST = 60
"""Cards that a column shows at first."""
_COLUMN_WIDTH, _EMPTY_WIDTH = 200, 112


class _StanceLine(QWidget):
    """The line of a stance across a column."""

    def __init__(self, stance: str) -> None:
        super().__init__()
        self._stance = stance
        self.setFixedHeight(6)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line."""
        draw_stance_line(QPainter(self), QRectF(self.rect()), self._stance, current_theme())


class _ColumnHead(QWidget):
    """The sign, name and counts of a column over its line."""

    def __init__(self, column: Column, codebook: Codebook) -> None:
        super().__init__()
        words = column_words(column.stance)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(StanceTile(column.stance, label(codebook, "stance", column.stance)))
        for label_ in (ElidedLabel(words, bold=True), ElidedLabel(str(column.passages), muted=True)):
            label_.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(label_)
        row.addStretch()
        sources = self.tr("1 source") if column.sources == 1 else self.tr("{0} sources").format(column.sources)
        if column.sources:
            row.addWidget(ElidedLabel(sources, muted=True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID + 4, GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(row)
        whole.addWidget(_StanceLine(column.stance))
        self.setAccessibleName(f"{words} {column.passages}, {sources}")


class EvidenceBoard(QWidget):
    """The columns; arrows go from card to card. ``chosen`` gives the card that is to be shown in the reader."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._columns: list[list[EvidenceCard]] = []
        self._most: dict[str, int] = {}
        self._board: Board | None = None
        self._heads, self._body = QWidget(), QWidget()
        self._heads_room = QWidget(self)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._heads_room)
        whole.addWidget(self._scroll, 1)
        self._scroll.horizontalScrollBar().valueChanged.connect(self._place_heads)
        self._scroll.viewport().installEventFilter(self)

    def show_board(self, board: Board) -> None:
        """Show the evidence of a claim; for the same claim the place and the focus stay."""
        same = self._board is not None and self._board.claim.id == board.claim.id
        bar, focus = self._scroll.verticalScrollBar(), self._focused()
        position = bar.value() if same else 0
        if not same:
            self._most.clear()
        self._board = board
        self._build(board)
        if same and focus is not None:
            self._focus_again(focus)
        bar.setValue(position)

    def focus_first(self) -> None:
        """Put the focus on the first card."""
        for cards in self._columns:
            if cards:
                cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def cards(self, stance: str) -> list[EvidenceCard]:
        """Return the cards of a column."""
        stances = [column.stance for column in self._board.columns] if self._board else []
        return self._columns[stances.index(stance)] if stance in stances else []

    # -- building

    def _build(self, board: Board) -> None:
        self._heads.hide()
        self._heads.deleteLater()
        self._heads, self._body = QWidget(self._heads_room), QWidget()
        heads = QHBoxLayout(self._heads)
        heads.setContentsMargins(0, 0, 0, 0)
        heads.setSpacing(0)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._columns = []
        for number, column in enumerate(board.columns):
            if number:
                row.addWidget(HairLine(Qt.Orientation.Vertical))
                heads.addWidget(HairLine(Qt.Orientation.Vertical))
            head = _ColumnHead(column, board.codebook)
            _narrow(head, column)
            heads.addWidget(head, 1)
            row.addWidget(self._column(column, board.codebook), 1)
        self._scroll.setWidget(self._body)
        self._heads_room.setFixedHeight(self._heads.sizeHint().height())
        self._heads.show()
        self._place_heads()

    @Slot()
    def _place_heads(self) -> None:
        """Keep the heads over their columns."""
        width = max(self._body.minimumSizeHint().width(), self._scroll.viewport().width())
        self._heads.setGeometry(-self._scroll.horizontalScrollBar().value(), 0, width, self._heads_room.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of what is scrolled."""
        if event.type() == QEvent.Type.Resize:
            self._place_heads()
        return super().eventFilter(watched, event)

    def _column(self, column: Column, codebook: Codebook) -> QWidget:
        holder = QWidget()
        _narrow(holder, column)
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(GRID, 0, GRID, 2 * GRID)
        whole.setSpacing(4)
        cards: list[EvidenceCard] = []
        self._columns.append(cards)
        most = self._most.get(column.stance, _MOST)
        for group in column.groups:
            if len(cards) >= most:
                break
            whole.addWidget(_group_head(group.name, len(group.cards)))
            for card in group.cards[: most - len(cards)]:
                shown = EvidenceCard(self._desk, card, group, column.stance, codebook)
                shown.clicked.connect(lambda _checked=False, card=card: self.chosen.emit(card))
                cards.append(shown)
                whole.addWidget(shown)
            whole.addSpacing(GRID)
        if len(cards) < len(column.cards):
            more = LinkButton(self.tr("Show {0} more").format(len(column.cards) - len(cards)))
            more.clicked.connect(lambda: self._show_more(column))
            whole.addWidget(more)
        if not cards:
            nothing = plain_label(self.tr("Nothing yet."), muted=True)
            nothing.setContentsMargins(GRID, GRID, 0, 0)
            whole.addWidget(nothing)
        whole.addStretch()
        return holder

    def _show_more(self, column: Column) -> None:
        self._most[column.stance] = len(column.cards)
        if self._board is not None:
            self.show_board(self._board)

    # -- moving

    def _focused(self) -> Card | None:
        return next((each.card for cards in self._columns for each in cards if each.hasFocus()), None)

    def _focus_again(self, card: Card) -> None:
        for cards in self._columns:
            for each in cards:
                if each.card.passages == card.passages:
                    each.setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next card: up and down in a column, left and right to the next column that has any."""
        step = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }.get(Qt.Key(event.key()))
        if step is None or event.modifiers() or not self._move(*step):
            super().keyPressEvent(event)

    def _move(self, columns: int, cards: int) -> bool:
        for number, column in enumerate(self._columns):
            for place, each in enumerate(column):
                if each.hasFocus():
                    target = self._beside(number, place, columns) if columns else self._below(column, place + cards)
                    if target is not None:
                        target.setFocus(Qt.FocusReason.TabFocusReason)
                        self._scroll.ensureWidgetVisible(target, 0, 2 * GRID)
                    return True
        return False

    @staticmethod
    def _below(column: list[EvidenceCard], place: int) -> EvidenceCard | None:
        return column[place] if 0 <= place < len(column) else None

    def _beside(self, number: int, place: int, step: int) -> EvidenceCard | None:
        number += step
        while 0 <= number < len(self._columns):
            if column := self._columns[number]:
                return column[min(place, len(column) - 1)]
            number += step
        return None

    def sizeHint(self) -> QSize:
        """Return room for four columns."""
        return QSize(4 * _COLUMN_WIDTH, 400)


def _narrow(widget: QWidget, column: Column) -> None:
    """Give a column the width that its place has, and never less than can be read."""
    widget.setMinimumWidth(_COLUMN_WIDTH if column.groups else _EMPTY_WIDTH)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def _group_head(name: str, count: int) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(GRID, 4, GRID, 0)
    row.addWidget(ElidedLabel(name, bold=True), 1)
    number = ElidedLabel(str(count), muted=True)
    number.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    row.addWidget(number)
    return head
