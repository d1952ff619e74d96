"""Settles conflicts all alike: which are meant, whose values are taken, how many that are, and a last confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from annotator.domain.conflict import AllAlike, Conflict, ConflictFilter
from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.auditing.field_words import field_words
from annotator.ui.controls import GRID, AccentButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.conflict_telling import title_of
from annotator.ui.exchanging.merge_words import kinds_words, number
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.project import Project

_SIDES = ("theirs", "ours")
_EXAMPLES = 4
_NARROWEST = 20

Read = tuple[tuple[Conflict, ...], dict[EntityId, str]]


class SettleAllSheet(Sheet):
    """Nothing is settled before the button is pressed; what it does is one step, and undo takes it back."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("Settle all alike"), width=640)
        self._desk = desk
        self.side, self.kind, self.field, self.annotator, self.claim = (QComboBox() for _ in range(5))
        self.side.addItems([self.tr("Theirs: what came with a bundle"), self.tr("Ours: what was here")])
        self.meant = plain_label(bold=True)
        self.examples = plain_label(muted=True)
        self.go = AccentButton(self.tr("Settle"), key=self.tr("Enter"))
        self.go.setEnabled(False)
        self.go.clicked.connect(self._settle)
        self._build()
        desk.ask(_read, self._take, owner=self)

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, box in (
            (self.tr("Take"), self.side),
            (self.tr("Of kind"), self.kind),
            (self.tr("Field"), self.field),
            (self.tr("With a value by"), self.annotator),
            (self.tr("On the claim"), self.claim),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_NARROWEST)
            if box is not self.side:
                box.addItem(self.tr("any"), "")
            box.currentIndexChanged.connect(self._count)
            form.addRow(plain_label(name, muted=True, wrap=False), box)
        self.body.addLayout(form)
        self.body.addWidget(self.meant)
        self.body.addWidget(self.examples)
        self.body.addWidget(
            plain_label(self.tr("No clock decides here, you do. It is one step, and undo takes it back."), muted=True)
        )
        self.footer.addStretch(1)
        self.footer.addWidget(self.go)

    def _take(self, read: Read) -> None:
        conflicts, claims = read
        for kind in dict.fromkeys(each.kind for each in conflicts):
            self.kind.addItem(kinds_words(kind), kind)
        for kind, field in dict.fromkeys((each.kind, each.field) for each in conflicts):
            if self.field.findData(field) < 0:
                self.field.addItem(field_words(field, kind), field)
        people = {side.annotator_id: side.annotator for each in conflicts for side in each.sides}
        for id_, name in sorted(people.items(), key=lambda each: each[1].casefold()):
            self.annotator.addItem(name, id_)
        for claim, words in claims.items():
            self.claim.addItem(words, claim)
        self.side.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count()

    @property
    def which(self) -> ConflictFilter:
        """Which conflicts are meant."""
        return ConflictFilter(
            kind=self.kind.currentData(),
            field=self.field.currentData(),
            annotator=self.annotator.currentData(),
            claim=self.claim.currentData() or None,
        )

    @property
    def chosen_side(self) -> str:
        """Whose values are taken."""
        return _SIDES[self.side.currentIndex()]

    def _count(self) -> None:
        self.go.setEnabled(False)
        side, which = self.chosen_side, self.which
        self._desk.ask(
            lambda project: project.settle_all(side, which, dry_run=True),
            lambda found: self._show(found) if (side, which) == (self.chosen_side, self.which) else None,
            owner=self,
        )

    def _show(self, found: AllAlike) -> None:
        count = len(found.settled)
        said = self.tr("1 field would be settled.") if count == 1 else self.tr("{0} fields would be settled.")
        self.meant.setText(said.format(number(count)))
        lines = [f"{title_of(each)}: {field_words(each.field, each.kind)}" for each in found.settled[:_EXAMPLES]]
        if count > _EXAMPLES:
            lines.append(self.tr("and {0} more").format(number(count - _EXAMPLES)))
        if found.left:
            left = self.tr("Left standing, as there is no single such value: {0}")
            lines.append(left.format(number(len(found.left))))
        self.examples.setText("\n".join(lines))
        self.go.setText(self.tr("Settle 1 field") if count == 1 else self.tr("Settle {0} fields").format(number(count)))
        self.go.updateGeometry()
        self.go.setEnabled(bool(count))

    def _settle(self) -> None:
        side, which = self.chosen_side, self.which
        self._desk.do(lambda project: project.settle_all(side, which))
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with Enter from any of the choices, as the button says."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go.click()
        else:
            super().keyPressEvent(event)


def _read(project: Project) -> Read:
    conflicts = project.conflicts()
    ids = dict.fromkeys(each.claim_id for each in conflicts if each.claim_id)
    words = {claim.id: " ".join(claim.text.split()) for claim in project.claims() if claim.id in ids}
    return conflicts, words
