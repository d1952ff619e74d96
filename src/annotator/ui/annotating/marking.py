"""The bubble at the selection and its panels: link, who says this, note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.rows import ClaimRow, PassageRow
from annotator.ui.actions import Actions
from annotator.ui.annotating.bubble import COPY, Bubble
from annotator.ui.annotating.judgement import Judgement, Target
from annotator.ui.annotating.known import Known
from annotator.ui.annotating.link_panel import LinkPanel
from annotator.ui.annotating.marking_jobs import link_job, note_job, who_job
from annotator.ui.annotating.note_panel import NotePanel
from annotator.ui.annotating.reading_view import ReadingView
from annotator.ui.annotating.speaker import agent_names, claim_of_passage, earlier_appearances
from annotator.ui.annotating.unfinished import Unfinished
from annotator.ui.annotating.who_panel import WhoPanel, as_id
from annotator.ui.desk import Desk

_OFFERED = ("highlight", "link", "who_says", "note", "check_quotation")
_BESIDE = 16
_ABOVE_PANEL = 24
Panel = LinkPanel | WhoPanel | NotePanel
T = TypeVar("T")


class Marking(QObject):
    """Opens the bubble where something is selected, and does what its panels ask."""

    status = Signal(str)
    put = Signal(object)
    """A ``PassageRow`` has been made and is to be seen at once."""
    linked = Signal(object)
    """A linkage was made that rests on these passages."""

    def __init__(self, desk: Desk, actions: Actions, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk, self._actions, self._screen = desk, actions, screen
        self._known = Known(desk, self)
        self.unfinished = Unfinished(desk, self)
        self._view: ReadingView | None = None
        self._version = EntityId("")
        self.target: Target | None = None
        self._place_of: Target | None = None
        words = {name: (_short(actions[name].text()), actions.key(name)) for name in _OFFERED}
        self.bubble = Bubble(words, screen)
        self.bubble.name_copy(f"{actions[COPY].text()} ({actions.key(COPY)})")
        self.bubble.asked.connect(self._run)
        self.bubble.left.connect(self.close)
        self._known.changed.connect(self._on_known)

    def set_view(self, view: ReadingView | None, version: EntityId) -> None:
        """Work on this view from now on."""
        if view is self._view:
            return
        self.close()
        self._view, self._version = view, version

    # -- the bubble

    def offer(self) -> None:
        """Stand at the selection, unless a panel is open at the same words."""
        target = self._selected()
        if target is None:
            return
        if self.bubble.panel is not None:
            if self.target is not None and (self.target.spans, self.target.area) == (target.spans, target.area):
                return
            self.close()
        self._place_of = target
        if target.area is not None:
            self.status.emit(self.tr("An area of page {0} selected").format(target.area.page + 1))
        else:
            count = sum(end - start for start, end in target.spans)
            self.status.emit(self.tr("{0} characters selected").format(count))
        self._show(_offered_for(target))

    def follow(self) -> None:
        """Stay at the selection when the text is scrolled or the window resized; an open panel stays where it is."""
        if not self.bubble.isVisible():
            return
        if self.bubble.panel is None:
            self._place()
        else:
            room = self._room()
            rect = self.bubble.geometry()
            rect.moveBottom(min(rect.bottom(), room.bottom() - 8))
            rect.moveRight(min(rect.right(), room.right() - 8))
            self.bubble.setGeometry(rect)

    def withdraw(self) -> None:
        """Go when nothing is selected any more; an open panel stays."""
        if self.bubble.panel is None and self.bubble.isVisible():
            self.bubble.hide()
            self.status.emit("")

    def close(self) -> None:
        """Close panel and bubble; what was begun is kept and offered again."""
        had_focus = self.bubble.isAncestorOf(self._screen.window().focusWidget() or self._screen)
        self.unfinished.flush()
        self.bubble.close_panel()
        self.bubble.hide()
        self.target = None
        if had_focus and self._view is not None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status.emit("")
        self.unfinished.changed.emit()

    @property
    def is_open(self) -> bool:
        """Whether the bubble is to be seen."""
        return self.bubble.isVisible()

    @property
    def is_known(self) -> bool:
        """Whether the codebook has been read: before that no panel can open."""
        return self._known.codebook is not None

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        """The claims that the panels offer."""
        return self._known.claims

    # -- the panels

    def link(self, judgement: Judgement | None = None) -> None:
        """Open the panel that links the selection, or the chosen passage."""
        target = self._wanted()
        if target is not None:
            self.link_target(target, judgement)

    def link_target(self, target: Target, judgement: Judgement | None = None) -> None:
        """Open the panel that links these words, or this area; ``judgement`` is what has been said of it already."""
        codebook = self._known.codebook
        if codebook is None:
            return
        panel = LinkPanel(codebook, self._known.claims)
        self._known.serve_picker(panel)
        begun = judgement or self.unfinished.find(target)
        if begun:
            panel.show_judgement(begun)
        panel.show_count(1 + len(target.together))
        panel.changed.connect(lambda: self.unfinished.keep(target, panel.judgement))
        panel.sent.connect(lambda: self._send(panel, target, link_job(target, panel.judgement), self._linked))
        panel.status.connect(self.status)
        self._open("link", panel, target)
        panel.show_judgement(panel.judgement)
        panel.focus_next()

    def who_says(self) -> None:
        """Open the panel that says who says this."""
        target, codebook = self._wanted(), self._known.codebook
        if target is None or codebook is None:
            return
        panel = WhoPanel(codebook, self._known.claims)
        self._known.serve(panel)
        panel.claim_wanted.connect(lambda claim: self._fetch_earlier(panel, claim))
        panel.sent.connect(lambda: self._send(panel, target, who_job(target, panel.said), self._done))
        panel.status.connect(self.status)
        self._open("who_says", panel, target)
        self._desk.ask(agent_names, panel.set_names, owner=panel)
        passage = as_id(target.passage)
        if self._desk.claim_id or passage is None:
            panel.choose_claim(self._desk.claim_id)
        else:
            self._desk.ask(lambda project: claim_of_passage(project, passage), panel.choose_claim, owner=panel)
        panel.focus_next()

    def note(self) -> None:
        """Open the panel that writes a note."""
        target = self._wanted()
        if target is None:
            return
        panel = NotePanel()
        panel.sent.connect(lambda: self._send(panel, target, note_job(target, panel.text), self._done))
        self._open("note", panel, target)
        self.status.emit(self.tr("Note: write it, then Ctrl+Enter"))
        panel.focus_next()

    def go_on(self) -> None:
        """Open the newest unfinished judgement of the version that is read."""
        begun = self.unfinished.of(self._version)
        if not begun or self._view is None:
            return
        target, judgement = begun[0]
        if target.spans:
            self._view.show_place(target.spans[0][0], target.spans[0][1])
        if target.passage:
            self._desk.select_passage(EntityId(target.passage))
        elif target.spans:
            self._view.select(target.spans[0][0], target.spans[-1][1])
        self.link_target(target, judgement)

    def discard(self) -> None:
        """Give the newest unfinished judgement of the version up."""
        begun = self.unfinished.of(self._version)
        if begun:
            self.unfinished.drop(begun[0][0])

    # -- inside

    def _wanted(self) -> Target | None:
        """Return what a panel is to be about: the selection, else the chosen passage."""
        view = self._view
        if view is None:
            return None
        selected = self._selected()
        if selected is not None:
            return selected
        row = view.highlights.find(self._desk.passage_id)
        if row is None:
            self.status.emit(self.tr("Select some words first, or choose a passage"))
            return None
        return Target(version=self._version, spans=row.spans, passage=row.id, area=row.area)

    def _selected(self) -> Target | None:
        """Return the words, or the area, that are selected."""
        view = self._view
        spans = view.selected() if view else ()
        if spans:
            return Target(version=self._version, spans=spans)
        area = view.selected_area() if view else None
        return Target(version=self._version, spans=(), area=area) if area else None

    def _open(self, name: str, panel: Panel, target: Target) -> None:
        self.target = target
        self._place_of = target
        panel.left.connect(self.close)
        offered = _offered_for(target)
        self.bubble.open_panel(name, panel, offered)
        self._show(offered, whole=True)
        self.unfinished.changed.emit()

    def _show(self, offered: set[str], *, whole: bool = False) -> None:
        self.bubble.setParent(self._screen.window())
        self.bubble.offer(offered)
        self.bubble.show()
        if whole:
            self._make_room()
        self._place()

    def _make_room(self) -> None:
        """Scroll the text so far up that the panel has room below the words."""
        view, strip = self._view, self._strip()
        if view is None:
            return
        free = self._room().bottom() - self.bubble.wanted_size(self._room().width()).height() - _ABOVE_PANEL
        lowest = view.viewport().mapFrom(self._screen.window(), QPoint(0, free)).y()
        target = self._place_of
        if target is not None and target.spans and (strip is None or strip.bottom() > lowest):
            view.scroll_up_to(target.spans[-1][1] - 1, max(lowest - 40, 0))

    def _place(self) -> None:
        view, strip = self._view, self._strip()
        if view is None:
            return
        if strip is None:
            self.bubble.setVisible(self.bubble.panel is not None)
            strip_rect = QRect(0, view.viewport().height() // 3, 1, 1)
        else:
            strip_rect = strip.toRect()
        origin = view.viewport().mapTo(self._screen.window(), QPoint(0, 0))
        self.bubble.place(strip_rect.translated(origin), origin.x() + view.text_left() - _BESIDE, self._room())

    def _strip(self) -> QRectF | None:
        """Return where on the viewport the words, or the area, stand that all this is about."""
        view, target = self._view, self._place_of
        if view is None or target is None:
            return None
        if target.area is not None:
            return view.area_strip(target.area)
        return view.strip_of((target.spans[0][0], target.spans[-1][1]))

    def _room(self) -> QRect:
        """Return where the bubble may stand: as high as the reader, as wide as the window if it must."""
        window, view = self._screen.window(), self._view
        room = view.viewport() if view is not None else self._screen
        top = room.mapTo(window, QPoint(0, 0)).y()
        return QRect(0, top, window.width(), room.height())

    def _run(self, name: str) -> None:
        self._actions[name].trigger()

    def _on_known(self) -> None:
        panel = self.bubble.panel
        if isinstance(panel, LinkPanel) and not panel.judgement.has_claim:
            panel.set_claims(self._known.claims, whole=self._known.is_whole)

    def _fetch_earlier(self, panel: WhoPanel, claim: str) -> None:
        if claim:
            id_ = EntityId(claim)
            self._desk.ask(lambda project: earlier_appearances(project, id_), panel.set_earlier, owner=panel)

    def _send(self, panel: Panel, target: Target, job: Callable[[Any], T], then: Callable[[Target, T], None]) -> None:
        """Do what a panel asks, also when it has been closed by the time that it is done."""
        if not panel.is_ready:
            return
        panel.show_sending()

        def refuse(error: AnnotatorError) -> None:
            if self.bubble.panel is panel:
                panel.show_problem(error)
            else:
                self._desk.refused.emit(error, None)

        self._desk.do(job, lambda result: then(target, result), owner=self, otherwise=refuse)

    def _linked(self, target: Target, linkage: Linkage) -> None:
        view, is_open = self._view, self.target is target
        self.unfinished.drop(target)
        if view is not None and self._version == target.version:
            row = view.highlights.find(target.passage)
            stances = {*(row.stances if row else ()), linkage.stance}
            passage, linked = as_id(target.passage) or linkage.passage_ids[0], tuple(sorted(stances))
            self.put.emit(PassageRow(id=passage, spans=target.spans, stances=linked, area=target.area))
        self.linked.emit(linkage.passage_ids)
        if is_open:
            self._done(target, linkage.passage_ids[0])
            self._desk.select_claim(linkage.claim_id)
            self._desk.select_linkage(linkage.id)
        self.status.emit(self.tr("Linked to the claim"))

    def _done(self, target: Target, passage: EntityId) -> None:
        if self.target is not target:
            return
        self.close()
        if self._view is not None:
            self._view.unselect()
        self._desk.select_passage(passage)


def _offered_for(target: Target) -> set[str]:
    """Return what can be done: a passage is highlighted already, and an area has no words."""
    none = ({"highlight"} if target.passage else set()) | ({"check_quotation", COPY} if target.area else set())
    return {*_OFFERED, COPY} - none


def _short(words: str) -> str:
    return words.removesuffix("…")
