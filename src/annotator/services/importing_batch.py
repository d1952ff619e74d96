"""Taking many sources in: files and folders, several read at once, written one by one in the order given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.imported import NO_TEXT
from annotator.domain.people import Annotator
from annotator.domain.source import Source, Version
from annotator.services.base import existing
from annotator.services.identity import now
from annotator.services.importing import Cancelled, Importing, Progress
from annotator.services.importing_ahead import in_order
from annotator.services.importing_given import Given, files_in, name_of_given
from annotator.services.importing_twins import NoticingTwins, Twin
from annotator.services.importing_written import Read
from annotator.store.store import Store

_UNFINISHED = "unfinished-imports"
_MOST_AT_ONCE = 8
_AHEAD = 2
"""How many files are read for each that can be, so that none waits while one is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """What became of one file: a version, or the sentence that says why not. ``known`` tells that it was here already.

    ``twin`` is another source whose text is nearly the same: a person says whether it is the same article. Of an archive the
    line is about its first page, ``others`` are about the rest.
    """

    name: str
    version: Version | None = None
    title: str = ""
    words: int = 0
    known: bool = False
    twin: Twin | None = None
    warnings: tuple[str, ...] = ()
    error: AnnotatorError | None = None
    others: tuple[ImportLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a batch, in the order given, a line a page; ``cancelled`` tells that the rest was not tried."""

    lines: tuple[ImportLine, ...]
    cancelled: bool = False

    @property
    def failed(self) -> tuple[ImportLine, ...]:
        """The files that were not imported."""
        return tuple(line for line in self.lines if line.error is not None)

    @property
    def known(self) -> tuple[ImportLine, ...]:
        """The files that were here already, such as those that came in before an earlier try was stopped."""
        return tuple(line for line in self.lines if line.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedImport:
    """A batch that did not come to its end: what was given, how many files that was, and when it began (UTC)."""

    given: tuple[Path, ...]
    files: int
    began: str


class ImportingBatches(Importing, NoticingTwins):
    """The job of taking in whole folders."""

    def __init__(self, store: Store, person: Annotator | None) -> None:
        super().__init__(store, person)
        self._pool: ThreadPoolExecutor | None = None

    def import_many(
        self,
        given: Iterable[Given],
        *,
        progress: Callable[[int, int, ImportLine | None], None] | None = None,
        pages: Progress | None = None,
        cancelled: Cancelled | None = None,
        rest_of: Iterable[Path] = (),
    ) -> ImportReport:
        """Import files and folders; a failed one is a line in the report, never the end.

        Files are read by as many processes as there are cores; each is one change, in the order given. What is here already
        is known by its bytes, so that the same folder given again goes on where it was stopped. ``progress`` gets how many
        are done, how many there are, and the newest line; ``pages`` follows the one whose turn it is. ``rest_of`` is what was
        given at first, where this is what was left of it.
        """
        begun = list(given)
        files = list(files_in(begun))
        first = tuple(rest_of) or tuple(Path(each) for each in begun if not isinstance(each, tuple))
        paths = tuple(Path(each).absolute() for each in first)
        if len(files) > 1 and paths:
            self._remember(paths, len(files))
        report = self._import_all(files, progress, pages, cancelled)
        if not report.cancelled:
            self.forget_import(paths)
        return report

    def unfinished_imports(self) -> tuple[UnfinishedImport, ...]:
        """Return the batches of files that were stopped, by a person or by whatever ended the program; oldest first."""
        kept = self.store.read().local.draft(_UNFINISHED)
        return tuple(
            UnfinishedImport(given=tuple(map(Path, each["given"])), files=each["files"], began=each["began"])
            for each in (kept.body if kept else ())
        )

    def forget_import(self, given: tuple[Path, ...]) -> None:
        """Do not offer to go on with a batch any more: it has come to its end, or is given up."""
        left = [each for each in self.unfinished_imports() if each.given != given]
        if len(left) < len(self.unfinished_imports()):
            self._keep(left)

    def close_worker(self) -> None:
        """End the processes that read documents."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        super().close_worker()

    def _import_all(
        self,
        files: list[Given],
        progress: Callable[[int, int, ImportLine | None], None] | None,
        pages: Progress | None,
        cancelled: Cancelled | None,
    ) -> ImportReport:
        lines: list[ImportLine] = []
        done = 0
        if progress:
            progress(0, len(files), None)

        def read(place: int, each: Given, enough: Cancelled) -> Read | Version:
            def tell(read: int, total: int) -> None:
                if pages is not None and place == done:
                    pages(read, total)

            return self._look(
                each, progress=tell, cancelled=lambda: enough() or (cancelled is not None and cancelled())
            )

        with closing(in_order(self._readers(), read, files, ahead=_AHEAD * _at_once())) as coming:
            for each, reading in coming:
                try:
                    line = self._line(each, reading)
                except CancelledError:
                    return ImportReport(lines=tuple(lines), cancelled=True)
                except AnnotatorError as error:
                    line = ImportLine(name=name_of_given(each), error=error)
                lines += (line, *line.others)
                done += 1
                if progress:
                    progress(done, len(files), line)
                if cancelled and cancelled():
                    return ImportReport(lines=tuple(lines), cancelled=done < len(files))
        return ImportReport(lines=tuple(lines))

    def _readers(self) -> ThreadPoolExecutor:
        self._reading()
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_at_once(), thread_name_prefix="read-ahead")
        return self._pool

    def _line(self, given: Given, reading: Future[Read | Version]) -> ImportLine:
        read = reading.result()
        name = name_of_given(given)
        first = self._line_of_page(name, replace(read, others=()) if isinstance(read, Read) else read)
        others = () if isinstance(read, Version) else read.others
        return replace(first, others=tuple(self._line_of_page(name, page) for page in others))

    def _line_of_page(self, name: str, read: Read | Version) -> ImportLine:
        before = self.store.read().history.count()
        version = self._take(read)
        return self._line_of(name, version, known=self.store.read().history.count() == before)

    def _line_of(self, name: str, version: Version, *, known: bool) -> ImportLine:
        source = existing(self.store.read(), Source, version.source_id)
        return ImportLine(
            name=name,
            version=version,
            title=source.title,
            words=0 if NO_TEXT in version.warnings else len(self.store.read().text(version.text).split()),
            known=known,
            twin=None if known or version.sequence > 1 else self.twin(version.id),
            warnings=version.warnings,
        )

    def _remember(self, given: tuple[Path, ...], files: int) -> None:
        if all(each.given != given for each in self.unfinished_imports()):
            self._keep([*self.unfinished_imports(), UnfinishedImport(given=given, files=files, began=now())])

    def _keep(self, unfinished: list[UnfinishedImport]) -> None:
        body = [{"given": list(map(str, each.given)), "files": each.files, "began": each.began} for each in unfinished]
        self.store.write_local(lambda reader: reader.local.keep_draft(_UNFINISHED, now(), body)).result()


def _at_once() -> int:
    """Return how many files are read at once: one a core."""
    return max(1, min(_MOST_AT_ONCE, os.cpu_count() or 1))
