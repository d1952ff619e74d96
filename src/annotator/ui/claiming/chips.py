"""Several answers to pick from, as chips that flow over the lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from annotator.ui.controls import LinkButton, plain_tooltip
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame, panel_font

_GAP, _PADDING, _CHECK = 6, 8, 16


class Chip(QAbstractButton):
    """One answer that can be taken or not."""

    def __init__(self, text: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(panel_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if tip:
            self.setToolTip(plain_tooltip(tip))
            self.setAccessibleDescription(tip)

    def sizeHint(self) -> QSize:
        """Return room for the words and a check mark."""
        check = _CHECK + 2 if self.isChecked() else 0
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PADDING + check
        return QSize(width, max(24, self.fontMetrics().height() + 6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the answer with Enter as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the chip."""
        theme, painter = current_theme(), QPainter(self)
        fill = theme.row if self.isChecked() else theme.hover if self.underMouse() else None
        focused = self.hasFocus()
        line = theme.accent if focused else theme.edge if self.isChecked() else theme.hairline
        draw_frame(painter, QRectF(self.rect()), fill, line, FOCUS_WIDTH if focused else 1)
        words = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        if self.isChecked():
            mark = QRect(_PADDING - 2, (self.height() - _CHECK) // 2, _CHECK, _CHECK)
            draw_icon(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), mark), "check")
            words.setLeft(_PADDING + _CHECK + 2) if self.isLeftToRight() else words.setRight(words.right() - _CHECK - 2)
        painter.setPen(theme.text if self.isChecked() else theme.muted)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())


class Chips(QWidget):
    """Chips to pick any number from. ``changed`` tells that a person picked or dropped one.

    ``folding``: only those that are picked show until somebody wants to add one.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, folding: bool = False) -> None:
        super().__init__(parent)
        self._chips: dict[str, Chip] = {}
        self._folded = folding
        self._add = LinkButton(self.tr("Add"), self, height=24)
        self._add.setVisible(folding)
        self._add.clicked.connect(self._switch)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_options(self, options: Sequence[tuple[str, str, str]], chosen: Iterable[str] = ()) -> None:
        """Offer answers: code, words, and what they mean."""
        taken = set(chosen)
        if [(code, chip.text()) for code, chip in self._chips.items()] != [(c, words) for c, words, _ in options]:
            for chip in self._chips.values():
                chip.deleteLater()
            self._chips = {code: Chip(words, tip, self) for code, words, tip in options}
            for chip in self._chips.values():
                chip.toggled.connect(self._flow)
                chip.clicked.connect(lambda _checked: self.changed.emit())
                QWidget.setTabOrder(chip, self._add)
        for code, chip in self._chips.items():
            chip.setChecked(code in taken)
        self._flow()

    def chosen(self) -> tuple[str, ...]:
        """Return the codes that are picked."""
        return tuple(code for code, chip in self._chips.items() if chip.isChecked())

    def chip(self, code: str) -> Chip:
        """Return one of the chips."""
        return self._chips[code]

    def fold(self) -> None:
        """Show only what is picked."""
        self._folded = True
        self._add.setText(self.tr("Add"))
        self._flow()

    def _switch(self) -> None:
        """Show all answers, or only what is picked."""
        if self._folded:
            self.focus_first()
        else:
            self.fold()

    def focus_first(self) -> None:
        """Show all answers and put the focus on the first."""
        self._folded = False
        self._add.setText(self.tr("Fewer"))
        self._flow()
        if self._chips:
            next(iter(self._chips.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hasHeightForWidth(self) -> bool:
        """Say that chips flow over the lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the chips in this width."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Return a size that suits a dock."""
        return QSize(280, self.heightForWidth(max(120, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return room for one chip, at the height that is needed."""
        return QSize(80, self.heightForWidth(max(120, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the chips flow again."""
        super().resizeEvent(event)
        self._flow()

    def _flow(self) -> None:
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _flowing(self) -> list[QAbstractButton]:
        """Return what is shown, in order."""
        shown: list[QAbstractButton] = [c for c in self._chips.values() if not self._folded or c.isChecked()]
        for chip in self._chips.values():
            chip.setVisible(chip in shown)
        return [*shown, self._add] if self._add.isVisibleTo(self) else shown

    def _place(self, width: int, *, move: bool) -> int:
        x = y = height = 0
        for chip in self._flowing():
            size = chip.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + height + _GAP
            if move:
                place = QRect(x, y, min(size.width(), width), size.height())
                chip.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            x, height = x + size.width() + _GAP, size.height()
        return y + height
