"""Links words to a claim: the claim, then stance, verdict, confidence, and why. Six keys and the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError
from annotator.domain.long_lists import Offer
from annotator.domain.rows import ClaimRow
from annotator.domain.scales import Codebook
from annotator.ui.annotating.claim_picker import ClaimPicker
from annotator.ui.annotating.judgement import Judgement
from annotator.ui.annotating.judging import FIELDS, Judging
from annotator.ui.annotating.reasons import Reasons
from annotator.ui.controls import GRID, AccentButton, HairLine, PlainButton
from annotator.ui.forms import Form, WordsField, plain_label
from annotator.ui.marks import VERDICT_TILE, draw_verdict_tile
from annotator.ui.messages import next_step, sentence
from annotator.ui.painting import draw_lines, wrapped
from annotator.ui.theme import current_theme, panel_font

_LIST_ROWS = 4
_LINE = 20


class _TakenClaim(QWidget):
    """The claim that has been taken, in at most two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._verdict = "", "open"
        self.setFont(panel_font(bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_claim(self, text: str, verdict: str) -> None:
        """Show a claim, and the verdict of its conclusion if there is one."""
        self._text, self._verdict = text, verdict or "open"
        self.setAccessibleName(text)
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(200, 2 * max(_LINE, self.fontMetrics().height()) + GRID)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the verdict and the words."""
        theme, painter = current_theme(), QPainter(self)
        draw_verdict_tile(painter, QRectF(0, 0, VERDICT_TILE, self.height()), self._verdict, theme, solid=True)
        left, line = VERDICT_TILE + GRID + 4, max(_LINE, self.fontMetrics().height())
        lines = wrapped(self._text, self.font(), self.width() - left, 2)
        painter.setPen(theme.text)
        area = self.rect().adjusted(left, (self.height() - line * len(lines)) // 2, 0, 0)
        draw_lines(painter, area, lines, self.font(), line)


class LinkPanel(Form):
    """The panel of ``L``. Its ``judgement`` is what has been said so far; ``sent`` asks to make the linkage of it."""

    own_keys: Sequence[Qt.Key] = (Qt.Key.Key_Backspace,)
    changed = Signal()
    status = Signal(str)
    row_wanted = Signal(str)
    """A claim is wanted that is not among those at hand."""
    claims_wanted = Signal(str)
    """Claims with these words are wanted, those at hand are not all."""

    def __init__(self, codebook: Codebook, claims: Sequence[ClaimRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.judgement = Judgement()
        self._claims = {row.claim.id: row for row in claims}
        self._is_whole = True
        self._is_sending, self._said = False, ""
        self.picker = ClaimPicker()
        self.judging = Judging(codebook)
        self.reasons = Reasons(codebook)
        self.rationale = WordsField(self.tr("Rationale: why, in a sentence or two"), lines=2)
        self.rationale.setAccessibleName(self.tr("Rationale"))
        self.button = AccentButton(self.tr("Link to claim"), key=self.tr("Ctrl Enter"))
        self._taken = _TakenClaim()
        self._problem = plain_label()
        self._build()
        self.picker.set_claims(claims)
        self._listen()
        self.show_judgement(Judgement())

    # -- what has been said

    def set_claims(self, claims: Sequence[ClaimRow], *, whole: bool = True) -> None:
        """Offer these claims; unless they are the ``whole``, others are wanted as something is typed."""
        self._claims, self._is_whole = {row.claim.id: row for row in claims}, whole
        self.picker.set_claims(claims, whole=whole)

    def take_claims(self, typed: str, offer: Offer) -> None:
        """Offer the claims that were wanted for what was typed."""
        self._claims.update({row.claim.id: row for row in offer.rows})
        self.picker.take(typed, offer)

    def add_claim(self, claim: str, row: ClaimRow | None) -> None:
        """Take a claim that was wanted; None where it is not there any more."""
        if row is not None:
            self._claims[row.claim.id] = row
            self._show()
        elif self.judgement.claim == claim:
            self.show_judgement(replace(self.judgement, claim=""))

    def show_count(self, passages: int) -> None:
        """Say how many passages are linked together."""
        if passages > 1:
            self.button.setText(self.tr("Link {0} passages to claim").format(passages))
            self.button.updateGeometry()

    def show_judgement(self, judgement: Judgement) -> None:
        """Show what has been said, and go on where it stopped."""
        if judgement.claim and judgement.claim not in self._claims:
            if self._is_whole:
                judgement = replace(judgement, claim="")
            else:
                self.row_wanted.emit(judgement.claim)
        self.judgement = judgement
        self.picker.set_typed(judgement.typed)
        if self.rationale.toPlainText() != judgement.rationale:
            self.rationale.setPlainText(judgement.rationale)
        self._show()

    @property
    def problem(self) -> str:
        """Why the linkage was not made; empty when nothing is wrong."""
        return "" if self._problem.isHidden() else self._problem.text()

    @property
    def is_ready(self) -> bool:
        """Whether all that a linkage needs has been said."""
        return self.judgement.has_claim and not self._turn()

    def focus_next(self) -> None:
        """Give the focus to what is next: the claim, a question, or the rationale."""
        turn = self._turn()
        if not self.judgement.has_claim:
            self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        elif turn:
            self.judging.focus_field(turn)
        else:
            self.rationale.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sending(self) -> None:
        """Take no second order while the linkage is being made."""
        self._is_sending = True
        self._show()

    def show_problem(self, error: AnnotatorError) -> None:
        """Say why the linkage was not made."""
        self._is_sending = False
        self._problem.setText(" ".join(part for part in (sentence(error), next_step(error)) if part))
        self._problem.show()
        self._show()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a key, go a step back with Backspace."""
        if event.key() == Qt.Key.Key_Backspace:
            self._go_back()
        elif not event.modifiers() and self.judgement.has_claim and self._take_key(event.text()):
            return
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back from an empty rationale with Backspace."""
        if (
            watched is self.rationale
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Backspace
            and not event.isAutoRepeat()
            and not self.rationale.toPlainText()
        ):
            self._go_back()
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, text: str) -> bool:
        return bool(text) and self.judging.take_key(text.upper(), self._turn())

    def _go_back(self) -> None:
        """Take back the last answer; before the first, the claim."""
        given = [field for field in FIELDS if getattr(self.judgement, field)]
        if given:
            self._say(**{given[-1]: ""})
        elif self.judgement.has_claim:
            self._say(claim="", words="", typed=self.judgement.words or self.judgement.typed)
            self.picker.set_typed(self.judgement.typed)
        self.focus_next()

    # -- inside

    def _say(self, **said: object) -> None:
        self.judgement = replace(self.judgement, **said)  # type: ignore[arg-type]
        self._problem.hide()
        self._show()
        self.changed.emit()

    def _answer(self, field: str, code: str) -> None:
        self._say(**{field: code})
        self.focus_next()

    def _take_claim(self, **said: str) -> None:
        self._say(**said)
        self.focus_next()

    def _turn(self) -> str:
        return self.judging.next_field({field: getattr(self.judgement, field) for field in FIELDS})

    def _show(self) -> None:
        said = self.judgement
        self._pages.setCurrentIndex(1 if said.has_claim else 0)
        self._foot.setVisible(said.has_claim)
        row = self._claims.get(said.claim)  # type: ignore[call-overload]
        verdict = row.conclusion.verdict if row and row.conclusion else ""
        self._taken.show_claim(row.claim.text if row else said.words, verdict)
        self.judging.show_state({field: getattr(said, field) for field in FIELDS}, begun=said.has_claim)
        self.reasons.show_given(said.basis, said.reasons)
        self.button.setEnabled(self.is_ready and not self._is_sending)
        status = self._status()
        if status != self._said:
            self._said = status
            self.status.emit(status)

    def _status(self) -> str:
        if not self.judgement.has_claim:
            return self.tr("Link: type to find a claim, or write a new one")
        names = {field: column.title.lower() for field, column in self.judging.columns.items()}
        given = [names[field] for field in FIELDS if getattr(self.judgement, field)]
        turn = self._turn()
        if not turn:
            return self.tr("Link: say why, then Ctrl+Enter")
        if not given:
            return self.tr("Link: {0} next").format(names[turn])
        done = self.tr(" and ").join(given)
        return self.tr("Link: {0} set, {1} next").format(done, names[turn])

    def _build(self) -> None:
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        change = PlainButton(self.tr("Change claim"), key=self.tr("Backspace"))
        change.setFlat(True)
        change.clicked.connect(lambda: self._change_claim())
        taken = QWidget()
        row = QHBoxLayout(taken)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self._taken, 1)
        row.addWidget(change)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.picker)
        self._pages.addWidget(taken)
        self._foot = self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(HairLine())
        column.addWidget(self.judging)
        column.addWidget(self._foot)
        list_height = self.picker.field.height() + 24 + _LIST_ROWS * 32
        foot_height = self._foot.sizeHint().height() + self._taken.sizeHint().height() + 8
        self.setFixedHeight(max(list_height, foot_height) + self.judging.sizeHint().height() + 1)
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HairLine())
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(10)
        inner.addWidget(self.rationale)
        inner.addWidget(self._problem)
        row = QHBoxLayout()
        row.addWidget(self.reasons)
        row.addStretch()
        row.addWidget(self.button)
        inner.addLayout(row)
        column.addLayout(inner)
        return foot

    def _listen(self) -> None:
        self.picker.taken.connect(lambda claim: self._take_claim(claim=claim, words=""))
        self.picker.made.connect(lambda words: self._take_claim(claim="", words=words))
        self.picker.typed.connect(self._on_typed)
        self.picker.wanted.connect(self.claims_wanted)
        self.judging.picked.connect(self._answer)
        self.reasons.changed.connect(lambda field, value: self._say(**{field: value}))
        self.rationale.textChanged.connect(self._on_rationale)
        self.rationale.installEventFilter(self)
        self.button.clicked.connect(self.sent)
        for keys, opens in (("Alt+B", self.reasons.open_basis), ("Alt+R", self.reasons.open_reasons)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(opens)

    def _change_claim(self) -> None:
        self._say(claim="", words="", typed=self.judgement.words or self.judgement.typed)
        self.picker.set_typed(self.judgement.typed)
        self.focus_next()

    def _on_typed(self, typed: str) -> None:
        if typed != self.judgement.typed and not self.judgement.has_claim:
            self._say(typed=typed)

    def _on_rationale(self) -> None:
        if self.rationale.toPlainText() != self.judgement.rationale:
            self._say(rationale=self.rationale.toPlainText())
