"""Sources and passages of another program's file: found in the project, or brought by the file, or waiting, or told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from annotator.domain.foreign import ForeignPassage, ForeignSource
from annotator.domain.foreign_placing import Doubt
from annotator.domain.foreign_reasons import Why
from annotator.domain.foreign_report import MissingSource
from annotator.domain.ids import Digest, EntityId
from annotator.domain.names import clean_name
from annotator.domain.passage import Passage, fragments_of
from annotator.domain.source import Source, Version
from annotator.services.foreign_entering import Entering, called
from annotator.services.foreign_here import Standing
from annotator.services.foreign_sources import Sources
from annotator.services.foreign_waiting import Waiting, WaitingPassages, can_wait
from annotator.services.identity import new_id
from annotator.services.importing_written import Read, new_version


class Marks:
    """Enters the sources of a file, then its passages."""

    def __init__(self, entering: Entering, sources: Sources, brought: Mapping[str, Read], name: str) -> None:
        """``brought`` are the texts that the file brings itself, read, by the keys of their sources; ``name`` is the file's."""
        self._entering, self._sources, self._brought = entering, sources, brought
        self._found: dict[str, tuple[Version, ...]] = {}
        self._used: dict[EntityId, None] = {}
        self._described = {source.key: source for source in entering.foreign.sources}
        self._missing: Counter[str] = Counter()
        self._waiting = WaitingPassages(entering, sources, name)
        self._doubtful: dict[EntityId, list[Waiting]] = defaultdict(list)

    @property
    def missing(self) -> tuple[MissingSource, ...]:
        """The sources that something of the file needs and the project does not have."""
        return tuple(
            MissingSource(key=key, words=called(self._described[key]), count=count)
            for key, count in self._missing.items()
        )

    @property
    def used(self) -> tuple[EntityId, ...]:
        """The sources of the project that the file speaks of."""
        return tuple(self._used)

    def source(self, source: ForeignSource) -> None:
        """Find a source of the file in the project, or enter it where the file brings its text."""
        found, read = self._sources.versions(source), self._brought.get(source.key)
        if found:
            self._entering.known[Source.kind] += 1
        elif read is not None:
            found = (self._made(source, read),)
        if found:
            self._found[source.key] = found
            self._used[found[0].source_id] = None
            self._entering.name(Source.kind, source.key, found[0].source_id)

    def _made(self, source: ForeignSource, read: Read) -> Version:
        made = Source(id=new_id(), title=clean_name(source.title or source.name), url=source.address)
        version = new_version(made.id, read, url=source.address)
        self._sources.bring(version, read.imported)
        self._entering.enter(made, source.key)
        self._entering.writes[version.id] = self._entering.here.write(version)
        self._entering.blobs.update((blob.digest, blob) for blob in read.blobs)
        return version

    def passages(self, passages: Iterable[ForeignPassage]) -> None:
        """Enter passages where their words stand in a version of their source; what is in doubt waits for a person."""
        for passage in passages:
            self.passage(passage)
        for source, waiting in self._doubtful.items():
            self._waiting.enter(source, waiting)

    def passage(self, passage: ForeignPassage) -> None:
        """Enter a passage where its words stand in a version of its source; what is in doubt is kept for ``passages``."""
        words = " … ".join(stretch.quote for stretch in passage.stretches) or passage.label
        if self._entering.is_second(Passage.kind, passage.key, words):
            return
        versions = self.versions(Passage.kind, passage.source, words)
        if not versions or self._is_here(passage, versions):
            return
        found = self._sources.place(passage, self._described[passage.source], versions)
        if isinstance(found, Doubt) and can_wait(passage, found):
            self._doubtful[versions[0].source_id].append(Waiting(passage, found, versions[0], words))
        elif isinstance(found, Doubt):
            self._entering.leave(Passage.kind, words, found.why, found.detail)
        else:
            text, spans = found
            fragments = fragments_of(self._sources.text(text), spans) if spans else ()
            self._entering.passage(passage, text, fragments)

    def stands(self, passage: ForeignPassage) -> bool:
        """Tell whether the words of a passage stand in its source without doubt."""
        versions, source = self._found.get(passage.source, ()), self._described.get(passage.source)
        return bool(versions and source and not isinstance(self._sources.place(passage, source, versions), Doubt))

    def texts(self, source: str) -> frozenset[Digest]:
        """Return the texts that the project has of a source of the file."""
        return frozenset(version.text for version in self._found.get(source, ()))

    def described(self, key: str) -> ForeignSource | None:
        """Return what the file says of one of its sources."""
        return self._described.get(key)

    def versions(self, kind: str, source: str, words: str) -> tuple[Version, ...]:
        """Return the versions of a source of the file; where it is not in the project, say what is left out for that."""
        found = self._found.get(source, ())
        if not found and source in self._described:
            self._missing[source] += 1
            self._entering.leave(kind, words, Why.NO_SOURCE, called(self._described[source]))
        elif not found:
            self._entering.leave(kind, words, Why.UNKNOWN_KEY, source)
        return found

    def _is_here(self, passage: ForeignPassage, versions: Iterable[Version]) -> bool:
        """Tell whether a passage came in before, on whichever version of its source."""
        here, found = self._entering.here, list(versions)
        found += self._sources.excerpts(found[0].source_id)
        ids = [here.id_for(Passage, passage.key, version.text) for version in found]
        here.look_up(ids)
        for id_ in ids:
            if here.standing(Passage, id_) is Standing.LIVING:
                self._entering.name(Passage.kind, passage.key, id_)
                self._entering.known[Passage.kind] += 1
                return True
        return False
