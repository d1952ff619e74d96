"""The rooms of the window: which there are, which is shown, and the ways between them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.annotating.reading_screen import ReadingScreen
from annotator.ui.auditing.audit_screen import AuditScreen
from annotator.ui.auditing.history_screen import HistoryScreen
from annotator.ui.claiming.claims_panel import ClaimsPanel
from annotator.ui.claiming.claims_screen import ClaimsScreen
from annotator.ui.claiming.linkage_panel import LinkagePanel
from annotator.ui.claiming.same_claims_notice import SameClaimsNotice
from annotator.ui.exchanging.conflict_screen import ConflictScreen
from annotator.ui.exchanging.merge_screen import MergeScreen
from annotator.ui.importing.import_flow import ImportFlow
from annotator.ui.importing.sources_panel import SourcesPanel
from annotator.ui.importing.twin_notice import TwinNotice
from annotator.ui.listing.lists_screen import ListsScreen
from annotator.ui.shell.docks import Dock, first_focusable
from annotator.ui.shell.empty_project import EmptyProject
from annotator.ui.shell.places import Place, place_of
from annotator.ui.versioning.version_notice import VersionNotice
from annotator.ui.versioning.versions_screen import VersionsScreen

if TYPE_CHECKING:
    from annotator.domain.rows import ClaimRow, SourceRow
    from annotator.ui.main_window import MainWindow

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_LEFT_WIDTH, _RIGHT_WIDTH = 272, 352
_CLAIMS_HEIGHT, _LINKAGE_HEIGHT = 380, 460
_OTHERS = ("claims", "audit", "history", "lists", "merging", "conflicts", "versions")
_ATTRIBUTE = {"merge": "merging"}
_NOT_YET = 50
"""Milliseconds after which the other screens are built: the text comes first."""

P = TypeVar("P", bound=QWidget)


class Rooms(QObject):
    """Reading with its docks, and the other screens. Built when the first project is opened.

    The other screens are built one after the other while nobody waits for them, or when somebody does.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        desk, actions = window.desk, window.actions_table
        self._window = window
        self._desk = desk
        self.imports = ImportFlow(desk, actions, window)
        self.sources = SourcesPanel(desk, actions)
        self.claims_panel = ClaimsPanel(desk, actions)
        self.linkage_panel = LinkagePanel(desk, actions)
        self.reading = ReadingScreen(desk, actions)
        self.empty = EmptyProject(actions)
        self._reading_page: QWidget = self.reading
        for page in (self.empty, self.reading):
            window.stack.addWidget(page)
        self._screen = self._before = "read"
        self.docks = self._make_docks()
        self.sources.notices.go_on_wanted.connect(self.imports.import_paths)
        self.imports.progress.connect(lambda done, total: self.sources.notices.refresh() if done == total else None)
        self.imports.confirm_wanted.connect(lambda: window.actions_table["confirm_sources"].trigger())
        self.imports.sources_wanted.connect(self._show_sources)
        self.imports.progress.connect(lambda done, total: window.status.offer_work(more=done < total))
        window.status.work_wanted.connect(self.imports.show_panel)
        desk.settle_wanted.connect(lambda version, passage: self.compare_versions(EntityId(version), passage))
        desk.dispute_wanted.connect(lambda id_: self.show_conflict(EntityId(id_)))
        self.notice = VersionNotice(desk, self)
        self.notice.told.connect(self._tell_of_version)
        self.twins = TwinNotice(desk, window)
        self.twins.told.connect(self._tell_of_twin)
        self.same_claims = SameClaimsNotice(desk, self)
        self.same_claims.told.connect(self._tell_of_claims)
        self._owes_claims = False
        window.error_bar.left.connect(self._tell_what_waited)
        self.reading.status.connect(window.status.show_intent)
        self.reading.find_bar.wanted.connect(lambda: window.show_screen("read"))
        desk.version_selected.connect(self._on_version)
        desk.shown.connect(lambda *_: window.show_screen("read"))
        desk.opened.connect(self._choose_version)
        self._choose_version()
        self._waiting = list(_OTHERS)
        QTimer.singleShot(_NOT_YET, self, self._build_next)

    # -- the other screens

    def _build_next(self) -> None:
        """Build one more screen and let the window go on."""
        if self._waiting:
            getattr(self, self._waiting.pop(0))
            QTimer.singleShot(0, self, self._build_next)

    def _with_page(self, page: P) -> P:
        self._window.stack.addWidget(page)
        return page

    @cached_property
    def claims(self) -> ClaimsScreen:
        """One claim after the other, with its evidence."""
        return self._with_page(ClaimsScreen(self._desk, self._window.actions_table))

    @cached_property
    def audit(self) -> AuditScreen:
        """Findings, reviews and agreement."""
        window, audit = self._window, AuditScreen(self._desk, self._window.actions_table)
        audit.wanted.connect(self._go_to_entity)
        audit.history_wanted.connect(lambda id_: self.show_history_of(EntityId(id_)))
        audit.restore_wanted.connect(lambda id_: self.show_history_of(EntityId(id_), to_restore=True))
        audit.status.connect(window.status.show_intent)
        audit.state_changed.connect(window.update_actions)
        audit.watch.checked.connect(lambda checked: window.top_bar.show_findings(checked.findings.grave))
        audit.watch.forgotten.connect(lambda: window.top_bar.show_findings(0))
        return self._with_page(audit)

    @cached_property
    def history(self) -> HistoryScreen:
        """What was done, by whom and when."""
        history = HistoryScreen(self._desk, self._window.actions_table)
        history.wanted.connect(self._go_to_entity)
        history.state_changed.connect(self._window.update_actions)
        return self._with_page(history)

    @cached_property
    def lists(self) -> ListsScreen:
        """Everything there is, in rows."""
        return self._with_page(ListsScreen(self._desk, self._window.actions_table))

    @cached_property
    def merging(self) -> MergeScreen:
        """What a bundle would bring, and has brought."""
        window, merging = self._window, MergeScreen(self._desk, self._window.actions_table)
        merging.left.connect(lambda: window.show_screen(self._before))
        merging.conflicts_wanted.connect(lambda: window.show_screen("conflicts"))
        merging.ended_unseen.connect(self._tell_merged)
        merging.news_wanted.connect(window.actions_table["news"].trigger)
        return self._with_page(merging)

    @cached_property
    def conflicts(self) -> ConflictScreen:
        """What two people wrote apart from each other, to be settled."""
        conflicts = ConflictScreen(self._desk, self._window.actions_table)
        conflicts.in_hand_changed.connect(self._window.update_actions)
        return self._with_page(conflicts)

    @cached_property
    def versions(self) -> VersionsScreen:
        """Two versions of a source beside each other."""
        versions = VersionsScreen(self._desk, self._window.actions_table)
        versions.state_changed.connect(self._window.update_actions)
        return self._with_page(versions)

    def compare_versions(self, version: EntityId, passage: str = "") -> None:
        """Show a version beside the one before it, with a passage in hand."""
        self._window.show_screen("versions")
        self.versions.show_version(version, passage=EntityId(passage))

    def can(self) -> dict[str, bool]:
        """Return what can be done on the screens just now: the states that actions ask for."""
        seen = self._window.stack.currentWidget()
        settles = "conflicts" in self.__dict__ and seen is self.conflicts and self.conflicts.has_anything
        return {
            "review": "audit" in self.__dict__ and self.audit.reviewing,
            "finding": "audit" in self.__dict__ and self.audit.has_finding,
            "state": "history" in self.__dict__ and self.history.can_restore,
            "merge": "history" in self.__dict__ and self.history.can_turn_merge,
            "conflicts": settles and self.conflicts.isVisible(),
            "versions": "versions" in self.__dict__ and seen is self.versions and self.versions.has_pair,
            "anchor": "versions" in self.__dict__ and seen is self.versions and self.versions.can_settle,
            "conflict": settles and self.conflicts.isVisible() and self.conflicts.can_settle,
        }

    def _make_docks(self) -> tuple[Dock, ...]:
        window = self._window
        sources = Dock("sources", self.tr("Sources"), self.sources, window)
        claims = Dock("claims", self.tr("Claims"), self.claims_panel, window)
        linkage = Dock("linkage", self.tr("Linkage"), self.linkage_panel, window)
        window.addDockWidget(_LEFT, sources)
        window.addDockWidget(_RIGHT, claims)
        window.addDockWidget(_RIGHT, linkage)
        docks = (sources, claims, linkage)
        window.resizeDocks(docks, [_LEFT_WIDTH, _RIGHT_WIDTH, _RIGHT_WIDTH], Qt.Orientation.Horizontal)
        QTimer.singleShot(0, self, self._size_docks)
        for dock in docks:
            dock.moved.connect(window.frame.align)
        return docks

    def _size_docks(self) -> None:
        self._window.resizeDocks(self.docks[1:], [_CLAIMS_HEIGHT, _LINKAGE_HEIGHT], Qt.Orientation.Vertical)
        self._window.frame.restore_docks()
        for dock in self.docks:
            dock.setProperty("hidden by person", dock.isHidden() and self._screen == "read")
        self.show_docks(shown=self._screen == "read" and self._desk.project is not None)

    # -- screens

    def show_screen(self, name: str) -> None:
        """Show the screen ``read``, ``claims``, ``audit`` or ``history``, and put the focus where one works on it."""
        if name != "read":
            self.keep_docks()
            self.show_docks(shown=False)
            self.show_docks(shown=False)
        if self._screen != "merge":
            self._before = self._screen
        self._screen = name
        page = self._reading_page if name == "read" else getattr(self, _ATTRIBUTE.get(name, name))
        self._window.stack.setCurrentWidget(page)
        if name == "read":
            self.show_docks(shown=True)
        if name == "history":
            self.history.show_all()
        elif name == "claims" and not self._desk.claim_id:
            self._desk.ask(lambda project: project.claim_rows(), self._choose_first_claim, owner=self)
        self._focus(name)
        QTimer.singleShot(
            0, self, lambda: self._desk.ask(lambda _: None, lambda _: self._focus_once_filled(), owner=self)
        )

    def _focus_once_filled(self) -> None:
        """Put the focus on the screen once there is something on it that can take it, unless it is wanted elsewhere."""
        focused = QApplication.focusWidget()
        if focused is None or focused is self._window or self._window.top_bar.isAncestorOf(focused):
            self._focus(self._screen)

    def _focus(self, name: str) -> None:
        """Put the focus where one works on a screen."""
        if name == "claims":
            self.claims.list.focus_list()
        elif name == "audit":
            self.audit.focus_review()
        elif name == "history":
            self.history.focus_list()
        elif name == "lists":
            self.lists.focus_list()
        elif name == "conflicts":
            self.conflicts.focus_first()
        elif name == "versions":
            self.versions.focus_first()
        elif name == "merge":
            self.merging.focus_first()
        else:
            target = self.reading.view if self._reading_page is self.reading else first_focusable(self.empty)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_version(self, id_: str) -> None:
        if id_:
            self.show_sources(any_there=True)

    def _choose_version(self) -> None:
        """Select the version that was read last, else the newest of the first source."""
        self._desk.ask(lambda project: project.source_rows(), self._select_read_last, owner=self)

    def _select_read_last(self, rows: tuple[SourceRow, ...]) -> None:
        project = self._desk.project
        if project is None or self._desk.version_id:
            return
        last = self._window.preferences.read_last(str(project.path))
        newest = [row.versions[-1].id for row in rows if row.versions]
        known = {version.id for row in rows for version in row.versions}
        if newest:
            self._desk.select_version(next((id_ for id_ in known if id_ == last), newest[0]))

    def _choose_first_claim(self, rows: tuple[ClaimRow, ...]) -> None:
        if rows and not self._desk.claim_id:
            whole = next((row for row in rows if row.parent is None), rows[0])
            self._desk.select_claim(whole.claim.id)

    def show_sources(self, *, any_there: bool) -> None:
        """Show the reader, or what to do first where there are no sources."""
        page: QWidget = self.reading if any_there else self.empty
        if page is not self._reading_page:
            self._reading_page = page
            if self._screen == "read" and self._desk.project is not None:
                self._window.stack.setCurrentWidget(page)
                self._focus("read")

    def show_docks(self, *, shown: bool) -> None:
        """Show the docks that the person has not hidden, or none."""
        for dock in self.docks:
            dock.setVisible(shown and not dock.property("hidden by person"))

    def keep_docks(self) -> None:
        """Remember where the docks are, if they can be seen."""
        if self._screen == "read" and self._desk.project is not None:
            self._window.frame.keep_docks()

    def toggle_side(self, side: Qt.DockWidgetArea) -> None:
        """Show or hide the docks on one side."""
        docks = [dock for dock in self.docks if self._window.dockWidgetArea(dock) == side]
        hide = any(dock.isVisible() for dock in docks)
        for dock in docks:
            dock.setProperty("hidden by person", hide)
        self.show_docks(shown=self._screen == "read")

    def _show_sources(self) -> None:
        self._window.show_screen("read")
        self.docks[0].setProperty("hidden by person", False)
        self.docks[0].show()

    # -- ways

    def go_to(self, kind: str, id_: EntityId, version: EntityId | None = None, start: int = 0, end: int = 0) -> None:
        """Show a thing where one works on it: a version or passage in the reader, a claim on its board."""
        if kind == "version":
            self._desk.show_place(id_, start, end)
        else:
            self._desk.ask(lambda project: place_of(project, id_), self._show, owner=self)

    def _go_to_entity(self, id_: str) -> None:
        self._desk.ask(lambda project: place_of(project, EntityId(id_)), self._show, owner=self)

    def _show(self, place: Place | None) -> None:
        if place is None:
            self._window.error_bar.say_words(
                self.tr("There is no place to show this."), self.tr("Its history tells about it.")
            )
            return
        if place.claim:
            self._desk.select_claim(place.claim)
            if place.linkage:
                self._desk.select_linkage(place.linkage)
            self._window.show_screen("claims")
        elif place.beside:
            self.compare_versions(place.version, place.passage)
        elif place.version:
            self._desk.show_place(place.version, place.start, place.end)
            if place.passage:
                self._desk.select_passage(place.passage)

    def go_to_news(self, id_: EntityId) -> None:
        """Show what came in where one works on it; where that is nowhere, its history."""

        def show(place: Place | None) -> None:
            if place is None:
                self.show_history_of(id_)
            else:
                self._show(place)

        self._desk.ask(lambda project: place_of(project, id_), show, owner=self)

    def merge(self, path: Path) -> None:
        """Read a bundle and show what merging it would bring."""
        self._window.show_screen("merge")
        self.merging.start(path)

    def _tell_merged(self, said: str, more: str) -> None:
        """Say what came of a merge while another screen was shown, and offer the page that says more."""
        self._window.error_bar.tell(said, more, lambda: self._window.show_screen("merge"), self.tr("Show"))

    def _tell_of_version(self, said: str, more: str, version: str) -> None:
        """Say that a source has a new version, and offer both side by side."""
        show = self.tr("Show both versions")
        self._window.error_bar.tell(said, more, lambda: self.compare_versions(EntityId(version)), show)

    def _tell_of_twin(self, said: str, more: str) -> None:
        """Say that a source came in that was here, and offer to make it one."""
        self._window.error_bar.tell(said, more, self.twins.ask, self.tr("Decide…"))

    def _tell_of_claims(self, said: str, more: str) -> None:
        """Say that claims came in that may be those that were here, once nothing else is to be said."""
        self._owes_claims = self._window.error_bar.isVisible()
        if not self._owes_claims:
            self._window.error_bar.tell(said, more, self._window.actions_table["same_claims"].trigger, self.tr("Look…"))

    def _tell_what_waited(self) -> None:
        if self._owes_claims and self._desk.project is not None:
            self._owes_claims = False
            self.same_claims.again()

    def show_conflict(self, id_: EntityId) -> None:
        """Show a thing that is in conflict where it is settled."""
        self._window.show_screen("conflicts")
        self.conflicts.show_entity(id_)

    def show_history_of(self, id_: EntityId, *, to_restore: bool = False) -> None:
        """Show the history of one thing; ``to_restore`` chooses what it was before it was deleted."""
        self._window.show_screen("history")
        self.history.show_of(id_, to_restore=to_restore)

    def take(self, mime: QMimeData) -> None:
        """Import what was dropped on the window."""
        self._window.show_screen("read")
        self.imports.take(mime)

    def focus_filter(self) -> None:
        """Give the focus to the filter of the list that is in use."""
        if self._screen == "claims":
            self.claims.focus_filter()
        elif self._screen == "audit":
            self.audit.focus_findings()
        elif self._screen == "history":
            self.history.focus_filter()
        elif self._screen == "lists":
            self.lists.focus_filter()
        else:
            focused = QApplication.focusWidget()
            in_claims = focused is not None and self.docks[1].isAncestorOf(focused)
            panel = self.claims_panel if in_claims and self.docks[1].isVisible() else self.sources
            panel.focus_filter()

    def enter_next_part(self) -> None:
        """Give the focus to the next part of the window: sources, centre, claims, linkage."""
        parts = [self.docks[0], self._window.stack, *self.docks[1:]]
        seen: list[QWidget] = [part for part in parts if part.isVisible()]
        focused = QApplication.focusWidget()
        at = next((n for n, part in enumerate(seen) if focused is not None and part.isAncestorOf(focused)), -1)
        for step in range(1, len(seen) + 1):
            target = first_focusable(seen[(at + step) % len(seen)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return
