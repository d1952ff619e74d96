"""Opening, making and closing projects, and remembering them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.services.settings import Recent, sample_folder
from annotator.ui.desk import Desk
from annotator.ui.jobs import Task
from annotator.ui.shell.preferences import Preferences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from annotator.domain.errors import AnnotatorError
    from annotator.ui.shell.standing import Standing

SUFFIX = "annotator"


class Projects(QObject):
    """What stands in the Project menu. What needs a name waits until there is one."""

    name_wanted = Signal()
    failed = Signal(object)
    """An ``AnnotatorError`` on the way to a project."""

    def __init__(self, window: QWidget, desk: Desk, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._preferences = preferences
        self._waiting: Callable[[], None] | None = None
        self._after: Callable[[], None] | None = None
        desk.opened.connect(self._go_on)

    def set_name(self, name: str) -> None:
        """Take the person's name, and go on with what waited for it."""
        self._preferences.change(name=name)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def open(self, path: Path, *, create: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open a project; ``then`` is called once it lies on the desk."""
        path = path.expanduser().absolute()
        if not self._has_name(lambda: self.open(path, create=create, then=then)):
            return
        if self._desk.project is not None and self._desk.project.path == path:
            return
        self._after = then
        self._desk.open(path, annotator=self._preferences.settings.name, create=create, otherwise=self._fail)

    def with_name(self, then: Callable[[], None]) -> None:
        """Call ``then`` as soon as the person has a name."""
        if self._has_name(then):
            then()

    def choose(self) -> None:
        """Let the person choose a project to open."""
        self._ask_file(self.tr("Open a project"), self.open)

    def find(self, path: str) -> None:
        """Let the person show where a project has gone."""

        def found(new: Path) -> None:
            self._preferences.drop_recent(path)
            self.open(new)

        self._ask_file(self.tr("Where is {0}?").format(Path(path).name), found)

    def new(self) -> None:
        """Let the person say where a new project is to be, and open it."""
        self._ask_new(self.tr("Untitled project"), lambda path: self.open(path, create=True))

    def new_for(self, name: str, then: Callable[[], None]) -> None:
        """Make a new project for something that is then put into it."""
        self._ask_new(name, lambda path: self.open(path, create=True, then=then))

    def sample(self) -> None:
        """Make the sample case if it is not there yet, and open it."""
        if not self._has_name(self.sample):
            return

        def work(_task: Task[Path]) -> Path:
            from annotator.services.sample import build_sample

            return build_sample(sample_folder())

        title = self.tr("Preparing the sample case")
        self._desk.jobs.run("long", work, self.open, otherwise=self._fail, owner=self, title=title)

    def remember(self, path: Path, standing: Standing) -> None:
        """Put a project at the top of the recent ones."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._preferences.add_recent(
            Recent(
                path=str(path), at=at, sources=standing.sources, claims=standing.claims, concluded=standing.concluded
            )
        )

    def look_for(self, paths: Iterable[str], then: Callable[[tuple[str, ...]], None]) -> None:
        """Tell which of these files are missing; a slow disk is waited for elsewhere."""
        wanted = tuple(paths)

        def work(_task: Task[tuple[str, ...]]) -> tuple[str, ...]:
            return tuple(path for path in wanted if not Path(path).is_file())

        self._desk.jobs.run("read", work, then, owner=self)

    def _has_name(self, waiting: Callable[[], None]) -> bool:
        if self._preferences.settings.name:
            return True
        self._waiting = waiting
        self.name_wanted.emit()
        return False

    def _go_on(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            QTimer.singleShot(0, self, after)

    def _fail(self, error: AnnotatorError) -> None:
        self._after = None
        self.failed.emit(error)

    def _ask_new(self, name: str, then: Callable[[Path], None]) -> None:
        if not self._has_name(lambda: self._ask_new(name, then)):
            return
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(self.tr("Where is the new project to be?"), then)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Make project"))
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(f"{name}.{SUFFIX}")
        dialog.open()

    def _ask_file(self, title: str, then: Callable[[Path], None]) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = self._dialog(title, then)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _dialog(self, title: str, then: Callable[[Path], None]) -> QFileDialog:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, title, self._folder(), self.tr("Annotator projects (*.{0})").format(SUFFIX))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _folder(self) -> str:
        from annotator.ui.folders import first_folder

        return str(first_folder(*(Path(recent.path).parent for recent in self._preferences.settings.recent[:1])))
