"""What is part of the article, corrected by hand: by keys, from the menu, and shown in whatever lies open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import EntityId
from annotator.domain.source import BlockMark
from annotator.domain.structure import Block
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.reading_page import ReadingPage
from annotator.ui.annotating.reading_view import ReadingView, Span
from annotator.ui.desk import Desk

if TYPE_CHECKING:
    from annotator.services.project import Project

_Marks = dict[EntityId, tuple[BlockMark, ...]]
_Blocks = dict[EntityId, tuple[Block, ...]]


class BlockMarking(QObject):
    """Marks the blocks that are selected, or the one at the caret, and keeps open texts folded as their blocks are marked."""

    status = Signal(str)

    def __init__(self, desk: Desk, pages: OpenPages) -> None:
        super().__init__(pages)
        self._desk, self._pages = desk, pages
        self._seen: _Marks = {}
        desk.changed.connect(lambda _change: self._read_again())
        desk.closed.connect(self._seen.clear)
        pages.opened.connect(self._remember)

    def mark(self, *, article: bool, at: Span | None = None) -> None:
        """Say that something is, or is not, part of the article: ``at``, else what is selected, else the block at the caret."""
        page = self._pages.page
        spans = _spans(page.view, at) if page is not None else ()
        if page is None or not spans:
            self.status.emit(self.tr("Put the caret into a paragraph, or select some"))
            return
        version = page.opened.version.id

        def tell(marks: tuple[BlockMark, ...]) -> None:
            self.status.emit(self._told(len(marks), article=article))

        self._desk.do(lambda project: project.mark_blocks(version, spans, article=article), tell, owner=self)

    def place_of(self, offset: int) -> Span | None:
        """Return what the menu at a code point is about: what is selected there, else the block."""
        view = self._pages.view
        if view is None or any(start <= offset <= end for start, end in view.selected()):
            return None
        block = view.text.block_at(offset)
        return (block.start, block.end) if block is not None else None

    def _told(self, count: int, *, article: bool) -> str:
        if not count:
            return self.tr("That is so already")
        if article:
            return self.tr("Part of the article: {0:n} more").format(count)
        return self.tr("Not part of the article: {0:n} more, folded away").format(count)

    # -- what lies open

    def _remember(self, page: ReadingPage) -> None:
        version = page.opened.version.id

        def take(marks: tuple[BlockMark, ...]) -> None:
            self._seen.setdefault(version, marks)

        self._desk.ask(lambda project: project.block_marks(version), take, owner=self)

    def _read_again(self) -> None:
        seen = {page.opened.version.id: self._seen.get(page.opened.version.id, ()) for page in self._pages.all}

        def read(project: Project) -> tuple[_Marks, _Blocks]:
            marks = {version: project.block_marks(version) for version in seen if project.source_row(version)}
            changed = [version for version, found in marks.items() if found != seen[version]]
            return marks, {version: project.structure(version).blocks for version in changed}

        if seen:
            self._desk.ask(read, self._take, owner=self, otherwise=lambda _error: None)

    def _take(self, found: tuple[_Marks, _Blocks]) -> None:
        marks, blocks = found
        self._seen |= marks
        for page in self._pages.all:
            corrected = blocks.get(page.opened.version.id)
            if corrected is not None:
                page.opened.text.correct(corrected)
                for view in page.views:
                    view.fold_anew()


def _spans(view: ReadingView, at: Span | None) -> tuple[Span, ...]:
    if at is not None:
        return (at,)
    if view.selected():
        return view.selected()
    block = view.text.block_at(view.caret())
    return ((block.start, block.end),) if block is not None else ()
