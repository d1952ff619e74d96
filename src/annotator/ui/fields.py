"""Fields and small controls that several screens use: a filter, names, words with keys in them, segments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QWidget,
)

from annotator.ui.icon_drawing import draw_icon
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font

FIELD_HEIGHT = 32
_BAR_FIELD = 24
_ICON = 16


class FilterField(QLineEdit):
    """A field above a list: what is typed filters it. Esc empties it, then leaves it; Down and Enter go to the list."""

    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(panel_font())
        self.setFixedHeight(max(_BAR_FIELD, self.fontMetrics().height() + 6))
        self.setTextMargins(_ICON + 12, 0, _ICON, 0)

    def set_key(self, key: str) -> None:
        """Show the key that leads here."""
        self._key = key
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field with Down, Enter, or Esc once it is empty."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Esc from the shortcuts of whatever the field stands in."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        ):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, its icon, and the key while it is empty."""
        super().paintEvent(event)
        painter = QPainter(self)
        mark = QRect(8, (self.height() - _ICON) // 2, _ICON, _ICON)
        draw_icon(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), mark), "list-filter", "muted")
        if self._key and not self.text() and not self.hasFocus():
            painter.setPen(current_theme().muted)
            end = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
            painter.drawText(self.rect().adjusted(10, 0, -10, 0), end | Qt.AlignmentFlag.AlignVCenter, self._key)


class _NamesCompleter(QCompleter):
    """Completes the last of several names."""

    def splitPath(self, path: str) -> list[str]:
        """Return what is to be completed."""
        return [path.rpartition(";")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the whole field with the last name completed."""
        field = self.widget()
        before = field.text().rpartition(";")[0] if isinstance(field, QLineEdit) else ""
        name = str(index.data())
        return f"{before}; {name}" if before else name


class NamesField(QLineEdit):
    """Names of people and organisations, a semicolon between; those that the project knows are offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Names, with ; between"))
        self._known = QStringListModel(self)
        completer = _NamesCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def set_known(self, names: Iterable[str]) -> None:
        """Offer these names."""
        self._known.setStringList(sorted(set(names), key=str.casefold))

    def set_names(self, names: Iterable[str]) -> None:
        """Show these names."""
        self.setText("; ".join(names))

    def names(self) -> tuple[str, ...]:
        """Return the names, each once."""
        parts = (" ".join(part.split()) for part in self.text().split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))


_DOCK = 240
_IN_MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


class KeyedWords(QWidget):
    """Muted words with keys among them: ``{0}`` in the words is the place of the first key."""

    def __init__(self, words: str, keys: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._keys = words, tuple(keys)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFont(panel_font())
        self.set_words(words, keys)

    def set_words(self, words: str, keys: Sequence[str] = ()) -> None:
        """Show other words."""
        self._words, self._keys = words, tuple(keys)
        self.setAccessibleName(words.format(*self._keys))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in this width."""
        return self._flow(None, width)

    def sizeHint(self) -> QSize:
        """Return a size that suits a dock, or what the words need where there is more room than in one."""
        return QSize(_DOCK, self.heightForWidth(max(_DOCK, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the layout know what the words need in this width."""
        super().resizeEvent(event)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return room for the widest key."""
        return QSize(80, self._line_height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the words and keys."""
        self._flow(QPainter(self), self.width())

    def _line_height(self) -> int:
        return max(keycap_size("W").height() + 4, self.fontMetrics().height())

    def _flow(self, painter: QPainter | None, width: int) -> int:
        """Lay words and keys out in lines, paint them if there is a painter, and return the height."""
        metrics, line = QFontMetrics(self.font()), self._line_height()
        space = metrics.horizontalAdvance(" ")
        x, y = 0, 0
        if painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for piece in self._words.split():
            for part in (each for each in re.split(r"(\{\d\})", piece) if each) if "{" in piece else (piece,):
                is_key = part.startswith("{")
                words = self._keys[int(part[1:-1])] if is_key else part
                wide = keycap_size(words).width() if is_key else metrics.horizontalAdvance(words)
                if x and x + wide > width:
                    x, y = 0, y + line
                if painter:
                    self._draw(painter, QRect(x, y, wide, line), words, is_key=is_key)
                x += wide
            x += space
        return y + line

    def _draw(self, painter: QPainter, rect: QRect, words: str, *, is_key: bool) -> None:
        rect = QStyle.visualRect(self.layoutDirection(), self.rect(), rect)
        if is_key:
            cap = QRectF(rect)
            cap.setHeight(keycap_size(words).height())
            cap.moveCenter(QRectF(rect).center())
            draw_keycap(painter, cap.toRect().toRectF(), words, current_theme())
        else:
            painter.drawText(rect, _IN_MIDDLE, words)


class _Segment(QAbstractButton):
    """One of several choices in a row."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(panel_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def sizeHint(self) -> QSize:
        """Return room for the words, bold when chosen."""
        width = QFontMetrics(panel_font(bold=True)).horizontalAdvance(self.text()) + 20
        return QSize(width, max(_BAR_FIELD, self.fontMetrics().height() + 4))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the segment."""
        theme, painter = current_theme(), QPainter(self)
        inner = self.rect().adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.fillRect(inner, theme.row)
        elif self.underMouse():
            painter.fillRect(inner, theme.hover)
        if self.hasFocus():
            draw_frame(painter, QRectF(self.rect()), None, theme.accent, FOCUS_WIDTH)
        painter.setFont(panel_font(bold=self.isChecked()))
        painter.setPen(theme.text if self.isChecked() else theme.muted)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())


class Segments(QWidget):
    """A few choices side by side, of which one is taken; the arrow keys go from one to the next."""

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, text in enumerate(texts):
            segment = _Segment(text, self)
            self._group.addButton(segment, number)
            row.addWidget(segment)
        self._group.idClicked.connect(self.chosen)

    def choose(self, number: int) -> None:
        """Take a choice without telling."""
        self._group.button(number).setChecked(True)

    def current(self) -> int:
        """Return which choice is taken, or -1."""
        return self._group.checkedId()

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show other words."""
        for number, text in enumerate(texts):
            button = self._group.button(number)
            if button.text() != text:
                button.setText(text)
                button.updateGeometry()

    def button(self, number: int) -> QAbstractButton:
        """Return one of the buttons."""
        return self._group.button(number)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the frame around all, and the lines between."""
        theme, painter = current_theme(), QPainter(self)
        draw_frame(painter, QRectF(self.rect()), theme.raised, theme.edge)
        painter.setPen(theme.hairline)
        for button in self._group.buttons()[1:]:
            x = button.geometry().left()
            painter.drawLine(x, 1, x, self.height() - 2)
