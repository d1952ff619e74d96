"""Keys, over the window: with which one you sign, and whose keys you know."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.domain.signing import Kept, KnownKey, OwnKey, fingerprint, signed_name
from annotator.ui.actions import Actions
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.fields import KeyedWords
from annotator.ui.jobs import Task
from annotator.ui.messages import next_step, sentence
from annotator.ui.shell.sheet import Sheet
from annotator.ui.when import day

_LINE, _ROWS = 28, 8
_DATA = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Found:
    own: OwnKey | None
    known: tuple[KnownKey, ...]


class _Known(QListWidget):
    """Keys of teammates, a line each; one key says that a line is unwanted."""

    unwanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Keys of teammates"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def fill(self, known: tuple[KnownKey, ...]) -> None:
        """Show these keys, the current row staying where it was."""
        row = max(0, self.currentRow())
        self.clear()
        for each in known:
            item = QListWidgetItem(_line(each))
            item.setData(_DATA, each)
            item.setSizeHint(QSize(0, max(_LINE, self.fontMetrics().height() + GRID)))
            self.addItem(item)
        if known:
            self.setCurrentRow(min(row, len(known) - 1))
            self.setFixedHeight(min(_ROWS, len(known)) * self.sizeHintForRow(0) + GRID)
        self.setVisible(bool(known))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say that the current line is unwanted."""
        item = self.currentItem()
        if item is not None and event.text().upper() == "F":
            self.unwanted.emit(item.data(_DATA))
        else:
            super().keyPressEvent(event)


class KeysSheet(Sheet):
    """Above, your own key; below, the teammates whose keys you took for theirs."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk, name: str) -> None:
        """``name`` is who works at this computer; empty: nobody yet."""
        super().__init__(window, actions, self.tr("Signing keys"), width=640)
        self._desk, self._name = desk, name
        self._own: OwnKey | None = None
        self._is_renewing = False
        self.mine = plain_label(self.tr("Looking…"), bold=True)
        self.mine.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = plain_label(muted=True)
        self.copy = PlainButton(self.tr("Copy the key"), icon_name="copy")
        self.copy.clicked.connect(self._copy)
        self.renew = PlainButton(self.tr("Make a new key…"), icon_name="key-round")
        self.renew.clicked.connect(self._renew)
        self.known = _Known()
        self.known.unwanted.connect(self._forget)
        self.nobody = plain_label(
            self.tr("Nobody yet: the first bundle of a teammate asks whether you know its key."), muted=True
        )
        self._keys = KeyedWords(self.tr("{0} forgets the key: bundles signed with it are strangers’ again"), ["F"])
        self._build()
        self._ask()

    def _build(self) -> None:
        self.body.addWidget(plain_label(self.tr("Yours"), muted=True))
        self.body.addWidget(self.mine)
        self.body.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.copy)
        row.addWidget(self.renew)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(GRID)
        self.body.addWidget(plain_label(self.tr("Teammates"), muted=True))
        self.body.addWidget(self.known)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self._keys)
        self.body.addStretch(1)
        for widget in (self.copy, self.renew, self.known, self.nobody, self._keys):
            widget.hide()

    def focus_first(self) -> None:
        """Give the focus to the list, else to what can be done with one's own key."""
        for widget in (self.known, self.copy):
            if not widget.isHidden():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        super().focus_first()

    def _ask(self) -> None:
        name = self._name

        def work(_task: Task[_Found]) -> _Found:
            from annotator.services.keys import keys

            own = [each for each in keys.own() if each.name == name]
            return _Found(own[0] if own else None, keys.known())

        self._desk.jobs.run("read", work, self._take, otherwise=self._say, owner=self)

    def _take(self, found: _Found) -> None:
        self._own = found.own
        for widget in (self.copy, self.renew):
            widget.setVisible(found.own is not None)
        if found.own is None:
            self.mine.setText(self.tr("None yet"))
            self.about.setText(self.tr("It is made when you first export a bundle. There is nothing to set up."))
        else:
            self.mine.setText(signed_name(found.own.name, found.own.key))
            self.about.setText(_about(found.own))
        self.known.fill(found.known)
        self._keys.setVisible(bool(found.known))
        self.nobody.setVisible(not found.known)
        QTimer.singleShot(0, self, self._settle_down)

    def _settle_down(self) -> None:
        self._follow()
        self.focus_first()

    def _say(self, error: AnnotatorError) -> None:
        self.mine.setText(sentence(error))
        self.about.setText(next_step(error))

    def _copy(self) -> None:
        if self._own is not None:
            QGuiApplication.clipboard().setText(self._own.key)
            self.about.setText(self.tr("Copied. Send it by another way than the bundle, or read the letters aloud."))

    def _renew(self) -> None:
        """Make a new key at the second press: at the first, say what that means."""
        if not self._is_renewing:
            self._is_renewing = True
            self.renew.setText(self.tr("Make a new key now"))
            self.renew.updateGeometry()
            self.about.setText(
                self.tr(
                    "For when yours is lost or may be known to somebody. Your teammates have to accept the new one."
                )
            )
            return
        self._is_renewing = False
        self.renew.setText(self.tr("Make a new key…"))
        name = self._name

        def work(_task: Task[OwnKey]) -> OwnKey:
            from annotator.services.keys import keys

            return keys.renew(name)

        self._desk.jobs.run("read", work, lambda _: self._ask(), otherwise=self._say, owner=self)

    def _forget(self, known: KnownKey) -> None:
        def work(_task: Task[object]) -> object:
            from annotator.services.keys import keys

            return keys.forget(known.key)

        self._desk.jobs.run("read", work, lambda _: self._ask(), otherwise=self._say, owner=self)


def _about(own: OwnKey) -> str:
    translate = QCoreApplication.translate
    place = (
        translate("signatures", "in the keyring of this computer")
        if own.kept is Kept.KEYRING
        else translate("signatures", "in a file that only you may read")
    )
    return translate("signatures", "Made {0}; it lies {1}. Bundles are signed with it.").format(day(own.made), place)


def _line(known: KnownKey) -> str:
    translate = QCoreApplication.translate
    state = (
        translate("signatures", "replaced by another")
        if known.replaced
        else translate("signatures", "known since {0}").format(day(known.since))
    )
    return f"{known.name} @ {fingerprint(known.key)}   {state}"
