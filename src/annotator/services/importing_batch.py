"""Taking many sources in: files and folders, one report of what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.imported import NO_TEXT
from annotator.domain.source import Source, Version
from annotator.services.base import existing
from annotator.services.importing import Cancelled, Importing, Progress
from annotator.services.importing_given import Given, files_in, name_of_given


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """What became of one file: a version, or the sentence that says why not. ``known`` tells that it was here already."""

    name: str
    version: Version | None = None
    title: str = ""
    words: int = 0
    known: bool = False
    warnings: tuple[str, ...] = ()
    error: AnnotatorError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a batch, in the order given; ``cancelled`` tells that the rest was not tried."""

    lines: tuple[ImportLine, ...]
    cancelled: bool = False

    @property
    def failed(self) -> tuple[ImportLine, ...]:
        """The files that were not imported."""
        return tuple(line for line in self.lines if line.error is not None)


class ImportingBatches(Importing):
    """The job of taking in whole folders."""

    def import_many(
        self,
        given: Iterable[Given],
        *,
        progress: Callable[[int, int, ImportLine | None], None] | None = None,
        pages: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportReport:
        """Import files and folders one by one; a failed one is a line in the report, never the end.

        ``progress`` gets how many are done, how many there are, and the newest line; ``pages`` follows the one being read.
        """
        all_given = list(files_in(given))
        lines: list[ImportLine] = []
        if progress:
            progress(0, len(all_given), None)
        for each in all_given:
            try:
                lines.append(self._line(each, pages, cancelled))
            except CancelledError:
                return ImportReport(lines=tuple(lines), cancelled=True)
            except AnnotatorError as error:
                lines.append(ImportLine(name=name_of_given(each), error=error))
            if progress:
                progress(len(lines), len(all_given), lines[-1])
            if cancelled and cancelled():
                return ImportReport(lines=tuple(lines), cancelled=len(lines) < len(all_given))
        return ImportReport(lines=tuple(lines))

    def _line(self, given: Given, pages: Progress | None, cancelled: Cancelled | None) -> ImportLine:
        before = self.store.read().history.count()
        version = self.import_source(given, progress=pages, cancelled=cancelled)
        source = existing(self.store.read(), Source, version.source_id)
        return ImportLine(
            name=name_of_given(given),
            version=version,
            title=source.title,
            words=0 if NO_TEXT in version.warnings else len(self.store.read().text(version.text).split()),
            known=self.store.read().history.count() == before,
            warnings=version.warnings,
        )
