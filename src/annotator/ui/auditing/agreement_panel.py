"""How far annotators agree: figures with their intervals, the matrix of two, and the units behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.agreement import FIELDS, UNITS, Agreement, Unit
from annotator.domain.scales import Codebook
from annotator.ui.auditing.agreement_matrix import AgreementMatrix
from annotator.ui.auditing.agreement_scale import AgreementScale
from annotator.ui.auditing.agreement_units import UnitList, UnitView
from annotator.ui.auditing.agreement_words import field_label, figures, unit_words
from annotator.ui.claiming.levels import label
from annotator.ui.controls import GRID, HairLine, LinkButton, SectionHead, plain_label
from annotator.ui.desk import Desk
from annotator.ui.fields import Segments

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.ui.jobs import Task

_FIELDS = FIELDS["linkage"]


@dataclass(frozen=True, slots=True)
class _Measured:
    agreement: Agreement
    codebook: Codebook


class AgreementPanel(QWidget):
    """Asks for the agreement when it is told to, off the window's thread."""

    shown_wanted = Signal(str)
    """The id of a judgement to be shown where one works on it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self._measured: _Measured | None = None
        self._units = UnitList(self)
        self.view = UnitView(self._units)
        self.scale = AgreementScale()
        self.matrix = AgreementMatrix()
        self._show = LinkButton(self.tr("Show units"), height=24)
        self._head = SectionHead(self.tr("Agreement"), trailing=self._show)
        self._unit = Segments((self.tr("Conclusions"), self.tr("Linkages")), self.tr("What is compared"))
        self._field = Segments([field_label(each) for each in _FIELDS], self.tr("Which field is compared"))
        self._count, self._why = plain_label(muted=True), plain_label(muted=True)
        self._guides = plain_label(self.tr("With 95% interval. From .67 tentative, from .80 firm."), muted=True)
        self._pair, self._same = plain_label(muted=True), plain_label(muted=True)
        self._back = LinkButton(self.tr("Back to the figures"), height=24)
        self._units_title = plain_label(muted=True)
        self._unit.choose(UNITS.index("linkage"))
        self._field.choose(0)
        self._build()
        self._unit.chosen.connect(self._on_unit)
        self._field.chosen.connect(lambda _number: self.refresh())
        self._show.clicked.connect(lambda: self._show_units())
        self._back.clicked.connect(self._show_figures)
        self.matrix.picked.connect(self._show_cell)
        self.view.entered.connect(self.shown_wanted)
        self.clear()

    def _build(self) -> None:
        figures_page = QWidget()
        column = QVBoxLayout(figures_page)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        column.setSpacing(4)
        for part in (self._count, self.scale, self._guides, self._why, self._pair):
            column.addWidget(part)
        column.addWidget(self.matrix)
        column.addWidget(self._same)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(figures_page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        figures_page.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        units_page = QWidget()
        below = QVBoxLayout(units_page)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(2 * GRID, 0, GRID, 4)
        line.addWidget(self._units_title, 1)
        line.addWidget(self._back)
        below.addLayout(line)
        below.addWidget(HairLine())
        below.addWidget(self.view, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(scroll)
        self._pages.addWidget(units_page)
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, 4, GRID, 4)
        top.setSpacing(6)
        top.addWidget(self._head)
        for segments in (self._unit, self._field):
            line = QHBoxLayout()
            line.addWidget(segments)
            line.addStretch(1)
            top.addLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._pages, 1)

    # -- asking

    def refresh(self) -> None:
        """Ask for the agreement again."""
        self._asked += 1
        asked, project = self._asked, self._desk.project
        unit, field = UNITS[max(0, self._unit.current())], _FIELDS[max(0, self._field.current())]

        def take(found: _Measured) -> None:
            if asked == self._asked and project is self._desk.project:
                self._take(found)

        self._desk.do_long(lambda p, task: _measure(p, task, unit, field), take, owner=self)

    def clear(self) -> None:
        """Show nothing."""
        self._asked += 1
        self._measured = None
        self._pages.setCurrentIndex(0)
        for part in (self.scale, self.matrix, self._guides, self._why, self._pair, self._same, self._show):
            part.hide()
        self._count.setText("")

    def _on_unit(self, number: int) -> None:
        fields = FIELDS[UNITS[number]]
        for at, field in enumerate(_FIELDS):
            self._field.button(at).setVisible(field in fields)
        if _FIELDS[max(0, self._field.current())] not in fields:
            self._field.choose(0)
        self.refresh()

    def _take(self, measured: _Measured) -> None:
        before = self._measured
        self._measured = measured
        agreement = measured.agreement
        self._count.setText(unit_words(agreement.unit, agreement.n) if agreement.n else "")
        self._count.setVisible(bool(agreement.n))
        shown = figures(agreement)
        self.scale.show_figures(shown)
        why = list(dict.fromkeys(figure.why for figure in shown if figure.why))
        self._why.setText(" ".join(why))
        self._why.setVisible(bool(why))
        for part in (self.scale, self._guides):
            part.setVisible(agreement.n > 0)
        self.matrix.show_agreement(agreement if agreement.n_pair else None, measured.codebook)
        self._tell_pair(agreement)
        same = before is not None and (before.agreement.unit, before.agreement.field) == (
            agreement.unit,
            agreement.field,
        )
        if self._pages.currentIndex() and same:
            self._show_units()
        else:
            self._show_figures()

    def _tell_pair(self, agreement: Agreement) -> None:
        both = len(agreement.annotators) > 1 and agreement.n_pair > 0
        self._pair.setVisible(both)
        self._same.setVisible(both)
        if both:
            first, second = (person.name for person in agreement.annotators)
            self._pair.setText(self.tr("{0} down, {1} across").format(first, second))
            same = sum(row[number] for number, row in enumerate(agreement.matrix))
            self._same.setText(self.tr("{0} of {1} the same (framed)").format(same, agreement.n_pair))

    # -- the units

    def _show_units(self, values: tuple[str, str] | None = None) -> None:
        measured = self._measured
        if measured is None:
            return
        agreement = measured.agreement
        compared = [unit for unit in agreement.units if unit.compared]
        if values is not None:
            ids = [person.id for person in agreement.annotators]
            compared = [unit for unit in compared if tuple(unit.values.get(id_, "") for id_ in ids) == values]
            words = (label(measured.codebook, agreement.field, value) for value in values)
            self._units_title.setText(self.tr("{0}: {1}").format(" / ".join(words), len(compared)))
        else:
            self._units_title.setText(unit_words(agreement.unit, len(compared)))
        self._units.show(_sorted(compared), agreement, measured.codebook)
        self._pages.setCurrentIndex(1)
        self._show.hide()

    def _show_cell(self, one: str, other: str) -> None:
        self._show_units((one, other))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_figures(self) -> None:
        self._pages.setCurrentIndex(0)
        self._show.setVisible(self._measured is not None and bool(self._measured.agreement.units))


def _sorted(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: unit.claim.casefold())


def _measure(project: Project, _task: Task[_Measured], unit: str, field: str) -> _Measured:
    return _Measured(project.agreement(unit, field=field), project.codebook)
