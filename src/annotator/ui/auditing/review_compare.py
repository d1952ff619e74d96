"""The judgements of everybody side by side: field by field, the same or different, and the words that differ marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QWidget,
)

from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.word_diff import Difference
from annotator.ui.auditing.review_judgement import Judgement, ReviewReading
from annotator.ui.auditing.review_marks import SameMark
from annotator.ui.claiming.levels import bars, label, reason_words, short_verdict, stage_words
from annotator.ui.controls import (
    GRID,
    ConfidenceBars,
    ElidedLabel,
    HairLine,
    StanceTile,
    VerdictChip,
    plain_label,
    plain_tooltip,
)
from annotator.ui.theme import current_theme, panel_font
from annotator.ui.versioning.changed_words import changed_words
from annotator.ui.word_diff import WordDiff

_LABELS = 88
_COLUMN = 150
_HEAD = 40
_MARK = 3

Told = Callable[[Judgement], QWidget]


class ColumnHead(QAbstractButton):
    """Whose judgement a column is; the chosen one is what is decided on."""

    def __init__(self, judgement: Judgement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = judgement.annotator or self.tr("Somebody")
        self._remark = self.tr("{0}, yourself").format(judgement.at) if judgement.own else judgement.at
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(panel_font(bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._name}, {self._remark}")
        self.setToolTip(plain_tooltip(self.tr("Decide on the judgement of {0}").format(self._name)))

    def sizeHint(self) -> QSize:
        """Return room for the name."""
        return QSize(_COLUMN, max(_HEAD, self.fontMetrics().height() + 2 * GRID))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the name, when it was judged, and whether it is chosen."""
        theme, painter = current_theme(), QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.row)
            painter.fillRect(0, 0, self.width(), _MARK, theme.accent)
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.hover)
        metrics = self.fontMetrics()
        room = self.width() - 4 * GRID
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(name)
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = start | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setPen(theme.text)
        painter.drawText(self._part(2 * GRID, wide), flags, name)
        painter.setFont(panel_font())
        painter.setPen(theme.muted)
        left = 2 * GRID + wide + GRID
        rest = self.width() - left - GRID
        if rest > 3 * GRID:
            remark = painter.fontMetrics().elidedText(self._remark, Qt.TextElideMode.ElideRight, rest)
            painter.drawText(self._part(left, rest), flags, remark)

    def _part(self, left: int, width: int) -> QRectF:
        rect = QRectF(left, 0, width, self.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - left - width)
        return rect


class Comparison(QWidget):
    """A column for each judgement. ``picked`` gives the number of the column that was clicked."""

    picked = Signal(int)

    def __init__(self, reading: ReviewReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading, self._book = reading, reading.codebook
        self._row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnMinimumWidth(0, _LABELS)
        self.heads = tuple(ColumnHead(each) for each in reading.judgements)
        for number, head in enumerate(self.heads):
            self._grid.setColumnMinimumWidth(self._column(number), _COLUMN)
            self._grid.setColumnStretch(self._column(number), 1)
            self._grid.addWidget(head, 0, self._column(number))
            head.clicked.connect(lambda _checked=False, number=number: self.picked.emit(number))
        self._row = 1
        self._fill()
        self._grid.addWidget(HairLine(), self._row, 0, 1, 2 * len(self.heads) + 1)
        for number in range(len(self.heads)):
            line = HairLine(Qt.Orientation.Vertical)
            self._grid.addWidget(line, 0, self._column(number) - 1, self._row, 1)

    def choose(self, numbers: Sequence[int]) -> None:
        """Mark the columns that are decided on."""
        for number, head in enumerate(self.heads):
            head.setChecked(number in numbers)

    @staticmethod
    def _column(number: int) -> int:
        return 2 + 2 * number

    def _fill(self) -> None:
        judgements = self._reading.judgements
        if any(isinstance(each.made, Linkage) for each in judgements):
            if len({each.quote for each in judgements}) > 1:
                self._add(self.tr("Passage"), lambda each: _words(each.quote), lambda each: each.quote)
            self._add(self.tr("Stance"), self._stance, lambda each: getattr(each.made, "stance", ""))
        self._add(self.tr("Verdict"), self._verdict, lambda each: each.made.verdict)
        self._add(self.tr("Confidence"), self._confidence, lambda each: each.made.confidence)
        if any(each.made.reasons for each in judgements):
            self._add(
                self.tr("Reasons"),
                lambda each: _words(", ".join(reason_words(each.made.reasons))),
                lambda each: tuple(sorted(each.made.reasons)),
            )
        self._fill_conclusions(judgements)
        self._add_why()
        self._add(self.tr("History"), lambda each: _words(each.history, muted=True))
        if any(each.changed for each in judgements):
            self._add(self.tr("Words"), self._changed)
        if any(each.disputed for each in judgements):
            self._add(self.tr("In dispute"), self._disputed)

    def _fill_conclusions(self, judgements: Sequence[Judgement]) -> None:
        made = [each.made for each in judgements if isinstance(each.made, Conclusion)]
        if any(each.flags for each in made):
            self._add(self.tr("Flags"), self._flags, lambda each: tuple(sorted(getattr(each.made, "flags", ()))))
        if made:
            self._add(self.tr("Stage"), self._stage)

    # -- rows

    def _add(self, name: str, told: Told, compared: Callable[[Judgement], object] | None = None) -> None:
        """Add a row; with ``compared`` every column but the first says whether it is the same as the first."""
        first = compared(self._reading.judgements[0]) if compared else None
        cells = []
        for number, judgement in enumerate(self._reading.judgements):
            cell = told(judgement)
            mark = SameMark(same=compared(judgement) == first) if compared and number else None
            cells.append((cell, mark))
        self._lay(name, cells)

    def _add_why(self) -> None:
        """Add the reasons in the annotators' words, with those that differ marked."""
        reading = self._reading
        conclusion = any(isinstance(each.made, Conclusion) for each in reading.judgements)
        name = self.tr("Justification") if conclusion else self.tr("Rationale")
        pair = len(reading.judgements) == 2
        cells: list[tuple[QWidget, SameMark | None]] = []
        for number, judgement in enumerate(reading.judgements):
            pieces = reading.differences[max(0, number - 1)] if reading.differences and (number or pair) else ()
            if not judgement.why:
                cells.append((plain_label(self.tr("None given"), muted=True), None))
            elif pieces:
                cells.append((WordDiff(pieces, side=Difference.NEW if number else Difference.GONE), None))
            else:
                cells.append((_words(judgement.why), None))
        self._lay(name, cells)

    def _lay(self, name: str, cells: Sequence[tuple[QWidget, SameMark | None]]) -> None:
        self._grid.addWidget(HairLine(), self._row, 0, 1, 2 * len(cells) + 1)
        row = self._row + 1
        caption = plain_label(name, muted=True, wrap=False)
        caption.setContentsMargins(2 * GRID, 6, GRID, 6)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        for number, (cell, mark) in enumerate(cells):
            box = QWidget()
            line = QHBoxLayout(box)
            line.setContentsMargins(2 * GRID, 6, 2 * GRID, 6)
            line.setSpacing(GRID)
            line.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
            if mark is not None:
                line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            who = self._reading.judgements[number].annotator
            spoken = f"{who}, {name}: {_spoken(cell)}"
            cell.setAccessibleDescription(f"{spoken}, {mark.accessibleName()}" if mark else spoken)
            self._grid.addWidget(box, row, self._column(number))
        self._row += 2

    # -- cells

    def _stance(self, judgement: Judgement) -> QWidget:
        stance = judgement.made.stance if isinstance(judgement.made, Linkage) else ""
        words = label(self._book, "stance", stance)
        return _marked(StanceTile(stance, words), words) if stance else _none()

    def _verdict(self, judgement: Judgement) -> QWidget:
        verdict = judgement.made.verdict
        if not verdict:
            return _none()
        solid = isinstance(judgement.made, Conclusion)
        return _alone(VerdictChip(verdict, short_verdict(self._book, verdict), solid=solid))

    def _confidence(self, judgement: Judgement) -> QWidget:
        code = judgement.made.confidence
        words = label(self._book, "confidence", code)
        if not code:
            return _none()
        return _marked(ConfidenceBars(bars(self._book, code), words), words)

    def _flags(self, judgement: Judgement) -> QWidget:
        flags = judgement.made.flags if isinstance(judgement.made, Conclusion) else ()
        return _words(", ".join(label(self._book, "flags", code) for code in flags))

    @staticmethod
    def _stage(judgement: Judgement) -> QWidget:
        return _words(stage_words(judgement.made.stage)) if isinstance(judgement.made, Conclusion) else _none()

    def _changed(self, judgement: Judgement) -> QWidget:
        if judgement.changed is None:
            return _words(self.tr("The same"), muted=True)
        return _words(f"≠ {changed_words(judgement.changed)}")

    def _disputed(self, judgement: Judgement) -> QWidget:
        if not judgement.disputed:
            return _words(self.tr("Nothing"), muted=True)
        said = plain_label(self.tr("≠ {0}: settle it first").format(", ".join(judgement.disputed)))
        said.setForegroundRole(QPalette.ColorRole.BrightText)
        return said


def _words(words: str, *, muted: bool = False) -> QWidget:
    if not words:
        return _none()
    said = plain_label(words, muted=muted)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return said


def _none() -> QWidget:
    return ElidedLabel("–", muted=True)


def _alone(mark: QWidget) -> QWidget:
    return _marked(mark, "")


def _marked(mark: QWidget, words: str) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID)
    line.addWidget(mark)
    if words:
        line.addWidget(ElidedLabel(words), 1)
    else:
        line.addStretch()
    box.setAccessibleName(words or mark.accessibleName())
    return box


def _spoken(cell: QWidget) -> str:
    return cell.text() if isinstance(cell, QLabel) else cell.accessibleName()
