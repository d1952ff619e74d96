"""The reader of one of two versions that stand side by side: a text with its passages and what differs in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.find import Hits
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.pointing import PointedReader
from annotator.ui.reading.text_canvas import Span
from annotator.ui.versioning.differences import Differences, Strikes

_EYE = 0.3
"""How far down the window one reads: what stands there is what the other side shows, too."""

_ABOVE_WORDS = 2
"""The place of the differences among the layers: over the ground of the page and of the chosen passage."""


class VersionReader(PointedReader):
    """A reader whose passages are looked at and chosen, not changed; its words can be selected.

    The old version has neither ribbon nor scroll bar: those of the new one are for both.
    """

    def __init__(self, opened: Opened, *, is_old: bool, parent: QWidget | None = None) -> None:
        self._is_old = is_old
        super().__init__(opened, parent)
        self.differences = Differences(gone=is_old)
        self.under.insert(_ABOVE_WORDS, self.differences)
        self.inked.append(self.differences.within)
        if is_old:
            self.over.append(Strikes(self.differences))
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_differences(self, marked: Hits, moved: tuple[Hits, Hits]) -> None:
        """Mark the words that only this version has, and the lines and passages that stand elsewhere in the other."""
        self.differences.marked, self.differences.moved = marked, moved
        self.viewport().update()

    def _place_ribbon(self) -> None:
        if self._is_old:
            self.ribbon.hide()
        else:
            super()._place_ribbon()

    def _is_on_chosen(self) -> bool:
        """Say no: Shift and the arrows select words here, they move no passage."""
        return False

    def eye(self) -> tuple[int, int]:
        """Return where one reads: the code point with which the line there begins, and how many px down its top is."""
        wanted, found = self.viewport().height() * _EYE, (0, 0)
        for seen in self.seen():
            line = seen.laid.line_number_at(seen.laid.columns[0], wanted - seen.top)
            top = seen.top + (seen.laid.box.line_top(line) if line else 0)
            found = seen.laid.span_of_lines(range(line, line + 1))[0], round(top)
            if seen.top + seen.laid.box.height > wanted:
                break
        return found

    def in_sight(self) -> Span:
        """Return from where to where the text can be seen."""
        lines = [seen.laid.span_of_lines(seen.lines) for seen in self.seen() if seen.lines]
        return (lines[0][0], lines[-1][1]) if lines else (0, 0)

    def height_of(self, offset: int) -> float | None:
        """Return how many px down the middle of the line with a place is; None where it cannot be seen."""
        caret = self.caret_rect(offset)
        return None if caret is None else caret.center().y()

    def bring(self, span: Span) -> None:
        """Bring the words of a stretch to where one reads, unless they can be seen well."""
        holding = self.folds.holding(span[0], max(span[1], span[0] + 1))
        if holding:
            self.fold(holding, closed=False)
        if not self.is_in_sight(span):
            self.scroll_up_to(span[0], round(self.viewport().height() * _EYE))
