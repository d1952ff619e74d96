"""One card of the evidence board: the words in their context, and what everybody made of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.rows import LinkageRow
from annotator.domain.scales import Codebook
from annotator.domain.text import Utf16Map
from annotator.ui.auditing.field_words import field_words
from annotator.ui.claiming.board import Card, Piece, SourceGroup
from annotator.ui.claiming.levels import bars, label, short_verdict
from annotator.ui.controls import ConfidenceBars, ElidedLabel, HairLine, StanceTile, VerdictChip
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedMark, disputed_words
from annotator.ui.forms import plain_label
from annotator.ui.marks import draw_stance_line
from annotator.ui.theme import FOCUS_WIDTH, Theme, current_theme, draw_frame, reading_font
from annotator.ui.versioning.changed_words import ChangedLine, changed_words
from annotator.ui.when import published

_LINE_HEIGHT, _FONT = 22, 14
_LONG = 400
"""Code points of a quote that a card shows."""
_PADDING = 8
_NAME = 40


class QuoteInContext(QWidget):
    """Words in the reading face: the quote with the line of its stance below, what stands around it muted."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        stance: str,
        parent: QWidget | None = None,
        *,
        size: tuple[int, int] = (_FONT, _LINE_HEIGHT),
        longest: int = _LONG,
    ) -> None:
        """``size`` is that of the letters and of a line in px; of a quote ``longest`` code points are shown."""
        super().__init__(parent)
        self._stance = stance
        self._size, self._height = size
        self._text, self._quotes = _joined(pieces, longest)
        self._units = Utf16Map(self._text)
        self.setAccessibleName(self._text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in this width."""
        return self._line_height() * self._layout(width).lineCount() + 4

    def sizeHint(self) -> QSize:
        """Return the size in the width that there is."""
        width = max(120, self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for a word."""
        return QSize(80, self._line_height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the words, and the lines under the quote."""
        painter = QPainter(self)
        layout = self._layout(self.width())
        layout.draw(painter, QPointF(0, 0))
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            for start, end in self._quotes:
                lo, hi = max(first, self._at(start)), min(last, self._at(end))
                if lo < hi:
                    self._draw_line(painter, layout, number, lo, hi)

    def _formats(self, theme: Theme) -> list[QTextLayout.FormatRange]:
        """Return the colours: the quote in that of words, what stands around it muted."""
        formats, last = [], 0
        for start, end in [*self._quotes, (len(self._text), len(self._text))]:
            formats.append(_range(self._at(last), self._at(start) - self._at(last), theme.muted))
            formats.append(_range(self._at(start), self._at(end) - self._at(start), theme.text))
            last = end
        return formats

    def _draw_line(self, painter: QPainter, layout: QTextLayout, number: int, start: int, end: int) -> None:
        line = layout.lineAt(number)
        text = layout.text().encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")
        end -= len(text) - len(text.rstrip())
        for run in line.glyphRuns(start, max(0, end - start)):
            box = run.boundingRect()
            top = line.y() + line.ascent() + 3
            draw_stance_line(painter, QRectF(box.left(), top, box.width(), 4), self._stance, current_theme())

    def _at(self, offset: int) -> int:
        return self._units.to_utf16(offset)

    def _line_height(self) -> int:
        return self._height

    def _layout(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text, reading_font(self._size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(current_theme()))
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, width))
            line.setPosition(QPointF(0, top))
            top += self._line_height()
        layout.endLayout()
        return layout


def _range(start: int, length: int, colour: QColor) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length
    found.format.setForeground(colour)
    return found


def _joined(pieces: Sequence[Piece], longest: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the words of a card, and which code points of them are quoted; context stands before and after all."""
    text, quotes = "".join(piece.before for piece in pieces[:1]), []
    for number, piece in enumerate(pieces):
        text += " … " if number else ""
        words = piece.words if len(piece.words) <= longest else f"{piece.words[:longest].rstrip()}…"
        words = words.replace("\n", " ")
        quotes.append((len(text), len(text) + len(words)))
        text += words
    return text + "".join(piece.after for piece in pieces[-1:]), quotes


class EvidenceCard(QAbstractButton):
    """Passages judged in one stance. Enter or a click shows them in the reader."""

    def __init__(
        self,
        desk: Desk,
        card: Card,
        group: SourceGroup,
        stance: str,
        codebook: Codebook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        quote = QuoteInContext(card.pieces, stance)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self._column.setSpacing(4)
        self._column.addWidget(quote)
        self._column.addLayout(_where_line(desk, group))
        self._column.addWidget(HairLine())
        for row in card.judged:
            self._column.addLayout(self._judgement(row, codebook))
            self._add_disputed(desk, row.linkage.id, row.disputed)
        self._add_changed(desk)
        if card.differs:
            self._column.addWidget(self._differs())
        for row in card.elsewhere:
            self._column.addLayout(self._other_stance(row, codebook))
            self._add_disputed(desk, row.linkage.id, row.disputed)
        for row in card.judged:
            if row.linkage.rationale:
                words = row.linkage.rationale
                shown = words if len(card.judged) == 1 else f"{_first_name(row.annotator)}: {words}"
                self._column.addWidget(plain_label(shown))
        if not any(row.linkage.rationale for row in card.judged):
            self._column.addWidget(plain_label(self.tr("No rationale yet"), muted=True))
        self.setAccessibleName(", ".join((quote.accessibleName(), *_where(group), *self._spoken(codebook))))
        for child in self.findChildren(QWidget):
            child.setAttribute(
                Qt.WidgetAttribute.WA_TransparentForMouseEvents, not isinstance(child, DisputedMark | ChangedLine)
            )

    def _add_disputed(self, desk: Desk, entity: EntityId | None, disputed: tuple[str, ...]) -> None:
        """Mark what holds several values, by a mark that can be pressed, and the names of its fields."""
        if not disputed:
            return
        mark = DisputedMark(desk)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(mark)
        line.addWidget(ElidedLabel(", ".join(map(field_words, disputed)), muted=True), 1)
        self._column.addLayout(line)
        mark.show_of(entity, disputed)

    def _add_changed(self, desk: Desk) -> None:
        """Say once for all who judged these words that they changed."""
        changed = next((row.changed for row in self.card.judged if row.changed), None)
        if changed is not None:
            line = ChangedLine(desk)
            self._column.addWidget(line)
            line.show_of(changed)

    def _judgement(self, row: LinkageRow, codebook: Codebook) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        name = ElidedLabel(_first_name(row.annotator))
        name.setFixedWidth(_NAME)
        line.addWidget(name)
        if row.linkage.verdict:
            line.addWidget(VerdictChip(row.linkage.verdict, short_verdict(codebook, row.linkage.verdict)))
        else:
            line.addWidget(ElidedLabel(self.tr("No verdict"), muted=True))
        line.addStretch()
        if level := bars(codebook, row.linkage.confidence):
            line.addWidget(ConfidenceBars(level, label(codebook, "confidence", row.linkage.confidence)))
        return line

    def _other_stance(self, row: LinkageRow, codebook: Codebook) -> QHBoxLayout:
        """Return a line for somebody who sees the same words in another stance."""
        line = QHBoxLayout()
        line.setSpacing(6)
        name = ElidedLabel(_first_name(row.annotator), muted=True)
        name.setFixedWidth(_NAME)
        stance = label(codebook, "stance", row.linkage.stance)
        line.addWidget(name)
        line.addWidget(StanceTile(row.linkage.stance, stance))
        line.addWidget(ElidedLabel(stance, muted=True), 1)
        return line

    def _differs(self) -> QWidget:
        words = plain_label(self.tr("≠ They differ"))
        words.setForegroundRole(words.palette().ColorRole.BrightText)
        return words

    def _spoken(self, codebook: Codebook) -> list[str]:
        parts = []
        for row in (*self.card.judged, *self.card.elsewhere):
            said = (label(codebook, name, getattr(row.linkage, name)) for name in ("stance", "verdict", "confidence"))
            words = [word for word in said if word] + ([disputed_words()] if row.conflicted else [])
            words += [changed_words(row.changed)] if row.changed else []
            parts.append(f"{row.annotator}: {', '.join(words)}")
        return parts

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the card in this width."""
        return self._column.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the size in the width that there is."""
        width = max(160, self.width())
        return QSize(width, self.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the passages with Enter as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus with the click."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the card, framed while it has the focus."""
        theme = current_theme()
        line: QColor = theme.accent if self.hasFocus() else theme.edge if self.underMouse() else theme.hairline
        rect = QRectF(QRect(self.rect()))
        draw_frame(QPainter(self), rect, theme.raised, line, FOCUS_WIDTH if self.hasFocus() else 1.0)


def _where_line(desk: Desk, group: SourceGroup) -> QHBoxLayout:
    """Return a line with the title, which gives way, and the date, which stays; one of them may be disputed."""
    line = QHBoxLayout()
    line.setSpacing(6)
    title, date = _where(group)
    line.addWidget(ElidedLabel(title, muted=True), 1)
    if group.source is not None and group.disputed:
        mark = DisputedMark(desk, small=True)
        line.addWidget(mark)
        mark.show_of(group.source.id, group.disputed)
    when = ElidedLabel(date, muted=True)
    when.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    line.addWidget(when)
    return line


def _where(group: SourceGroup) -> tuple[str, str]:
    if group.source is None:
        return "", ""
    title = group.source.title if group.source.title != group.name else ""
    return title, published(group.source.date_published, short=True)


def _first_name(name: str) -> str:
    return name.split(" ")[0] if name else "?"
