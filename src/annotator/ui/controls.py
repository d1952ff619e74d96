"""Small widgets that the screens are made of; all words are plain text, and every mark has its word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.icon_drawing import IconRole, draw_icon
from annotator.ui.marks import (
    FADED,
    SIGN,
    Mark,
    chip_size,
    confidence_mark,
    draw_keycap,
    draw_verdict_chip,
    keycap_size,
    stance_mark,
)
from annotator.ui.theme import FOCUS_WIDTH, RADIUS, Theme, current_theme, draw_frame, panel_font

GRID = 8
ROW_HEIGHT = 32
_ROW_PADDING = 4
_MARK_LEFT = 36


class _MarkLabel(QLabel):
    """A label that shows its word as a mark; a screen reader reads the word."""

    def __init__(self, mark: Mark, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self.setAccessibleName(spoken)
        self.setFixedSize(mark.size)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the mark."""
        self._mark.draw(QPainter(self), QRectF(self.rect()), current_theme())


class KeyCap(_MarkLabel):
    """A key that works here and now, such as ``L`` or ``Ctrl Enter``."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        mark = Mark(keycap_size(key), lambda p, r, t: draw_keycap(p, r, key, t))
        super().__init__(mark, self.tr("Key {0}").format(key), parent)


class StanceTile(_MarkLabel):
    """The sign of a stance; ``label`` is its word in the codebook, shown as the tooltip."""

    def __init__(self, stance: str, label: str, parent: QWidget | None = None, *, solid: bool = False) -> None:
        super().__init__(stance_mark(stance, solid=solid), self.tr("Stance: {0}").format(label), parent)
        self.setToolTip(plain_tooltip(label))


class VerdictChip(_MarkLabel):
    """The sign and word of a verdict: tinted for a linkage's, ``solid`` for a conclusion's."""

    def __init__(self, verdict: str, label: str, parent: QWidget | None = None, *, solid: bool = False) -> None:
        mark = Mark(chip_size(label), lambda p, r, t: draw_verdict_chip(p, r, verdict, label, t, solid=solid))
        super().__init__(mark, self.tr("Verdict: {0}").format(label), parent)


class ConfidenceBars(_MarkLabel):
    """A confidence as one, two or three bars; ``label`` is its word in the codebook, shown as the tooltip."""

    def __init__(self, level: int, label: str, parent: QWidget | None = None) -> None:
        super().__init__(confidence_mark(level), self.tr("Confidence: {0}").format(label), parent)
        self.setToolTip(plain_tooltip(label))


def plain_label(
    text: str = "", *, muted: bool = False, bold: bool = False, size: int = 13, wrap: bool = True
) -> QLabel:
    """Return a label whose words are plain text and wrap, if need be."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setFont(panel_font(size, bold=bold))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class HairLine(QWidget):
    """A line of one pixel between two areas."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if orientation == Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)
        self.setAccessibleName(self.tr("Separator"))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the line."""
        QPainter(self).fillRect(self.rect(), current_theme().hairline)


class ElidedLabel(QLabel):
    """One line of plain text that ends in … where there is no room, with the whole in the tooltip."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, bold: bool = False, muted: bool = False
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(panel_font(bold=bold))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if muted:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def minimumSizeHint(self) -> QSize:
        """Return room for the ellipsis."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        if not self.text():
            return
        shown = self._elided()
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, shown)

    def event(self, event: QEvent) -> bool:
        """Offer the whole text when a tooltip is asked for and something is cut off."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip("" if self._elided() == self.text() else plain_tooltip(self.text()))
        return super().event(event)

    def _elided(self) -> str:
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)


def plain_tooltip(text: str) -> str:
    """Return a tooltip that shows ``text`` as it is and wraps it."""
    for sign, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, code)
    return f"<qt>{text}</qt>"


class SectionHead(QWidget):
    """The head of a section: a bold title, a muted remark such as a count, and a widget at the far end."""

    def __init__(
        self, title: str, remark: str = "", trailing: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._remark = ElidedLabel(muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self._words = ElidedLabel(title, bold=True)
        row.addWidget(self._words)
        row.addWidget(self._remark)
        row.addStretch()
        if trailing:
            row.addWidget(trailing)
        self.setMinimumHeight(ROW_HEIGHT)
        self._title = title
        self.set_remark(remark)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title = title
        self._words.setText(title)
        self.setAccessibleName(f"{title} {self._remark.text()}".strip())

    def set_remark(self, remark: str) -> None:
        """Show another count or remark beside the title."""
        self._remark.setText(remark)
        self.setAccessibleName(f"{self._title} {remark}".strip())


class _Look(NamedTuple):
    """How a button is painted just now: its ground, its frame, and the colour of its words."""

    fill: QColor | None
    line: QColor | None
    ink: QColor
    role: IconRole = "text"
    line_width: float = 1.0


_IN_MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
_Part = tuple[int, Callable[[QPainter, QRect, _Look], None]]


class _Button(QPushButton):
    """Paints an icon, a verb and a key cap in a row, on a ground that the subclasses choose."""

    _padding = 12

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        icon_name: str = "",
        key: str = "",
        key_first: bool = False,
        height: int = ROW_HEIGHT,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._key, self._key_first = icon_name, key, key_first
        self.setFont(panel_font())
        self.setText(text)
        if key:
            self.setAccessibleDescription(self.tr("Key {0}").format(key))
        self.setFixedHeight(max(height, self.fontMetrics().height() + 4))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show other words; an ampersand in them is an ampersand."""
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return room for the icon, the words and the key cap."""
        widths = [width for width, _ in self._parts()]
        gaps = GRID * (len(widths) - 1)
        return QSize(self._lead() + sum(widths) + gaps + self._padding, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same as ``sizeHint``: a verb is never cut off."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground and what stands on it."""
        look = self._look(current_theme())
        painter = QPainter(self)
        draw_frame(painter, QRectF(self.rect()), look.fill, look.line, look.line_width)
        left = self._lead()
        for width, draw in self._parts():
            part = QRect(left, 0, width, self.height())
            draw(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), part), look)
            left += width + GRID

    def _lead(self) -> int:
        return _ROW_PADDING if self._key and self._key_first else self._padding

    def _parts(self) -> list[_Part]:
        words = self.accessibleName()
        parts: list[_Part] = [(self.fontMetrics().horizontalAdvance(words), self._draw_words)]
        if self._icon_name:
            parts.insert(0, (SIGN, self._draw_icon))
        if self._key:
            parts.insert(0 if self._key_first else len(parts), (keycap_size(self._key).width(), self._draw_key))
        return parts

    def _draw_words(self, painter: QPainter, rect: QRect, look: _Look) -> None:
        painter.setPen(look.ink)
        painter.drawText(rect, _IN_MIDDLE, self.accessibleName())

    def _draw_icon(self, painter: QPainter, rect: QRect, look: _Look) -> None:
        draw_icon(painter, rect, self._icon_name, look.role)

    def _draw_key(self, painter: QPainter, rect: QRect, look: _Look) -> None:
        cap = QRectF(rect)
        cap.setHeight(keycap_size(self._key).height())
        cap.moveTop((self.height() - cap.height()) // 2)
        draw_keycap(painter, cap, self._key, current_theme(), on_accent=look.role == "on_accent")

    def _look(self, theme: Theme) -> _Look:
        if not self.isEnabled():
            return _Look(None, None if self.isFlat() else theme.hairline, theme.muted, "muted")
        lit = self.underMouse() or self.isDown()
        idle = None if self.isFlat() else theme.raised
        fill = theme.row if self.isChecked() else theme.hover if lit else idle
        if self.hasFocus():
            return _Look(fill, theme.accent, theme.text, line_width=FOCUS_WIDTH)
        return _Look(fill, None if self.isFlat() else theme.edge, theme.text)


class PlainButton(_Button):
    """A button among others; ``setFlat`` takes its frame away, ``setCheckable`` makes it an answer."""


class AccentButton(_Button):
    """The one button of a screen for what follows; without colour until it can be used."""

    def _look(self, theme: Theme) -> _Look:
        if not self.isEnabled():
            return super()._look(theme)
        pressed = self.underMouse() or self.isDown()
        fill = theme.accent.darker(108) if pressed else theme.accent
        return _Look(fill, None, theme.on_accent, "on_accent")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the focus as a frame inside it."""
        super().paintEvent(event)
        if self.hasFocus():
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            draw_frame(QPainter(self), inner, None, current_theme().on_accent, FOCUS_WIDTH)


class LinkButton(_Button):
    """A step to somewhere else, written as a link."""

    _padding = 4

    def _look(self, theme: Theme) -> _Look:
        if not self.isEnabled():
            return _Look(None, None, theme.muted, "muted")
        fill = theme.hover if self.underMouse() or self.isDown() else None
        return _Look(fill, theme.accent if self.hasFocus() else None, theme.accent, "accent", FOCUS_WIDTH)


class ChoiceRow(QAbstractButton):
    """One answer to pick: its key, its mark, its word. ``checked`` means taken; Enter or Space takes it."""

    def __init__(self, key: str, label: str, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._label, self._mark = key, label, mark
        self._greyed = False
        self.setCheckable(True)
        self.setFont(panel_font())
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(label)
        self.setAccessibleDescription(self.tr("Key {0}").format(key))

    def set_greyed(self, *, greyed: bool) -> None:
        """Fade the row: its turn has not come, or another answer was taken. It can still be picked."""
        self._greyed = greyed
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for key, mark and word."""
        words = self.fontMetrics().horizontalAdvance(self._label)
        return QSize(self._words_left() + words + GRID, max(ROW_HEIGHT, self.fontMetrics().height() + 8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the answer with Enter as with Space; Ctrl+Enter is for what the row stands in."""
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not with_control:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the row in its state: taken, in focus, greyed or idle."""
        theme = current_theme()
        painter = QPainter(self)
        faded = not self.isChecked() and (self._greyed or not self.isEnabled())
        hovered = self.underMouse() and self.isEnabled()
        fill = theme.row if self.isChecked() else theme.hover if hovered else None
        line = theme.accent if self.hasFocus() else None
        draw_frame(painter, QRectF(self.rect()), fill, line, FOCUS_WIDTH)
        cap = keycap_size(self._key)
        draw_keycap(painter, self._part(_ROW_PADDING, cap.width(), cap.height()), self._key, theme)
        painter.setOpacity(FADED if faded else 1.0)
        self._mark.draw(painter, self._part(_MARK_LEFT, self._mark.size.width()), theme)
        painter.setOpacity(1.0)
        painter.setPen(theme.muted if faded else theme.text)
        words = self._part(self._words_left(), self.width() - self._words_left() - GRID)
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(words, start | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._label)

    def _words_left(self) -> int:
        return _MARK_LEFT + self._mark.size.width() + GRID

    def _part(self, left: int, width: int, height: int = ROW_HEIGHT) -> QRectF:
        part = QRect(left, (self.height() - height) // 2, width, height)
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), part))


class EmptyState(QWidget):
    """Says what an empty screen is for and what to do next; ``drop_target`` frames it with dashes."""

    def __init__(
        self,
        icon_name: str,
        headline: str,
        sentence: str,
        buttons: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
        *,
        drop_target: bool = False,
    ) -> None:
        super().__init__(parent)
        self._drop_target = drop_target
        picture = Mark(QSize(32, 32), lambda p, r, _: draw_icon(p, r.toRect(), icon_name, "accent"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 6 * GRID, 2 * GRID, 6 * GRID)
        column.setSpacing(2 * GRID)
        column.addStretch()
        column.addWidget(_MarkLabel(picture, headline), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_centred_words(headline, panel_font(20, bold=True)))
        column.addWidget(_centred_words(sentence, panel_font(), muted=True))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        self.setAccessibleName(headline)
        self.setAccessibleDescription(sentence)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the dashed frame of a place to drop things on."""
        if not self._drop_target:
            return
        pen = QPen(current_theme().edge, 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _centred_words(words: str, font: QFont, *, muted: bool = False) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
