"""Sources that are nearly the same: noticed when one comes in, and made versions of one by a person's word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.domain.change import Write
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.imported import NO_TEXT
from annotator.domain.likeness import NEARLY_THE_SAME, article_text, likeness, runs, telling_phrases
from annotator.domain.review import Waiver
from annotator.domain.source import Source, Version
from annotator.services.anchoring import Anchoring
from annotator.services.base import Job, Outcome, created, deleted, existing
from annotator.services.identity import new_id
from annotator.services.importing_written import newest_version, sources_at
from annotator.store import queries, search
from annotator.store.reader import Reader
from annotator.store.version_order import versions_of

_CANDIDATES = 8
_ENOUGH_SHARED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Another source with the address of one, or that its text nearly stands in: its newest version, or the one that is
    like it, and how much the two texts share, in per cent.
    """

    source_id: EntityId
    version_id: EntityId
    title: str
    likeness: int


class NoticingTwins(Job):
    """The job of not counting one article twice. Nothing is joined or left out but by a person's word."""

    def twin(self, version: EntityId) -> Twin | None:
        """Return the source, other than its own, whose text is nearly that of a version, or that has the address of its own.

        None where there is none.
        """
        reader = self.store.read()
        own = existing(reader, Version, version)
        if NO_TEXT in own.warnings:
            return None
        return self._likest(reader, own) or _at_its_address(reader, own)

    def twins(self, known: Collection[EntityId]) -> tuple[tuple[Source, Twin], ...]:
        """Return the sources that are not among ``known`` and have a twin, each with that one: after a merge, what came in."""
        reader = self.store.read()
        sources = (source for source in reader.all(Source) if source.id not in known)
        found = ((source, self.twin(newest_version(reader, source.id).id)) for source in sources)
        return tuple((source, twin) for source, twin in found if twin is not None)

    def _likest(self, reader: Reader, own: Version) -> Twin | None:
        text = _article(reader, own)
        shared = search.versions_sharing(reader, telling_phrases(text), limit=_CANDIDATES)
        wanted = min(_ENOUGH_SHARED, len(telling_phrases(text)))
        found: list[Twin] = []
        own_runs = runs(text)
        for id_, count in shared.items():
            other = reader.find(Version, id_) if count >= wanted else None
            if other is None or other.source_id == own.source_id:
                continue
            alike = likeness(own_runs, runs(_article(reader, other)))
            source = reader.find(Source, other.source_id)
            if alike >= NEARLY_THE_SAME and source is not None:
                found.append(Twin(source_id=source.id, version_id=id_, title=source.title, likeness=alike))
        return max(found, key=lambda twin: (twin.likeness, twin.version_id), default=None)

    def make_version(self, source: EntityId, of: EntityId) -> Version:
        """Make the versions of a source versions of another one, and the source itself go: one change, undone as one.

        Passages and all that rests on them stay, as they stand in the texts; those of the other source are looked for in the
        newest of its new versions. Notes go along. Raises ``NotFoundError``, ``WrongArgumentError`` where both are the same
        source.
        """
        found = self._passages_found_in(source, of)

        def plan(reader: Reader) -> Outcome[Version]:
            gone, kept = existing(reader, Source, source), existing(reader, Source, of)
            if gone.id == kept.id:
                raise WrongArgumentError(argument="of", problem="it is the same source", allowed="another source")
            newest = newest_version(reader, kept.id)
            moved: list[Version] = []
            instead: dict[EntityId, EntityId] = {gone.id: kept.id}
            for old in _versions(reader, gone.id):
                newest = replace(
                    old, id=new_id(), source_id=kept.id, sequence=newest.sequence + 1, supersedes=newest.id
                )
                moved.append(newest)
                instead[old.id] = newest.id
            writes = (*map(created, moved), *(deleted(Version.kind, old.id) for old in _versions(reader, gone.id)))
            about = _taken_along(reader, gone, kept, instead)
            return found.added(reader, Outcome(newest, (*writes, *about, deleted(Source.kind, gone.id))))

        return self.do("make_version", plan)

    def _passages_found_in(self, source: EntityId, of: EntityId) -> Anchoring:
        """Look for the passages of one source in the newest text of another; nothing is written."""
        reader = self.store.read()
        newest = newest_version(reader, existing(reader, Source, source).id)
        found = Anchoring(existing(reader, Source, of).id, reader.text(newest.text), newest.original)
        found.prepare(reader)
        return found


def _at_its_address(reader: Reader, own: Version) -> Twin | None:
    others = (id_ for id_ in sources_at(reader, reader.get(Source, own.source_id).url) if id_ != own.source_id)
    other = next((reader.get(Source, id_) for id_ in others), None)
    if other is None:
        return None
    version = newest_version(reader, other.id)
    alike = likeness(runs(_article(reader, own)), runs(_article(reader, version)))
    return Twin(source_id=other.id, version_id=version.id, title=other.title, likeness=alike)


def _article(reader: Reader, version: Version) -> str:
    return article_text(reader.text(version.text), reader.structure(version.structure).blocks)


def _taken_along(reader: Reader, gone: Source, kept: Source, instead: Mapping[EntityId, EntityId]) -> Iterator[Write]:
    """Yield what makes notes on what goes notes on what stands ``instead``; what was said of findings on it goes, too."""
    for old, new in instead.items():
        yield from (Write(note.id, note.kind, {"about": new}) for note in queries.notes_on(reader, old))
    yield from (deleted(waiver.kind, waiver.id) for waiver in reader.all(Waiver) if waiver.about in instead)
    if gone.notes and gone.notes not in kept.notes:
        yield Write(kept.id, kept.kind, {"notes": "\n\n".join(filter(None, (kept.notes, gone.notes)))})


def _versions(reader: Reader, source: EntityId) -> list[Version]:
    return [reader.get(Version, id_) for id_ in versions_of(reader, source)]
