"""The calm sign beside a judgement whose words are others in a newer version, and the way to settle it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from annotator.domain.anchoring import AnchorDecision
from annotator.domain.changed_words import ChangedWords
from annotator.ui.controls import plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.painting import draw_lines, wrapped
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font
from annotator.ui.when import published

SIGN = "equal-not"
_ICON, _GAP = 16, 6


def changed_words(changed: ChangedWords) -> str:
    """Return the words of the sign: “Words changed in version 2 · 14 May 2026”, and what a person decided."""
    words = _tr("Words gone in version {0} · {1}") if changed.gone else _tr("Words changed in version {0} · {1}")
    said = words.format(changed.sequence, published(changed.at[:10]))
    if changed.decision is None:
        return said
    decided = {
        AnchorDecision.ACCEPTED: _tr("{0}, accepted"),
        AnchorDecision.PLACED: _tr("{0}, moved by hand"),
        AnchorDecision.KEPT: _tr("{0}, kept on its own version"),
        AnchorDecision.WITHDRAWN: _tr("{0}, withdrawn"),
    }
    return decided[changed.decision].format(said)


class ChangedLine(QAbstractButton):
    """The sign with its words, on one line or more; a click shows both versions. Not there where the words are the same."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._changed: ChangedWords | None = None
        self.setFont(panel_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._show)
        self.hide()

    def show_of(self, changed: ChangedWords | None) -> None:
        """Show what became of the words of a passage; None: they are the same."""
        self._changed = changed
        words = changed_words(changed) if changed is not None else ""
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(self.tr("Show both versions")) if words else "")
        self.setVisible(changed is not None)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in this width."""
        return len(self._lines(width)) * self._line() + 2

    def sizeHint(self) -> QSize:
        """Return room for the words in the width there is."""
        width = max(160, self.width())
        return QSize(160, self.heightForWidth(width))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the sign and the words."""
        painter, theme = QPainter(self), current_theme()
        if self.underMouse() or self.hasFocus():
            line = theme.accent if self.hasFocus() else None
            draw_frame(painter, QRectF(self.rect()), theme.hover if self.underMouse() else None, line, FOCUS_WIDTH)
        sign = QRect(0, (self._line() - _ICON) // 2 + 1, _ICON, _ICON)
        draw_icon(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), sign), SIGN, "muted")
        painter.setPen(theme.text if self._changed is not None and self._changed.waits else theme.muted)
        words = QRect(_ICON + _GAP, 1, self.width() - _ICON - _GAP, self.height())
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), words)
        draw_lines(painter, place, self._lines(self.width()), self.font(), self._line())

    def _lines(self, width: int) -> list[str]:
        return wrapped(self.text(), self.font(), max(width - _ICON - _GAP, 40), 3) or [""]

    def _line(self) -> int:
        return max(20, self.fontMetrics().height())

    def _show(self) -> None:
        if self._changed is not None:
            self._desk.settle_wanted.emit(self._changed.version, self._changed.passage)


def _tr(words: str) -> str:
    return QCoreApplication.translate("versions", words)
