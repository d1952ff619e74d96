"""One linkage as it is read: the quote, who said it, the judgement, why, and who else judged it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.change import DELETED
from annotator.domain.rows import LinkageRow
from annotator.domain.scales import Codebook
from annotator.ui.claiming.judgement_rows import LABEL_WIDTH, JudgementRow, OtherJudgement
from annotator.ui.claiming.levels import answers, bars, label, reason_words, short_verdict
from annotator.ui.claiming.linkage_reading import PassageReading
from annotator.ui.claiming.review_lines import ReviewLines
from annotator.ui.controls import GRID, HairLine, LinkButton
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine, disputed_words
from annotator.ui.forms import plain_label
from annotator.ui.laying_out import laid_out_once
from annotator.ui.marks import Mark, chip_size, confidence_mark, disputed_mark, draw_verdict_chip, stance_mark
from annotator.ui.theme import reading_font
from annotator.ui.versioning.changed_words import ChangedLine
from annotator.ui.when import moment

_QUESTIONS = ("stance", "verdict", "confidence")
_WORDS = ("reasons", "basis", "rationale", "withdrawn")
_CLAIM, _DELETED = "claim", DELETED


class _Line(QWidget):
    """A label and words beside it; not there when there are no words."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        name = plain_label(caption, muted=True)
        name.setFixedWidth(LABEL_WIDTH)
        self._words = plain_label()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def say(self, words: str, *, faded: bool = False) -> None:
        """Show words, or nothing at all."""
        self._words.setText(words)
        self._words.setForegroundRole(QPalette.ColorRole.PlaceholderText if faded else QPalette.ColorRole.WindowText)
        self.setVisible(bool(words))


class LinkageCard(QWidget):
    """Shows a ``PassageReading``. ``picked`` gives a field and its new answer, ``chosen`` another linkage."""

    picked = Signal(str, str)
    chosen = Signal(str)
    restored = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._disputed = {
            field: DisputedLine(desk, indent=LABEL_WIDTH + 4, stacked=True)
            for field in (*_QUESTIONS, *_WORDS, _CLAIM, _DELETED)
        }
        self._quote = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._quote.setFont(reading_font(15))
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said = plain_label(muted=True)
        self.changed = ChangedLine(desk)
        self._claim = _Line(self.tr("Claim"))
        names = (self.tr("Stance"), self.tr("Verdict"), self.tr("Confidence"))
        self._rows = {field: JudgementRow(name) for field, name in zip(_QUESTIONS, names, strict=True)}
        self._reasons, self._basis = _Line(self.tr("Reasons")), _Line(self.tr("Basis"))
        self._rationale, self._judged = _Line(self.tr("Rationale")), _Line(self.tr("Judged by"))
        self._reviews = ReviewLines()
        self._withdrawn = plain_label()
        self._restore = LinkButton(self.tr("Let it stand again"))
        self._judgement, self._more = QWidget(), QWidget()
        self._lay_out()
        for field, row in self._rows.items():
            row.picked.connect(lambda code, field=field: self.picked.emit(field, code))
        self._restore.clicked.connect(self.restored)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        words.setSpacing(6)
        words.addWidget(self._quote)
        words.addWidget(self._said)
        words.addWidget(self.changed)
        inner = QVBoxLayout(self._judgement)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(HairLine())
        rows = QVBoxLayout()
        rows.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        rows.setSpacing(0)
        marks = self._disputed
        for part in (self._withdrawn, marks["withdrawn"], self._restore, marks[_DELETED], self._claim, marks[_CLAIM]):
            rows.addWidget(part)
        for field, row in self._rows.items():
            rows.addWidget(row)
            rows.addWidget(marks[field])
        rows.addWidget(self._reviews)
        lines = {"reasons": self._reasons, "basis": self._basis, "rationale": self._rationale}
        for field, line in lines.items():
            rows.addWidget(line)
            rows.addWidget(marks[field])
        rows.addWidget(self._judged)
        inner.addLayout(rows)
        self._extra = QVBoxLayout(self._more)
        self._extra.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._extra.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(words)
        whole.addWidget(self._judgement)
        whole.addWidget(self._more)

    # -- showing

    def show_reading(self, reading: PassageReading, row: LinkageRow | None) -> None:
        """Show a passage and one of its linkages."""
        with laid_out_once(self, self._judgement, self._more):
            self._quote.setText(reading.quote)
            said = reading.said_by(row.claim_id if row else "")
            self._said.setText("\n".join(said))
            self._said.setVisible(bool(said))
            self.changed.show_of(row.changed if row is not None else None)
            if row is not None:
                self._show_judgement(reading, row)
            self._judgement.setVisible(row is not None)
            self._show_more(reading, row)

    def _show_judgement(self, reading: PassageReading, row: LinkageRow) -> None:
        book, linkage = reading.codebook, row.linkage
        gone = bool(linkage.withdrawn)
        who, when = reading.withdrawals.get(linkage.id, ("", ""))
        by = self.tr("Withdrawn by {0}, {1}: {2}").format(who, moment(when), linkage.withdrawn) if gone else ""
        self._withdrawn.setText(by)
        self._withdrawn.setVisible(gone)
        self._restore.setVisible(gone)
        self._claim.say(row.claim, faded=gone)
        for field, line in self._rows.items():
            line.set_levels(answers(book, field))
            line.set_can_answer(can=not gone)
            line.answer.set_struck(struck=gone)
        self._show_answers(book, row)
        for field, mark in self._disputed.items():
            if field == _CLAIM:
                mark.show_of(row.claim_id, row.claim_disputed, "text", DELETED)
            else:
                mark.show_of(linkage.id, row.disputed, field)
        self._reasons.say(", ".join(reason_words(linkage.reasons)), faded=gone)
        self._basis.say(label(book, "basis", linkage.basis), faded=gone)
        self._rationale.say(linkage.rationale or self.tr("None yet"), faded=gone or not linkage.rationale)
        together = len(linkage.passage_ids)
        judged = f"{row.annotator}, {moment(row.at)}"
        if together > 1:
            judged += "\n" + self.tr("Together with {0} more").format(together - 1)
        self._judged.say(judged, faded=gone)
        self._reviews.show_reviews(reading.reviews.get(linkage.id, ()))

    def _show_answers(self, book: Codebook, row: LinkageRow) -> None:
        linkage, nothing = row.linkage, self.tr("Not given")
        self._rows["stance"].answer.show_stance(linkage.stance, label(book, "stance", linkage.stance))
        if linkage.verdict:
            self._rows["verdict"].answer.show_verdict(linkage.verdict, short_verdict(book, linkage.verdict))
        else:
            self._rows["verdict"].answer.show_nothing(nothing)
        if linkage.confidence:
            words = label(book, "confidence", linkage.confidence)
            self._rows["confidence"].answer.show_confidence(bars(book, linkage.confidence), words)
        else:
            self._rows["confidence"].answer.show_nothing(nothing)

    def _show_more(self, reading: PassageReading, row: LinkageRow | None) -> None:
        while (item := self._extra.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        others = [each for each in reading.rows if row is None or each.linkage.id != row.linkage.id]
        if others:
            self._add_section(self.tr("Also judged by"))
            for other in others:
                self._extra.addWidget(self._other(reading, other, row))
        if reading.notes:
            self._add_section(self.tr("Notes"))
            for note in reading.notes:
                who = self.tr("{0}, for yourself only").format(note.annotator) if note.private else note.annotator
                self._extra.addWidget(plain_label(note.text))
                self._extra.addWidget(plain_label(who, muted=True))
        self._more.setVisible(bool(others or reading.notes))

    def _add_section(self, title: str) -> None:
        self._extra.addSpacing(GRID)
        self._extra.addWidget(HairLine())
        self._extra.addSpacing(4)
        self._extra.addWidget(plain_label(title, muted=True))

    def _other(self, reading: PassageReading, other: LinkageRow, row: LinkageRow | None) -> OtherJudgement:
        book, linkage = reading.codebook, other.linkage
        verdict = short_verdict(book, linkage.verdict)
        marks = [stance_mark(linkage.stance)]
        if verdict:
            marks.append(_chip(linkage.verdict, verdict))
        if linkage.confidence:
            marks.append(confidence_mark(bars(book, linkage.confidence)))
        parts = (other.annotator, label(book, "stance", linkage.stance), verdict,
                 label(book, "confidence", linkage.confidence), other.claim)  # fmt: skip
        spoken = ", ".join(part for part in parts if part)
        if other.conflicted:
            marks.append(disputed_mark(disputed_words()))
            spoken = f"{spoken}, {disputed_words()}"
        if linkage.withdrawn:
            spoken = self.tr("Withdrawn: {0}").format(spoken)
        same = row is not None and other.claim_id == row.claim_id
        button = OtherJudgement(other.annotator, marks, "" if same else other.claim, spoken)
        button.set_struck(struck=bool(linkage.withdrawn))
        button.clicked.connect(lambda: self.chosen.emit(linkage.id))
        return button

    # -- answering

    def set_keys_work(self, *, work: bool) -> None:
        """Draw the keys as they work or not."""
        for row in self._rows.values():
            row.set_keys_work(work=work)

    def set_editing(self, *, editing: bool) -> None:
        """Leave out what the editor shows below."""
        if editing:
            for line in (self._rationale, self._reasons, self._basis):
                line.hide()

    def answer_for(self, key: str) -> tuple[str, str]:
        """Return the field and the answer that a key stands for; nothing when it is none."""
        for field, row in self._rows.items():
            if key and (code := row.code_for(key)):
                return field, code
        return "", ""

    def row(self, field: str) -> JudgementRow:
        """Return the row of a question."""
        return self._rows[field]


def _chip(verdict: str, words: str) -> Mark:
    return Mark(chip_size(words), lambda p, r, t: draw_verdict_chip(p, r, verdict, words, t))
