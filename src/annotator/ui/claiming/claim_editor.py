"""Writing a claim, or correcting one, in the list where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.as_one import claims_as_one
from annotator.domain.claim import Claim, Relation
from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.scales import Codebook
from annotator.ui.claiming.chips import Chips
from annotator.ui.claiming.levels import answers, relation_words
from annotator.ui.controls import GRID, AccentButton, HairLine, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.drafts import Drafts
from annotator.ui.fields import NamesField
from annotator.ui.forms import Field, Form, WordsField, date_problem, plain_label
from annotator.ui.messages import next_step, sentence

if TYPE_CHECKING:
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the editor needs to know: the claim to correct, what of it is disputed, all claims, all names, and the scales."""

    claim: Claim | None
    claims: tuple[Claim, ...]
    names: dict[EntityId, str]
    codebook: Codebook
    disputed: tuple[str, ...]


def _ground(project: Project, claim: EntityId | None) -> _Ground:
    known = project.claims()
    counted, stands = claims_as_one(known)
    names = names_of(project.agents())
    disputed = project.disputed(claim).get(claim, ()) if claim else ()
    found = next((each for each in known if each.id == claim), None)
    if found is not None and found.parent in stands:
        found = replace(found, parent=stands[found.parent])
    return _Ground(found, tuple(counted.values()), names, project.codebook, disputed)


class ClaimEditor(Form):
    """The form of one claim. ``closed`` tells that it is done with, one way or the other."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = Drafts(desk, self)
        self._claim_id: EntityId | None = None
        self._claims: dict[str, EntityId] = {}
        self._before: dict[str, Any] = {}
        self._ready = False
        self._text = WordsField(self.tr("One statement that can be checked"), lines=4)
        self._claimants = NamesField()
        self._types = Chips(self.tr("Kinds"))
        self._parent = QLineEdit()
        self._parent.setPlaceholderText(self.tr("None, or the words of another claim"))
        self._relation = QComboBox()
        for relation in Relation:
            self._relation.addItem(relation_words(relation), relation.value)
        self._date, self._location = QLineEdit(), QLineEdit()
        self._date.setPlaceholderText("2025-05-14")
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._parent.setCompleter(completer)
        self._fields = {
            "text": Field(self.tr("Claim"), self._text),
            "claimants": Field(self.tr("Claimed by"), self._claimants),
            "types": Field(self.tr("Kinds"), self._types),
            "parent": Field(self.tr("Belongs to the claim"), self._parent),
            "relation": Field(self.tr("How"), self._relation),
            "date": Field(self.tr("Date"), self._date),
            "location": Field(self.tr("Place"), self._location),
        }
        self._lay_out()
        self._send.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.cancel)
        self.sent.connect(self.submit)
        self.left.connect(self.cancel)
        self._parent.textChanged.connect(self._relation_follows)
        self._text.textChanged.connect(self._keep)

    def _lay_out(self) -> None:
        self._title = plain_label(bold=True)
        self._send = AccentButton("", key=self.tr("Ctrl Enter"))
        self._cancel = PlainButton(self.tr("Cancel"), key=self.tr("Esc"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID + 2)
        column.addWidget(self._title)
        self._disputed = {name: DisputedLine(self._desk, stacked=True) for name in self._fields}
        for name, field in self._fields.items():
            column.addWidget(field)
            column.addWidget(self._disputed[name])
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = self._foot = QHBoxLayout()
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self._send)
        foot.addStretch()
        foot.addWidget(self._cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(HairLine())
        whole.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below each other where there is no room for them side by side."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wanted = self._send.sizeHint().width() + self._cancel.sizeHint().width() + 5 * GRID
        way = QBoxLayout.Direction
        self._foot.setDirection(way.LeftToRight if self.width() >= wanted else way.TopToBottom)

    # -- opening

    def write(self) -> None:
        """Begin a new claim."""
        self._open(None, self.tr("New claim"), self.tr("Add claim"))

    def correct(self, claim: EntityId) -> None:
        """Correct a claim."""
        self._open(claim, self.tr("Correct the claim"), self.tr("Correct claim"))

    def _open(self, claim: EntityId | None, title: str, verb: str) -> None:
        self._claim_id, self._ready = claim, False
        self._title.setText(title)
        self._send.setText(verb)
        self._send.updateGeometry()
        self._arrange()
        self._say({})
        for field in (self._claimants, self._parent, self._date, self._location):
            field.clear()
        self._text.clear()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.ask(lambda project: _ground(project, claim), self._show, owner=self)

    def _show(self, ground: _Ground) -> None:
        claim = ground.claim
        for name, line in self._disputed.items():
            line.show_of(self._claim_id, ground.disputed, name)
        self._claimants.set_known(ground.names.values())
        self._claims = {each.text: each.id for each in ground.claims if each.id != self._claim_id}
        self._known.setStringList(list(self._claims))
        kinds = [(level.code, level.label, level.definition) for level in answers(ground.codebook, "claim_type")]
        self._types.set_options(kinds, claim.types if claim else ())
        if claim is not None:
            self._text.setPlainText(claim.text)
            self._claimants.set_names(distinct_names(ground.names, claim.claimants))
            parent = next((each.text for each in ground.claims if each.id == claim.parent), "")
            self._parent.setText(parent)
            self._parent.setCursorPosition(0)
            self._relation.setCurrentIndex(max(0, self._relation.findData(claim.relation)))
            self._date.setText(claim.date or "")
            self._location.setText(claim.location)
        self._relation_follows()
        self._before = self._given()
        self._ready = True
        self._drafts.fetch(self._draft_key, self._take_up, self)

    @property
    def _draft_key(self) -> str:
        return f"claim:{self._claim_id or 'new'}"

    def _take_up(self, body: Any) -> None:
        if isinstance(body, str) and self._text.toPlainText() == self._before.get("text"):
            self._text.setPlainText(body)
            self._text.moveCursor(self._text.textCursor().MoveOperation.End)

    @Slot()
    def _keep(self) -> None:
        if self._ready and self._text.toPlainText() != self._before.get("text"):
            self._drafts.keep(self._draft_key, self._text.toPlainText())

    @Slot()
    def _relation_follows(self) -> None:
        self._relation.setEnabled(bool(self._parent.text().strip()))

    # -- sending

    def _given(self) -> dict[str, Any]:
        words = self._parent.text().strip()
        return {
            "text": self._text.toPlainText().strip(),
            "claimants": self._claimants.names(),
            "types": self._types.chosen(),
            "parent": self._claims.get(words),
            "relation": self._relation.currentData() if words else None,
            "date": self._date.text().strip() or None,
            "location": self._location.text().strip(),
        }

    @Slot()
    def submit(self) -> None:
        """Add the claim, or correct it, in one change."""
        given, problems = self._given(), {"date": date_problem(self._date.text())}
        if not given["text"]:
            problems["text"] = self.tr("Write the claim in a sentence.")
        if self._parent.text().strip() and given["parent"] is None:
            problems["parent"] = self.tr("There is no claim with these words. Choose one from the list.")
        if not self._say(problems):
            return
        if self._claim_id is None:
            self._desk.do(lambda project: project.add_claim(**given), self._added, owner=self, otherwise=self._refuse)
            return
        claim = self._claim_id
        given["text"] = " ".join(given["text"].split())
        changed = {name: value for name, value in given.items() if value != self._before[name]}
        if changed:
            self._desk.do(
                lambda project: project.edit(claim, **changed),
                lambda _: self._close(),
                owner=self,
                otherwise=self._refuse,
            )
        else:
            self._close()

    def _added(self, claim: Claim) -> None:
        self._close()
        self._desk.select_claim(claim.id)

    @Slot()
    def cancel(self) -> None:
        """Give up what was typed."""
        self._close()

    def _close(self) -> None:
        self._drafts.drop(self._draft_key)
        self._ready = False
        self.closed.emit()

    def _refuse(self, error: AnnotatorError) -> None:
        words = " ".join(part for part in (sentence(error), next_step(error)) if part)
        self._say({str(error.data.get("argument", "text")): words})

    def _say(self, problems: dict[str, str]) -> bool:
        """Say what is wrong with each field, and tell whether nothing is."""
        for name, field in self._fields.items():
            field.say(problems.get(name, ""))
        wrong = [name for name in self._fields if problems.get(name)]
        if wrong:
            self._fields[wrong[0]].field.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong
