"""Asks what of the project is to go out, what is to be left out of it, and for whom it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.export_claims import ClaimTicks

if TYPE_CHECKING:
    from annotator.domain.people import Annotator
    from annotator.services.exchanging import BundleScope
    from annotator.services.project import Project

_WHOLE, _CLAIMS, _PERSON, _SINCE = range(4)
_WIDEST = 60

People = tuple[tuple[str, ...], tuple["Annotator", ...]]


class ScopePanel(QWidget):
    """What goes out: a choice, what it needs to be told, boxes for what may be left out, and the team."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_for_bundle = True
        self.what = QComboBox()
        self.what.addItems(
            [
                self.tr("The whole project"),
                self.tr("Chosen claims and all they rest on"),
                self.tr("One annotator’s work and all it rests on"),
                self.tr("What came since the last exchange with a team"),
            ]
        )
        self.claims = ClaimTicks(desk)
        self.person, self.since, self.team = QComboBox(), QComboBox(), QComboBox()
        words = QLineEdit()
        words.setPlaceholderText(self.tr("nobody in particular"))
        self.team.setEditable(True)
        self.team.setLineEdit(words)
        for box in (self.what, self.person, self.since, self.team):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_WIDEST // 3)
        self.originals = QCheckBox(self.tr("Originals, byte for byte"))
        self.notes = QCheckBox(self.tr("Notes"))
        self.names = QCheckBox(self.tr("Names of annotators"))
        self._boxes = (self.originals, self.notes, self.names)
        self._names_hint = plain_label(
            self.tr("Without names, everybody is called “Annotator 7f3a” or the like."), muted=True
        )
        self._build()
        self._connect()
        self._choose(_WHOLE)
        desk.ask(_read_people, self._take_people, owner=self)

    def _build(self) -> None:
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(GRID)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (
            (self.tr("What"), self.what),
            (self.tr("Claims"), self.claims),
            (self.tr("Annotator"), self.person),
            (self.tr("Last exchange with"), self.since),
            (self.tr("For the team"), self.team),
        ):
            field.setAccessibleName(name)
            self._form.addRow(plain_label(name, muted=True, wrap=False), field)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for box in self._boxes:
            box.setChecked(True)
            row.addWidget(box)
        row.addStretch(1)
        self._form.addRow(plain_label(self.tr("With it go"), muted=True, wrap=False), row)
        self._form.addRow(self._names_hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._choose)
        self.claims.changed.connect(self.changed)
        for box in (self.person, self.since):
            box.currentIndexChanged.connect(self.changed)
        for check in self._boxes:
            check.toggled.connect(self._tell_boxes)

    def _take_people(self, people: People) -> None:
        teams, annotators = people
        for each in annotators:
            self.person.addItem(each.name, each.id)
        self.since.addItems(list(teams))
        self.team.addItems(list(teams))
        self.team.setCurrentText("")

    def show_for(self, *, bundle: bool) -> None:
        """Ask what can be said for a bundle, or for another form, of which only the names of annotators can be left out."""
        self._is_for_bundle = bundle
        self._form.setRowVisible(self.what, bundle)
        for box in (self.originals, self.notes):
            box.setVisible(bundle)
        self._choose(self.what.currentIndex())

    def _choose(self, what: int) -> None:
        for field, wanted in ((self.claims, _CLAIMS), (self.person, _PERSON), (self.since, _SINCE)):
            self._form.setRowVisible(field, self._is_for_bundle and what == wanted)
        self._form.setRowVisible(self.team, self._is_for_bundle and what != _SINCE)
        if self._is_for_bundle and what == _CLAIMS:
            self.claims.begin()
        self._tell_boxes()

    def _tell_boxes(self) -> None:
        self._form.setRowVisible(self._names_hint, not self.names.isChecked())
        self.changed.emit()

    @property
    def missing(self) -> str:
        """What the person has yet to say, empty where all is said."""
        match self.what.currentIndex():
            case 1 if not self.claims.ticked:
                return self.tr("Tick the claims that are to go out.")
            case 3 if not self.since.count():
                return self.tr(
                    "No bundle was exchanged with a named team yet. Give the whole project first, and say for which team it is."
                )
        return ""

    @property
    def scope(self) -> BundleScope:
        """What was chosen."""
        from annotator.services.exchanging import BundleScope

        what = self.what.currentIndex()
        if not self._is_for_bundle:
            return BundleScope(names=self.names.isChecked())
        return BundleScope(
            claims=self.claims.ticked if what == _CLAIMS else (),
            annotators=(self.person.currentData(),) if what == _PERSON else (),
            since=self.since.currentText() if what == _SINCE else "",
            originals=self.originals.isChecked(),
            notes=self.notes.isChecked(),
            names=self.names.isChecked(),
        )

    @property
    def named_team(self) -> str:
        """For whom the bundle is, empty where nobody was named."""
        return "" if not self._is_for_bundle or self.what.currentIndex() == _SINCE else self.team.currentText().strip()


def _read_people(project: Project) -> People:
    return project.teams(), project.annotators()
