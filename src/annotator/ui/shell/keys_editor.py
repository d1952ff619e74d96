"""Changes the keys of actions, and says where two would clash."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.actions import SPECS, Actions, Spec, conflicts, keys_of, menu_words, words_of
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.fields import FilterField
from annotator.ui.icons import icon

_HEIGHT = 280


class KeysEditor(QWidget):
    """A list of actions with their keys; the chosen one's can be typed anew. ``own`` are the person's keys."""

    changed = Signal()

    def __init__(self, actions: Actions, own: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.own = dict(own)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._filter = FilterField(self.tr("Filter actions"))
        self._filter.textChanged.connect(self._sift)
        self.list = QTreeWidget()
        self._filter.left.connect(self.list.setFocus)
        self.edit = _KeyField()
        self.edit.setAccessibleName(self.tr("New key"))
        self.edit.editingFinished.connect(self._take)
        self._reset = PlainButton(self.tr("Back to normal"))
        self._reset.clicked.connect(self._forget)
        self.remark = plain_label(muted=True)
        self._build()
        for spec in SPECS:
            self._add(spec)
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.choose(SPECS[0].name)
        self._show_keys()

    def _build(self) -> None:
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(_HEIGHT)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(self.tr("Actions and their keys"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(plain_label(self.tr("New key"), muted=True, wrap=False))
        row.addWidget(self.edit)
        row.addWidget(self._reset)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._filter)
        column.addWidget(self.list)
        column.addLayout(row)
        column.addWidget(self.remark)

    def choose(self, name: str) -> None:
        """Choose an action."""
        self.list.setCurrentItem(self._items[name])

    def _add(self, spec: Spec) -> None:
        menu = f"{menu_words(spec.menu)}: " if spec.menu else ""
        item = QTreeWidgetItem([menu + words_of(spec).rstrip("…"), ""])
        item.setSizeHint(0, QSize(0, max(3 * GRID, self.fontMetrics().height() + 6)))
        self._items[spec.name] = item
        self.list.addTopLevelItem(item)

    def _chosen(self) -> Spec:
        item = self.list.currentItem()
        return next(spec for spec in SPECS if self._items[spec.name] is item)

    def _take(self) -> None:
        spec = self._chosen()
        keys = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if keys == QKeySequence(next(iter(keys_of(spec, self.own)), "")).toString():
            return
        self.own[spec.name] = keys
        self._tell()

    def _forget(self) -> None:
        self.own.pop(self._chosen().name, None)
        self._tell()

    def _tell(self) -> None:
        self._show_keys()
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        spec = self._chosen()
        keys = keys_of(spec, self.own)
        self.edit.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self._reset.setEnabled(spec.name in self.own)
        others = conflicts(self.own).get(spec.name, ())
        words = {each.name: words_of(each).rstrip("…") for each in SPECS}
        if others:
            names = ", ".join(f"“{words[name]}”" for name in others)
            self.remark.setText(
                self.tr("The same key is used for {0}: neither will work. Choose another.").format(names)
            )
        else:
            self.remark.setText(self.tr("Click the field and press the new key. Empty it to have none."))

    def _show_keys(self) -> None:
        clashing = conflicts(self.own)
        for spec in SPECS:
            native = QKeySequence.SequenceFormat.NativeText
            keys = ", ".join(QKeySequence(key).toString(native) for key in keys_of(spec, self.own))
            item = self._items[spec.name]
            item.setText(1, keys)
            item.setIcon(1, icon("triangle-alert") if spec.name in clashing else QIcon())
            font = item.font(1)
            font.setBold(spec.name in self.own)
            item.setFont(1, font)

    def _sift(self, wanted: str) -> None:
        for item in self._items.values():
            item.setHidden(wanted.casefold() not in f"{item.text(0)} {item.text(1)}".casefold())


class _KeyField(QKeySequenceEdit):
    """Takes one key; Esc stays the key that leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QAbstractButton):
            button.setAccessibleName(self.tr("No key"))

    def event(self, event: QEvent) -> bool:
        """Let Tab go on to the next field: Qt would take it for the new key."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            way = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}.get(Qt.Key(event.key()))
            if way is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return self.focusNextPrevChild(way)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
