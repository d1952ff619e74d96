"""Paints the rows of the list of sources."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from annotator.domain.rows import SourceRow
from annotator.domain.source import Medium
from annotator.ui.controls import plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.disputes import disputed_words, show_tip
from annotator.ui.icon_drawing import IconRole
from annotator.ui.importing.source_entries import (
    GroupEntry,
    SourceEntry,
    VersionEntry,
    WaitingEntry,
    group_words,
    progress,
    title_of,
    twin_words,
    unconfirmed_words,
    version_words,
)
from annotator.ui.importing.source_list import ENTRY, Kind
from annotator.ui.importing.version_facts import altered_words
from annotator.ui.marks import SIGN, chip_size, draw_disputed, draw_disputed_tile
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.theme import Theme, current_theme, panel_font
from annotator.ui.when import moment, published

_ROW, _GROUP, _VERSION = 48, 32, 24
_PADDING, _WORDS_LEFT, _VERSION_LEFT = 16, 40, 64
_BAR = 32
_LEAST_NAME = 56
"""Room below which a publisher is left out: its first letters say nothing."""
_LEAST_TITLE = 120
"""Room that is left for a title beside a mark with its word."""
_MEDIUM_ICONS = {
    Medium.WEB_TEXT: "globe",
    Medium.WEB_TABLE: "globe",
    Medium.PDF: "file-text",
    Medium.IMAGE: "image",
    Medium.VIDEO: "video",
    Medium.AUDIO: "message-square",
    Medium.OTHER: "file",
}

_KINDS = {
    GroupEntry: Kind.HEAD,
    SourceEntry: Kind.SOURCES,
    WaitingEntry: Kind.SOURCES,
    VersionEntry: Kind.VERSIONS,
}
_Index = QModelIndex | QPersistentModelIndex


def medium_icon(medium: Medium) -> str:
    """Return the name of the icon of a medium."""
    return _MEDIUM_ICONS[medium]


class SourceDelegate(QStyledItemDelegate):
    """Paints group heads, sources and versions."""

    def __init__(self, view: QAbstractItemView, desk: Desk) -> None:
        super().__init__(view)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row, more where the system's text is larger."""
        entry, (heights, twin) = index.data(ENTRY), self.heights()
        has_twins = isinstance(entry, SourceEntry) and entry.row.twins
        return QSize(0, heights[_KINDS[type(entry)]] + (twin if has_twins else 0))

    @staticmethod
    def heights() -> tuple[dict[Kind, int], int]:
        """Return how high the rows of each kind are, and how much higher a source is that shares its text."""
        line = text_size("x", panel_font()).height()
        heads, versions = max(_GROUP, line + 8), max(_VERSION, line + 8)
        return {Kind.HEAD: heads, Kind.SOURCES: max(_ROW, 2 * line + 8), Kind.VERSIONS: versions}, _half(line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        entry, theme = index.data(ENTRY), current_theme()
        view = option.widget
        painter.save()
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        row = RowPainter(painter, option)
        if isinstance(entry, GroupEntry):
            _paint_group(row, entry, theme)
        elif isinstance(entry, VersionEntry):
            _paint_version(row, entry, theme)
        elif isinstance(entry, WaitingEntry):
            row.words(row.part(_WORDS_LEFT, 0, _LEAST_TITLE, _ROW // 2), "…", panel_font(), theme.muted)
        else:
            _paint_source(row, entry, theme)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Show the whole of what may be cut off."""
        entry = index.data(ENTRY)
        if event.type() == QEvent.Type.ToolTip and isinstance(entry, SourceEntry):
            row = entry.row
            lines = (
                title_of(row),
                row.publisher,
                published(row.source.date_published),
                twin_words(row),
                "" if row.source.confirmed else unconfirmed_words(),
                altered_words() if row.altered else "",
            )
            words = ", ".join(line for line in lines if line)
            if row.disputed:
                show_tip(self._desk, view.viewport(), event.globalPos(), row.source.id, words)
            else:
                QToolTip.showText(event.globalPos(), plain_tooltip(words), view)
            return True
        return False


def _paint_group(row: RowPainter, entry: GroupEntry, theme: Theme) -> None:
    height = row.rect.height()
    row.icon(8, (height - 16) // 2, "chevron-right" if entry.folded else "chevron-down", "muted")
    width = row.rect.width() - _WORDS_LEFT + 12 - _PADDING
    line = row.part(_WORDS_LEFT - 12, 0, width, height)
    row.words(line, group_words(entry.group), panel_font(), theme.muted)
    row.words(line, str(entry.count), panel_font(), theme.muted, at_end=True)


def _paint_version(row: RowPainter, entry: VersionEntry, theme: Theme) -> None:
    height = row.rect.height()
    row.icon(_WORDS_LEFT, (height - 16) // 2, "check" if entry.chosen else "corner-down-right", "muted")
    line = row.part(_VERSION_LEFT, 0, row.rect.width() - _VERSION_LEFT - _PADDING, height)
    row.words(line, version_words(entry.version), panel_font(), theme.text if entry.chosen else theme.muted)


def _paint_source(row: RowPainter, entry: SourceEntry, theme: Theme) -> None:
    half = _half(text_size("x", panel_font()).height())
    width = row.rect.width() - _WORDS_LEFT - _PADDING
    row.icon(_PADDING, 4 + (half - 16) // 2, medium_icon(entry.row.source.medium))
    mark = _paint_disputed(row, theme, half) if entry.row.disputed else 0
    for name, role in _signs(entry.row):
        row.icon(row.rect.width() - _PADDING - mark - 16, 4 + (half - 16) // 2, name, role)
        mark += 16 + 4
    title = row.part(_WORDS_LEFT, 4, width - mark, half)
    row.words(title, title_of(entry.row), panel_font(bold=entry.chosen), theme.text)
    if entry.row.twins:
        row.words(row.part(_WORDS_LEFT, 4 + 2 * half, width, half), twin_words(entry.row), panel_font(), theme.muted)
    taken = _paint_progress(row, entry.row, theme, 4 + half, half)
    _paint_origin(row, entry.row, theme, (4 + half, half, width - taken - 8))


def _signs(row: SourceRow) -> Iterator[tuple[str, IconRole]]:
    """Yield the signs at the end of a title: an altered original, details that nobody has confirmed."""
    if row.altered:
        yield "triangle-alert", "error"
    if not row.source.confirmed:
        yield "circle-question-mark", "muted"


def _half(line: int) -> int:
    """Return the height of one of the lines of a source, given that of its words."""
    return max((_ROW - 8) // 2, line)


def _paint_disputed(row: RowPainter, theme: Theme, height: int) -> int:
    """Paint the mark of what is disputed at the end of the title (in a narrow list the sign alone); return the width taken."""
    size, right = chip_size(disputed_words()), row.rect.width() - _PADDING
    if right - _WORDS_LEFT - size.width() < _LEAST_TITLE:
        draw_disputed_tile(row.painter, row.part(right - SIGN, 4, SIGN, height).toRectF(), theme)
        return SIGN + 8
    part = row.part(right - size.width(), 4 + (height - size.height()) // 2, size.width(), size.height())
    draw_disputed(row.painter, part.toRectF(), disputed_words(), theme)
    return size.width() + 8


def _paint_origin(row: RowPainter, source: SourceRow, theme: Theme, place: tuple[int, int, int]) -> None:
    """Paint publisher and date; where there is little room the publisher gives way, the date stays."""
    top, height, width = place
    date = published(source.source.date_published, short=True)
    publisher = source.publisher or source.source.place
    if not publisher and not date and source.versions:
        imported = QCoreApplication.translate("sources", "Imported {0}")
        publisher = imported.format(moment(source.versions[-1].imported_at))
    if date and width - text_size(date, panel_font()).width() < _LEAST_NAME:
        publisher = ""
    separator = ", " if publisher and date else ""
    room = width - text_size(separator + date, panel_font()).width()
    used = row.words(row.part(_WORDS_LEFT, top, room, height), publisher, panel_font(), theme.muted) if publisher else 0
    for words in (separator, date) if separator else (date,):
        rest = row.part(_WORDS_LEFT + used, top, width - used, height)
        used += row.words(rest, words, panel_font(), theme.muted)


def _paint_progress(row: RowPainter, source: SourceRow, theme: Theme, top: int, height: int) -> int:
    """Paint how many passages are linked, at the end of the line, and return the width taken."""
    words = progress(source)
    width = text_size(words, panel_font()).width()
    right = row.rect.width() - _PADDING
    row.words(row.part(right - width, top, width + 1, height), words, panel_font(), theme.muted)
    if source.unsettled:
        row.icon(right - width - 20, top + (height - 16) // 2, "equal-not", "muted")
        return width + 20
    if not source.passages:
        return width
    if source.linked == source.passages:
        row.icon(right - width - 24, top + (height - 16) // 2, "check", "muted")
        return width + 24
    bar = row.part(right - width - 8 - _BAR, top + height // 2 - 1, _BAR, 4)
    row.painter.fillRect(bar, theme.hairline)
    full = row.part(right - width - 8 - _BAR, top + height // 2 - 1, _BAR * source.linked // source.passages, 4)
    row.painter.fillRect(full, theme.muted)
    return width + 8 + _BAR
