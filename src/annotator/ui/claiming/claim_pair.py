"""Two claims that may be one, side by side: the words that differ are marked, and below stands what rests on each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.listing import made_at
from annotator.domain.scales import Codebook
from annotator.domain.word_diff import Difference, Piece, word_diff
from annotator.services.joining_claims import ClaimBearing
from annotator.ui.claiming.levels import bars, label, short_verdict, stage_words
from annotator.ui.controls import GRID, ConfidenceBars, ElidedLabel, StanceTile, VerdictChip, plain_label
from annotator.ui.laying_out import emptied
from annotator.ui.theme import current_theme, draw_frame, panel_font
from annotator.ui.when import moment, published
from annotator.ui.word_diff import WordDiff

_SIDE_BY_SIDE = 560
"""Pixels from which on the claims stand side by side."""
_NARROWEST = 240
_STEPS = {Qt.Key.Key_Right: "next", Qt.Key.Key_Down: "next", Qt.Key.Key_Left: "previous", Qt.Key.Key_Up: "previous"}


class ClaimPair(QWidget):
    """Shows two claims. It takes the focus, and ``pressed`` has what is asked for: a letter of ``keys``, “next” or “previous”."""

    pressed = Signal(str)

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.cards = (_Card(), _Card())
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(GRID)
        for card in self.cards:
            self._sides.addWidget(card, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pair(self, one: ClaimBearing, other: ClaimBearing, codebook: Codebook, headings: tuple[str, str]) -> None:
        """Show two claims, each below its heading."""
        pieces = word_diff(one.row.claim.text, other.row.claim.text)
        sides = (Difference.GONE, Difference.NEW)
        said = []
        for card, bearing, side, heading in zip(self.cards, (one, other), sides, headings, strict=True):
            said.append(card.show_claim(bearing, pieces, side, codebook, heading))
        self.setAccessibleName("; ".join(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say which of the keys was pressed."""
        key = event.text().upper()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None or (key and key in self._keys and not held):
            self.pressed.emit(step or key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys arrive here."""
        self._show_focus()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do not any more."""
        self._show_focus()
        super().focusOutEvent(event)

    def _show_focus(self) -> None:
        for card in self.cards:
            card.set_active(active=self.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the claims side by side, or where that is too narrow one above the other."""
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the height that both need in this width, and not in the narrowest one."""
        return QSize(_NARROWEST, self._sides.totalHeightForWidth(max(self.width(), _NARROWEST)))


class _Card(QWidget):
    """One claim with what rests on it."""

    def __init__(self) -> None:
        super().__init__()
        self._is_active = False
        self.words = WordDiff(font=panel_font(15))
        self._heading = plain_label(muted=True)
        self._facts = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self._heading, self.words, self._facts):
            column.addWidget(widget)
        column.addStretch(1)

    def show_claim(
        self, bearing: ClaimBearing, pieces: tuple[Piece, ...], side: Difference, codebook: Codebook, heading: str
    ) -> str:
        """Show a claim and return what a screen reader says of it."""
        self._heading.setText(heading)
        self.words.tell(pieces, side=side)
        emptied(self._facts)
        column = QVBoxLayout(self._facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        lines = self._lines(bearing)
        for line in lines:
            column.addWidget(plain_label(line, muted=True))
        column.addLayout(self._evidence(bearing, codebook))
        concluded = []
        for name, conclusion in bearing.conclusions:
            row = QHBoxLayout()
            row.setSpacing(GRID)
            row.addWidget(VerdictChip(conclusion.verdict, short_verdict(codebook, conclusion.verdict), solid=True))
            if level := bars(codebook, conclusion.confidence):
                row.addWidget(ConfidenceBars(level, label(codebook, "confidence", conclusion.confidence)))
            row.addWidget(ElidedLabel(f"{name}, {stage_words(conclusion.stage)}", muted=True), 1)
            column.addLayout(row)
            concluded.append(f"{name}: {label(codebook, 'verdict', conclusion.verdict)}")
        self.updateGeometry()
        return ", ".join((heading, bearing.row.claim.text, *lines, *self._counts(bearing, codebook), *concluded))

    def _evidence(self, bearing: ClaimBearing, codebook: Codebook) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for stance, count in bearing.row.stances:
            row.addWidget(StanceTile(stance, label(codebook, "stance", stance)))
            row.addWidget(plain_label(str(count), wrap=False))
        if not bearing.row.stances:
            row.addWidget(plain_label(self.tr("Nothing is linked to it yet."), muted=True), 1)
        else:
            row.addStretch(1)
        return row

    def _counts(self, bearing: ClaimBearing, codebook: Codebook) -> list[str]:
        return [f"{label(codebook, 'stance', stance)} {count}" for stance, count in bearing.row.stances]

    def _lines(self, bearing: ClaimBearing) -> list[str]:
        claim = bearing.row.claim
        entered = self.tr("Entered by {0}, {1}").format(bearing.maker, moment(made_at(claim.id)))
        about = [published(claim.date), claim.location]
        if bearing.claimants:
            about.insert(0, self.tr("claimed by {0}").format(", ".join(bearing.claimants)))
        counted = (
            (bearing.linkages, self.tr("1 linkage"), self.tr("{0} linkages")),
            (bearing.appearances, self.tr("said once"), self.tr("said {0} times")),
            (bearing.notes, self.tr("1 note"), self.tr("{0} notes")),
            (bearing.parts, self.tr("1 part"), self.tr("{0} parts")),
        )
        counts = [one if count == 1 else more.format(count) for count, one, more in counted if count]
        also = [self.tr("also entered as “{0}”").format(each.text) for each in bearing.joined]
        return [line for line in (entered, " · ".join(filter(None, about)), " · ".join(counts), *also) if line]

    def set_active(self, *, active: bool) -> None:
        """Show whether keys arrive here."""
        self._is_active = active
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground and the frame."""
        theme = current_theme()
        line = theme.accent if self._is_active else theme.edge
        draw_frame(QPainter(self), QRectF(self.rect()), theme.surface, line)
