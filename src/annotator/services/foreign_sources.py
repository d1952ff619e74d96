"""Which source of the project another program's file means, and where on it things stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.folding import fold
from annotator.domain.foreign import ForeignPassage, ForeignSource
from annotator.domain.foreign_excerpts import is_excerpts
from annotator.domain.foreign_placing import Doubt, Ground, Span
from annotator.domain.foreign_reasons import Why
from annotator.domain.ids import Digest, EntityId
from annotator.domain.imported import Imported
from annotator.domain.passage import Area, check_area
from annotator.domain.places import Places
from annotator.domain.source import Source, Version
from annotator.domain.structure import Page
from annotator.domain.text import canonical_text, text_digest
from annotator.services.base import existing
from annotator.services.foreign_here import own_id
from annotator.services.foreign_worked import Placed, Worked
from annotator.store.reader import Reader

Chosen = EntityId | Mapping[str, EntityId] | None
"""A person's word on what a file means: one source for all that is not found, or one by the key of each."""

_NEARBY = 50
"""For so many that were not placed is said what the source has instead."""


class Sources:
    """Finds the versions that a file means, and the places in them. Remembers what it found."""

    def __init__(self, reader: Reader, worked: Worked, chosen: Chosen = None) -> None:
        """``worked`` has the places that were found before, and takes those that are found now."""
        self._reader, self._chosen, self._places, self._placed = reader, chosen, Places(reader), worked.placed
        self._by: dict[str, dict[str, list[Version]]] = {
            name: defaultdict(list) for name in ("text", "original", "address")
        }
        self._of: dict[EntityId, list[Version]] = defaultdict(list)
        self._excerpts: dict[EntityId, list[Version]] = defaultdict(list)
        self._titles: dict[str, list[EntityId]] = defaultdict(list)
        self._grounds: dict[tuple[Digest, bool], Ground] = {}
        self._texts: dict[Digest, str] = {}
        self._pages: dict[Digest, tuple[Page, ...]] = {}
        self._near = 0
        self._made_of = reader.numbers(Version.kind)
        sources = {source.id: source for source in reader.all(Source)}
        for version in sorted(reader.all(Version), key=lambda each: (-each.sequence, each.id)):
            source = sources.get(version.source_id)
            if is_excerpts(version):
                self._excerpts[version.source_id].append(version)
                continue
            self._of[version.source_id].append(version)
            self._by["text"][version.text].append(version)
            self._by["original"][version.original or ""].append(version)
            for address in {version.url, version.archived_url, source.url if source else ""} - {""}:
                self._by["address"][plain_address(address)].append(version)
        for source in sources.values():
            self._titles[fold(source.title)].append(source.id)

    def is_current(self, reader: Reader) -> bool:
        """Tell whether the project still has just the versions that it had."""
        return self._made_of == reader.numbers(Version.kind)

    def versions(self, source: ForeignSource) -> tuple[Version, ...]:
        """Return the versions that a file means, the likeliest first; none where the project has no such source.

        Raises ``NotFoundError`` where a person chose a source that is not there.
        """
        by_hand = self._chosen.get(source.key) if isinstance(self._chosen, Mapping) else None
        if by_hand is not None:
            return self._versions_of(by_hand)
        digest = text_digest(canonical_text(source.text)) if source.text else source.text_digest
        found = [
            *self._by["text"].get(digest, ()),
            *(self._by["original"].get(source.original_digest, ()) if source.original_digest else ()),
            *self._named(source),
        ]
        if not found and not isinstance(self._chosen, Mapping) and self._chosen is not None:
            return self._versions_of(self._chosen)
        return tuple({version.id: version for version in found}.values())

    def _named(self, source: ForeignSource) -> list[Version]:
        address = plain_address(source.address)
        found = list(self._by["address"].get(address, ())) if address else []
        if not found and (own := own_id(source.address) or own_id(source.key)):
            found = list(self._of.get(own, ()))
        titled = self._titles.get(fold(source.title), []) if source.title and not found else []
        return found or [version for id_ in titled if len(titled) == 1 for version in self._of[id_]]

    def _versions_of(self, chosen: EntityId) -> tuple[Version, ...]:
        """Return the versions of a source that a person chose, or the version that they chose."""
        try:
            return tuple(self._of.get(existing(self._reader, Source, chosen).id, ()))
        except NotFoundError:
            return (existing(self._reader, Version, chosen),)

    def place(self, passage: ForeignPassage, source: ForeignSource, versions: tuple[Version, ...]) -> Placed | Doubt:
        """Return in which text of a source a passage stands, and where; or the doubt about the likeliest version.

        An area has no spans.
        """
        key = passage.key, tuple((version.text, version.structure) for version in versions)
        if key not in self._placed:
            self._placed[key] = self._place(passage, source, versions)
        return self._placed[key]

    def excerpts(self, source: EntityId) -> tuple[Version, ...]:
        """Return the versions that only hold what could not be placed in a source."""
        return tuple(self._excerpts.get(source, ()))

    def text(self, digest: Digest) -> str:
        """Return the text in which something was placed."""
        return self._texts[digest] if digest in self._texts else self._reader.text(digest)

    def bring(self, version: Version, imported: Imported) -> None:
        """Take a version that is about to be written, with what was read of it, for one that is here."""
        self._texts[version.text] = imported.text
        self._pages[version.structure] = imported.structure.pages

    def _place(self, passage: ForeignPassage, source: ForeignSource, versions: tuple[Version, ...]) -> Placed | Doubt:
        doubts: list[Doubt] = []
        for version in versions:
            is_same = version.text == (text_digest(canonical_text(source.text)) if source.text else source.text_digest)
            if passage.area is not None:
                found = self._area(passage.area, version, source, is_same=is_same)
            else:
                found = self._ground(version.text, is_same=is_same).place(passage.stretches)
            if not isinstance(found, Doubt):
                return version.text, found
            doubts.append(found)
        return self._told(passage, versions[0], doubts[0])

    def _area(self, area: Area, version: Version, source: ForeignSource, *, is_same: bool) -> tuple[Span, ...] | Doubt:
        if not is_same and not (version.original and version.original == source.original_digest):
            return Doubt(Why.NO_AREA)
        try:
            known = self._pages.get(version.structure)
            check_area(self._reader.structure(version.structure).pages if known is None else known, area)
        except (WrongArgumentError, NotFoundError):
            return Doubt(Why.NO_AREA)
        return ()

    def _ground(self, text: Digest, *, is_same: bool) -> Ground:
        if (text, is_same) not in self._grounds:
            ground = Ground(self.text(text), lambda offset: self._places.page(text, offset), is_same=is_same)
            self._grounds[text, is_same] = ground
        return self._grounds[text, is_same]

    def _told(self, passage: ForeignPassage, version: Version, doubt: Doubt) -> Doubt:
        """Return a doubt with the words that the source has instead, for the first few."""
        if doubt.why is not Why.NOT_THERE or self._near >= _NEARBY:
            return doubt
        self._near += 1
        near = self._ground(version.text, is_same=False).near(passage.stretches)
        words = " ".join(near.words(self.text(version.text)).split()) if near is not None else ""
        return Doubt(Why.CHANGED, words, near.spans) if near is not None and words else doubt


def plain_address(address: str) -> str:
    """Return an address without what makes no difference: http or https, “www.”, a fragment, a slash at its end."""
    plain = address.strip().partition("#")[0]
    for beginning in ("https:", "http:", "//", "www."):
        plain = plain.removeprefix(beginning)
    return plain.rstrip("/")
