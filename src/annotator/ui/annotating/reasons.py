"""What a confidence rests on: its basis and its reasons, two small menus that a person may leave alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from annotator.domain.scales import Codebook
from annotator.ui.claiming.levels import answers, label, reason_words
from annotator.ui.controls import PlainButton, plain_tooltip

_HEIGHT = 24
_TAKES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _StayingMenu(QMenu):
    """A menu of things to tick, open until Esc."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space or Enter."""
        if event.key() in _TAKES and self.activeAction():
            self.activeAction().trigger()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick with a click."""
        action = self.actionAt(event.position().toPoint())
        if action:
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


class Reasons(QWidget):
    """Two buttons, each with a menu: the basis (one), the reasons (several)."""

    changed = Signal(str, object)
    """``basis`` has a code, or ``reasons`` a tuple of codes."""

    def __init__(self, codebook: Codebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codebook = codebook
        self.basis, self.reasons = "", ()  # type: tuple[str, tuple[str, ...]]
        self.basis_button = PlainButton("", key=self.tr("Alt B"), height=_HEIGHT)
        self.reasons_button = PlainButton("", key=self.tr("Alt R"), height=_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button, opens in ((self.basis_button, self.open_basis), (self.reasons_button, self.open_reasons)):
            button.setFlat(True)
            button.clicked.connect(opens)
            row.addWidget(button)
        self.show_given("", ())

    def show_given(self, basis: str, reasons: tuple[str, ...]) -> None:
        """Show what has been given."""
        self.basis, self.reasons = basis, reasons
        words = label(self._codebook, "basis", basis)
        self.basis_button.setText(self.tr("Basis: {0}").format(words) if basis else self.tr("Basis"))
        count = self.tr("Reasons: {0}").format(len(reasons)) if reasons else self.tr("Reasons")
        self.reasons_button.setText(count)
        for button in (self.basis_button, self.reasons_button):
            button.updateGeometry()

    def open_basis(self) -> None:
        """Open the list of bases."""
        menu = QMenu(self)
        for level in answers(self._codebook, "basis"):
            action = self._tick(menu, level.label, is_on=level.code == self.basis)
            action.setToolTip(plain_tooltip(level.definition))
            action.triggered.connect(lambda on, code=level.code: self.changed.emit("basis", code if on else ""))
        self._open(menu, self.basis_button)

    def open_reasons(self) -> None:
        """Open the list of reasons; several may be ticked."""
        menu = _StayingMenu(self)
        codes = self._codebook.scale("confidence").reasons
        for code, words in zip(codes, reason_words(codes), strict=True):
            action = self._tick(menu, words[:1].upper() + words[1:], is_on=code in self.reasons)
            action.triggered.connect(lambda on, code=code: self._set_reason(code, is_on=on))
        self._open(menu, self.reasons_button)

    def _set_reason(self, code: str, *, is_on: bool) -> None:
        others = tuple(each for each in self.reasons if each != code)
        self.changed.emit("reasons", (*others, code) if is_on else others)

    def _tick(self, menu: QMenu, words: str, *, is_on: bool) -> QAction:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_on)
        return action

    def _open(self, menu: QMenu, button: PlainButton) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
