"""The rows of a judgement: what was answered, and the keys that answer otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QWidget

from annotator.domain.scales import Level
from annotator.ui.controls import GRID, ROW_HEIGHT, plain_tooltip
from annotator.ui.forms import plain_label
from annotator.ui.marks import (
    FADED,
    Mark,
    chip_size,
    confidence_mark,
    draw_keycap,
    draw_verdict_chip,
    keycap_size,
    stance_mark,
)
from annotator.ui.theme import FOCUS_WIDTH, Theme, current_theme, draw_frame, panel_font

LABEL_WIDTH = 88


class KeyButton(QAbstractButton):
    """The key of one answer, to press or to click; a cap only where the key works just now."""

    def __init__(self, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = level
        self._works = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(level.label)
        self.setAccessibleDescription(self.tr("Key {0}").format(level.key))
        words = f"{level.label}: {level.definition}" if level.definition else level.label
        self.setToolTip(plain_tooltip(words))
        self.setFixedSize(keycap_size(level.key))

    def set_works(self, *, works: bool) -> None:
        """Draw the key as one that works, or as a letter."""
        self._works = works
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the key."""
        theme, painter = current_theme(), QPainter(self)
        if self.isEnabled() and self.underMouse():
            draw_frame(painter, QRectF(self.rect()), theme.hover, theme.edge)
        elif self._works and self.isEnabled():
            draw_keycap(painter, QRectF(self.rect()), self.level.key, theme)
            return
        painter.setFont(panel_font())
        painter.setPen(theme.muted)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.level.key)


class Answer(QWidget):
    """What was answered: a mark and its word, or a chip. Words give way where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._chip: tuple[str, bool] | None = None
        self._words = ""
        self._stance = ""
        self._struck = False
        self.setFont(panel_font())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_nothing(self, words: str) -> None:
        """Say that nothing is answered."""
        self._set(None, words)

    def show_stance(self, stance: str, words: str) -> None:
        """Show a stance."""
        self._set(stance_mark(stance), words, stance=stance)

    def show_verdict(self, verdict: str, words: str, *, solid: bool = False) -> None:
        """Show a verdict as a chip."""
        self._set(None, words, chip=(verdict, solid))

    def show_confidence(self, level: int, words: str) -> None:
        """Show a confidence."""
        self._set(confidence_mark(level), words)

    def set_struck(self, *, struck: bool) -> None:
        """Strike the words through: they no longer count."""
        self._struck = struck
        self.update()

    def _set(self, mark: Mark | None, words: str, *, stance: str = "", chip: tuple[str, bool] | None = None) -> None:
        self._mark, self._words, self._stance, self._chip = mark, words, stance, chip
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words) if words else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for mark and words."""
        if self._chip is not None:
            return chip_size(self._words)
        width = self._mark.size.width() + GRID if self._mark else 0
        metrics = QFontMetrics(self.font())
        return QSize(width + metrics.horizontalAdvance(self._words) + 2, max(20, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """Return room for the mark and an ellipsis."""
        return QSize(48, max(20, self.fontMetrics().height()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint mark and words."""
        theme, painter = current_theme(), QPainter(self)
        painter.setOpacity(FADED if self._struck else 1.0)
        if self._chip is not None:
            self._paint_chip(painter, theme, *self._chip)
            return
        left = 0
        if self._mark is not None:
            size = self._mark.size
            place = QRect(0, (self.height() - size.height()) // 2, size.width(), size.height())
            self._mark.draw(painter, self._mirrored(place).toRectF(), theme)
            left = size.width() + GRID
        painter.setOpacity(1.0)
        font = QFont(panel_font())
        font.setStrikeOut(self._struck)
        painter.setFont(font)
        painter.setPen(self._ink(theme))
        room = self._mirrored(self.rect().adjusted(left, 0, 0, 0))
        shown = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_chip(self, painter: QPainter, theme: Theme, verdict: str, solid: bool) -> None:  # noqa: FBT001 as kept
        metrics, size = QFontMetrics(panel_font()), chip_size(self._words)
        words = self._words
        if size.width() > self.width():
            taken = size.width() - metrics.horizontalAdvance(words)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - taken)
            size = chip_size(words)
        place = QRect(0, (self.height() - size.height()) // 2, size.width(), size.height())
        draw_verdict_chip(painter, self._mirrored(place).toRectF(), verdict, words, theme, solid=solid)

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _ink(self, theme: Theme) -> QColor:
        if self._struck or self._mark is None:
            return theme.muted
        return theme.stance(self._stance).text if self._stance else theme.text


class JudgementRow(QWidget):
    """One question: its label, what was answered, and the keys. ``picked`` gives the code of a new answer."""

    picked = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = Answer()
        self._keys: list[KeyButton] = []
        self._works = False
        caption = plain_label(label, muted=True)
        caption.setFixedWidth(LABEL_WIDTH)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(caption)
        self._row.addWidget(self.answer, 1)
        self.setMinimumHeight(ROW_HEIGHT)
        self.setAccessibleName(label)

    def set_levels(self, levels: Sequence[Level]) -> None:
        """Offer the levels that have a key."""
        wanted = [level for level in levels if level.key]
        if [button.level for button in self._keys] == wanted:
            return
        for button in self._keys:
            self._row.removeWidget(button)
            button.deleteLater()
        self._keys = [KeyButton(level) for level in wanted]
        for button in self._keys:
            button.clicked.connect(lambda _checked=False, code=button.level.code: self.picked.emit(code))
            button.set_works(works=self._works)
            self._row.addWidget(button)

    def set_keys_work(self, *, work: bool) -> None:
        """Draw the keys as they work or not."""
        self._works = work
        for button in self._keys:
            button.set_works(works=work)

    def set_can_answer(self, *, can: bool) -> None:
        """Let nothing be picked where nothing may be changed."""
        for button in self._keys:
            button.setEnabled(can)

    def code_for(self, key: str) -> str:
        """Return the answer that a key picks, or nothing."""
        return next((button.level.code for button in self._keys if button.level.key.upper() == key.upper()), "")


class OtherJudgement(QAbstractButton):
    """One line of somebody's judgement, to be chosen: name, stance, verdict, confidence; and the claim where it is another."""

    def __init__(
        self, name: str, marks: Sequence[Mark], words: str, spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._marks, self._words = name, tuple(marks), words
        self._struck = False
        self.setFont(panel_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(spoken)
        self.setToolTip(plain_tooltip(spoken))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_struck(self, *, struck: bool) -> None:
        """Show that it was withdrawn."""
        self._struck = struck

    def sizeHint(self) -> QSize:
        """Return room for one line, or two."""
        line = max(24, self.fontMetrics().height() + 4)
        return QSize(200, line * (2 if self._words else 1))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line."""
        theme, painter = current_theme(), QPainter(self)
        if self.underMouse():
            draw_frame(painter, QRectF(self.rect()), theme.hover, None)
        line = max(24, self.fontMetrics().height() + 4)
        font = QFont(panel_font())
        font.setStrikeOut(self._struck)
        painter.setFont(font)
        painter.setPen(theme.muted if self._struck else theme.text)
        self._draw_words(painter, QRect(0, 0, LABEL_WIDTH - 4, line), self._name)
        left = LABEL_WIDTH
        painter.setOpacity(FADED if self._struck else 1.0)
        for mark in self._marks:
            place = QRect(left, (line - mark.size.height()) // 2, mark.size.width(), mark.size.height())
            mark.draw(painter, QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), place)), theme)
            left += mark.size.width() + GRID
        painter.setOpacity(1.0)
        if self._words:
            painter.setFont(panel_font())
            painter.setPen(theme.muted)
            self._draw_words(painter, QRect(0, line - 2, self.width(), line), self._words)
        if self.hasFocus():
            draw_frame(painter, QRectF(self.rect()), None, theme.accent, FOCUS_WIDTH)

    def _draw_words(self, painter: QPainter, rect: QRect, words: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        room = QStyle.visualRect(self.layoutDirection(), self.rect(), rect)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
