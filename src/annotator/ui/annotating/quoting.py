"""What ``Q`` does: takes the selected words as a quotation, and works on the places that come near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import EntityId
from annotator.domain.quoted import QuotedPlace
from annotator.ui.annotating.judgement import Target
from annotator.ui.annotating.marking import Marking
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.passages import Passages
from annotator.ui.annotating.reading_page import ReadingPage
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from annotator.ui.annotating.quote_panel import QuotePanel


class Quoting(QObject):
    """Opens the panel that checks a quotation, and shows, highlights and links what it finds."""

    status = Signal(str)

    def __init__(self, desk: Desk, pages: OpenPages, marking: Marking, passages: Passages, column: QVBoxLayout) -> None:
        """``column`` is where the panel stands, below what is read."""
        super().__init__(column.parentWidget())
        self._desk, self._pages, self._marking, self._passages = desk, pages, marking, passages
        self._column = column
        self._link_when_shown: QuotedPlace | None = None
        self._wanted: QuotedPlace | None = None
        self.panel: QuotePanel | None = None
        pages.opened.connect(self._on_opened)

    @property
    def is_open(self) -> bool:
        """Whether the panel is to be seen."""
        return self.panel is not None and self.panel.isVisible()

    def check(self) -> None:
        """Check the selected words, else those of the chosen passage; with neither, wait for words in the field."""
        view, row, page = self._pages.view, self._passages.chosen(), self._pages.page
        spans = (view.selected() if view else ()) or (row.spans if row else ())
        words = " … ".join(view.text.text[start:end] for start, end in spans) if view else ""
        self._marking.close()
        panel = self._opened()
        panel.show()
        if page is not None and words.strip():
            panel.check(words, (page.opened.version.id, spans[0][0], spans[-1][1]))
        panel.field.setFocus()
        panel.field.selectAll()

    def close(self) -> None:
        """Close the panel; what is looked for is looked for no longer."""
        if self.panel is not None:
            self.panel.forget()
            self.panel.hide()
        if self._pages.view is not None:
            self._pages.view.setFocus()

    # -- inside

    def _opened(self) -> QuotePanel:
        if self.panel is None:
            from annotator.ui.annotating.quote_panel import QuotePanel

            self.panel = QuotePanel(self._desk)
            self.panel.left.connect(self.close)
            self.panel.shown.connect(self._show)
            self.panel.highlighted.connect(self._highlight)
            self.panel.linked.connect(self._link)
            self._desk.closed.connect(self.panel.hide)
            self._column.insertWidget(1, self.panel)
        return self.panel

    def _show(self, place: QuotedPlace) -> None:
        self._wanted = place
        self._desk.show_place(place.version_id, place.spans[0][0], place.spans[-1][1])
        self._go_on(self._pages.page)

    def _highlight(self, place: QuotedPlace) -> None:
        self._desk.show_place(place.version_id, place.spans[0][0], place.spans[-1][1])

        def take(passage: EntityId) -> None:
            self._desk.select_passage(passage)
            self.status.emit(self.tr("Highlighted in “{0}”").format(place.title))

        self._desk.do(lambda project: EntityId(project.highlight(place.version_id, place.spans).id), take, owner=self)

    def _link(self, place: QuotedPlace) -> None:
        self._link_when_shown = place
        self._show(place)

    def _on_opened(self, page: ReadingPage) -> None:
        self._go_on(page)

    def _go_on(self, page: ReadingPage | None) -> None:
        """Select the words, and link them where that was asked, once their version is shown."""
        place = self._wanted
        if place is None or page is None or page.opened.version.id != place.version_id:
            return
        linking, self._wanted, self._link_when_shown = self._link_when_shown is place, None, None
        if len(place.spans) == 1:
            page.view.select(*place.spans[0])
        if linking:
            self._marking.link_target(Target(version=place.version_id, spans=place.spans))
