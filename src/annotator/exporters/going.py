"""What of a project goes out source by source, laid down so that a text finds its passages and a passage its linkages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Self

from annotator.domain.claim import Claim
from annotator.domain.ids import Digest, EntityId, to_bytes
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.note import Note, is_private
from annotator.domain.passage import Passage
from annotator.domain.people import Annotator, pseudonym
from annotator.domain.source import Version
from annotator.domain.view import Stamp
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims, chosen_linkages
from annotator.exporters.laid import Laid

_PLACE = struct.Struct(">II")
_ID_BYTES = 16
_STEP = 64
_MOST_LABELS, _LONGEST_LABEL = 10_000, 100
"""More labels than these, or longer ones, are remarks rather than words that come again."""


class Going:
    """The claims, linkages, passages and notes that go out; use it in a with statement. Withdrawn judgements stay behind."""

    def __init__(self, view: ProjectView, options: ExportOptions, progress: Progress) -> None:
        self._view = view
        self._options = options
        self._progress = progress
        self._stack = ExitStack()
        self._passages = self._stack.enter_context(Laid(Passage, _ID_BYTES + _PLACE.size))
        self._linkages = self._stack.enter_context(Laid(Linkage, 2 * _ID_BYTES))
        self._notes = self._stack.enter_context(Laid(Note, 2 * _ID_BYTES))
        self._only: set[EntityId] | None = None
        self._done = 0
        self.texts: dict[Digest, None] = {}
        self.people: set[EntityId] = set()
        self.levels: set[tuple[str, str]] = set()
        self.labels: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def lay_down(self) -> None:
        """Go through the project once; raises ``NotFoundError`` for a claim that is not there."""
        claims = {claim.id for claim in chosen_claims(self._view, self._options)} if self._options.claims else set()
        self._only = claims or None
        for linkage, stamp in chosen_linkages(self._view, self._options):
            if not linkage.withdrawn:
                self._take_linkage(linkage, stamp)
        for passage, stamp in self._view.stamped(Passage):
            if self._goes(passage.id):
                self._take_passage(passage, stamp)
        for conclusion, _ in self.conclusions():
            self.people.add(conclusion.annotator_id)
            self.levels |= {("verdict", conclusion.verdict), ("confidence", conclusion.confidence)}
            self._add(conclusion.id)
        for version in self.versions():
            self._add(version.id)
            self._add(version.source_id)
        for note, stamp in self._view.stamped(Note):
            if self._goes(note.about) and not self._is_private(note):
                self.people.add(note.annotator_id)
                self._notes.add(to_bytes(note.about) + to_bytes(note.id), note, stamp)
        for laid in (self._passages, self._linkages, self._notes):
            laid.finish()

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, in their order."""
        yield from chosen_claims(self._view, self._options)

    def linkages(self) -> Iterator[tuple[Linkage, Stamp]]:
        """Yield the linkages that stand, sorted by id."""
        return (pair for pair in chosen_linkages(self._view, self._options) if not pair[0].withdrawn)

    def conclusions(self) -> Iterator[tuple[Conclusion, Stamp]]:
        """Yield the conclusions that stand, sorted by id."""
        for conclusion, stamp in self._view.stamped(Conclusion):
            if conclusion.stage is not Stage.WITHDRAWN and self._goes(conclusion.claim_id):
                yield conclusion, stamp

    def notes(self) -> Iterator[tuple[Note, Stamp]]:
        """Yield the notes that are no private ones."""
        return self._notes.of(b"")

    def versions(self) -> Iterator[Version]:
        """Yield the versions, sorted by id; where only some claims go out, those that have passages."""
        for version in self._view.all(Version):
            if self._only is None or version.text in self.texts:
                yield version

    def passages_in(self, text: Digest) -> Iterator[tuple[Passage, Stamp]]:
        """Yield the passages of a text, in the order of the text."""
        return self._passages.of(_text_key(text))

    def linkages_on(self, passage: EntityId) -> Iterator[tuple[Linkage, Stamp]]:
        """Yield the linkages that rest on a passage, sorted by id."""
        return self._linkages.of(to_bytes(passage))

    def conclusions_on(self, claim: EntityId) -> Iterator[Conclusion]:
        """Yield the conclusions on a claim that stand."""
        return (each for each in self._view.of_claim(Conclusion, claim) if each.stage is not Stage.WITHDRAWN)

    def notes_on(self, *ids: EntityId) -> Iterator[EntityId]:
        """Yield the ids of the notes on some entities."""
        return (note.id for id_ in ids for note, _ in self._notes.of(to_bytes(id_)))

    def annotators(self) -> Iterator[Annotator]:
        """Yield those who made what goes out, sorted by id; of whom no more is known than the id, that is the name."""
        for id_ in sorted(self.people):
            yield self._view.find(Annotator, id_) or Annotator(id=id_, name=pseudonym(id_))

    def _take_linkage(self, linkage: Linkage, stamp: Stamp) -> None:
        self.people.add(linkage.annotator_id)
        self.levels |= {
            ("stance", linkage.stance),
            ("verdict", linkage.verdict),
            ("confidence", linkage.confidence),
        }
        for id_ in linkage.passage_ids:
            self._linkages.add(to_bytes(id_) + to_bytes(linkage.id), linkage, stamp)
            self._add(id_)
        self._add(linkage.id)
        self._tell()

    def labels_on(self, passage: Passage) -> Iterator[str]:
        """Yield the labels of a passage that are words for several."""
        return (label for label in labels_of(passage) if label in self.labels)

    def _take_passage(self, passage: Passage, stamp: Stamp) -> None:
        self.people.add(stamp.annotator)
        self.texts[passage.text] = None
        for label in labels_of(passage) if len(self.labels) < _MOST_LABELS else ():
            self.labels.add(label)
        first = passage.fragments[0] if passage.fragments else None
        place = (
            _PLACE.pack(first.start, first.end) if first else _PLACE.pack(passage.area.page if passage.area else 0, 0)
        )
        self._passages.add(_text_key(passage.text) + place, passage, stamp)
        self._tell()

    def _goes(self, id_: EntityId) -> bool:
        return self._only is None or id_ in self._only

    def _add(self, id_: EntityId) -> None:
        if self._only is not None:
            self._only.add(id_)

    def _is_private(self, note: Note) -> bool:
        state = self._view.state(note.id)
        return note.private or state is None or is_private(state)

    def _tell(self) -> None:
        self._done += 1
        if self._done % _STEP == 0:
            self._progress(self._done, 2 * self._done)


def _text_key(text: Digest) -> bytes:
    return bytes.fromhex(text)[:_ID_BYTES]


def labels_of(passage: Passage) -> tuple[str, ...]:
    """Return the labels that a passage bears, which are parted by semicolons, each once."""
    found = dict.fromkeys(" ".join(label.split()) for label in passage.label.split("; "))
    return tuple(label for label in found if 0 < len(label) <= _LONGEST_LABEL)
