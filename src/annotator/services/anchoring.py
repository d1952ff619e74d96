"""Finds the passages of a source again in the text of a new version: worked out beforehand, written in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from annotator.domain.anchoring import FOUND, Anchor, AnchorDecision, AnchorState, anchor_id, anchor_id_of
from annotator.domain.anchoring_again import Again, Finder
from annotator.domain.change import DELETED, Write
from annotator.domain.entity import field_names
from annotator.domain.errors import CancelledError
from annotator.domain.foreign_excerpts import is_excerpts
from annotator.domain.ids import Digest, EntityId
from annotator.domain.passage import Fragment, Passage, fragments_of
from annotator.domain.source import Version
from annotator.domain.text import text_digest
from annotator.services.base import Outcome, created
from annotator.store import anchoring
from annotator.store.reader import Reader
from annotator.store.version_order import versions_of

Stop = Callable[[], None]

_EARLIER = "earlier"
"""How a passage was found whose new words a person had accepted in an earlier version."""


class Anchoring:
    """Looks for the passages of one source in one text, given before that text is stored.

    ``original`` is the digest of the bytes that the new version was made of: pictures of pages are the same only where
    these are.
    """

    def __init__(self, source: EntityId, text: str, original: Digest | None, stop: Stop = lambda: None) -> None:
        self._source, self._text, self._original, self._stop = source, text, original, stop
        self._digest = text_digest(text)
        self._finders: dict[Digest, Finder] = {}
        self._known: dict[EntityId, tuple[Passage, Anchor]] = {}
        self._doubtful: frozenset[Digest] | None = None

    def prepare(self, reader: Reader) -> None:
        """Look for all passages that are here: what is written later has only to look for those that came in between."""
        for passage in self._lacking(reader):
            self._anchor(reader, passage)

    def writes(self, reader: Reader) -> tuple[Write, ...]:
        """Return what gives every passage that has none its anchor in the new text."""
        return tuple(
            _written(reader, anchor) for anchor in (self._anchor(reader, passage) for passage in self._lacking(reader))
        )

    def added(self, reader: Reader, outcome: Outcome[Version]) -> Outcome[Version]:
        """Return what is written for the new version with the anchors beside it; nothing is added where none is written."""
        is_it = outcome.writes and outcome.value.source_id == self._source and outcome.value.text == self._digest
        writes = self.writes(reader) if is_it else ()
        return Outcome(outcome.value, (*outcome.writes, *writes), outcome.blobs)

    def _lacking(self, reader: Reader) -> Iterator[Passage]:
        yield from anchoring.lacking(reader, self._source, self._digest)

    def _anchor(self, reader: Reader, passage: Passage) -> Anchor:
        known = self._known.get(passage.id)
        if known is None or known[0] != passage:
            known = self._known[passage.id] = passage, self._found(reader, passage)
        return known[1]

    def _found(self, reader: Reader, passage: Passage) -> Anchor:
        if passage.area is not None:
            return self._of_area(reader, passage)
        anchor = self._made(passage, self._finder(reader, passage.text).find(passage.spans))
        if anchor.state in FOUND and passage.text not in self._excerpts(reader):
            return anchor
        decided = (self._as_before(reader, anchor, each) for each in self._earlier(reader, passage))
        return next(filter(None, decided), None) or self._as_once(reader, _waiting(anchor))

    def _excerpts(self, reader: Reader) -> frozenset[Digest]:
        """Return the texts that hold only what another program marked, whose place in the source was in doubt before."""
        if self._doubtful is None:
            found = (reader.find(Version, id_) for id_ in versions_of(reader, self._source))
            self._doubtful = frozenset(each.text for each in found if each is not None and is_excerpts(each))
        return self._doubtful

    def _made(self, passage: Passage, again: Again) -> Anchor:
        return _made(passage, self._digest, self._text, again)

    def _of_area(self, reader: Reader, passage: Passage) -> Anchor:
        """Return the anchor of an area: kept where both versions were made of the same bytes, else given up."""
        is_same = self._original is not None and self._original in anchoring.originals(reader, passage.text)
        found = self._made(passage, Again(AnchorState.EXACT if is_same else AnchorState.ORPHANED))
        return replace(found, area=passage.area, method="same file", score=100) if is_same else found

    # -- what was decided before

    def _earlier(self, reader: Reader, passage: Passage) -> Iterable[Anchor]:
        """Return the anchors of a passage on which somebody decided, those in the newest versions of the source first."""
        texts = anchoring.texts_of(reader, self._source)
        found = (reader.find(Anchor, anchor_id_of(passage, text)) for text in reversed(texts) if text != self._digest)
        return (anchor for anchor in found if anchor is not None and anchor.decision is not None)

    def _as_before(self, reader: Reader, anchor: Anchor, earlier: Anchor) -> Anchor | None:
        """Return the anchor with what was decided on an earlier one, where the same words are in question; else None.

        What was withdrawn is in question again once other linkages rest on it.
        """
        if earlier.decision in (AnchorDecision.KEPT, AnchorDecision.WITHDRAWN):
            is_same = [each.quote for each in anchor.fragments] == [each.quote for each in earlier.fragments]
            if earlier.decision is AnchorDecision.WITHDRAWN and anchoring.linkages_on(
                reader, earlier.passage, withdrawn=False
            ):
                return None
            return replace(anchor, decision=earlier.decision) if is_same else None
        spans = [(fragment.start, fragment.end) for fragment in earlier.stands]
        again = self._finder(reader, earlier.text).find(spans)
        if again.state not in FOUND:
            return None
        found = fragments_of(self._text, again.spans)
        return replace(
            anchor, state=AnchorState.CHANGED, fragments=found, method=_EARLIER, decision=AnchorDecision.ACCEPTED
        )

    def _as_once(self, reader: Reader, anchor: Anchor) -> Anchor:
        """Return the anchor with what was decided on that of an older program, where the same words were found."""
        once = reader.find(Anchor, anchor_id(anchor.passage, self._digest, ()))
        if once is None or once.fragments != anchor.fragments:
            return anchor
        return replace(anchor, decision=once.decision, placed=once.placed)

    def _finder(self, reader: Reader, old: Digest) -> Finder:
        if old not in self._finders:
            self._finders[old] = Finder(reader.text(old), self._text, self._stop)
        return self._finders[old]


def found_anew(reader: Reader, passage: Passage, fragments: tuple[Fragment, ...]) -> tuple[Anchor, ...]:
    """Return the anchors of a passage that is given other fragments, in each text in which it was looked for before.

    What a person accepted or placed were other words, so that is to be decided again; where the passage stands nowhere by a
    person's word, it goes on to do so. There is none where it had these fragments once and was looked for then.
    """
    shaped, old = replace(passage, fragments=fragments), reader.text(passage.text)
    found = []
    for digest in sorted({anchor.text for anchor in anchoring.anchors_of(reader, passage.id)}):
        if reader.find(Anchor, anchor_id_of(shaped, digest)) is None:
            text, former = reader.text(digest), reader.find(Anchor, anchor_id_of(passage, digest))
            anew = _made(shaped, digest, text, Finder(old, text).find(shaped.spans))
            stands_nowhere = former is not None and former.decision in (AnchorDecision.KEPT, AnchorDecision.WITHDRAWN)
            found.append(replace(anew, decision=former.decision if former and stands_nowhere else None))
    return tuple(found)


def _made(passage: Passage, digest: Digest, text: str, again: Again) -> Anchor:
    return Anchor(
        id=anchor_id_of(passage, digest),
        passage=passage.id,
        text=digest,
        state=again.state,
        made_for=passage.spans,
        fragments=fragments_of(text, again.spans) if again.spans else (),
        method=again.method,
        score=again.score,
    )


def _waiting(anchor: Anchor) -> Anchor:
    """Return an anchor as one that somebody has to decide on."""
    return replace(anchor, state=AnchorState.CHANGED) if anchor.state in FOUND else anchor


def still_lacking(reader: Reader, anchors: Iterable[Anchor]) -> Iterator[Write]:
    """Yield what makes those of these anchors that nobody has made in between."""
    return (_written(reader, anchor) for anchor in anchors if reader.find(Anchor, anchor.id) is None)


def _written(reader: Reader, anchor: Anchor) -> Write:
    """Return the write that makes an anchor, or makes one again that was deleted."""
    made, before = created(anchor), reader.state(anchor.id)
    if before is None:
        return made
    fields = {name: made.fields.get(name) for name in field_names(Anchor.kind)}
    changed = {name: value for name, value in fields.items() if value != before.fields.get(name)}
    return Write(anchor.id, anchor.kind, {**changed, DELETED: None})


def stop_when(cancelled: Callable[[], bool] | None) -> Stop:
    """Return what ends a search, raising ``CancelledError``, once the person has had enough."""

    def stop() -> None:
        if cancelled is not None and cancelled():
            raise CancelledError(what="finding the passages again")

    return stop
