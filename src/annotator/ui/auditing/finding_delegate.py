"""Paints the findings: the head of a level, and for each finding its title and why it was raised."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from annotator.ui.auditing.audit_words import (
    finding_advice,
    finding_title,
    finding_words,
    level_sign,
    level_words,
)
from annotator.ui.auditing.finding_list import ENTRY, FindingEntry, FindingList
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.painting import RowPainter, draw_lines, text_size, wrapped
from annotator.ui.theme import current_theme, panel_font

LEFT = 40
_RIGHT = 12
_TOP = 6
_FEW, _ALL = 2, 12
"""Lines that a finding has, and those that the chosen one may have."""
_HEAD = 32
_Index = QModelIndex | QPersistentModelIndex


class FindingDelegate(QStyledItemDelegate):
    """The chosen finding shows all its words and has room for what can be done with it below them."""

    def __init__(self, view: QAbstractItemView, rows: FindingList, foot: int) -> None:
        """``foot`` is the room in px below the words of the chosen one."""
        super().__init__(view)
        self._view, self._rows, self._foot = view, rows, foot
        self._chosen = -1
        line = self._line()
        self._more = 0
        self._head = max(_HEAD, line + GRID)
        self._usual = 2 * _TOP + (1 + _FEW) * line

    def choose(self, index: QModelIndex) -> None:
        """Give the row at ``index`` room for all its words, and the one before it no more than the others have."""
        self._chosen = index.row()
        self._more = self._more_for(index)
        self.sizeHintChanged.emit(index)

    def top(self, row: int) -> int:
        """Return how far below the beginning of the list a row begins, in px."""
        heads = self._rows.heads_before(row)
        return heads * self._head + (row - heads) * self._usual + (self._more if 0 <= self._chosen < row else 0)

    def widen(self) -> None:
        """Measure the chosen row anew: the list has become wider or narrower."""
        self._more = self._more_for(self._rows.index(self._chosen))

    def _more_for(self, index: QModelIndex) -> int:
        """Return how much higher than the others a row is when it is chosen; the head of a level stays as it is."""
        entry = self._rows.entry(index)
        if entry is None or entry.finding is None:
            return 0
        line = self._line()
        lines = sum(len(wrapped(words, panel_font(), self._room(), _ALL)) for words in self._said(entry))
        return 2 * _TOP + (1 + lines) * line + self._foot - self._usual

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        entry, theme, view = index.data(ENTRY), current_theme(), option.widget
        if not isinstance(entry, FindingEntry):
            return
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        painter.fillRect(row.part(0, row.rect.height() - 1, row.rect.width(), 1), theme.hairline)
        if entry.finding is None:
            self._paint_head(row, entry)
        else:
            self._paint_finding(row, entry, chosen=index.row() == self._chosen)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show all that a finding says."""
        entry = index.data(ENTRY)
        if event.type() == QEvent.Type.ToolTip and isinstance(entry, FindingEntry) and entry.finding is not None:
            said = f"{finding_words(entry.finding)} {finding_advice(entry.finding)}"
            QToolTip.showText(event.globalPos(), plain_tooltip(said), view)
            return True
        return False

    def _paint_head(self, row: RowPainter, entry: FindingEntry) -> None:
        theme, height = current_theme(), row.rect.height()
        row.icon(2 * GRID - 2, (height - 16) // 2, *level_sign(entry.level))
        words = level_words(entry.level)
        row.words(row.part(LEFT, 0, row.rect.width() - LEFT - 40, height), words, panel_font(), theme.text)
        left = LEFT + text_size(words, panel_font()).width() + GRID
        row.words(row.part(left, 0, 80, height), str(entry.count), panel_font(), theme.muted)
        sign = "chevron-right" if entry.folded else "chevron-down"
        row.icon(row.rect.width() - _RIGHT - 16, (height - 16) // 2, sign, "muted")

    def _paint_finding(self, row: RowPainter, entry: FindingEntry, *, chosen: bool) -> None:
        theme, line, font = current_theme(), self._line(), panel_font()
        finding = entry.finding
        assert finding is not None  # noqa: S101 the heads are painted elsewhere
        title = row.part(LEFT, _TOP, self._room(), line)
        row.words(title, finding_title(finding), panel_font(bold=True), theme.text)
        top = _TOP + line
        for number, words in enumerate(self._said(entry) if chosen else (finding_words(finding),)):
            row.painter.setPen(theme.muted if number else theme.text)
            lines = wrapped(words, font, self._room(), _ALL if chosen else _FEW)
            draw_lines(row.painter, row.part(LEFT, top, self._room(), line * len(lines)), lines, font, line)
            top += line * len(lines)

    def _said(self, entry: FindingEntry) -> tuple[str, ...]:
        """Return the paragraphs of the chosen finding: why, what to do about it, and who let it stand."""
        finding = entry.finding
        assert finding is not None  # noqa: S101 heads say nothing
        said = [finding_words(finding), finding_advice(finding)]
        if finding.waiver is not None:
            said[1] = self.tr("Waived by {0}: {1}").format(entry.by, finding.waiver.reason)
        return tuple(words for words in said if words)

    def _room(self) -> int:
        return max(80, self._view.viewport().width() - LEFT - _RIGHT)

    def _line(self) -> int:
        return max(20, self._view.fontMetrics().height())
