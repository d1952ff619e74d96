"""The list of what is new: a head for each person, a row for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.merging import News
from annotator.ui.auditing.field_words import kind_words
from annotator.ui.controls import GRID, plain_tooltip
from annotator.ui.exchanging.conflict_list import Index
from annotator.ui.exchanging.merge_words import happened_words, number
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.theme import current_theme, panel_font, reading_font
from annotator.ui.when import moment

_NEWS = Qt.ItemDataRole.UserRole
_KIND_WIDTH = 112
_QUOTE = 15
_ROW = 32


class NewsList(QListWidget):
    """Enter or a click wants the thing; heads cannot be chosen."""

    wanted = Signal(object)
    """A ``News``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _NewsDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("New since you last looked"))
        self.itemClicked.connect(self._enter)

    def show_news(self, news: Sequence[News]) -> None:
        """Show what is new, sorted by person."""
        self.clear()
        for person, own in groupby(news, key=lambda each: each.annotator):
            rows = list(own)
            head = QListWidgetItem(f"{person}  {number(len(rows))}")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(head)
            for each in rows:
                what = happened_words(each)
                item = QListWidgetItem(f"{kind_words(each.kind)}, {what}: {each.label}, {moment(each.at)}")
                item.setData(_NEWS, each)
                item.setToolTip(plain_tooltip(each.label))
                self.addItem(item)
        first = next((row for row in range(self.count()) if self.news_at(row)), -1)
        self.setCurrentRow(first)
        self.scrollToTop()

    def news_at(self, row: int) -> News | None:
        """Return what stands in a row, None for a head."""
        item = self.item(row)
        news = item.data(_NEWS) if item is not None else None
        return news if isinstance(news, News) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter a row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _enter(self, item: QListWidgetItem | None) -> None:
        news = item.data(_NEWS) if item is not None else None
        if isinstance(news, News):
            self.wanted.emit(news)


class _NewsDelegate(QStyledItemDelegate):
    """Kind, words, new or changed, when; a person's name as a head."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, max(_ROW, text_size("x", panel_font()).height() + GRID))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        news, theme, view = index.data(_NEWS), current_theme(), option.widget
        painter.save()
        row = RowPainter(painter, option)
        width, height = row.rect.width() - 2 * GRID, row.rect.height()
        if not isinstance(news, News):
            row.words(row.part(GRID, 0, width, height), str(index.data()), panel_font(bold=True), theme.text)
            painter.restore()
            return
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        plain = panel_font()
        what = happened_words(news)
        remark = self.tr("{0}, {1}").format(what, moment(news.at))
        end = text_size(remark, plain).width()
        row.words(row.part(GRID, 0, _KIND_WIDTH - GRID, height), kind_words(news.kind), plain, theme.muted)
        row.words(row.part(GRID + width - end, 0, end, height), remark, plain, theme.muted, at_end=True)
        room = row.part(GRID + _KIND_WIDTH, 0, width - _KIND_WIDTH - end - 2 * GRID, height)
        font = reading_font(_QUOTE) if news.kind == "passage" else plain
        row.words(room, news.label or self.tr("deleted"), font, theme.text)
        painter.restore()
