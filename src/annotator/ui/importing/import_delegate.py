"""Paints the lines of an import."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from annotator.ui.controls import plain_tooltip
from annotator.ui.icon_drawing import IconRole
from annotator.ui.importing.import_list import ENTRY, ImportEntry, State, Step, state_words, step_words
from annotator.ui.marks import draw_keycap, keycap_size
from annotator.ui.painting import RowPainter, draw_lines, text_size, wrapped
from annotator.ui.theme import Theme, current_theme, panel_font

_ROW = 32
_PADDING, _NAME_LEFT = 16, 48
_NAME_SHARE = 0.3
_TOLD = (State.FAILED, State.LOOK)
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
        """Return the height of a line; what needs a person is told whole, in two lines if it must be.

        While the view takes all lines to be of one height, as during an import, each has one.
        """
        view = option.widget
        assert isinstance(view, QListView)  # noqa: S101 what a delegate paints for
        entry: ImportEntry = index.data(ENTRY)
        line = option.fontMetrics.height()
        if entry.state in _TOLD and not view.uniformItemSizes():
            left, right = self._room(entry, view.viewport().width())
            if text_size(entry.message, panel_font()).width() > right - left:
                return QSize(0, max(_ROW, 2 * line + 12))
        return QSize(0, max(_ROW, line + 8))

    @staticmethod
    def _room(entry: ImportEntry, width: int) -> tuple[int, int]:
        """Return where the words of a line begin and end, with room for the key cap of the current line."""
        left = _NAME_LEFT + round(width * _NAME_SHARE)
        if entry.step is Step.NONE:
            return left, width - _PADDING
        step = text_size(step_words(entry.step), panel_font()).width()
        return left, width - _PADDING - step - keycap_size(_enter()).width() - 32

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
        left, right = self._room(entry, width)
        row.words(row.part(_NAME_LEFT, 0, left - _NAME_LEFT - 16, height), entry.name, panel_font(), theme.text)
        self._paint_step(
            row, entry, theme, keyed=bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        )
        if entry.state is State.READING and entry.pages[1]:
            self._paint_pages(row, entry, theme, (left, width - _PADDING))
        else:
            self._paint_message(row, entry, theme, (left, right))
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

    @staticmethod
    def _paint_message(row: RowPainter, entry: ImportEntry, theme: Theme, place: tuple[int, int]) -> None:
        left, right = place
        line = text_size("x", panel_font()).height()
        most = max(1, min(2 if entry.state in _TOLD else 1, row.rect.height() // line))
        lines = wrapped(entry.message or state_words(entry), panel_font(), right - left, most)
        top = (row.rect.height() - len(lines) * line) // 2
        row.painter.setPen(theme.text if entry.state in _TOLD else theme.muted)
        draw_lines(row.painter, row.part(left, top, right - left, line), lines, panel_font(), line)

    @staticmethod
    def _paint_step(row: RowPainter, entry: ImportEntry, theme: Theme, *, keyed: bool) -> None:
        """Paint the next step at the end of the line, with its key where the key works."""
        if entry.step is Step.NONE:
            return
        right, height, words = row.rect.width() - _PADDING, row.rect.height(), step_words(entry.step)
        if keyed:
            cap = keycap_size(_enter())
            place = row.part(right - cap.width(), (height - cap.height()) // 2, cap.width(), cap.height())
            draw_keycap(row.painter, place.toRectF(), _enter(), theme)
            right -= cap.width() + 16
        width = text_size(words, panel_font()).width()
        row.words(row.part(right - width, 0, width + 1, height), words, panel_font(), theme.accent)

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


def _enter() -> str:
    return QCoreApplication.translate("import", "Enter")
