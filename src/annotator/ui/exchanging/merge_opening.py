"""Ways to a bundle: choosing one to merge, or opening one as a project of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.domain.errors import AnnotatorError, BundleRefusedError, CancelledError
from annotator.domain.signing import SignatureState
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.folders import first_folder
from annotator.ui.jobs import Task

if TYPE_CHECKING:
    from annotator.services.opening import BundleToOpen

T = TypeVar("T")

SUFFIX = ".bundle.zip"
_PROJECT = "annotator"
_SURE = (SignatureState.KNOWN, SignatureState.OWN)


def is_bundle(path: Path) -> bool:
    """Tell by its name whether a file is a bundle, also where a browser has put a number into it."""
    return path.suffix.lower() == ".zip" and ".bundle" in path.name.lower()


def bundles_in(mime: QMimeData) -> tuple[Path, ...]:
    """Return the bundles among what is dropped."""
    paths = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return tuple(path for path in paths if is_bundle(path))


def project_beside(bundle: Path) -> Path:
    """Return where a project made of a bundle is to be, unless a person says otherwise: beside it."""
    stem = bundle.name[: bundle.name.lower().index(".bundle")] if is_bundle(bundle) else bundle.stem
    return bundle.with_name(f"{stem or bundle.stem}.{_PROJECT}")


class Bundles(QObject):
    """Asks for files, and makes a project of a bundle in the background."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk, opened: Callable[[Path], None]) -> None:
        """``opened`` gets the path of a project that was made of a bundle."""
        super().__init__(window)
        self._window, self._actions, self._desk, self._opened = window, actions, desk, opened
        self._last = first_folder()

    def choose(self, title: str, then: Callable[[Path], None]) -> None:
        """Let the person choose a bundle."""
        dialog = QFileDialog(self._window, title, str(first_folder(self._last)), self.tr("Bundles (*.zip)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._take(Path(name), then))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, path: Path, then: Callable[[Path], None]) -> None:
        self._last = path.parent
        then(path)

    def open(self, bundle: Path) -> None:
        """Let the person say where the project is to be, and make it of the bundle."""
        dialog = QFileDialog(self._window, self.tr("Where is the project to be?"), str(first_folder(bundle.parent)))
        dialog.setNameFilter(self.tr("Annotator projects (*.{0})").format(_PROJECT))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Open as project"))
        dialog.setDefaultSuffix(_PROJECT)
        dialog.selectFile(project_beside(bundle).name)
        dialog.fileSelected.connect(lambda name: self.make(bundle, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def make(self, bundle: Path, path: Path, allow: tuple[str, ...] = ()) -> None:
        """Make a project of a bundle and open it; where its key is not known, ask first.

        ``allow`` are limits that a person raised for this bundle.
        """

        def work(task: Task[BundleToOpen]) -> BundleToOpen:
            from annotator.services.opening import read_to_open

            return read_to_open(bundle, allow=allow, progress=_watch(task, bundle))

        def refuse(error: AnnotatorError) -> None:
            if isinstance(error, BundleRefusedError):
                self._show_refused(error, lambda limit: self.make(bundle, path, (*allow, limit)))
            else:
                self._refuse(error)

        title = self.tr("Reading a bundle")
        self._desk.jobs.run(
            "long", work, lambda ready: self._consider(ready, path), otherwise=refuse, owner=self, title=title
        )

    def _consider(self, ready: BundleToOpen, path: Path) -> None:
        if ready.signature.state in _SURE:
            self._make(ready, path, accepted=False)
            return
        from annotator.ui.exchanging.open_sheet import OpenSheet

        def answered(accepted: bool | None) -> None:  # noqa: FBT001 an answer
            if accepted is None:
                ready.close()
            else:
                self._make(ready, path, accepted=accepted)

        OpenSheet(self._window, self._actions, ready.path.name, ready.signature, answered).open()

    def _make(self, ready: BundleToOpen, path: Path, *, accepted: bool) -> None:
        """``accepted``: the person takes the signature as it is."""

        def work(task: Task[Path]) -> Path:
            with ready:
                ready.make(path, accept_signature=accepted, progress=_watch(task, ready.path))
            return path

        def refuse(error: AnnotatorError) -> None:
            ready.close()
            self._refuse(error)

        title = self.tr("Opening a bundle")
        self._desk.jobs.run("long", work, self._opened, otherwise=refuse, owner=self, title=title)

    def _show_refused(self, error: BundleRefusedError, again: Callable[[str], None]) -> None:
        from annotator.ui.exchanging.refused_sheet import RefusedSheet

        RefusedSheet(self._window, self._actions, error, again).open()

    def _refuse(self, error: AnnotatorError) -> None:
        if not isinstance(error, CancelledError):
            self._desk.refused.emit(error, None)


def _watch(task: Task[T], bundle: Path) -> Callable[[int, int], None]:
    """Return a progress that tells the window, and stops the work where that is wanted."""

    def progress(done: int, total: int) -> None:
        if task.is_cancelled():
            raise CancelledError(what=bundle.name)
        task.report(done, total)

    return progress


def take_back(desk: Desk, number: int, *, owner: QObject | None = None) -> None:
    """Take back a merge, whichever it is, by its number in the log of bundles; a refusal is told where all are."""
    desk.do(lambda project: project.take_back(number), owner=owner)


def bring_back(desk: Desk, number: int, *, owner: QObject | None = None) -> None:
    """Let a merge count again that was taken back; a refusal is told where all are."""
    desk.do(lambda project: project.bring_back(number), owner=owner)
