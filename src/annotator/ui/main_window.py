"""The window: bars, docks and screens, and what holds them together."""

from __future__ import annotations

import sys
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.shell.frame import Frame
from annotator.ui.shell.preferences import Preferences
from annotator.ui.shell.projects import Projects
from annotator.ui.shell.screens import Screens
from annotator.ui.shell.standing import StandingWatch
from annotator.ui.shell.start_screen import StartScreen
from annotator.ui.shell.status_bar import StatusBar
from annotator.ui.shell.top_bar import TopBar
from annotator.ui.when import lately

if TYPE_CHECKING:
    from annotator.domain.ids import EntityId
    from annotator.ui.exchanging.merge_opening import Bundles
    from annotator.ui.shell.error_bar import ErrorBar
    from annotator.ui.shell.rooms import Rooms
    from annotator.ui.shell.undo_routing import UndoRouting


def load_rooms() -> None:
    """Load what an open project is shown with; called by a job, for it takes half a second."""
    import annotator.ui.shell.rooms  # noqa: F401 loaded, not used


_ON_SCREENS = ("review", "finding", "state", "merge", "conflicts", "conflict", "versions", "anchor")
"""States that the screens tell of, for actions to be enabled by."""


class MainWindow(QMainWindow):
    """Everything a person sees. Rooms are built when the first project is opened, not before."""

    painted = Signal()
    """The first frame is on the screen: what takes long may begin."""

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__()
        self.desk = desk
        self.preferences = preferences
        self.actions_table = Actions(self, preferences.settings.keys)
        self.standing = StandingWatch(desk, self)
        self.projects = Projects(self, desk, preferences)
        self.rooms: Rooms | None = None
        self._read_last: tuple[str, str] | None = None
        self._was_painted = self._is_closing = self._alt_alone = False
        self._build()
        self._bind()
        self._listen()
        desk.make_ready = load_rooms
        self.frame = Frame(self, preferences)
        self.frame.restore()
        self._on_preferences()
        self._on_closed()

    # -- building

    def _build(self) -> None:
        actions = self.actions_table
        self.setWindowTitle(self.tr("Annotator"))
        self.setMinimumSize(800, 480)
        self.setAcceptDrops(True)
        self.top_bar = TopBar(actions)
        self.setMenuWidget(self.top_bar)
        self.status = StatusBar(actions)
        self.setStatusBar(self.status)
        self.stack = Screens()
        self.start = StartScreen(actions)
        self.stack.addWidget(self.start)
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        self.setCentralWidget(centre)

    @cached_property
    def error_bar(self) -> ErrorBar:
        """Where it is said what did not work; made when something does not."""
        from annotator.ui.shell.error_bar import ErrorBar

        bar = ErrorBar()
        self._column.addWidget(bar)
        return bar

    @cached_property
    def undo_routing(self) -> UndoRouting:
        """Who undoes what."""
        from annotator.ui.shell.undo_routing import UndoRouting

        return UndoRouting(self.desk, self.actions_table, self)

    def _bind(self) -> None:
        does = {
            "new_project": self.projects.new,
            "open_project": self.projects.choose,
            "open_sample": self.projects.sample,
            "close_project": self.desk.close_project,
            "quit": self.close,
            "undo": lambda: self.undo_routing.undo(),
            "redo": lambda: self.undo_routing.redo(),
            "main_menu": self.open_menu,
            "theme": self.switch_theme,
            "filter": self._focus_filter,
            "next_part": self._enter_next_part,
            "left_panel": lambda: self._toggle_side(Qt.DockWidgetArea.LeftDockWidgetArea),
            "right_panel": lambda: self._toggle_side(Qt.DockWidgetArea.RightDockWidgetArea),
            "show_read": lambda: self.show_screen("read"),
            "show_claims": lambda: self.show_screen("claims"),
            "show_audit": lambda: self.show_screen("audit"),
            "show_history": lambda: self.show_screen("history"),
            "show_conflicts": lambda: self.show_screen("conflicts"),
            "show_lists": lambda: self.show_screen("lists"),
            "show_versions": lambda: self.show_screen("versions"),
            "compare_versions": self._compare_versions,
            "merge": self.choose_bundle,
            "open_bundle": lambda: self.bundles.choose(self.tr("Open a bundle"), self.open_bundle),
        }
        for name, action in does.items():
            self.actions_table.bind(name, action)
        for name in (
            "search",
            "keys",
            "settings",
            "about",
            "to_do",
            "news",
            "history",
            "export",
            "import_annotations",
            "verify",
            "agents",
            "same_claims",
            "signing_keys",
            "settle_all",
        ):
            self.actions_table.bind(name, partial(self._open_sheet, name))

    def _listen(self) -> None:
        desk = self.desk
        self.actions_table.ran.connect(self._forget_alt)
        desk.opened.connect(self._on_opened)
        desk.closed.connect(self._on_closed)
        desk.changed.connect(lambda _change: self._update())
        desk.version_selected.connect(self._on_version)
        for signal in (desk.version_selected, desk.passage_selected, desk.claim_selected, desk.linkage_selected):
            signal.connect(lambda _id: self._update())
        desk.refused.connect(lambda error, again: self.error_bar.say(error, again))
        desk.zoomed.connect(self._on_zoom)
        desk.jobs.crashed.connect(self._on_crash)
        desk.jobs.started.connect(self.status.follow)
        self.projects.failed.connect(lambda error: self.error_bar.say(error))
        self.projects.name_wanted.connect(self._ask_name)
        self.preferences.changed.connect(self._on_preferences)
        self.standing.changed.connect(self._on_standing)
        self.top_bar.screen_chosen.connect(self.show_screen)
        self.status.news_clicked.connect(lambda: self._open_sheet("news"))
        self.status.zoom_clicked.connect(lambda: desk.set_zoom(100))
        self.status.name_clicked.connect(lambda: self._open_sheet("settings"))
        self.start.named.connect(self.projects.set_name)
        self.start.chosen.connect(lambda path: self.projects.open(Path(path)))
        self.start.find_wanted.connect(self.projects.find)
        self.start.dropped_from_list.connect(self.preferences.drop_recent)
        self.top_bar.menu_button.clicked.connect(self.open_menu)
        self.top_bar.project_button.clicked.connect(self.open_project_menu)

    # -- what the desk says

    def _on_opened(self) -> None:
        if self.rooms is None:
            from annotator.ui.shell.rooms import Rooms

            self.rooms = Rooms(self)
        self.error_bar.hide()
        self._update()
        self.show_screen("read")

    def _on_version(self, id_: str) -> None:
        if id_ and self.desk.project is not None:
            self._read_last = str(self.desk.project.path), id_

    def _on_closed(self) -> None:
        if self._read_last is not None:
            self.preferences.set_read_last(*self._read_last)
            self._read_last = None
        if self.rooms is not None:
            self.rooms.show_docks(shown=False)
        self.stack.setCurrentWidget(self.start)
        self.start.focus_first()
        self.look_for_projects()
        self._update()

    def look_for_projects(self) -> None:
        """See which of the recent projects are still where they were."""
        if self._was_painted:
            self.projects.look_for(self.start.recent_paths, self.start.show_missing)

    def _on_standing(self) -> None:
        now, project = self.standing.now, self.desk.project
        if now is not None and project is not None:
            self.projects.remember(project.path, now)
            if self.rooms is not None:
                self.rooms.show_sources(any_there=now.sources > 0)
        self._update()

    def _on_preferences(self) -> None:
        settings = self.preferences.settings
        self.start.show_settings(settings.name, settings.recent)
        self.look_for_projects()
        self.status.show_name(settings.name)
        self.desk.set_zoom(settings.zoom)

    def _on_zoom(self, percent: int) -> None:
        if percent != self.preferences.settings.zoom:
            self.preferences.change(zoom=percent)
        self._update()

    def _on_crash(self, error: BaseException) -> None:
        from annotator.ui.shell.crash import show_crash

        show_crash(error, self)

    def update_actions(self) -> None:
        """See again what can be done."""
        self._update()

    def _update(self) -> None:
        desk, project, now = self.desk, self.desk.project, self.standing.now
        is_open = project is not None
        there = {
            "project": is_open,
            "version": bool(desk.version_id),
            "passage": bool(desk.passage_id),
            "claim": bool(desk.claim_id),
            "linkage": bool(desk.linkage_id),
            "undo": bool(desk.undo_label),
            "redo": bool(desk.redo_label),
        }
        can = self.rooms.can() if self.rooms is not None else {}
        there |= {name: is_open and can.get(name, False) for name in _ON_SCREENS}
        there["selection"] = is_open and any(there[kind] for kind in ("version", "passage", "claim", "linkage"))
        self.actions_table.update_enabled(there)
        self.top_bar.show_project(project.name if project else "", now.claims if now else 0)
        self.top_bar.show_waiting("conflicts", now.conflicts if now else 0)
        self.top_bar.show_waiting("versions", now.unsettled if now else 0)
        self.status.show_news(now.news if now else "")
        self.top_bar.show_undo(
            *(QCoreApplication.translate("labels", done) for done in (desk.undo_label, desk.redo_label))
        )
        self.status.show_zoom(desk.zoom if desk.version_id else 0)
        saved = self.tr("Saved {0}").format(lately(now.saved_at)) if now and now.saved_at else ""
        self.status.show_project(saved, self._standing_words())
        self.setWindowTitle(self.tr("{0} – Annotator").format(project.name) if project else self.tr("Annotator"))

    def _standing_words(self) -> str:
        now = self.standing.now
        if now is None or not now.sources:
            return ""
        passages = self.tr("1 passage") if now.passages == 1 else self.tr("{0} passages").format(now.passages)
        parts = [passages, self.tr("{0} linked").format(now.linked)]
        if now.open_claims:
            open_ = (
                self.tr("1 open claim") if now.open_claims == 1 else self.tr("{0} open claims").format(now.open_claims)
            )
            parts.append(open_)
        return ", ".join(parts)

    # -- screens

    def show_screen(self, name: str) -> None:
        """Show the screen ``read``, ``claims``, ``audit``, ``history``, ``lists``, ``conflicts``, ``versions`` or ``merge``."""
        if self.rooms is not None and self.desk.project is not None:
            self.rooms.show_screen(name)
            self.top_bar.show_screen(name)
            self._update()
            self.frame.align()

    def go_to(self, kind: str, id_: EntityId, version: EntityId | None = None, start: int = 0, end: int = 0) -> None:
        """Show a thing where one works on it."""
        if self.rooms is not None:
            self.rooms.go_to(kind, id_, version, start, end)

    @cached_property
    def bundles(self) -> Bundles:
        """Asks for bundles, and makes projects of them."""
        from annotator.ui.exchanging.merge_opening import Bundles

        return Bundles(self, self.actions_table, self.desk, lambda path: self.projects.open(path))

    def choose_bundle(self) -> None:
        """Let the person choose a bundle, and show what merging it would bring."""
        self.bundles.choose(self.tr("Merge a bundle"), self.merge)

    def merge(self, path: Path) -> None:
        """Show what merging a bundle would bring."""
        if self.rooms is not None and self.desk.project is not None:
            self.rooms.merge(path)

    def open_bundle(self, path: Path) -> None:
        """Make a project of a bundle, where the person says, and open it."""
        self.projects.with_name(lambda: self.bundles.open(path))

    def _compare_versions(self) -> None:
        if self.rooms is not None and self.desk.version_id:
            self.rooms.compare_versions(self.desk.version_id)

    def _open_sheet(self, name: str) -> None:
        from annotator.ui.shell.sheets import open_sheet

        open_sheet(name, self)

    def _focus_filter(self) -> None:
        if self.stack.currentWidget() is self.start:
            self.start.focus_filter()
        elif self.rooms is not None:
            self.rooms.focus_filter()

    def _enter_next_part(self) -> None:
        if self.rooms is not None:
            self.rooms.enter_next_part()

    def _toggle_side(self, side: Qt.DockWidgetArea) -> None:
        if self.rooms is not None:
            self.rooms.toggle_side(side)

    def _ask_name(self) -> None:
        self.desk.close_project()
        self.start.focus_first()

    def switch_theme(self) -> None:
        """Change between dark and light."""
        from annotator.ui.theme import choose_theme, current_theme

        wanted = "light" if current_theme().dark else "dark"
        app = QApplication.instance()
        if isinstance(app, QApplication):
            choose_theme(app, wanted)  # type: ignore[arg-type]
        self.preferences.change(theme=wanted)

    def open_menu(self) -> None:
        """Open the menu behind ☰ with its first entry chosen."""
        from annotator.ui.shell.menus import main_menu, open_below

        open_below(main_menu(self.actions_table, self), self.top_bar.menu_button)

    def open_project_menu(self) -> None:
        """Open the menu behind the project's name."""
        from annotator.ui.shell.menus import open_below, project_menu

        open_below(project_menu(self.actions_table, self), self.top_bar.project_button)

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note that Alt is pressed and nothing else."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Open the menu when Alt is let go again with no other key between."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self.open_menu()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def _forget_alt(self) -> None:
        self._alt_alone = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, folders and text."""
        from annotator.ui.shell.dropping import takes

        if takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped; without a project, one is made for it."""
        from annotator.ui.shell.dropping import drop

        event.acceptProposedAction()
        drop(self, event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the top bar over its docks."""
        super().resizeEvent(event)
        self.frame.align()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window has been painted."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        self.painted.emit()
        from annotator.ui.accessible import tell_roles

        tell_roles()
        self.undo_routing.watch()
        if sys.platform == "darwin":
            from annotator.ui.shell.menus import native_menu_bar

            native_menu_bar(self.actions_table, self)
        self.look_for_projects()

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 Qt's own form
        """Move the focus as one reads the window."""
        from annotator.ui.tab_order import go_on

        return go_on(self, forwards=forwards) is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once when nothing is under way; else finish it first, visibly, and then close."""
        if not self._is_closing:
            self._is_closing = True
            self.frame.keep()
            if self.rooms is not None:
                self.rooms.keep_docks()
            self.desk.jobs.cancel()
            self.desk.close_project()
        if self.desk.jobs.busy:
            from annotator.ui.shell.finishing import finish

            event.ignore()
            finish(self, self.close)
        else:
            self.desk.close()
            event.accept()
