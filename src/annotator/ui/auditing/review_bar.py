"""Where a reviewer decides: on whose judgement, one key a decision, and a comment that goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStyle, QVBoxLayout, QWidget

from annotator.domain.review import Decision
from annotator.ui.actions import Actions
from annotator.ui.auditing.audit_words import decision_sign
from annotator.ui.controls import GRID, ElidedLabel, KeyCap, PlainButton
from annotator.ui.fields import FIELD_HEIGHT, Segments
from annotator.ui.flow import Flow
from annotator.ui.marks import SIGN, draw_keycap, keycap_size
from annotator.ui.theme import current_theme, panel_font

DECISIONS = {
    "accept": Decision.ACCEPTED,
    "contest": Decision.CONTESTED,
    "reject": Decision.REJECTED,
    "needs_work": Decision.NEEDS_WORK,
}
"""The decision that each action records."""
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_LEAST = 240


class CommentField(QLineEdit):
    """What a reviewer says beside a decision. No key decides anything while one writes here; Enter and Esc leave it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(panel_font())
        self.setPlaceholderText(self.tr("Comment (goes with the decision)"))
        self.setAccessibleName(self.tr("Comment that goes with the decision"))
        self.setFixedHeight(max(FIELD_HEIGHT, self.fontMetrics().height() + 10))
        self.setTextMargins(GRID - 2, 0, keycap_size(self.tr("Enter")).width() + GRID, 0)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that leave the field before any shortcut: a person may have given them to a decision."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENDS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Enter, and with Esc; the words stay."""
        if event.key() in _ENDS:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, and the key that leads here or away."""
        super().paintEvent(event)
        words = self.tr("Enter") if self.hasFocus() else "" if self.text() else self.tr("Tab")
        if words:
            size = keycap_size(words)
            cap = QRect(
                self.width() - size.width() - 6, (self.height() - size.height()) // 2, size.width(), size.height()
            )
            cap = QStyle.visualRect(self.layoutDirection(), self.rect(), cap)
            draw_keycap(QPainter(self), QRectF(cap), words, current_theme())


class _Whose(QWidget):
    """On whose judgement one decides; it is made anew for other people."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._names: tuple[str, ...] = ()
        self.segments: Segments | None = None

    def show_names(self, names: Sequence[str], chosen: int) -> None:
        """Offer these, one of them chosen."""
        if tuple(names) != self._names or self.segments is None:
            if self.segments is not None:
                self.segments.hide()
                self.segments.deleteLater()
            self._names = tuple(names)
            self.segments = Segments(self._names, self.tr("Whose judgement you decide on"))
            self.segments.chosen.connect(self.chosen)
            self._row.addWidget(self.segments)
        self.segments.choose(chosen)


class _DecisionButton(PlainButton):
    """A decision: its sign, its word, its key; without the sign where there is little room."""

    def __init__(self, words: str, sign: str, key: str) -> None:
        super().__init__(words, icon_name=sign, key=key)
        self._sign = sign

    def show_sign(self, *, shown: bool) -> None:
        """Show the sign, or do without."""
        self._icon_name = self._sign if shown else ""
        self.updateGeometry()
        self.update()


class ReviewBar(QWidget):
    """The foot of a review. ``chosen`` gives the number of what one decides on: a judgement, or behind the last one both."""

    chosen = Signal(int)
    comment_left = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signed = True
        self.comment = CommentField()
        self._caption = ElidedLabel(self.tr("You decide on"), muted=True)
        self._whose = _Whose()
        self._arrows = (KeyCap("←"), KeyCap("→"))
        self._remark = ElidedLabel(muted=True)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        words = {
            "accept": self.tr("Accept"),
            "contest": self.tr("Contest"),
            "reject": self.tr("Reject"),
            "needs_work": self.tr("Needs work"),
        }
        self.buttons = {
            name: _DecisionButton(words[name], decision_sign(decision), actions.key(name))
            for name, decision in DECISIONS.items()
        }
        for name, button in self.buttons.items():
            action = actions[name]
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            button.setEnabled(action.isEnabled())
        self._build()
        self._whose.chosen.connect(self.chosen)
        self.comment.left.connect(self.comment_left)

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(self._caption)
        first.addWidget(self._whose)
        for arrow in self._arrows:
            first.addWidget(arrow)
        first.addWidget(self._remark, 1)
        decisions = Flow()
        decisions.fill(list(self.buttons.values()))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(GRID + 4)
        column.addLayout(first)
        column.addWidget(decisions)
        column.addWidget(self.comment)

    def _arrange(self) -> None:
        """Show the signs of the decisions where there is room for them."""
        room = self.width() - 4 * GRID
        wide = sum(button.sizeHint().width() + GRID for button in self.buttons.values())
        signs = len(self.buttons) * (SIGN + GRID)
        if self._signed and wide > room:
            self._signed = False
        elif not self._signed and wide + signs <= room:
            self._signed = True
        else:
            return
        for button in self.buttons.values():
            button.show_sign(shown=self._signed)

    def minimumSizeHint(self) -> QSize:
        """Return room for two decisions in a row."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of another width."""
        super().resizeEvent(event)
        self._arrange()

    def show_choice(self, names: Sequence[str], chosen: int, remark: str) -> None:
        """Offer to decide on these people's judgements; ``remark`` says what else there is to know."""
        self._whose.show_names(names, chosen)
        for arrow in self._arrows:
            arrow.setVisible(len(names) > 1)
        self._remark.setText(remark)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
