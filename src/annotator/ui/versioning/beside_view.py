"""Two versions side by side: both texts, what differs, and the band that joins their passages."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from annotator.domain.version_diff import VersionDiff
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.opened import Opened
from annotator.ui.controls import HairLine
from annotator.ui.theme import current_theme
from annotator.ui.versioning.join_band import WIDTH, JoinBand
from annotator.ui.versioning.joins import Join, Joins
from annotator.ui.versioning.scrolling_together import ScrollingTogether
from annotator.ui.versioning.version_choice import VersionChoice
from annotator.ui.versioning.version_reader import VersionReader

_LEAST = 280


class BesideView(QWidget):
    """Shows a pair of versions. The texts come first; what differs and the passages are shown when they are known."""

    chosen = Signal(str)
    """A passage was clicked, on either side or in the band."""
    selected = Signal()
    """Other words of the new version are selected, or none are."""
    entered = Signal()
    """Enter was pressed in the new version."""
    escaped = Signal()
    """Escape was pressed in either version."""
    zoom_asked = Signal(int)

    def __init__(self, trailing: QWidget, parent: QWidget | None = None) -> None:
        """``trailing`` stands behind the choice of the new version."""
        super().__init__(parent)
        self.old_choice = VersionChoice(self.tr("Old version"))
        self.new_choice = VersionChoice(self.tr("New version"), trailing)
        self.band = JoinBand()
        self.old: VersionReader | None = None
        self.new: VersionReader | None = None
        self.diff: VersionDiff | None = None
        self._together: ScrollingTogether | None = None
        self._joins = Joins()
        self._passage = ""
        self._difference = -1
        self._noted, self._is_seen = QSize(), False
        """The size at which it was last noted whether the chosen passage can be seen, and whether it could."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self.old_choice, 0, 0)
        self._grid.addWidget(self.new_choice, 0, 2)
        self._grid.addWidget(HairLine(), 1, 0, 1, 3)
        self._grid.addWidget(self.band, 2, 1)
        self._grid.setColumnMinimumWidth(1, WIDTH)
        for column in (0, 2):
            self._grid.setColumnStretch(column, 1)
        self._grid.setRowStretch(2, 1)
        self.band.chosen.connect(self.chosen)

    # -- what is shown

    def show_old(self, old: Opened, *, zoom: int) -> None:
        """Show the old one of two versions of a source, and no new one yet."""
        self._forget()
        self.old = self._make(old, 0, zoom)

    def show_new(self, new: Opened, *, zoom: int) -> None:
        """Show the new one beside the old one, once that is shown."""
        assert self.old is not None  # noqa: S101 shown before
        self.new = self._make(new, 2, zoom)
        self.new.selection_changed.connect(self.selected)
        self.new.entered.connect(self.entered)
        self._together = ScrollingTogether(self.old, self.new, self)
        self.band.set_readers(self.old, self.new)
        QWidget.setTabOrder(self.old_choice.box, self.new_choice.box)
        QWidget.setTabOrder(self.new_choice.box, self.old)
        QWidget.setTabOrder(self.old, self.new)

    def show_diff(self, diff: VersionDiff) -> None:
        """Mark what differs, and scroll by what answers to what."""
        if self.old is None or self.new is None or self._together is None:
            return
        self.diff = diff
        self._mark()
        self._together.set_maps(diff.to_new, diff.to_old)
        self.choose(self._passage)

    def show_passages(self, old: Highlights, new: Highlights, joins: Joins) -> None:
        """Show the passages of either side, and what joins them."""
        if self.old is not None and self.new is not None:
            self.old.set_highlights(old)
            self.new.set_highlights(new)
        self._joins = joins
        self.band.show_joins(joins)
        self._mark()
        self.choose(self._passage, bring=False)

    def joins(self, passage: str) -> bool:
        """Tell whether a passage stands in the old version that is shown."""
        return self._joins.find(passage) is not None

    def choose(self, passage: str, *, bring: bool = True) -> None:
        """Show a passage as the chosen one; ``bring`` it to where one reads, on both sides."""
        self._passage = passage
        join = self._joins.find(passage)
        self.band.choose(passage)
        if self.old is None or self.new is None or self._together is None:
            return
        for reader in (self.old, self.new):
            reader.choose(passage)
        if join is not None and bring:
            self._bring(join)
        self._note_seen()

    def go_to_difference(self, *, forward: bool) -> bool:
        """Go to the next difference below where one reads, or to the one above; return whether there is one."""
        if self.old is None or self.new is None or self._together is None or self.diff is None:
            return False
        number = self._next_difference(self.new, forward=forward)
        if not 0 <= number < len(self.diff.changes):
            return False
        self._difference = number
        change = self.diff.changes[number]
        with self._together.apart():
            for reader, (start, end) in ((self.old, change.old), (self.new, change.new)):
                reader.put_caret(start)
                reader.bring((start, max(end, start + 1)))
        self._together.follow(self.new)
        return True

    def set_zoom(self, percent: int) -> None:
        """Show both sides larger or smaller."""
        for reader in (self.old, self.new):
            if reader is not None:
                reader.set_zoom(percent)

    # -- inside

    def _mark(self) -> None:
        """Mark what differs; the words of a passage that was moved do not."""
        if self.old is None or self.new is None or self.diff is None:
            return
        diff, joins = self.diff, self._joins
        self.old.show_differences(diff.gone, (diff.moved_from, joins.moved_from))
        self.new.show_differences(diff.new, (diff.moved_to, joins.moved_to))

    def _next_difference(self, new: VersionReader, *, forward: bool) -> int:
        """Return the number of the difference to go to: beside the one gone to last, while that is seen, else beside what is."""
        changes = self.diff.changes if self.diff is not None else ()
        first, last = new.in_sight()
        if 0 <= self._difference < len(changes) and first <= changes[self._difference].new[0] <= last:
            return self._difference + (1 if forward else -1)
        begun = bisect_left(changes, first, key=lambda change: change.new[0])
        return begun if forward else begun - 1

    def _bring(self, join: Join) -> None:
        """Bring a passage to where one reads on the new side, or where it is gone on the old one; the other side follows."""
        assert self.old is not None  # noqa: S101 asked for while a pair is shown
        assert self.new is not None  # noqa: S101
        assert self._together is not None  # noqa: S101
        with self._together.apart():
            self.old.bring(join.old)
            if join.new is not None:
                self.new.bring(join.new)
        if join.new is None:
            self._together.follow(self.old)
        self.band.update()

    def _make(self, opened: Opened, column: int, zoom: int) -> VersionReader:
        reader = VersionReader(opened, is_old=column == 0)
        reader.setMinimumWidth(_LEAST)
        reader.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        reader.clicked.connect(lambda offset: self._click(reader, offset))
        reader.escaped.connect(self.escaped)
        reader.zoom_asked.connect(self.zoom_asked)
        reader.verticalScrollBar().valueChanged.connect(self._note_seen)
        reader.set_zoom(zoom)
        self._grid.addWidget(reader, 2, column)
        return reader

    def _click(self, reader: VersionReader, offset: int) -> None:
        """Choose the passage that was clicked, of several the one behind the chosen one."""
        rows = [row.id for row in reader.highlights.at(offset)]
        if rows:
            at = rows.index(self._passage) + 1 if self._passage in rows else 0  # type: ignore[arg-type]
            self.chosen.emit(rows[at % len(rows)])

    def _note_seen(self) -> None:
        """Note whether the chosen passage can be seen: before the readers are made smaller, which scrolls them, too."""
        if self.old is not None and self.size() == self._noted:
            join = self._joins.find(self._passage)
            self._is_seen = join is not None and self.old.is_in_sight(join.old)

    def _forget(self) -> None:
        self.diff, self._joins, self._passage, self._difference = None, Joins(), "", -1
        self.band.show_joins(self._joins)
        if self._together is not None:
            self._together.deleteLater()
        for reader in (self.old, self.new):
            if reader is not None:
                self._grid.removeWidget(reader)
                reader.hide()
                reader.deleteLater()
        self.old = self.new = self._together = None
        self.band.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen passage where one reads, if it was seen."""
        super().resizeEvent(event)
        if self._is_seen:
            QTimer.singleShot(0, self, lambda: self.choose(self._passage))
        self._noted = event.size()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
