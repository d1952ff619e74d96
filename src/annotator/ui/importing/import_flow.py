"""Taking sources in: chosen, dropped, pasted or written down; one panel shows what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError, ImportFailedError
from annotator.domain.ids import EntityId
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.folders import first_folder
from annotator.ui.importing.fetch_address import FetchAddress, is_web_address
from annotator.ui.importing.import_list import ImportEntry, ImportList, State, Step, failure_words, finished
from annotator.ui.importing.import_panel import ImportPanel
from annotator.ui.importing.read_again import ReadAgain
from annotator.ui.importing.twin_question import TwinAnswer, ask_about_twin
from annotator.ui.importing.typed_source import TypedSource

if TYPE_CHECKING:
    from annotator.services.importing_batch import ImportLine, ImportReport
    from annotator.services.importing_given import Given
    from annotator.services.importing_twins import Twin
    from annotator.services.project import Project
    from annotator.ui.jobs import Task

_TITLE_LENGTH = 60


class _Batch(QObject):
    """One call of ``import_many``. Its signals bring what the job says to the window's thread."""

    found = Signal(object, object)
    tried = Signal(object, object)
    paged = Signal(object, int, int)

    def __init__(self, given: Sequence[Given], parent: QObject) -> None:
        super().__init__(parent)
        self.given = tuple(given)
        self.rest_of: tuple[Path, ...] = tuple(Path(each) for each in given if not isinstance(each, tuple))
        self.numbers: list[int] = []
        self.done = 0
        self.task: Task[ImportReport] | None = None

    def work(self, project: Project, task: Task[ImportReport]) -> ImportReport:
        """Import everything; runs off the window's thread."""
        from annotator.services.importing_given import files_in

        files = list(files_in(self.given))
        self.found.emit(self, files)

        def progress(done: int, total: int, line: ImportLine | None) -> None:
            task.report(done, total, line.name if line else None)
            if line is not None:
                self.tried.emit(self, line)

        def pages(done: int, total: int) -> None:
            self.paged.emit(self, done, total)

        return project.import_many(
            files, progress=progress, pages=pages, cancelled=task.is_cancelled, rest_of=self.rest_of
        )


class ImportFlow(QObject):
    """Everything by which sources come in. Binds the actions of importing."""

    progress = Signal(int, int)
    """How many files are done, and how many there are; equal when nothing is on its way."""
    sources_wanted = Signal()
    """A person wants to see the list of sources."""
    confirm_wanted = Signal()
    """A person wants to confirm the details of what came in."""

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._list = ImportList(self)
        self._panel: ImportPanel | None = None
        self._batches: list[_Batch] = []
        self._rest_of: dict[int, tuple[Path, ...]] = {}
        actions.bind("import", self.choose_files)
        actions.bind("import_folder", self.choose_folder)
        actions.bind("fetch_address", self.fetch_address)
        actions.bind("paste_source", self.paste)
        actions.bind("type_source", self.type_source)
        desk.closed.connect(self._clear)

    # -- ways in

    def choose_files(self) -> None:
        """Ask for files and import them."""
        self._ask_for(QFileDialog.FileMode.ExistingFiles, self.tr("Import sources"))

    def choose_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        self._ask_for(QFileDialog.FileMode.Directory, self.tr("Import a folder"))

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files, and the files in folders."""
        if paths:
            self._begin(list(paths), _origin_of(paths))

    def type_source(self) -> None:
        """Open the panel for writing down a source that has no file."""
        TypedSource(self._desk, self._window).open()

    def fetch_address(self, address: str = "") -> None:
        """Offer to fetch a page; it is asked for when the person agrees, not before."""
        FetchAddress(self._desk, self._window, address).open()

    def paste(self) -> None:
        """Import what is on the clipboard: files, HTML, or text."""
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if mime is None or not (self.accepts(mime) and self.take(mime)):
            self._desk.refused.emit(
                ImportFailedError(
                    name=self.tr("The clipboard"),
                    reason=self.tr("it holds no text, web page or file"),
                    advice=self.tr("Copy the words or files first."),
                ),
                None,
            )

    @staticmethod
    def accepts(mime: QMimeData) -> bool:
        """Tell whether something dropped or pasted can be a source."""
        return mime.hasUrls() or mime.hasHtml() or mime.hasText()

    def take(self, mime: QMimeData) -> bool:
        """Import what was dropped or pasted, and tell whether there was anything."""
        if self._desk.project is None:
            return False
        if mime.hasUrls():
            self._take_urls(mime.urls())
            return True
        text = mime.text().strip()
        if is_web_address(text):
            self.fetch_address(text)
        elif mime.hasHtml() and mime.html().strip():
            self._begin([(f"{_title_of(text, self.tr('Pasted page'))}.html", mime.html().encode("utf-8-sig"))], "")
        elif text:
            self._begin([(f"{_title_of(text, self.tr('Pasted text'))}.txt", mime.text().encode())], "")
        else:
            return False
        return True

    def _ask_for(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self._window, title, str(first_folder()))
        dialog.setFileMode(mode)
        if mode == QFileDialog.FileMode.Directory:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._take_names)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _take_names(self, names: list[str]) -> None:
        self.import_paths([Path(name) for name in names])

    def _take_urls(self, urls: Sequence[QUrl]) -> None:
        self.import_paths([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        addresses = [url.toString() for url in urls if not url.isLocalFile()]
        if len(addresses) == 1 and is_web_address(addresses[0]):
            self.fetch_address(addresses[0])
            return
        for address in addresses:
            self._refuse_address(address)

    def _refuse_address(self, address: str) -> None:
        """Say that addresses are not fetched by the way, as a line like any other failure."""
        error = ImportFailedError(
            name=address,
            reason=self.tr("only one web address at a time can be fetched"),
            advice=self.tr("Drop it alone, or save the page in your browser and drop the file here."),
        )
        panel = self._shown_panel()
        number = self._list.add([(address, b"")])[0]
        self._list.put(replace(self._list.get(number), state=State.FAILED, message=failure_words(error, address)))
        panel.update_soon()
        if not self._batches:
            panel.finish()

    # -- running

    def _begin(
        self, given: Sequence[Given], origin: str, numbers: Sequence[int] = (), rest_of: tuple[Path, ...] = ()
    ) -> None:
        if self._desk.project is None:
            return
        if not self._batches and not numbers and (self._panel is None or not self._panel.isVisible()):
            self._list.clear()
        batch = _Batch(given, self)
        batch.numbers = list(numbers)
        batch.rest_of = rest_of or batch.rest_of
        batch.found.connect(self._on_found)
        batch.tried.connect(self._on_tried)
        batch.paged.connect(self._on_paged)
        self._batches.append(batch)
        self._shown_panel().begin(origin)
        batch.task = self._desk.do_long(
            batch.work,
            lambda report: self._end(batch, report),
            owner=self,
            otherwise=lambda error: self._fail(batch, error),
            title=self.tr("Importing"),
        )

    def _shown_panel(self) -> ImportPanel:
        if self._panel is None:
            self._panel = ImportPanel(self._list, self._window)
            self._panel.stopped.connect(self.stop)
            self._panel.stepped.connect(self._step)
            self._panel.sources_wanted.connect(self.sources_wanted)
            self._panel.rest_wanted.connect(self.go_on)
            self._panel.confirm_wanted.connect(self.confirm_wanted)
            self._panel.report_wanted.connect(self._write_report)
        self._panel.show()
        return self._panel

    def show_panel(self) -> None:
        """Show the panel again that was hidden."""
        if self._panel is not None:
            self._panel.show()
            self._panel.activateWindow()

    @Slot()
    def stop(self) -> None:
        """Stop: what is being read is given up, what waits is not tried."""
        for batch in self._batches:
            if batch.task is not None:
                batch.task.cancel()

    @Slot()
    def go_on(self) -> None:
        """Take in what was not tried because somebody stopped the import."""
        stopped: dict[tuple[Path, ...], list[ImportEntry]] = {}
        for entry in self._list.entries((State.STOPPED,)):
            stopped.setdefault(self._rest_of.get(entry.number, ()), []).append(entry)
        for first, entries in stopped.items():
            for entry in entries:
                self._list.put(replace(entry, state=State.WAITING, step=Step.NONE))
            self._begin([entry.given for entry in entries], "", [entry.number for entry in entries], first)

    @Slot(str)
    def _write_report(self, name: str) -> None:
        lines = [entry.line for entry in self._list.entries() if entry.line is not None]

        def write(_project: Project) -> None:
            from annotator.services.importing_report import write_report

            write_report(lines, Path(name))

        self._desk.do(write, owner=self)

    @Slot(object, object)
    def _on_found(self, batch: _Batch, files: list[Given]) -> None:
        if batch not in self._batches:
            return
        if not batch.numbers:
            batch.numbers = self._list.add(files)
        self._mark_reading(batch)
        self._tell()

    @Slot(object, object)
    def _on_tried(self, batch: _Batch, line: ImportLine) -> None:
        if batch not in self._batches:
            return
        number = batch.numbers[batch.done]
        batch.done += 1
        if self._panel is not None:
            self._panel.preview.clear()
        entry = self._list.get(number)
        self._list.put(finished(entry, line))
        for page, own in zip(line.others, self._list.add([entry.given] * len(line.others)), strict=True):
            self._list.put(finished(self._list.get(own), page))
        self._mark_reading(batch)
        self._tell()

    @Slot(object, int, int)
    def _on_paged(self, batch: _Batch, done: int, total: int) -> None:
        if batch in self._batches and batch.done < len(batch.numbers):
            entry = self._list.get(batch.numbers[batch.done])
            self._list.put(replace(entry, state=State.READING, pages=(done, total)))
            self._preview(entry.name, total)
            self._tell()

    def _preview(self, name: str, total: int) -> None:
        """Show the pages of a source that have come."""
        if self._panel is None or self._desk.project is None:
            return
        preview = self._panel.preview
        preview.begin(name)
        pages = self._desk.project.pages_arrived(name, preview.count)
        if pages:
            preview.add(pages, total)

    def _mark_reading(self, batch: _Batch) -> None:
        if batch.done < len(batch.numbers):
            entry = self._list.get(batch.numbers[batch.done])
            self._list.put(replace(entry, state=State.READING))

    def _tell(self) -> None:
        if self._panel is not None:
            self._panel.update_soon()
        self.progress.emit(sum(b.done for b in self._batches), sum(len(b.numbers) for b in self._batches))

    def _end(self, batch: _Batch, report: ImportReport | None) -> None:
        """Take a batch off the list; what it did not come to is marked as not tried."""
        batch.deleteLater()
        if batch not in self._batches:
            return
        for number in batch.numbers[batch.done :]:
            entry = self._list.get(number)
            self._list.put(replace(entry, state=State.STOPPED, step=Step.TRY_AGAIN, pages=(0, 0)))
            self._rest_of[number] = batch.rest_of
        self._batches.remove(batch)
        if self._batches or self._panel is None:
            return
        self._panel.finish()
        self.progress.emit(1, 1)
        done = self._list.entries()
        if len(done) == 1 and done[0].state is State.IMPORTED and report is not None and done[0].version:
            self._panel.hide()
            self._desk.show_place(done[0].version)

    def _fail(self, batch: _Batch, error: AnnotatorError) -> None:
        self._end(batch, None)
        if not isinstance(error, CancelledError):
            self._desk.refused.emit(error, None)

    # -- next steps

    @Slot(object)
    def _step(self, entry: ImportEntry) -> None:
        """Do what a line offers."""
        if entry.step is Step.TRY_AGAIN:
            self._try_again(entry)
        elif entry.version is not None and entry.step is Step.READ_AGAIN:
            ReadAgain(self._desk, entry.version, self._panel or self._window).open()
        elif entry.step is Step.TWIN and entry.line is not None and entry.line.twin is not None:
            twin = entry.line.twin
            ask_about_twin(entry.name, twin, self._panel or self._window, lambda said: self._settle(entry, twin, said))
        elif entry.version is not None:
            self._open(entry.version)

    def _settle(self, entry: ImportEntry, twin: Twin, said: TwinAnswer) -> None:
        """Do what a person said about two sources that are nearly the same."""
        source = entry.line.version.source_id if entry.line is not None and entry.line.version is not None else None
        if said is TwinAnswer.BOTH or source is None:
            self._put_settled(replace(entry, message=self.tr("Kept as a source of its own."), step=Step.OPEN))
        elif said is TwinAnswer.VERSION:
            words = self.tr("Made version {0} of “{1}”.")
            self._desk.do(
                lambda project: project.make_version(source, twin.source_id),
                lambda version: self._put_settled(
                    replace(
                        entry,
                        message=words.format(version.sequence, twin.title),
                        step=Step.OPEN,
                        version=version.id,
                    )
                ),
                owner=self,
            )
        else:
            self._desk.do(
                lambda project: project.delete(source),
                lambda _: self._put_settled(replace(entry, message=self.tr("Taken out again."), step=Step.NONE)),
                owner=self,
            )

    def _put_settled(self, entry: ImportEntry) -> None:
        self._list.put(entry)
        if self._panel is not None:
            self._panel.update_soon()

    def _open(self, version: EntityId) -> None:
        if self._panel is not None:
            self._panel.hide()
        self._desk.show_place(version)

    def _try_again(self, entry: ImportEntry) -> None:
        self._list.put(replace(entry, state=State.WAITING, message="", step=Step.NONE))
        self._begin([entry.given], "", [entry.number])

    @Slot()
    def _clear(self) -> None:
        self.stop()
        self._batches.clear()
        self._list.clear()
        if self._panel is not None:
            self._panel.finish()
            self._panel.hide()


def _title_of(text: str, otherwise: str) -> str:
    """Return what pasted words are called: their first line, shortened, without what no file name has."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), otherwise)
    name = "".join(c for c in first if c not in '/\\:*?"<>|').strip(". ")
    return name[:_TITLE_LENGTH].strip() or otherwise


def _origin_of(paths: Sequence[Path]) -> str:
    if len(paths) == 1 and paths[0].is_dir():
        return QCoreApplication.translate("import", "from the folder “{0}”").format(paths[0].name)
    return ""
