"""The fields of a conclusion. Nothing is answered beforehand in a new one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.change import DELETED
from annotator.domain.judgement import Conclusion, Stage
from annotator.domain.scales import Codebook
from annotator.ui.claiming.chips import Chips
from annotator.ui.claiming.judgement_rows import LABEL_WIDTH, JudgementRow
from annotator.ui.claiming.levels import answers, bars, label, short_verdict, stage_words
from annotator.ui.claiming.linkage_editor import reason_options
from annotator.ui.controls import GRID, KeyCap, LinkButton, plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.fields import Segments
from annotator.ui.forms import Field, WordsField, date_problem

_STAGES = (Stage.DRAFT, Stage.SUBMITTED)
_KEPT = ("verdict", "confidence", "flags", "reasons", "likelihood", "as_of", "justification", "stage")


class ConclusionForm(QWidget):
    """Verdict, confidence, flags, as of, reasons and justification. ``changed`` tells that a person changed something."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codebook = Codebook(())
        self._disputed = {field: DisputedLine(desk) for field in (*_KEPT, DELETED)}
        self._are_disputed: tuple[str, ...] = ()
        self._answered: set[str] = set()
        self._verdict = self._confidence = ""
        self._stored: dict[str, Any] = {}
        self._filling = False
        self._stage = Segments([stage_words(stage) for stage in _STAGES], self.tr("Stage"))
        self._verdicts, self._confidences = JudgementRow(self.tr("Verdict")), JudgementRow(self.tr("Confidence"))
        self._unrated = LinkButton(self.tr("Cannot be rated…"), height=24)
        self._flags = Chips(self.tr("Flags"), folding=True)
        self._reasons = Chips(self.tr("Reasons for the confidence"), folding=True)
        self._as_of = QLineEdit()
        self._as_of.setPlaceholderText("2025-05-14")
        self._likelihood = QComboBox()
        self._justification = WordsField(self.tr("Why, from the evidence as a whole"), lines=7)
        self._fields = {
            "flags": Field(self.tr("Flags"), self._flags),
            "as_of": Field(self.tr("As of"), self._as_of),
            "likelihood": Field(self.tr("Likelihood"), self._likelihood),
            "reasons": Field(self.tr("Reasons for the confidence"), self._reasons),
            "justification": Field(self.tr("Justification"), self._justification),
        }
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.setSpacing(GRID)
        marks = self._disputed
        for part in (marks[DELETED], self._stage, marks["stage"]):
            column.addWidget(part)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        unrated = QHBoxLayout()
        unrated.setContentsMargins(LABEL_WIDTH, 0, 0, 0)
        unrated.addWidget(self._unrated)
        unrated.addStretch()
        rows.addWidget(self._verdicts)
        rows.addWidget(marks["verdict"])
        rows.addLayout(unrated)
        rows.addWidget(self._confidences)
        rows.addWidget(marks["confidence"])
        column.addLayout(rows)
        self._flag_key = KeyCap("F")
        for name in ("reasons", "flags", "likelihood", "justification", "as_of"):
            row = QHBoxLayout()
            row.addWidget(self._fields[name], 1)
            if name == "flags":
                row.addWidget(self._flag_key, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            column.addWidget(marks[name])

    def _connect(self) -> None:
        self._verdicts.picked.connect(self.set_verdict)
        self._confidences.picked.connect(self.set_confidence)
        self._unrated.clicked.connect(self._offer_unrated)
        self._stage.chosen.connect(self._tell)
        for chips in (self._flags, self._reasons):
            chips.changed.connect(self._tell)
        self._as_of.textEdited.connect(self._tell)
        self._likelihood.activated.connect(self._tell)
        self._justification.textChanged.connect(self._tell)

    # -- showing

    def show_conclusion(self, conclusion: Conclusion | None, codebook: Codebook, *, speculative: bool) -> None:
        """Show a conclusion as it stands, or empty fields for a new one."""
        self._codebook = codebook
        self._verdicts.set_levels(answers(codebook, "verdict"))
        self._confidences.set_levels(answers(codebook, "confidence"))
        self._fields["likelihood"].setVisible(speculative)
        self._likelihood.clear()
        self._likelihood.addItem(self.tr("None given"), "")
        for level in answers(codebook, "likelihood"):
            self._likelihood.addItem(level.label, level.code)
        self._fill(_body_of(conclusion))
        self._stored = self.given()
        self._answered.clear()

    def show_disputed(self, conclusion: Conclusion | None, disputed: tuple[str, ...]) -> None:
        """Show which fields of the conclusion hold several values, and all of these."""
        self._are_disputed = disputed
        self._answered &= set(disputed)
        for field, line in self._disputed.items():
            line.show_of(conclusion.id if conclusion else None, disputed, field)

    def settled(self) -> tuple[str, ...]:
        """Return the disputed fields that a person answered: whichever answer it was, it settles them."""
        return tuple(field for field in self._are_disputed if field in self._answered)

    def take_up(self, body: dict[str, Any]) -> None:
        """Go on with what was being typed."""
        self._fill({**self._stored, **{name: body[name] for name in _KEPT if name in body}})

    def settle(self) -> None:
        """Take what the fields hold as concluded."""
        self._stored = self.given()
        self._answered.clear()

    def _fill(self, body: dict[str, Any]) -> None:
        self._filling = True
        self._flags.fold()
        self._reasons.fold()
        stage = Stage(body.get("stage") or Stage.DRAFT)
        self._stage.choose(_STAGES.index(stage) if stage in _STAGES else len(_STAGES) - 1)
        flags = [(level.code, level.label, level.definition) for level in answers(self._codebook, "flags")]
        self._flags.set_options(flags, body.get("flags") or ())
        self._reasons.set_options(reason_options(self._codebook), body.get("reasons") or ())
        self._as_of.setText(str(body.get("as_of") or ""))
        self._likelihood.setCurrentIndex(max(0, self._likelihood.findData(body.get("likelihood") or "")))
        words = str(body.get("justification") or "")
        if words != self._justification.toPlainText():
            self._justification.setPlainText(words)
        self._show_verdict(str(body.get("verdict") or ""))
        self._show_confidence(str(body.get("confidence") or ""))
        self._fields["as_of"].say("")
        self._filling = False

    def _show_verdict(self, verdict: str) -> None:
        self._verdict = verdict
        answer = self._verdicts.answer
        if verdict:
            answer.show_verdict(verdict, short_verdict(self._codebook, verdict), solid=True)
        else:
            answer.show_nothing(self.tr("Not given"))

    def _show_confidence(self, confidence: str) -> None:
        self._confidence = confidence
        answer, words = self._confidences.answer, label(self._codebook, "confidence", confidence)
        if confidence:
            answer.show_confidence(bars(self._codebook, confidence), words)
        else:
            answer.show_nothing(self.tr("Not given"))

    # -- what is given

    def given(self) -> dict[str, Any]:
        """Return what the fields hold, by the names that ``conclude`` takes; plain values."""
        return {
            "verdict": self._verdict,
            "confidence": self._confidence,
            "flags": list(self._flags.chosen()),
            "reasons": list(self._reasons.chosen()),
            "likelihood": self._likelihood.currentData() or "",
            "as_of": self._as_of.text().strip() or None,
            "justification": self._justification.toPlainText().strip(),
            "stage": _STAGES[max(0, self._stage.current())].value,
        }

    @property
    def touched(self) -> bool:
        """Whether the fields hold something else than what is concluded."""
        return self.given() != self._stored or bool(self.settled())

    def problem(self) -> str:
        """Return what keeps this from being a conclusion; empty when nothing does."""
        date = date_problem(self._as_of.text())
        self._fields["as_of"].say(date)
        if not self._verdict:
            return self.tr("Give a verdict first: 1 to 4.")
        return date

    # -- answering

    @Slot(str)
    def set_verdict(self, verdict: str) -> None:
        """Answer the verdict."""
        self._show_verdict(verdict)
        self._answered.add("verdict")
        self._tell()

    @Slot(str)
    def set_confidence(self, confidence: str) -> None:
        """Answer the confidence."""
        self._show_confidence(confidence)
        self._answered.add("confidence")
        self._tell()

    def answer(self, key: str) -> bool:
        """Answer by a key, and tell whether it was one."""
        if not key:
            return False
        if verdict := self._verdicts.code_for(key):
            self.set_verdict(verdict)
        elif confidence := self._confidences.code_for(key):
            self.set_confidence(confidence)
        elif key.upper() == "F":
            self._flags.focus_first()
        else:
            return False
        return True

    def set_keys_work(self, *, work: bool) -> None:
        """Draw the keys as they work or not."""
        self._verdicts.set_keys_work(work=work)
        self._confidences.set_keys_work(work=work)
        self._flag_key.setVisible(work)

    def is_typing(self) -> bool:
        """Tell whether the cursor is in a field, where keys are letters."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit | QPlainTextEdit) and self.isAncestorOf(focus)

    def _offer_unrated(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for level in answers(self._codebook, "verdict", rated=False):
            action = menu.addAction(level.label)
            action.setToolTip(plain_tooltip(level.definition))
            action.triggered.connect(lambda _checked=False, code=level.code: self.set_verdict(code))
        menu.popup(self._unrated.mapToGlobal(self._unrated.rect().bottomLeft()))

    @Slot()
    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


def _body_of(conclusion: Conclusion | None) -> dict[str, Any]:
    if conclusion is None:
        return {}
    return {name: getattr(conclusion, name) for name in _KEPT}
