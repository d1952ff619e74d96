"""The dock of the passage under the cursor: what was judged about it, by whom, and why; correct it by keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.rows import LinkageRow
from annotator.ui.actions import LINKAGE, Actions
from annotator.ui.claiming.linkage_card import LinkageCard
from annotator.ui.claiming.linkage_editor import LinkageEditor, WithdrawForm
from annotator.ui.claiming.linkage_reading import PassageReading, read_passage
from annotator.ui.controls import GRID, HairLine, PlainButton, SectionHead
from annotator.ui.desk import Desk
from annotator.ui.drafts import Drafts
from annotator.ui.fields import KeyedWords
from annotator.ui.laying_out import laid_out_once
from annotator.ui.refresher import Refresher
from annotator.ui.theme import current_theme


class LinkagePanel(QWidget):
    """Shows the linkages of the passage that is selected. While it has the focus, single keys correct the judgement."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._drafts = Drafts(desk, self)
        self._reading: PassageReading | None = None
        self._row: LinkageRow | None = None
        self._form: QWidget | None = None
        self._has_focus = False
        self._card = LinkageCard(desk)
        self._editor, self._withdraw = LinkageEditor(desk), WithdrawForm()
        self._hint, self._nothing = KeyedWords(""), QWidget()
        self._refresher = Refresher(self, self.refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Linkage"))
        self._build()
        self._connect()
        self._say_stacked(0, 0)
        self._show()

    # -- building

    def _build(self) -> None:
        self._next = PlainButton(self.tr("Next"), key=self._actions.key("next_under_cursor"), key_first=True, height=24)
        self._next.setFlat(True)
        self._head = SectionHead(self.tr("Linkage"), trailing=self._next)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        for part in (self._card, self._editor, self._withdraw, self._nothing):
            column.addWidget(part)
        column.addStretch()
        around = QHBoxLayout(self._nothing)
        around.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        around.addWidget(self._hint)
        for form in (self._editor, self._withdraw):
            form.hide()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        foot.setSpacing(0)
        self._edit = PlainButton(self.tr("Edit"), key=self._actions.key("edit_linkage"))
        self._buttons = {"edit_linkage": self._edit}
        others = {
            "withdraw": self.tr("Withdraw"),
            "history": self.tr("History"),
            "delete_linkage": self.tr("Delete"),
        }
        for name, words in others.items():
            self._buttons[name] = PlainButton(words)
            self._buttons[name].setFlat(True)
        for button in self._buttons.values():
            foot.addWidget(button)
        foot.insertStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 0, GRID, 0)
        head.addWidget(self._head)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        self._line = HairLine()
        whole.addWidget(self._line)
        whole.addWidget(self._foot)

    def _connect(self) -> None:
        desk, actions = self._desk, self._actions
        desk.passage_selected.connect(self._select_passage)
        desk.linkage_selected.connect(self._select_linkage)
        desk.changed.connect(self._refresher.later)
        desk.closed.connect(self._clear)
        desk.stacked.connect(self._say_stacked)
        self._card.picked.connect(self.correct)
        self._card.chosen.connect(self._choose)
        self._card.restored.connect(lambda: self.correct("withdrawn", ""))
        self._editor.sent.connect(self._send_edit)
        self._editor.left.connect(self._give_up_edit)
        self._editor.typed.connect(self._keep)
        self._withdraw.sent.connect(self._send_withdrawal)
        self._withdraw.left.connect(self._leave_form)
        self._next.clicked.connect(actions["next_under_cursor"].trigger)
        for name, button in self._buttons.items():
            button.clicked.connect(actions[name].trigger)
        actions.keys_changed.connect(self._show)
        actions.place(LINKAGE, self)
        actions.bind("edit_linkage", self.edit)
        actions.bind("withdraw", self.withdraw)
        actions.bind("delete_linkage", self.delete)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def sizeHint(self) -> QSize:
        """Return a size in which a whole judgement can be read."""
        return QSize(352, 480)

    # -- what is shown

    def refresh(self) -> None:
        """Ask for the passage again."""
        passage = self._desk.passage_id
        if self._desk.project is None or not passage:
            self._take(passage, None)
            return
        self._desk.ask(
            lambda project: read_passage(project, passage),
            lambda reading: self._take(passage, reading),
            owner=self,
            otherwise=lambda _: self._take(passage, None),
        )

    @Slot()
    def _clear(self) -> None:
        self._take(EntityId(""), None)

    @Slot(str)
    def _select_passage(self, _passage: str) -> None:
        self._leave_form()
        self._say_stacked(0, 0)
        self.refresh()

    @Slot(str)
    def _select_linkage(self, linkage: str) -> None:
        row = self._reading.row(linkage) if self._reading is not None else None
        if row is not None and row is not self._row:
            self._put(row)

    def _take(self, passage: EntityId, reading: PassageReading | None) -> None:
        if passage != self._desk.passage_id:
            return
        self._reading = reading
        row = reading.row(self._desk.linkage_id) or reading.first() if reading else None
        self._put(row)

    def _put(self, row: LinkageRow | None) -> None:
        changed = (row.linkage.id if row else "") != (self._row.linkage.id if self._row else "")
        self._row = row
        if changed:
            self._leave_form()
        self._desk.select_linkage(row.linkage.id if row else EntityId(""))
        if row is not None and changed:
            self._desk.select_claim(row.claim_id)
        self._show()

    @Slot()
    def _show(self) -> None:
        reading, row = self._reading, self._row
        with laid_out_once(self, self._inner):
            if reading is not None:
                self._card.show_reading(reading, row)
            self._card.setVisible(reading is not None)
            self._card.set_editing(editing=self._form is self._editor)
            link = self._actions.key("link")
            if reading is None:
                self._hint.set_words(self.tr("Shows the passage under the cursor and what was judged about it."))
            else:
                self._hint.set_words(self.tr("Not linked yet. Press {0} in the text to link it to a claim."), (link,))
            self._nothing.setVisible(row is None)
            self._foot.setVisible(row is not None)
            self._line.setVisible(row is not None)
        withdrawn = row is not None and bool(row.linkage.withdrawn)
        self._buttons["withdraw"].setEnabled(not withdrawn and self._form is None)
        self._edit.setEnabled(not withdrawn and self._form is None)
        self._show_keys()

    @Slot(int, int)
    def _say_stacked(self, number: int, count: int) -> None:
        words = self.tr("{0} of {1} under the cursor").format(number, count) if count > 1 else ""
        self._head.set_remark(words)
        self._next.setVisible(count > 1)

    def _show_keys(self) -> None:
        work = self._has_focus and self._form is None and self._row is not None and not self._row.linkage.withdrawn
        self._card.set_keys_work(work=work)

    @Slot(str)
    def _choose(self, linkage: str) -> None:
        self._desk.select_linkage(EntityId(linkage))

    # -- correcting

    def correct(self, field: str, value: str) -> None:
        """Set one field of the linkage: one change."""
        if self._row is None:
            return
        linkage = self._row.linkage.id
        if getattr(self._row.linkage, field) == value:
            if field in self._row.disputed:
                self._desk.do(lambda project: project.settle(linkage, field, value), owner=self)
            return
        self._desk.do(lambda project: project.edit(linkage, **{field: value}), owner=self)

    def edit(self) -> None:
        """Go to the panel; from there, open the fields for the words."""
        if self._row is None or self._row.linkage.withdrawn or self._reading is None or self._form is not None:
            return
        focus = QApplication.focusWidget()
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._editor.show_linkage(self._row.linkage, self._reading.codebook, self._row.disputed)
        self._open(self._editor)
        self._editor.begin()
        self._drafts.fetch(self._draft_key, self._take_up, self)

    def withdraw(self) -> None:
        """Ask for the reason to withdraw the linkage."""
        if self._row is not None and not self._row.linkage.withdrawn and self._form is None:
            self._open(self._withdraw)
            self._withdraw.begin()

    def delete(self) -> None:
        """Delete the linkage; undo brings it back."""
        if self._row is not None and self._form is None:
            linkage = self._row.linkage.id
            self._desk.do(lambda project: project.delete(linkage), owner=self)

    def _open(self, form: QWidget) -> None:
        self._form = form
        for each in (self._editor, self._withdraw):
            each.setVisible(each is form)
        self._show()
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(form, 0, 0))

    @Slot()
    def _leave_form(self) -> None:
        form, self._form = self._form, None
        if form is None:
            return
        focus = QApplication.focusWidget()
        if focus is not None and form.isAncestorOf(focus):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        form.hide()
        self._drafts.flush()
        self._show()

    @property
    def _draft_key(self) -> str:
        return f"linkage:{self._row.linkage.id}" if self._row else "linkage:"

    def _take_up(self, body: Any) -> None:
        if isinstance(body, str) and self._form is not None:
            self._editor.take_up(body)
            self._editor.begin()

    @Slot()
    def _keep(self) -> None:
        self._drafts.keep(self._draft_key, self._editor.rationale.toPlainText())

    @Slot()
    def _send_edit(self) -> None:
        if self._row is None:
            return
        before, key = self._row.linkage, self._draft_key
        changed = self._editor.changed_from(before)
        self._drafts.drop(key)
        self._leave_form()
        if changed:
            self._desk.do(lambda project: project.edit(before.id, **changed), owner=self)

    @Slot()
    def _give_up_edit(self) -> None:
        self._drafts.drop(self._draft_key)
        self._leave_form()

    @Slot()
    def _send_withdrawal(self) -> None:
        reason = self._withdraw.check()
        if reason and self._row is not None:
            linkage = self._row.linkage.id
            self._desk.do(lambda project: project.withdraw(linkage, reason=reason), owner=self)
            self._leave_form()

    # -- keys and focus

    def event(self, event: QEvent) -> bool:
        """Let Enter press the button that has the focus, before it edits."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._pressed(event):
            event.accept()
            return True
        return super().event(event)

    def _pressed(self, event: QKeyEvent) -> QAbstractButton | None:
        focus = QApplication.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        return focus if is_enter and isinstance(focus, QAbstractButton) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a single key."""
        if button := self._pressed(event):
            button.click()
            return
        field, code = self._card.answer_for(event.text())
        if field and self._form is None and self._row is not None and not self._row.linkage.withdrawn:
            self.correct(field, code)
        else:
            super().keyPressEvent(event)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QObject | None, new: QObject | None) -> None:
        inside = isinstance(new, QWidget) and (new is self or self.isAncestorOf(new))
        if inside != self._has_focus:
            self._has_focus = inside
            self._show_keys()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar that shows the focus."""
        super().paintEvent(event)
        if self._has_focus:
            QPainter(self).fillRect(0, 0, self.width(), 2, current_theme().accent)
