"""Paints the lines of an import."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from annotator.ui.controls import plain_tooltip
from annotator.ui.icons import IconRole
from annotator.ui.importing.import_list import ENTRY, ImportEntry, State, Step, state_words, step_words
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.theme import Theme, current_theme, panel_font

_ROW = 32
_PADDING, _NAME_LEFT = 16, 48
_NAME_SHARE = 0.3
_ICONS: dict[State, tuple[str, IconRole]] = {
    State.FAILED: ("circle-x", "error"),
    State.LOOK: ("triangle-alert", "text"),
    State.READING: ("loader", "accent"),
    State.WAITING: ("circle-dashed", "muted"),
    State.STOPPED: ("circle-dashed", "muted"),
    State.IMPORTED: ("check", "muted"),
}
_Index = QModelIndex | QPersistentModelIndex


class ImportDelegate(QStyledItemDelegate):
    """Paints the state, the name, what there is to say, and the next step as a link."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a line."""
        return QSize(0, max(_ROW, text_size("x", panel_font()).height() + 8))

    def step_rect(self, entry: ImportEntry, line: QRect) -> QRect:
        """Return where the next step is painted in a line."""
        width = text_size(step_words(entry.step), panel_font()).width() if entry.step is not Step.NONE else 0
        return QRect(line.right() - _PADDING - width, line.top(), width, line.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a line."""
        entry, theme = index.data(ENTRY), current_theme()
        view = option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        height, width = row.rect.height(), row.rect.width()
        painter.fillRect(row.part(0, height - 1, width, 1), theme.hairline)
        row.icon(_PADDING, (height - 16) // 2, *_ICONS[entry.state])
        message_left = _NAME_LEFT + round(width * _NAME_SHARE)
        row.words(row.part(_NAME_LEFT, 0, message_left - _NAME_LEFT - 16, height), entry.name, panel_font(), theme.text)
        right = self._paint_step(
            row, entry, theme, keyed=bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        )
        room = row.part(message_left, 0, right - message_left - 16, height)
        if entry.state is State.READING and entry.pages[1]:
            self._paint_pages(row, entry, theme, (message_left, right))
        else:
            plain = entry.state in (State.FAILED, State.LOOK)
            words = entry.message or state_words(entry)
            row.words(room, words, panel_font(), theme.text if plain else theme.muted)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show the whole of what may be cut off."""
        entry = index.data(ENTRY)
        if event.type() == QEvent.Type.ToolTip and entry is not None:
            words = ": ".join(part for part in (entry.name, entry.message) if part)
            QToolTip.showText(event.globalPos(), plain_tooltip(words), view)
            return True
        return False

    def _paint_step(self, row: RowPainter, entry: ImportEntry, theme: Theme, *, keyed: bool) -> int:
        """Paint the next step at the end of the line and return where it begins."""
        right, height = row.rect.width() - _PADDING, row.rect.height()
        if entry.step is Step.NONE:
            return right
        if keyed:
            key = self.tr("Enter")
            cap = keycap_size(key)
            right -= cap.width()
            draw_keycap(
                row.painter, row.part(right, (height - cap.height()) // 2, *cap.toTuple()).toRectF(), key, theme
            )
            right -= 16
        words = step_words(entry.step)
        width = text_size(words, panel_font()).width()
        row.words(row.part(right - width, 0, width + 1, height), words, panel_font(), theme.accent)
        return right - width

    @staticmethod
    def _paint_pages(row: RowPainter, entry: ImportEntry, theme: Theme, place: tuple[int, int]) -> None:
        """Paint how far the file is that is being read."""
        left, right = place
        height, words = row.rect.height(), state_words(entry)
        width = text_size(words, panel_font()).width()
        row.words(row.part(right - width - 16, 0, width + 1, height), words, panel_font(), theme.muted)
        bar = row.part(left, height // 2 - 4, right - width - 32 - left, 8)
        row.painter.fillRect(bar, theme.hairline)
        bar.setWidth(bar.width() * entry.pages[0] // entry.pages[1])
        row.painter.fillRect(bar, theme.accent)
