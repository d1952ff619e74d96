"""Passages of another program's file whose place is in doubt: they come in on a text of their own and wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.anchoring import Anchor, AnchorState, anchor_id_of
from annotator.domain.anchoring_score import Side, score
from annotator.domain.change import Blob
from annotator.domain.codec import canonical, to_plain
from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign import ForeignPassage
from annotator.domain.foreign_excerpts import EXCERPTS, excerpts
from annotator.domain.foreign_placing import Doubt
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.ids import EntityId
from annotator.domain.passage import Fragment, Passage, fragments_of
from annotator.domain.source import Version
from annotator.domain.text import snap_to_graphemes
from annotator.services.base import created
from annotator.services.foreign_entering import Entering, shortened
from annotator.services.foreign_sources import Sources
from annotator.services.identity import new_id, now

_WAITS = frozenset({Why.NOT_THERE, Why.CHANGED, Why.SEVERAL, Why.ELSEWHERE})
_FIRST = 0
"""The number of such a version: it comes before every capture of its source."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage in doubt, with the version that it was looked for in, and words by which a person knows it."""

    passage: ForeignPassage
    doubt: Doubt
    version: Version
    words: str


def can_wait(passage: ForeignPassage, doubt: Doubt) -> bool:
    """Tell whether a passage has words by which a person may settle where it stands."""
    quotes = [stretch.quote for stretch in passage.stretches]
    return doubt.why in _WAITS and all(any(letter.isalnum() for letter in quote) for quote in quotes)


class WaitingPassages:
    """Enters passages that are in doubt, those of a source together."""

    def __init__(self, entering: Entering, sources: Sources, name: str) -> None:
        """``name`` is that of the file."""
        self._entering, self._sources, self._name = entering, sources, name

    def enter(self, source: EntityId, waiting: Sequence[Waiting]) -> None:
        """Enter the passages of a source on a text of what the file says of them, and where each may stand."""
        made = excerpts(each.passage.stretches for each in waiting)
        text, structure = Blob("text", made.text.encode()), Blob("structure", canonical(to_plain(made.structure)))
        version = Version(
            id=new_id(),
            source_id=source,
            text=text.digest,
            structure=structure.digest,
            sequence=_FIRST,
            name=self._name,
            media_type="text/plain",
            importer=EXCERPTS,
            importer_version="1",
            imported_at=now(),
        )
        self._entering.writes[version.id] = created(version)
        self._entering.blobs.update((blob.digest, blob) for blob in (text, structure))
        for each, spans in zip(waiting, made.spans, strict=True):
            passage = self._entering.passage(each.passage, text.digest, fragments_of(made.text, spans))
            anchor = self._anchor(each, passage, made.text)
            self._entering.writes[anchor.id] = self._entering.here.write(anchor)
            told = LeftOut(
                kind=Passage.kind,
                words=shortened(each.words),
                why=each.doubt.why,
                detail=shortened(each.doubt.detail),
            )
            self._entering.waiting.append(told)

    def _anchor(self, waiting: Waiting, passage: Passage, text: str) -> Anchor:
        """Return where a passage may stand: never as found, whatever its words are, so that somebody decides."""
        there = self._sources.text(waiting.version.text)
        found = _fragments(there, waiting.doubt)
        return Anchor(
            id=anchor_id_of(passage, waiting.version.text),
            passage=passage.id,
            text=waiting.version.text,
            state=AnchorState.CHANGED if found else AnchorState.ORPHANED,
            made_for=passage.spans,
            fragments=found,
            method=waiting.doubt.why.value,
            score=_score(passage.fragments, text, found, there) if found else 0,
        )


def _fragments(text: str, doubt: Doubt) -> tuple[Fragment, ...]:
    try:
        return fragments_of(text, [snap_to_graphemes(text, *span) for span in doubt.spans])
    except WrongArgumentError:
        return ()


def _score(old: Sequence[Fragment], old_text: str, new: Sequence[Fragment], new_text: str) -> int:
    """Return how well words and surroundings fit, per cent; less than all, as something is in doubt."""
    one = Side(old_text, old[0].start, old[-1].end)
    return min(score(one, Side(new_text, new[0].start, new[-1].end)), 99)
