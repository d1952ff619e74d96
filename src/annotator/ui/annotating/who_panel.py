"""Says who says a claim in a passage: agent, role, voice, and whose words it goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.claim import Voice
from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.annotating.answer_column import Answer, AnswerColumn
from annotator.ui.annotating.speaker import Earlier, Said
from annotator.ui.claiming.levels import answers
from annotator.ui.controls import AccentButton, HairLine
from annotator.ui.fields import FIELD_HEIGHT
from annotator.ui.forms import Field, Form, plain_label
from annotator.ui.marks import Mark
from annotator.ui.messages import next_step, sentence

_NO_MARK = Mark(QSize(0, 0), lambda _painter, _rect, _theme: None)


class WhoPanel(Form):
    """The panel of ``W``. ``sent`` asks to keep what ``said`` tells; ``claim_wanted`` asks for the claim's appearances."""

    claim_wanted = Signal(str)
    row_wanted = Signal(str)
    """A claim is wanted that is not among those at hand."""
    status = Signal(str)

    def __init__(self, codebook: Codebook, claims: Sequence[ClaimRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._voice = "", ""
        self.agent = QLineEdit()
        self.agent.setPlaceholderText(self.tr("Unknown"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.agent.setCompleter(completer)
        self.claim, self.derived = _list_field(), _list_field()
        self.role = AnswerColumn(self.tr("Role"), _roles(codebook))
        self.voice = AnswerColumn(self.tr("Voice"), self._voices())
        self.button = AccentButton(self.tr("Say who says it"), key=self.tr("Ctrl Enter"))
        self._problem = plain_label()
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self._build()
        self.claim.currentIndexChanged.connect(lambda _: self._on_claim())
        self.role.picked.connect(self._set_role)
        self.voice.picked.connect(self._set_voice)
        self.role.left.connect(lambda _: self.voice.focus_answer())
        self.voice.left.connect(lambda _: self.role.focus_answer())
        self.button.clicked.connect(self.sent)
        self.set_claims(claims)
        self.set_earlier([])
        self._show()

    # -- what is offered

    def set_names(self, names: Sequence[str]) -> None:
        """Offer these agents."""
        self._names.setStringList(list(names))

    def set_claims(self, rows: Sequence[ClaimRow]) -> None:
        """Offer these claims, those worked on last first."""
        self.claim.blockSignals(True)
        self.claim.clear()
        for row in sorted(rows, key=lambda row: row.changed, reverse=True):
            self.claim.addItem(row.claim.text, row.claim.id)
        self.claim.blockSignals(False)
        if not rows:
            self._say(self.tr("There is no claim yet: link these words to one first (L)."))

    def choose_claim(self, claim: str) -> None:
        """Take a claim; one that is not at hand (yet) is asked for."""
        index = self.claim.findData(claim)
        if index >= 0:
            self.claim.setCurrentIndex(index)
        elif claim:
            self.row_wanted.emit(claim)
        self._on_claim()

    def add_claim(self, _claim: str, row: ClaimRow | None) -> None:
        """Offer a claim that was wanted, and take it; None where it is not there any more."""
        if row is not None:
            self.claim.insertItem(0, row.claim.text, row.claim.id)
            self.choose_claim(row.claim.id)

    def set_earlier(self, earlier: Sequence[Earlier]) -> None:
        """Offer these appearances to go back to."""
        self.derived.clear()
        self.derived.addItem(self.tr("Nobody: an origin of its own"), "")
        for each in earlier:
            agent = each.agent or self.tr("Unknown")
            words = self.tr("{0}, {1}: “{2}”").format(agent, each.role.lower(), each.quote)
            self.derived.addItem(" ".join(words.split()), each.id)
        self._show()

    # -- what has been said

    @property
    def said(self) -> Said:
        """What has been said so far."""
        agent = " ".join(self.agent.text().split())
        unknown = agent.casefold() == self.tr("Unknown").casefold()
        return Said(
            agent="" if unknown else agent,
            role=self._role,
            voice=self._voice,
            claim=str(self.claim.currentData() or ""),
            derived_from=str(self.derived.currentData() or ""),
        )

    @property
    def problem(self) -> str:
        """What is wrong; empty when nothing is."""
        return "" if self._problem.isHidden() else self._problem.text()

    @property
    def is_ready(self) -> bool:
        """Whether claim and role are known; the speaker may be unknown."""
        return bool(self._role and self.claim.currentData())

    def focus_next(self) -> None:
        """Give the focus to what is next."""
        self.agent.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sending(self) -> None:
        """Take no second order."""
        self.button.setEnabled(False)

    def show_problem(self, error: AnnotatorError) -> None:
        """Say why it was not kept."""
        self._say(" ".join(part for part in (sentence(error), next_step(error)) if part))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick a role with a digit and a voice with a letter; Enter in the name goes on."""
        key = event.text().upper()
        if not event.modifiers() and self.role.code_of(key):
            self._set_role(self.role.code_of(key))
        elif not event.modifiers() and self.voice.code_of(key):
            self._set_voice(self.voice.code_of(key))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.agent.hasFocus() and not event.modifiers():
            self.role.focus_answer()
        else:
            super().keyPressEvent(event)

    # -- inside

    def _set_role(self, code: str) -> None:
        self._role = code
        self._show()
        self.voice.focus_answer()

    def _set_voice(self, code: str) -> None:
        self._voice = "" if code == self._voice else code
        self._show()
        self.claim.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_claim(self) -> None:
        self.claim.setToolTip("")
        self.claim_wanted.emit(str(self.claim.currentData() or ""))
        self._show()

    def _show(self) -> None:
        self.role.show_state(self._role, is_turn=True)
        self.voice.show_state(self._voice, is_turn=True)
        self.button.setEnabled(self.is_ready)
        done = (
            self.tr("Who says this: Ctrl+Enter keeps it")
            if self.is_ready
            else self.tr("Who says this: name, role, voice")
        )
        self.status.emit(done)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _voices(self) -> tuple[Answer, ...]:
        words = {
            Voice.DIRECT: ("D", self.tr("Direct speech"), self.tr("In quotation marks")),
            Voice.INDIRECT: ("I", self.tr("Indirect speech"), self.tr("Reported: “she says that …”")),
            Voice.OWN: ("O", self.tr("Own voice"), self.tr("The author says it without naming anybody else")),
            Voice.INSINUATION: ("N", self.tr("Insinuation"), self.tr("Hinted at, not said")),
        }
        return tuple(Answer(voice, key, label, meaning, _NO_MARK) for voice, (key, label, meaning) in words.items())

    def _build(self) -> None:
        for widget in (self.agent, self.claim, self.derived):
            widget.setFixedHeight(max(FIELD_HEIGHT, widget.fontMetrics().height() + 12))
        fields = QVBoxLayout()
        fields.setContentsMargins(16, 12, 16, 12)
        fields.setSpacing(8)
        fields.addWidget(Field(self.tr("Who says it"), self.agent))
        fields.addWidget(Field(self.tr("Which claim"), self.claim))
        fields.addWidget(Field(self.tr("Goes back to"), self.derived))
        fields.addStretch()
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(0)
        columns.addLayout(fields, 2)
        for column in (self.role, self.voice):
            columns.addWidget(HairLine(Qt.Orientation.Vertical))
            columns.addWidget(column, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.addWidget(self._problem, 1)
        foot.addStretch()
        foot.addWidget(self.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(columns)
        whole.addWidget(HairLine())
        whole.addLayout(foot)
        order: list[QWidget] = [self.agent, self.role, self.voice, self.claim, self.derived, self.button]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)


def _roles(codebook: Codebook) -> tuple[Answer, ...]:
    levels = answers(codebook, "appearance_role")
    return tuple(
        Answer(level.code, str(number), level.label, f"{level.label}: {level.definition}", _NO_MARK)
        for number, level in enumerate(levels, 1)
    )


def _list_field() -> QComboBox:
    field = QComboBox()
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    field.setMinimumContentsLength(8)
    return field


def as_id(value: str) -> EntityId | None:
    """Return an id, or None for an empty one."""
    return EntityId(value) if value else None
