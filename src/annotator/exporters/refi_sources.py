"""Versions as REFI-QDA sources, their passages as selections: positions are code points, areas are points of a page."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.errors import NotFoundError
from annotator.domain.foreign_excerpts import is_excerpts
from annotator.domain.ids import Digest, EntityId, derived_id
from annotator.domain.passage import Area, Passage
from annotator.domain.people import Agent
from annotator.domain.places import Places
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.source import Medium, Source, Version
from annotator.domain.structure import Page
from annotator.domain.view import Stamp
from annotator.exporters.base import ProjectView
from annotator.exporters.going import Going
from annotator.exporters.markup import Markup, closed, opened, tag
from annotator.exporters.refi_codes import Codes, label_code, short
from annotator.exporters.refi_notes import coding
from annotator.exporters.refi_variables import values

INTERNAL = "internal://"
_PDF = b"%PDF-"
_PDF_HEAD = 1024
"""How far into a PDF its head may stand (PDF 1.7, appendix H)."""


class SourceWriter:
    """Writes the sources of one project, piece by piece. ``files`` says which bytes stand under the names it gives."""

    def __init__(self, view: ProjectView, going: Going, codes: Codes) -> None:
        self._view = view
        self._going = going
        self._codes = codes
        self._places = Places(view)
        self._agents = names_of(view.all(Agent))

    def sources(self) -> Iterator[Markup]:
        """Yield one source a version, and one for words that no version has any more."""
        for version in self._going.versions():
            yield from self._source(version)
        for text in self._lost_texts():
            guid = _lost(text)
            yield opened("TextSource", guid=guid, name="Text without a source", plainTextPath=f"{INTERNAL}{guid}.txt")
            yield from self._selections(text)
            yield closed("TextSource")

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the names and the bytes of the texts and of the originals that are PDFs."""
        for version in self._going.versions():
            original = self._pdf(version)
            yield f"{_text_guid(version, is_pdf=original is not None)}.txt", self._view.text(version.text).encode()
            if original is not None:
                yield f"{version.id}.pdf", original
        for text in self._lost_texts():
            yield f"{_lost(text)}.txt", self._view.text(text).encode()

    def links(self) -> Iterator[Markup]:
        """Yield what ties the fragments of one passage together."""
        for text in self._going.texts:
            for passage, _ in self._going.passages_in(text):
                for number in range(1, len(passage.fragments)):
                    yield tag(
                        "Link",
                        guid=derived_id("refi", "link", passage.id, str(number)),
                        name="continued by",
                        direction="OneWay",
                        originGUID=_fragment(passage, number - 1),
                        targetGUID=_fragment(passage, number),
                    )

    def _source(self, version: Version) -> Iterator[Markup]:
        source = self._view.find(Source, version.source_id)
        is_pdf = self._pdf(version) is not None
        place = f"{INTERNAL}{_text_guid(version, is_pdf=is_pdf)}.txt"
        kind, name = "PDFSource" if is_pdf else "TextSource", self._name(version, source)
        paths = {"path": f"{INTERNAL}{version.id}.pdf"} if is_pdf else {"plainTextPath": place}
        is_first = self._places.version(version.text) == version
        yield opened(kind, guid=version.id, name=name, **paths)
        if source and source.notes:
            yield tag("Description", source.notes)
        if is_pdf:
            yield from self._areas(version) if is_first else ()
            guid = _text_guid(version, is_pdf=True)
            yield opened("Representation", guid=guid, name=name, plainTextPath=place)
        if is_first:
            yield from self._selections(version.text)
        if is_pdf:
            yield closed("Representation")
        for note in self._going.notes_on(version.id, version.source_id):
            yield tag("NoteRef", targetGUID=note)
        yield from self._details(version, source)
        yield closed(kind)

    def _name(self, version: Version, source: Source | None) -> str:
        name = short((source and source.title) or version.name or "Untitled")
        if is_excerpts(version):
            return f"{name} (marked in {version.name})"
        return f"{name} ({version.sequence})" if version.sequence > 1 else name

    def _details(self, version: Version, source: Source | None) -> Iterator[Markup]:
        given = {
            "Address": version.url or (source.url if source else ""),
            "Archived at": version.archived_url,
            "Captured at": version.retrieved_at,
        }
        if source:
            given |= {
                "Published": source.date_published or "",
                "Publishers": ", ".join(distinct_names(self._agents, source.publishers)),
                "Authors": ", ".join(distinct_names(self._agents, source.authors)),
                "Language": source.language,
                "Medium": "" if source.medium is Medium.OTHER else source.medium,
                "Genre": source.genre,
                "Licence": source.licence,
            }
        return values(given)

    def _pdf(self, version: Version) -> bytes | None:
        """Return the original where it is here and a PDF."""
        if version.original is None or version.media_type != "application/pdf":
            return None
        try:
            original = self._view.blob(version.original)
        except NotFoundError:
            return None
        return original if _PDF in original[:_PDF_HEAD] else None

    def _selections(self, text: Digest) -> Iterator[Markup]:
        for passage, stamp in self._going.passages_in(text):
            for number, fragment in enumerate(passage.fragments):
                yield tag(
                    "PlainTextSelection",
                    *self._inside(passage, number, stamp),
                    guid=_fragment(passage, number),
                    name=short(fragment.quote),
                    startPosition=str(fragment.start),
                    endPosition=str(fragment.end),
                    **_made(stamp),
                )

    def _areas(self, version: Version) -> Iterator[Markup]:
        pages: tuple[Page, ...] | None = None
        for passage, stamp in self._going.passages_in(version.text):
            if passage.area is not None:
                pages = pages or self._view.structure(version.structure).pages
                edges = _points(passage.area, pages)
                name = passage.label or f"Page {passage.area.page + 1}"
                made = _made(stamp)
                inside = self._inside(passage, 0, stamp)
                yield tag("PDFSelection", *inside, guid=passage.id, name=short(name), **edges, **made)

    def _inside(self, passage: Passage, number: int, stamp: Stamp) -> Iterator[Markup]:
        if passage.label:
            yield tag("Description", passage.label)
        for label in self._going.labels_on(passage):
            ref = tag("CodeRef", targetGUID=label_code(label))
            yield tag(
                "Coding", ref, guid=derived_id("refi", "labelled", passage.id, label, str(number)), **_made(stamp)
            )
        notes = list(self._going.notes_on(passage.id))
        for linkage, stamp in self._going.linkages_on(passage.id):
            yield from coding(self._codes, linkage, stamp, passage.id, str(number), note=linkage.id)
            if linkage.rationale:
                notes.append(linkage.id)
        for note in notes:
            yield tag("NoteRef", targetGUID=note)

    def _lost_texts(self) -> list[Digest]:
        return sorted(text for text in self._going.texts if self._places.version(text) is None)


def _made(stamp: Stamp) -> dict[str, str]:
    return {"creatingUser": stamp.annotator, "creationDateTime": stamp.created}


def _fragment(passage: Passage, number: int) -> EntityId:
    """Return the guid of a fragment: the first one stands for the passage."""
    return derived_id("refi", "fragment", passage.id, str(number)) if number else passage.id


def _text_guid(version: Version, *, is_pdf: bool) -> EntityId:
    return derived_id("refi", "representation", version.id) if is_pdf else version.id


def _lost(text: Digest) -> EntityId:
    return derived_id("refi", "text", text)


def _points(area: Area, pages: tuple[Page, ...]) -> dict[str, str]:
    """Return an area in whole points from the lower left corner of its page."""
    height = pages[area.page].height if area.page < len(pages) else area.bottom
    sides = {"firstX": area.left, "firstY": height - area.bottom, "secondX": area.right, "secondY": height - area.top}
    return {"page": str(area.page)} | {name: str(round(side / 100)) for name, side in sides.items()}
