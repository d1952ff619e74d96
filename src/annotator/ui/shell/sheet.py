"""A panel that lies over the window until it is closed; the window behind it is veiled and takes no keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, HairLine, PlainButton, plain_label
from annotator.ui.tab_order import go_on
from annotator.ui.theme import current_theme, draw_frame

_MARGIN = 3 * GRID
_VEIL = 0.8


class Sheet(QWidget):
    """A titled panel over its window. It follows the window's size, keeps the focus inside, and Esc closes it.

    Subclasses fill ``body`` and ``footer``; what is too long for the window scrolls.
    """

    closed = Signal()

    def __init__(self, window: QWidget, actions: Actions, title: str, *, width: int = 720) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._width = width
        self._before: QWidget | None = None
        self.setAccessibleName(title)
        self._panel = _Panel(self)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self.body.setSpacing(GRID)
        self._foot = _Foot()
        self.footer = QHBoxLayout(self._foot)
        self.footer.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.footer.setSpacing(GRID)
        self._fill(title)
        window.installEventFilter(self)
        self._content.installEventFilter(self)
        self.hide()

    def _fill(self, title: str) -> None:
        self.close_button = PlainButton(self.tr("Close"), key=self.tr("Esc"))
        self.close_button.setFlat(True)
        self.close_button.clicked.connect(self.close)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        head.addWidget(plain_label(title, size=16, bold=True, wrap=False))
        head.addStretch()
        head.addWidget(self.close_button)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._content)
        self._scroll.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(HairLine())
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot)

    def open(self) -> None:
        """Lie down over the window."""
        self._before = QApplication.focusWidget()
        self._follow()
        self._actions.pause()
        self.show()
        self.raise_()
        self._follow()
        self.focus_first()

    def focus_first(self) -> None:
        """Give the focus to where one starts; the close button unless a subclass knows better."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QEvent) -> None:
        """Give the window back, and the focus to where it was."""
        if self.isVisible():
            self._actions.resume()
        super().closeEvent(event)  # type: ignore[arg-type]
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and what the content needs."""
        resized = event.type() == QEvent.Type.Resize and watched is self._window
        asked = event.type() == QEvent.Type.LayoutRequest and watched is self._content
        if (resized or asked) and self.isVisible():
            self._follow()
        return super().eventFilter(watched, event)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part of the body once it has its place."""
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc; no other key reaches the window behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks from the window behind."""
        event.accept()

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 Qt's own form
        """Move the focus within the panel only."""
        found = go_on(self._panel, forwards=forwards)
        if found is not None:
            self._scroll.ensureWidgetVisible(found)
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Veil the window behind."""
        veil = QColor(current_theme().surface)
        veil.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)

    def _follow(self) -> None:
        window = self._window
        self._foot.setVisible(any(self._is_shown(number) for number in range(self.footer.count())))
        self.setGeometry(window.rect())
        width = min(self._width, window.width() - 2 * _MARGIN)
        self._content.setFixedWidth(width - 2)
        scroll = self._scroll.sizeHint().expandedTo(self._scroll.minimumSizeHint())
        rest = self._panel.sizeHint().height() - scroll.height()
        wanted = rest + max(self.body.heightForWidth(width - 2), self.body.sizeHint().height())
        height = min(wanted, window.height() - 2 * _MARGIN)
        if height < wanted:
            self._content.setFixedWidth(width - 2 - self._scroll.verticalScrollBar().sizeHint().width())
        top = max(_MARGIN, (window.height() - height) // 3)
        self._panel.setGeometry(QRect((window.width() - width) // 2, top, width, height))

    def _is_shown(self, number: int) -> bool:
        item = self.footer.itemAt(number)
        widget = item.widget() if item else None
        return widget is not None and not widget.isHidden()

    def sizeHint(self) -> QSize:
        """Return the window's size."""
        return self._window.size()


class _Foot(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, current_theme().hairline)


class _Panel(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:
        theme = current_theme()
        draw_frame(QPainter(self), QRectF(self.rect()), theme.raised, theme.edge)
