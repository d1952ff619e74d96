"""Taking in what other programs annotated: looked at first, then written as one change that is undone as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import Foreign, ForeignSource
from annotator.domain.foreign_coded import CodeUse, code_uses, keyed, resolved
from annotator.domain.foreign_levels import Levels
from annotator.domain.foreign_report import ForeignCount, ForeignReport
from annotator.domain.imported import NO_TEXT
from annotator.domain.kinds import Agent, Annotator, Source
from annotator.domain.names import NameWarning, name_warnings, thing_warnings
from annotator.importers.annotations.registry import annotation_readers
from annotator.services.base import Outcome
from annotator.services.foreign_claims import Claims
from annotator.services.foreign_entering import Entering
from annotator.services.foreign_marks import Marks
from annotator.services.foreign_notes import Notes
from annotator.services.foreign_remembered import remember, remembered
from annotator.services.foreign_sources import Chosen, Sources
from annotator.services.foreign_worked import ForeignPreview, Worked
from annotator.services.importing import Cancelled, Importing, Progress
from annotator.services.importing_given import Given, Original, read_given
from annotator.services.importing_written import Read
from annotator.store.reader import Reader


class TakingAnnotations(Importing):
    """The job of going on with what was begun in another program."""

    def preview_annotations(
        self,
        given: Given,
        *,
        format: str | None = None,  # noqa: A002 the word of the scripting face
        source: Chosen = None,
        levels: Mapping[str, str] | None = None,
        codes: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ForeignPreview:
        """Read a file, or a name and its bytes, and tell what would come of it; nothing is written.

        ``format`` is the code of a reader (None: found by the content). ``source`` is the source that is meant where the file
        names none of the project, or one by the key of each; ``levels`` gives codes of levels by the words of the file, ``codes``
        what its codes and tags become, by their names: “label”, “claim”, “nothing”, or a level such as “stance:supports”; what
        was said of the same codes before is taken over.
        Raises ``ImportFailedError`` with what to do, ``WrongArgumentError``, ``NotFoundError``, ``CancelledError``.
        """
        original = read_given(given)
        foreign = self._reading().read_annotations(
            original.data, original.name, format=format or "", progress=progress, cancelled=cancelled
        )
        return self._previewed(foreign, original.name, Worked(), source, levels, codes)

    def preview_again(
        self,
        preview: ForeignPreview,
        *,
        source: Chosen = None,
        levels: Mapping[str, str] | None = None,
        codes: Mapping[str, str] | None = None,
    ) -> ForeignPreview:
        """Tell what would come of a file that was previewed, with other choices. Raises as ``preview_annotations`` does."""
        return self._previewed(preview.foreign, preview.report.name, preview.worked, source, levels, codes)

    def _previewed(
        self,
        foreign: Foreign,
        name: str,
        worked: Worked,
        source: Chosen,
        levels: Mapping[str, str] | None,
        codes: Mapping[str, str] | None,
    ) -> ForeignPreview:
        reader = self.store.read()
        sources = Sources(reader, worked, source)
        said = keyed(foreign, codes or {}, reader.codebook_in_force())
        brought = self._brought(foreign, sources, worked)
        taken = self._taken(reader, foreign, name, sources, brought, levels, remembered(reader, foreign) | said)
        return ForeignPreview(foreign=foreign, report=taken.value, worked=worked)

    def import_annotations(
        self,
        given: Given | ForeignPreview,
        format: str | None = None,  # noqa: A002 the word of the scripting face
        source: Chosen = None,
        *,
        levels: Mapping[str, str] | None = None,
        codes: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ForeignReport:
        """Take in what a file of another program says, or what was previewed, as one change; the same again adds nothing.

        Passages are put where their words stand in a source of the project; those that are in doubt wait for a person, as those
        do whose words changed in a new version, and the report says why. Otherwise as ``preview_annotations``.
        """
        if not isinstance(given, ForeignPreview):
            given = self.preview_annotations(
                given,
                format=format,
                source=source,
                levels=levels,
                codes=codes,
                progress=progress,
                cancelled=cancelled,
            )
        foreign, name = given.foreign, given.report.name
        worked, reader = given.worked, self.store.read()
        sources = Sources(reader, worked, source)
        said = keyed(foreign, codes or {}, reader.codebook_in_force())
        become = remembered(reader, foreign) | said
        brought = self._brought(foreign, sources, worked)

        def plan(reader: Reader) -> Outcome[ForeignReport]:
            current = sources if sources.is_current(reader) else Sources(reader, worked, source)
            return self._taken(reader, foreign, name, current, brought, levels, become)

        report, steps = self.do("import_annotations", plan), self.done
        if said and report.new and steps:
            change = steps[-1].change
            self.store.write_local(lambda reader: remember(reader, foreign, said, change)).result()
        return report

    def _brought(self, foreign: Foreign, sources: Sources, worked: Worked) -> dict[str, Read]:
        """Return what a file brings and the project does not have, read as any source is, each once."""
        lacking = [source for source in foreign.sources if not sources.versions(source)]
        for source in lacking:
            if source.key not in worked.read:
                worked.read[source.key] = self._read(source)
        found = ((source.key, worked.read[source.key]) for source in lacking)
        return {key: read for key, read in found if read is not None}

    def _read(self, source: ForeignSource) -> Read | None:
        """Read the original that a file brings; where it brings none, or none with words, its text stands for it."""
        name = source.name or f"{source.title or source.key}.txt"
        if source.original:
            with suppress(ImportFailedError):
                read = self._parsed(Original(name, source.original))
                if NO_TEXT not in read.imported.warnings:
                    return read
        if not source.text:
            return None
        try:
            text = self._parsed(Original("text.txt", source.text.encode("utf-8", "replace")), encoding="utf-8")
        except ImportFailedError:
            return None
        original = Original(name, source.original or source.text.encode("utf-8", "replace"))
        return Read(original, text.imported, text.text, text.structure)

    def _taken(
        self,
        reader: Reader,
        foreign: Foreign,
        name: str,
        sources: Sources,
        brought: Mapping[str, Read],
        levels: Mapping[str, str] | None,
        codes: Mapping[str, str],
    ) -> Outcome[ForeignReport]:
        """Return what is written for a file, with the report on it; ``codes`` tell by their keys what they become."""
        uses, foreign = code_uses(foreign, codes), resolved(foreign, codes)
        entering = Entering(reader, foreign, Levels(reader.codebook_in_force(), levels or {}), self.annotator_id)
        marks = Marks(entering, sources, brought, name)
        claims = Claims(entering, marks)
        for source in foreign.sources:
            marks.source(source)
        marks.passages(foreign.passages)
        claims.claims(foreign.claims)
        for appearance in foreign.appearances:
            claims.appearance(appearance)
        for linkage in foreign.linkages:
            claims.linkage(linkage)
        for conclusion in foreign.conclusions:
            claims.conclusion(conclusion)
        Notes(entering, marks).enter(foreign.notes)
        report = _report(name, entering, marks, uses)
        return Outcome(report, tuple(entering.writes.values()), tuple(entering.blobs.values()))


def annotation_formats() -> tuple[tuple[str, str, str], ...]:
    """Return the formats that can be taken in: code, label, and in a sentence what cannot come along."""
    return tuple((each.code, each.label, each.lacks) for each in annotation_readers().values())


def _report(name: str, entering: Entering, marks: Marks, codes: tuple[CodeUse, ...]) -> ForeignReport:
    kinds = dict.fromkeys((*entering.new, *entering.known))
    return ForeignReport(
        name=name,
        format=entering.foreign.format,
        counts=tuple(ForeignCount(kind=kind, new=entering.new[kind], known=entering.known[kind]) for kind in kinds),
        levels=entering.levels.matched,
        codes=codes,
        missing=marks.missing,
        waiting=tuple(entering.waiting),
        left_out=tuple(entering.left_out),
        by=tuple(dict.fromkeys(entering.by.values())),
        sources=marks.used,
        names=_names(entering),
    )


def _names(entering: Entering) -> tuple[NameWarning, ...]:
    """Return which names of people, agents and sources that come in could be taken for others."""
    reader = entering.reader
    people = name_warnings(entering.by.values(), (each.name for each in reader.all(Annotator)))
    agents = thing_warnings(_made(entering, Agent.kind, "name"), (each.name for each in reader.all(Agent)))
    sources = thing_warnings(_made(entering, Source.kind, "title"), (each.title for each in reader.all(Source)))
    return (*people, *agents, *sources)


def _made(entering: Entering, kind: str, field: str) -> Iterator[str]:
    """Yield what the things of a kind are called that are written."""
    return (str(each.fields.get(field) or "") for each in entering.writes.values() if each.kind == kind)
