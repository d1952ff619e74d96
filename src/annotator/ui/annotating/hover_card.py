"""A card beside words: what has been judged about the passages there. It takes neither focus nor mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.rows import LinkageRow, PassageRow
from annotator.domain.scales import Codebook
from annotator.ui.claiming.levels import bars, label, short_verdict
from annotator.ui.controls import ConfidenceBars, ElidedLabel, HairLine, StanceTile, VerdictChip, plain_label
from annotator.ui.icons import icon
from annotator.ui.theme import current_theme, draw_frame, reading_font
from annotator.ui.versioning.changed_words import SIGN, changed_words
from annotator.ui.when import moment

_WIDE = 400
_PADDING, _GAP = 12, 8
_SHOWN, _LINKAGES = 3, 4
_QUOTE, _CLAIM, _NOTE = 140, 160, 200
_QUOTE_PX = 15


@dataclass(frozen=True, slots=True)
class CardPassage:
    """A passage as the card shows it: its words, its standing linkages, its notes."""

    row: PassageRow
    quote: str
    linkages: tuple[LinkageRow, ...]
    notes: tuple[str, ...]


class HoverCard(QFrame):
    """Shows passages, the first of which a click would choose."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("What has been judged here"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self._column.setSpacing(_GAP)
        self._spoken: list[str] = []
        self.hide()

    @property
    def words(self) -> str:
        """All that the card says, in sentences, for those who hear it."""
        return " ".join(self._spoken)

    def show_passages(self, passages: Sequence[CardPassage], count: int, codebook: Codebook) -> None:
        """Show some passages; ``count`` are there altogether."""
        self._clear()
        if count > 1:
            words = self.tr("{0} passages here. A click chooses the first, O the next.").format(count)
            self._say(plain_label(words, muted=True), words)
        for number, passage in enumerate(passages[:_SHOWN]):
            if number:
                self._column.addWidget(HairLine())
            self._show_passage(passage, codebook)
        if count > min(len(passages), _SHOWN):
            words = self.tr("And {0} more").format(count - min(len(passages), _SHOWN))
            self._say(plain_label(words, muted=True), words)
        self.setAccessibleDescription(self.words)

    def place(self, words: QRect, line: QRect, room: QRect) -> None:
        """Stand below ``words``, or above them, or at least not on ``line``, all within ``room`` of the parent."""
        size = self._wanted(min(_WIDE, room.width() - 2 * _GAP))
        left = min(max(words.left(), room.left() + _GAP), room.right() - size.width() - _GAP)
        places = [QRect(QPoint(left, below.bottom() + _GAP), size) for below in (words, line)] + [
            QRect(QPoint(left, above.top() - _GAP - size.height()), size) for above in (words, line)
        ]
        order = (0, 2, 1, 3)
        found = next((places[n] for n in order if room.contains(places[n])), None)
        if found is None:
            is_lower = room.bottom() - line.bottom() >= line.top() - room.top()
            found = places[1 if is_lower else 3]
            found.setTop(max(found.top(), room.top())) if not is_lower else found.setBottom(room.bottom())
        self.setGeometry(found)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the frame."""
        theme = current_theme()
        draw_frame(QPainter(self), QRectF(self.rect()), theme.raised, theme.edge)

    # -- inside

    def _wanted(self, width: int) -> QSize:
        self.setFixedWidth(width)
        self._column.activate()
        return QSize(
            width,
            self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height(),
        )

    def _show_passage(self, passage: CardPassage, codebook: Codebook) -> None:
        quote = plain_label(f"“{_short(passage.quote, _QUOTE)}”")
        quote.setFont(reading_font(_QUOTE_PX))
        self._say(quote, quote.text())
        if passage.row.conflicted:
            words = self.tr("Disputed: several values stand side by side. Select the passage to see them.")
            self._add_line("git-fork", words)
        anchor = passage.row.anchor
        if anchor is not None:
            waits = self.tr("Highlighted in another version: these words wait to be settled.")
            self._add_line(SIGN, waits if anchor.waits else self.tr("Highlighted in another version."))
        for linkage in passage.linkages[:_LINKAGES]:
            self._show_linkage(linkage, codebook)
        if len(passage.linkages) > _LINKAGES:
            words = self.tr("And {0} linkages more").format(len(passage.linkages) - _LINKAGES)
            self._say(plain_label(words, muted=True), words)
        if not passage.linkages:
            words = self.tr("Not linked to a claim yet")
            self._say(plain_label(words, muted=True), words)
        for note in passage.notes[:2]:
            self._add_line("message-square-text", _short(note, _NOTE))

    def _show_linkage(self, row: LinkageRow, codebook: Codebook) -> None:
        linkage = row.linkage
        stance, verdict = label(codebook, "stance", linkage.stance), short_verdict(codebook, linkage.verdict)
        confidence = label(codebook, "confidence", linkage.confidence)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(StanceTile(linkage.stance, stance))
        head.addWidget(plain_label(stance, wrap=False))
        if linkage.verdict:
            head.addWidget(VerdictChip(linkage.verdict, verdict))
        if level := bars(codebook, linkage.confidence):
            head.addWidget(ConfidenceBars(level, confidence))
        who = ElidedLabel(f"{row.annotator}, {moment(row.at)}", muted=True)
        who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(who, 1)
        self._column.addLayout(head)
        claim = plain_label(_short(row.claim, _CLAIM))
        said = ", ".join(part for part in (stance, label(codebook, "verdict", linkage.verdict), confidence) if part)
        self._say(claim, self.tr("{0}: {1} ({2}).").format(said, claim.text(), row.annotator))
        if row.changed is not None:
            self._add_line(SIGN, changed_words(row.changed))

    def _add_line(self, icon_name: str, words: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        sign = QLabel()
        sign.setPixmap(icon(icon_name, "muted").pixmap(QSize(16, 16), self.devicePixelRatioF()))
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(plain_label(words), 1)
        self._column.addLayout(line)
        self._spoken.append(words)

    def _say(self, widget: QLabel, words: str) -> None:
        self._column.addWidget(widget)
        self._spoken.append(words)

    def _clear(self) -> None:
        self._spoken.clear()
        while self._column.count():
            _drop(self._column.takeAt(0))


def _drop(item: object) -> None:
    """Delete what a layout held, all the way down."""
    widget, layout = item.widget(), item.layout()  # type: ignore[attr-defined]
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    elif layout is not None:
        while layout.count():
            _drop(layout.takeAt(0))


def _short(words: str, most: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
