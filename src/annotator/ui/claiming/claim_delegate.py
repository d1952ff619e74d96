"""Paints the rows of a list of claims: the verdict, the words, how many passages speak for and against."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from annotator.ui.claiming.claim_list import ENTRY, ClaimEntry
from annotator.ui.claiming.levels import STANCES, bars, stage_words
from annotator.ui.controls import plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.disputes import disputed_words, show_tip
from annotator.ui.marks import (
    SIGN,
    VERDICT_TILE,
    chip_size,
    confidence_size,
    draw_confidence,
    draw_disputed,
)
from annotator.ui.painted_tiles import lay_stance_tile, lay_verdict_tile
from annotator.ui.painting import RowPainter, draw_lines, text_size, wrapped
from annotator.ui.theme import Theme, current_theme, panel_font
from annotator.ui.versioning.changed_words import SIGN as CHANGED_SIGN

_PADDING = 16
_TILE_TOP = 10
_LINES = 2
_INDENT, _TREE_LEFT = 24, 32
_Index = QModelIndex | QPersistentModelIndex


class ClaimDelegate(QStyledItemDelegate):
    """Paints a claim in a row of 80 px. ``tree``: with lines to its parts, and without its stage."""

    def __init__(self, view: QAbstractItemView, desk: Desk, *, tree: bool = False) -> None:
        super().__init__(view)
        self._desk, self._tree = desk, tree

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row: two lines of words and one of marks."""
        line = self._line()
        top = _TILE_TOP - 2 if self._tree else _TILE_TOP
        return QSize(0, top + (_LINES + 1) * line + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        entry, theme = index.data(ENTRY), current_theme()
        view = option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        line = self._line()
        if entry is None:
            row.words(row.part(_TREE_LEFT + _INDENT, _TILE_TOP, 100, line), "…", panel_font(), theme.muted)
            painter.restore()
            return
        left = _PADDING
        if self._tree:
            left = _TREE_LEFT + entry.depth * _INDENT
            self._paint_branch(row, entry, theme)
        else:
            painter.fillRect(row.part(0, row.rect.height() - 1, row.rect.width(), 1), theme.hairline)
        verdict = entry.row.conclusion.verdict if entry.row.conclusion else "open"
        tile = row.part(left, _TILE_TOP, VERDICT_TILE, VERDICT_TILE)
        lay_verdict_tile(painter, tile.topLeft(), verdict, theme, solid=True)
        words_left = left + VERDICT_TILE + 8
        width = row.rect.width() - words_left - _PADDING
        words = row.part(words_left, _TILE_TOP, width, _LINES * line)
        font = panel_font()
        painter.setPen(theme.text)
        lines = wrapped(entry.row.claim.text, font, width, _LINES)
        draw_lines(painter, words, lines, font, line)
        marks_top = _TILE_TOP + max(1, len(lines) if self._tree else _LINES) * line
        left = self._paint_counts(row, entry, theme, (words_left, marks_top, line))
        if entry.row.unsettled:
            left = self._paint_unsettled(row, entry.row.unsettled, theme, (left, marks_top, line))
        right = row.rect.width() - _PADDING
        if not self._tree:
            right = self._paint_stage(row, entry, theme, (left, marks_top, line))
        if entry.row.conflicted:
            self._paint_disputed(row, theme, (left, marks_top, right - left), line)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show the whole claim."""
        entry = index.data(ENTRY)
        if event.type() == QEvent.Type.ToolTip and entry is not None:
            if entry.row.conflicted:
                conclusion = entry.row.conclusion
                entity = entry.row.claim.id if entry.row.disputed or conclusion is None else conclusion.id
                show_tip(self._desk, view.viewport(), event.globalPos(), entity, entry.row.claim.text)
            else:
                QToolTip.showText(event.globalPos(), plain_tooltip(entry.row.claim.text), view)
            return True
        return False

    @staticmethod
    def _line() -> int:
        return max(20, QFontMetrics(panel_font()).height())

    @staticmethod
    def _paint_disputed(row: RowPainter, theme: Theme, place: tuple[int, int, int], line: int) -> None:
        """Paint the mark of what is disputed; where its word has no room, the sign alone."""
        left, top, room = place
        size = chip_size(disputed_words())
        if size.width() > room:
            words, width = "", SIGN + 4
        else:
            words, width = disputed_words(), size.width()
        part = row.part(left, top + (line - size.height()) // 2, width, size.height())
        draw_disputed(row.painter, part.toRectF(), words, theme)

    @staticmethod
    def _paint_counts(row: RowPainter, entry: ClaimEntry, theme: Theme, place: tuple[int, int, int]) -> int:
        """Paint the sign and number of each stance that there is, and return where they end."""
        left, top, height = place
        counts = dict(entry.counts)
        order = [*(stance for stance in STANCES if stance in counts), *(s for s in counts if s not in STANCES)]
        for stance in order:
            tile = row.part(left, top + (height - SIGN) // 2, SIGN, SIGN)
            lay_stance_tile(row.painter, tile.topLeft(), stance, theme)
            left += SIGN + 5
            left += row.whole_words(left, top, height, str(counts[stance]), panel_font(), theme.muted) + 12
        return left

    @staticmethod
    def _paint_unsettled(row: RowPainter, count: int, theme: Theme, place: tuple[int, int, int]) -> int:
        """Paint how many judgements rest on words that changed, and return where that ends."""
        left, top, height = place
        row.icon(left, top + (height - SIGN) // 2, CHANGED_SIGN, "muted")
        left += SIGN + 5
        return left + row.whole_words(left, top, height, str(count), panel_font(), theme.muted) + 12

    def _paint_stage(self, row: RowPainter, entry: ClaimEntry, theme: Theme, place: tuple[int, int, int]) -> int:
        """Paint how far the conclusion has come, in words where they have room, and its confidence; return where they begin."""
        left, top, height = place
        conclusion, right = entry.row.conclusion, row.rect.width() - _PADDING
        level = bars(entry.codebook, conclusion.confidence) if conclusion else 0
        if level:
            width = confidence_size().width()
            draw_confidence(row.painter, row.part(right - width, top, width, height).toRectF(), level, theme)
            right -= width + 8
        words = stage_words(conclusion.stage) if conclusion else self.tr("Open")
        if text_size(words, panel_font()).width() > right - left:
            return right
        part = row.part(left, top, right - left, height)
        return right - row.words(part, words, panel_font(), theme.muted, at_end=True) - 8

    @staticmethod
    def _paint_branch(row: RowPainter, entry: ClaimEntry, theme: Theme) -> None:
        """Paint the lines from the parents, and the arrow that folds the parts."""
        height, middle = row.rect.height(), _TILE_TOP + VERDICT_TILE // 2
        row.painter.setPen(QPen(QColor(theme.edge), 1))
        for depth in range(1, entry.depth + 1):
            x = _PADDING + (depth - 1) * _INDENT
            own = depth == entry.depth
            if own or not entry.last[depth]:
                end = middle if own and entry.last[depth] else height
                line = row.part(x, 0, 1, end)
                row.painter.fillRect(line, theme.edge)
            if own:
                row.painter.fillRect(row.part(x, middle, _TREE_LEFT + depth * _INDENT - x - 4, 1), theme.edge)
        if entry.parts:
            x = _PADDING - 8 + entry.depth * _INDENT
            row.icon(x, middle - 8, "chevron-right" if entry.folded else "chevron-down", "muted")
