"""Picks a claim: type to filter, Enter takes one, Ctrl+Enter makes the claim of the typed words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyle, QVBoxLayout, QWidget

from annotator.domain.long_lists import Offer
from annotator.domain.rows import ClaimRow
from annotator.ui.annotating.claim_matches import ClaimMatches, MatchDelegate
from annotator.ui.fields import FIELD_HEIGHT
from annotator.ui.forms import plain_label
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.theme import panel_font

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 4, Qt.Key.Key_PageUp: -4}


class SearchField(QLineEdit):
    """A field with a magnifying glass."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(panel_font())
        self.setFixedHeight(max(FIELD_HEIGHT, self.fontMetrics().height() + 12))
        self.setTextMargins(30, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and its icon."""
        super().paintEvent(event)
        mark = QRect(10, (self.height() - 16) // 2, 16, 16)
        draw_icon(QPainter(self), QStyle.visualRect(self.layoutDirection(), self.rect(), mark), "search", "muted")


class ClaimPicker(QWidget):
    """A field and below it the claims that match."""

    taken = Signal(str)
    made = Signal(str)
    typed = Signal(str)
    wanted = Signal(str)
    """Claims with what is typed are wanted that are not at hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SearchField(self.tr("Type to find a claim, or write a new one"))
        self.matches = ClaimMatches(self)
        self.view = QListView()
        self.view.setModel(self.matches)
        self.view.setItemDelegate(MatchDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Claims"))
        self.view.clicked.connect(lambda index: self._take(index.row()))
        self._at_hand: tuple[ClaimRow, ...] = ()
        self._is_whole = True
        self._hint = plain_label(
            self.tr("No claims yet. Write the first one as a statement that can be checked."), muted=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        inset = QVBoxLayout()
        inset.setContentsMargins(16, 0, 16, 0)
        inset.addWidget(self.field)
        inset.addWidget(self._hint)
        column.addLayout(inset)
        column.addWidget(self.view, 1)
        self.field.textEdited.connect(self._look_for)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self._show_first()

    def set_claims(self, rows: Iterable[ClaimRow], *, whole: bool = True) -> None:
        """Offer these claims; unless they are the ``whole``, others are wanted as something is typed."""
        self._at_hand, self._is_whole = tuple(rows), whole
        self.matches.set_claims(self._at_hand)
        self._show_first()
        self._want_others()

    def take(self, typed: str, offer: Offer) -> None:
        """Offer the claims that were wanted for what was typed; the line that is chosen stays, where it is still offered."""
        if typed != self.matches.typed:
            return
        number = self.view.currentIndex().row()
        chosen = self.matches.claim_at(number) if number > 0 else ""
        self.matches.set_claims(offer.rows, offer.parents)
        self._show_first()
        if chosen:
            found = (at for at in range(self.matches.rowCount()) if self.matches.claim_at(at) == chosen)
            self.view.setCurrentIndex(self.matches.index(next(found, 0)))

    def set_typed(self, text: str) -> None:
        """Look for these words."""
        self.field.setText(text)
        self._look_for(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list and take a line while typing."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self._make() if with_control else self._take(self.view.currentIndex().row())
                return True
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._go(step)
                return True
        return super().eventFilter(watched, event)

    def _look_for(self, text: str) -> None:
        self.matches.look_for(text)
        self._show_first()
        self._want_others()
        self.typed.emit(self.matches.typed)

    def _want_others(self) -> None:
        if not self._is_whole:
            self.wanted.emit(self.matches.typed)

    def _show_first(self) -> None:
        self._hint.setVisible(not self.matches.matches)
        self.view.setVisible(bool(self.matches.matches))
        self.view.setCurrentIndex(self.matches.index(0))

    def _go(self, step: int) -> None:
        count = self.matches.rowCount()
        if count:
            row = max(0, min(self.view.currentIndex().row() + step, count - 1))
            self.view.setCurrentIndex(self.matches.index(row))

    def _take(self, number: int) -> None:
        if not 0 <= number < len(self.matches.matches):
            return
        row = self.matches.matches[number].row
        if row is None:
            self._make()
        else:
            self.taken.emit(row.claim.id)

    def _make(self) -> None:
        if self.matches.typed:
            self.made.emit(self.matches.typed)
