"""Taking sources in: files, folders, pasted and typed text. The bytes are kept as they came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.change import Blob, Write
from annotator.domain.codec import canonical, to_plain
from annotator.domain.errors import AnnotatorError, CancelledError, ImportFailedError
from annotator.domain.ids import EntityId, digest_of
from annotator.domain.imported import NO_TEXT, Imported, Suggestion
from annotator.domain.people import Agent, AgentKind, Annotator
from annotator.domain.source import Medium, Source, Version
from annotator.domain.structure import Structure
from annotator.domain.text import canonical_text
from annotator.importers.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
from annotator.services.base import Job, Outcome, created, existing
from annotator.services.claiming import date_argument
from annotator.services.identity import new_id, now
from annotator.store import queries
from annotator.store.reader import Reader
from annotator.store.store import Store

Given = str | Path | tuple[str, bytes]
"""A path, or a name and bytes."""

Progress = Callable[[int, int], None]
_MEDIA = {"application/pdf": Medium.PDF, "text/html": Medium.WEB_TEXT, "application/xhtml+xml": Medium.WEB_TEXT}
_TYPED = "typed"


class _Original(NamedTuple):
    name: str
    data: bytes
    modified: str


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


class Importing(Job):
    """The job of taking sources in. Each is read in a process of its own, which can be stopped."""

    def __init__(self, store: Store, person: Annotator | None) -> None:
        super().__init__(store, person)
        self._worker: ImportWorker | None = None

    def import_source(
        self,
        given: Given,
        *,
        url: str = "",
        encoding: str = "",
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Version:
        """Import a file, or a name and its bytes, and return the version made of it.

        The same bytes again give the version that is there. An address that is known gives a new version of its source.
        ``encoding`` overrides what the bytes say of themselves; ``progress`` gets (pages done, pages).
        Raises ``ImportFailedError`` with what to do, ``CancelledError``.
        """
        original = _read(given)
        known = queries.versions_with_original(self.store.read(), digest_of(original.data))
        if known and not encoding:
            return existing(self.store.read(), Version, known[0])
        imported = self._parse(original, encoding, progress, cancelled)
        return self.do("import", lambda reader: _import(reader, original, imported, url))

    def import_many(
        self,
        given: Iterable[Given],
        *,
        progress: Callable[[int, int, ImportLine | None], None] | None = None,
        pages: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
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
                lines.append(ImportLine(name=_name(each), error=error))
            if progress:
                progress(len(lines), len(all_given), lines[-1])
            if cancelled and cancelled():
                return ImportReport(lines=tuple(lines), cancelled=len(lines) < len(all_given))
        return ImportReport(lines=tuple(lines))

    def type_source(
        self,
        title: str,
        text: str,
        *,
        date: str | None = None,
        person: str = "",
        place: str = "",
        medium: str = Medium.OTHER,
    ) -> Version:
        """Write down a source that has no file: a phone call, a broadcast, a visit. ``person`` is who said it.

        Raises ``ImportFailedError`` when there is no text, ``WrongArgumentError`` for no date.
        """
        words = canonical_text(text)
        if not words.strip():
            raise ImportFailedError(
                name=title or "typed text", reason="there is no text", advice="Write down what was said"
            )
        imported = self._parse(_Original(f"{title or _TYPED}.txt", words.encode(), ""), "utf-8", None, None)

        def plan(reader: Reader) -> Outcome[Version]:
            agents, writes = _agents(reader, [person] if person else [], AgentKind.PERSON)
            source = Source(
                id=new_id(),
                title=title or words.strip().split("\n")[0][:80],
                authors=agents,
                date_published=date_argument("date", date),
                place=place,
                medium=Medium(medium),
            )
            version = replace(
                _version(source.id, 1, _Original("", b"", ""), imported), importer=_TYPED, original=None, encoding=""
            )
            return Outcome(version, (*writes, created(source), created(version)), _blobs(imported))

        return self.do("type", plan)

    def read_again(self, version: EntityId, *, encoding: str) -> Version:
        """Read the original of a version again in another encoding, as a new version of its source.

        Raises ``ImportFailedError`` when the bytes are not in that encoding, ``NotFoundError``.
        """
        reader = self.store.read()
        old = existing(reader, Version, version)
        data = reader.blob(old.original) if old.original else reader.blob(old.text)
        imported = self._parse(_Original(old.name, data, ""), encoding, None, None)

        def plan(reader: Reader) -> Outcome[Version]:
            newest = _newest(reader, old.source_id)
            new = replace(
                old,
                id=new_id(),
                sequence=newest.sequence + 1,
                supersedes=old.id,
                change_note=f"read as {imported.encoding}",
                **_facts(imported),
            )
            return Outcome(new, (created(new),), _blobs(imported))

        return self.do("reread", plan)

    def close_worker(self) -> None:
        """End the processes that read documents."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _parse(
        self,
        original: _Original,
        encoding: str,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> Imported:
        if self._worker is None:
            self._worker = ImportWorker()
        options = ReadOptions(name=original.name, encoding=encoding)
        return self._worker.read(original.data, options, progress=progress, cancelled=cancelled)

    def _line(self, given: Given, pages: Progress | None, cancelled: Callable[[], bool] | None) -> ImportLine:
        before = self.store.read().history.count()
        version = self.import_source(given, progress=pages, cancelled=cancelled)
        source = existing(self.store.read(), Source, version.source_id)
        return ImportLine(
            name=_name(given),
            version=version,
            title=source.title,
            words=0 if NO_TEXT in version.warnings else len(self.store.read().text(version.text).split()),
            known=self.store.read().history.count() == before,
            warnings=version.warnings,
        )


def _import(reader: Reader, original: _Original, imported: Imported, url: str) -> Outcome[Version]:
    known = queries.versions_with_original(reader, digest_of(original.data))
    if known and existing(reader, Version, known[0]).encoding == imported.encoding:
        return Outcome(existing(reader, Version, known[0]))
    hints = imported.suggestions
    address = url or (hints.url.value if hints.url else "")
    blobs = (Blob("original", original.data), *_blobs(imported))
    twin = _source_at(reader, address)
    if twin is not None:
        newest = _newest(reader, twin.id)
        version = _version(twin.id, newest.sequence + 1, original, imported, supersedes=newest.id)
        return Outcome(_with_address(version, url, imported), (created(_with_address(version, url, imported)),), blobs)
    authors, made_authors = _agents(reader, [author.value for author in hints.authors], AgentKind.PERSON)
    publishers, made = _agents(reader, [hints.publisher.value] if hints.publisher else [], AgentKind.OUTLET)
    source = Source(
        id=new_id(),
        title=_value(hints.title) or Path(original.name).stem,
        authors=authors,
        publishers=publishers,
        url=address,
        date_published=date_argument("date", _value(hints.date)),
        language=_value(hints.language),
        medium=_MEDIA.get(imported.media_type, Medium.OTHER),
    )
    version = _with_address(_version(source.id, 1, original, imported), url, imported)
    agents = {write.entity: write for write in (*made_authors, *made)}
    return Outcome(version, (*agents.values(), created(source), created(version)), blobs)


def _version(
    source: EntityId, sequence: int, original: _Original, imported: Imported, supersedes: EntityId | None = None
) -> Version:
    return Version(
        id=new_id(),
        source_id=source,
        sequence=sequence,
        original=digest_of(original.data),
        name=original.name,
        size=len(original.data),
        imported_at=now(),
        retrieved_at=original.modified,
        retrieved_basis="file time" if original.modified else "",
        supersedes=supersedes,
        **_facts(imported),
    )


def _facts(imported: Imported) -> dict[str, Any]:
    text, structure = _blobs(imported)
    return {
        "text": text.digest,
        "structure": structure.digest,
        "media_type": imported.media_type,
        "encoding": imported.encoding,
        "importer": imported.importer,
        "importer_version": imported.importer_version,
        "warnings": imported.warnings,
    }


def _blobs(imported: Imported) -> tuple[Blob, Blob]:
    return Blob("text", imported.text.encode()), Blob("structure", structure_bytes(imported.structure))


def structure_bytes(structure: Structure) -> bytes:
    """Return the canonical bytes under which a structure is stored."""
    return canonical(to_plain(structure))


def _with_address(version: Version, url: str, imported: Imported) -> Version:
    hint = imported.suggestions.url
    if url:
        return replace(version, url=url, url_basis="typed")
    return replace(version, url=hint.value, url_basis=hint.basis) if hint else version


def _source_at(reader: Reader, url: str) -> Source | None:
    ids = reader.ids_where("SELECT n FROM source WHERE url = ? ORDER BY n LIMIT 1", url) if url else ()
    return reader.find(Source, ids[0]) if ids else None


def _newest(reader: Reader, source: EntityId) -> Version:
    ids = reader.ids_where(
        "SELECT n FROM version WHERE source = ? ORDER BY sequence DESC, n DESC LIMIT 1", reader.number(source)
    )
    return reader.get(Version, ids[0])


def _agents(reader: Reader, names: Sequence[str], kind: AgentKind) -> tuple[tuple[EntityId, ...], list[Write]]:
    ids, writes = [], []
    for name in dict.fromkeys(" ".join(name.split()) for name in names if name.strip()):
        known = reader.ids_where("SELECT n FROM agent WHERE name = ? ORDER BY n LIMIT 1", name)
        if known:
            ids.append(known[0])
        else:
            agent = Agent(id=new_id(), name=name, agent_kind=kind)
            ids.append(agent.id)
            writes.append(created(agent))
    return tuple(ids), writes


def _value(suggestion: Suggestion | None) -> str:
    return suggestion.value if suggestion else ""


def _name(given: Given) -> str:
    return given[0] if isinstance(given, tuple) else Path(given).name


def _read(given: Given) -> _Original:
    if isinstance(given, tuple):
        return _Original(given[0], given[1], "")
    path = Path(given)
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return _Original(path.name, path.read_bytes(), modified)
    except OSError as error:
        raise ImportFailedError(
            name=path.name,
            reason=f"it cannot be read ({error.strerror or error})",
            advice="Check the name and that you may open the file",
        ) from error


def files_in(given: Iterable[Given]) -> Iterator[Given]:
    """Yield files and named bytes as they are, and the files below each folder, sorted; hidden ones are left out."""
    for each in given:
        if not isinstance(each, tuple) and Path(each).is_dir():
            folder = Path(each)
            inside = (path for path in sorted(folder.rglob("*")) if path.is_file())
            yield from (p for p in inside if not any(part.startswith(".") for part in p.relative_to(folder).parts))
        else:
            yield each
