"""The reader in one part or in two side by side: which of them what is done is done in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle, QWidget

from annotator.ui.annotating.half import LEAST, Half
from annotator.ui.theme import current_theme

_HANDLE = 5
_STEP = 32
_LEAST_WHOLE = QSize(320, 160)


class Halves(QSplitter):
    """One half or two. Where there is no room for both, the one that is worked in is shown."""

    activated = Signal()
    """Another half is worked in."""

    def __init__(self, make_half: Callable[[], Half], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._make_half = make_half
        self._wanted: float | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(_HANDLE)
        self.active = make_half()
        self.addWidget(self.active)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    # -- which there are

    @property
    def all(self) -> tuple[Half, ...]:
        """The halves, from left to right."""
        return tuple(half for n in range(self.count()) if isinstance(half := self.widget(n), Half))

    @property
    def other(self) -> Half | None:
        """The half that is not worked in, if there are two."""
        return next((half for half in self.all if half is not self.active), None)

    @property
    def has_room(self) -> bool:
        """Whether two halves fit side by side."""
        return self.width() >= 2 * LEAST + _HANDLE

    @property
    def share(self) -> float:
        """How much of the width the left half has: 0 to 1."""
        sizes = self.sizes()
        return sizes[0] / sum(sizes) if sum(sizes) and len(sizes) > 1 else 0.5

    def half(self, side: int) -> Half:
        """Return the half on a side: 0 left, 1 right; where there is one half only, that."""
        return self.all[min(side, self.count() - 1)]

    def side(self, half: Half) -> int:
        """Return on which side a half is."""
        return self.indexOf(half)

    # -- making two, and one

    def split(self, share: float = 0.5, *, on_left: bool = False) -> Half:
        """Put a second half on the right, or left, and return it; it is not worked in yet.

        ``share`` is how much of the width the left one gets.
        """
        half = self._make_half()
        self.insertWidget(0 if on_left else 1, half)
        half.show()
        self._wanted = share
        self._fit()
        return half

    def join(self, gone: Half) -> None:
        """Take one of two halves away; the other is worked in."""
        kept = next(half for half in self.all if half is not gone)
        gone.setParent(None)
        gone.deleteLater()
        self.activate(kept)
        self._fit()

    def activate(self, half: Half) -> None:
        """Work in a half from now on."""
        is_other = half is not self.active
        self.active = half
        self._fit()
        if is_other:
            self.activated.emit()

    # -- Qt's own

    def createHandle(self) -> QSplitterHandle:
        """Return a handle that can be moved with keys."""
        return _Handle(self)

    def minimumSizeHint(self) -> QSize:
        """Return room for one half: where there is not enough for two, one is hidden."""
        return _LEAST_WHOLE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both halves where there is room for both."""
        super().resizeEvent(event)
        self._fit()

    # -- inside

    def _fit(self) -> None:
        is_split = self.count() > 1
        for half in self.all:
            half.setVisible(self.has_room or half is self.active)
            half.set_active(active=half is self.active)
            is_last = half is self.all[-1] or not self.has_room
            half.show_split(offered=is_last and (is_split or self.has_room), split=is_split)
        if is_split and self.has_room and self._wanted is not None:
            left = max(LEAST, min(round(self.width() * self._wanted), self.width() - LEAST - _HANDLE))
            self._wanted = None
            self.setSizes([left, self.width() - left - _HANDLE])

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        for half in self.all:
            if now is not None and half is not self.active and (half is now or half.isAncestorOf(now)):
                self.activate(half)


class _Handle(QSplitterHandle):
    """A line between two halves: dragged with the mouse, or moved with the arrow keys while it has the focus."""

    def __init__(self, splitter: QSplitter) -> None:
        super().__init__(Qt.Orientation.Horizontal, splitter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Where the two sides meet"))
        self.setToolTip(self.tr("Drag to make a side wider; with the focus here, the arrow keys do"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys."""
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moveSplitter(self.x() + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is gone."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint a thin line; a thick one with the focus."""
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        if self.hasFocus():
            painter.fillRect(1, 0, self.width() - 2, self.height(), theme.accent)
        else:
            painter.fillRect(self.width() // 2, 0, 1, self.height(), theme.hairline)
