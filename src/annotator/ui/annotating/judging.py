"""Stance, verdict and confidence side by side: one key each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.scales import Codebook
from annotator.ui.annotating.answer_column import MORE, AnswerColumn, answers_of
from annotator.ui.claiming.levels import answers
from annotator.ui.controls import HairLine
from annotator.ui.marks import confidence_mark, stance_mark, verdict_mark

FIELDS = ("stance", "verdict", "confidence")


class Judging(QWidget):
    """The three questions of a linkage. All keys work at once; the turn only shows what is next."""

    picked = Signal(str, str)
    """A question (``stance``, ``verdict``, ``confidence``) has been answered with a code."""

    def __init__(self, codebook: Codebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._not_rated = {level.code for level in answers(codebook, "verdict", rated=False)}
        self.columns = {
            "stance": AnswerColumn(
                self.tr("Stance"), answers_of(answers(codebook, "stance"), lambda level: stance_mark(level.code))
            ),
            "verdict": AnswerColumn(
                self.tr("Verdict"),
                answers_of(answers(codebook, "verdict"), lambda level: verdict_mark(level.code)),
                answers_of(answers(codebook, "verdict", rated=False), lambda level: verdict_mark(level.code), MORE),
            ),
            "confidence": AnswerColumn(
                self.tr("Confidence"),
                answers_of(answers(codebook, "confidence"), lambda level: confidence_mark(min(level.rank or 0, 3))),
            ),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        for number, (field, column) in enumerate(self.columns.items()):
            if number:
                row.addWidget(HairLine(Qt.Orientation.Vertical))
            row.addWidget(column, 1)
            column.picked.connect(lambda code, field=field: self.picked.emit(field, code))
            column.left.connect(lambda side, number=number: self._enter(number + side))

    def show_state(self, given: dict[str, str], *, begun: bool) -> None:
        """Show the answers given; ``begun`` tells that the claim is there and the first question's turn has come."""
        turn = self.next_field(given) if begun else ""
        for field, column in self.columns.items():
            column.show_state(given[field], is_turn=field == turn or bool(given[field]))

    def next_field(self, given: dict[str, str]) -> str:
        """Return the question that is next; empty when all that is needed is answered."""
        for field in FIELDS:
            if not given[field] and not (field == "confidence" and given["verdict"] in self._not_rated):
                return field
        return ""

    def take_key(self, key: str, turn: str) -> bool:
        """Answer with a key: the question whose turn it is comes first. Tells whether the key was one of ours."""
        if key == MORE and self.columns["verdict"].has_others:
            self.columns["verdict"].turn_over()
            return True
        for field in (turn, *FIELDS):
            code = self.columns[field].code_of(key) if field else ""
            if code:
                self.picked.emit(field, code)
                return True
        return False

    def focus_field(self, field: str) -> None:
        """Give the focus to a question."""
        self.columns[field].focus_answer()

    def _enter(self, number: int) -> None:
        self.focus_field(FIELDS[number % len(FIELDS)])
