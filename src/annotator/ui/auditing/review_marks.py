"""Marks of the review: what is the same, what was decided, where a passage stands. Always a sign and a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.finding import Severity
from annotator.domain.review import Decision
from annotator.ui.auditing.audit_words import decision_colour, decision_words, level_sign, level_words
from annotator.ui.controls import plain_tooltip
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.marks import SIGN, draw_sign, draw_stance_line, draw_stance_tile
from annotator.ui.painting import draw_lines, wrapped
from annotator.ui.theme import Theme, current_theme, panel_font

_GAP = 4
_CLAIM_LINES = 3
_DECISION_CODES = {
    Decision.ACCEPTED: "supported",
    Decision.CONTESTED: "not_enough_evidence",
    Decision.REJECTED: "refuted",
    Decision.NEEDS_WORK: "open",
}


def draw_decision(painter: QPainter, rect: QRectF, decision: Decision, theme: Theme) -> None:
    """Paint the sign of a decision, 16 px, in the middle of ``rect``."""
    draw_sign(painter, rect, _DECISION_CODES[decision], decision_colour(decision, theme))


class _Signed(QWidget):
    """A sign and a word in the same colour, which is that of the theme when it is painted."""

    def __init__(self, words: str, colour: Callable[[Theme], QColor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._colour = words, colour
        self.setFont(panel_font())
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the sign and the word."""
        metrics = self.fontMetrics()
        return QSize(SIGN + _GAP + metrics.horizontalAdvance(self._words) + 1, max(20, metrics.height()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign and the word."""
        painter, theme = QPainter(self), current_theme()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = self.width() - SIGN if mirrored else 0
        self._draw_sign(painter, QRectF(at, 0, SIGN, self.height()), theme)
        painter.setPen(self._colour(theme))
        words = QRectF(0 if mirrored else SIGN + _GAP, 0, self.width() - SIGN - _GAP, self.height())
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine
        painter.drawText(words, start, self._words)

    def _draw_sign(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        raise NotImplementedError


class SameMark(_Signed):
    """Says whether two judgements are the same in one field."""

    def __init__(self, *, same: bool, parent: QWidget | None = None) -> None:
        super().__init__("", _agree if same else _disagree, parent)
        self._same = same
        self._words = self.tr("same") if same else self.tr("differs")
        self.setAccessibleName(self._words)

    def _draw_sign(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        painter.setPen(self._colour(theme))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "=" if self._same else "≠")


class DecisionMark(_Signed):
    """What a reviewer decided."""

    def __init__(self, decision: Decision, words: str = "", parent: QWidget | None = None) -> None:
        """``words`` are shown instead of the decision's own."""
        super().__init__(words or decision_words(decision), lambda theme: decision_colour(decision, theme), parent)
        self._decision = decision

    def _draw_sign(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        draw_decision(painter, rect, self._decision, theme)


class LevelSign(QWidget):
    """The sign of a finding's level, in the colours of the theme when it is painted; its word is the tooltip."""

    def __init__(self, level: Severity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self.setFixedSize(SIGN, SIGN)
        self.setAccessibleName(level_words(level, many=False))
        self.setToolTip(self.accessibleName())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign."""
        draw_icon(QPainter(self), self.rect(), *level_sign(self._level))


class ClaimWords(QWidget):
    """A claim in large letters: a few lines, the whole in the tooltip."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setFont(panel_font(16, bold=True))
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines in this width."""
        return len(self._lines(width)) * self._line()

    def sizeHint(self) -> QSize:
        """Return the size in the width that there is."""
        return QSize(max(120, self.width()), self.heightForWidth(max(120, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return room for a word."""
        return QSize(80, self._line())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setPen(current_theme().text)
        lines = self._lines(self.width())
        self.setToolTip(plain_tooltip(self._words) if lines and lines[-1].endswith("…") else "")
        draw_lines(painter, self.rect(), lines, self.font(), self._line())

    def _lines(self, width: int) -> list[str]:
        return wrapped(self._words, self.font(), width, _CLAIM_LINES)

    def _line(self) -> int:
        return max(24, self.fontMetrics().height())


class StanceEdge(QWidget):
    """The sign of a stance, and below it the line of the stance along the words."""

    def __init__(self, stance: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stance = stance
        self.setFixedWidth(SIGN)
        self.setMinimumHeight(SIGN)
        self.setAccessibleName(label)
        self.setToolTip(plain_tooltip(label))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign and the line."""
        painter, theme = QPainter(self), current_theme()
        draw_stance_tile(painter, QRectF(0, 4, SIGN, SIGN), self._stance, theme)
        line = QRectF(SIGN / 2 - 2, SIGN + 8, 4, max(0, self.height() - SIGN - 16))
        draw_stance_line(painter, line, self._stance, theme, vertical=True)


def _agree(theme: Theme) -> QColor:
    return theme.muted


def _disagree(theme: Theme) -> QColor:
    return theme.error
