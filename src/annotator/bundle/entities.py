"""Checks what the history of a bundle adds up to: entities that can stand, on words that are there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from annotator.bundle.blobs import Blobs
from annotator.bundle.laid import History, body_and_stamp, read_history
from annotator.bundle.layout import HISTORY
from annotator.bundle.plain import OF_CLAIMS, reader_of
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool, Worth
from annotator.domain.anchoring import Anchor, anchor_id
from annotator.domain.change import Revision
from annotator.domain.claim import Appearance
from annotator.domain.codec import Json, from_plain
from annotator.domain.disputes import disputed_names
from annotator.domain.entity import Entity, entity_from
from annotator.domain.errors import NotFoundError
from annotator.domain.fixed import changed_by_others, changed_fixed, wrongly_deleted
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.kinds import KINDS, Annotator
from annotator.domain.living import is_withheld
from annotator.domain.names import name_fault
from annotator.domain.passage import Fragment, Passage, Spans
from annotator.domain.register import State, fold
from annotator.domain.source import BlockMark, block_mark_id
from annotator.domain.view import Stamp

_CHECKED_LATER = (Anchor.kind, BlockMark.kind, Annotator.kind)


class NotPlainError(Exception):
    """A revision that looks like one that makes a sound entity by itself does not, or says so in another way than is usual."""


class EntityCheck:
    """Checks entities and notes which ones belong to a claim and which ones are disputed.

    Most have one revision: whether that makes a sound entity is told of each by itself (``is_sound``, ``looking_at``); the others
    are checked once all is read (``rest``).
    """

    def __init__(self, spool: Spool, blobs: Blobs, references: References, limits: Limits) -> None:
        self._spool = spool
        self._blobs = blobs
        self._references = references
        self._limits = limits
        self.disputed: dict[EntityId, tuple[str, ...]] = {}

    def is_sound(self, kind: str, entity: bytes, found: Any) -> bool:
        """Tell whether a revision makes a sound entity by itself, should it be the only one.

        ``entity`` is its id (16 bytes), ``found`` has the fields.
        """
        if kind == Passage.kind:
            return self._stands(found)
        if kind in _CHECKED_LATER:
            return False
        if kind in OF_CLAIMS:
            self._spool.add_to_claim(kind, to_bytes(found.claim_id), entity)
        return True

    def looking_at(self, kind: str) -> Callable[[bytes], tuple[Any, Stamp]]:
        """Return what gives the fields of a plain revision of a kind that was laid down, and its stamp.

        It raises ``NotPlainError`` where the revision is none.
        """
        read, stands = reader_of(kind), self._stands if kind == Passage.kind else None

        def look_at(data: bytes) -> tuple[Any, Stamp]:
            body, stamp = body_and_stamp(data)
            found = read(body)
            if found is None or (stands is not None and not stands(found)):
                raise NotPlainError
            return found, stamp

        return look_at

    def rest(self, later: Collection[str], seen: Callable[[int], None]) -> None:
        """Check the entities that nothing is known of yet; ``seen`` is told how many.

        Plain ones of the kinds that are looked at ``later`` are left. Raises ``Refusal``, ``NotPlainError``.
        """
        spool = self._spool
        _check_kinds(spool)
        _check_numbers(spool, self._limits.revisions)
        number = 0
        for kind in sorted(KINDS):
            settled, look_at = Worth.PLAIN if kind in later else Worth.SOUND, self.looking_at(kind)
            for id_, laid, worth in spool.unsettled(kind, settled):
                for data in (data for data, each in zip(laid, worth, strict=True) if each == Worth.PLAIN):
                    look_at(data)
                if worth != [Worth.PLAIN]:
                    self._check(from_bytes(id_), read_history(kind, laid))
                number += 1
                seen(number)
        spool.finish_claims()

    def _check(self, id_: EntityId, history: History) -> None:
        revisions = [revision for revision, _ in history]
        _check_parents(id_, revisions)
        _check_withheld(id_, revisions)
        _check_kept(id_, history)
        state = fold(revisions)
        entity = _entity(id_, revisions, state)
        if state.kind == Passage.kind:
            _check_passage(id_, revisions, self._blobs)
        elif state.kind == Anchor.kind:
            _check_anchor(id_, revisions, self._blobs)
        elif state.kind == BlockMark.kind:
            _check_mark(id_, revisions, self._blobs)
        elif state.kind == Annotator.kind:
            _check_name(id_, revisions)
        if isinstance(entity, (Appearance, Linkage, Conclusion)) and not state.deleted:
            self._spool.add_to_claim(entity.kind, to_bytes(entity.claim_id), to_bytes(id_))
        if state.conflicts and not state.deleted:
            self.disputed[id_] = disputed_names(state.conflicts)

    def _stands(self, passage: Any) -> bool:
        """Tell whether the words of a passage stand in its text, as far as can be told yet."""
        try:
            if passage.text not in self._references.texts or not (passage.fragments or passage.area):
                return False
            return not _misfit(passage.fragments, self._blobs.text(passage.text))
        except (NotFoundError, UnicodeDecodeError):
            return False


def _check_kinds(spool: Spool) -> None:
    """Check that no id names entities of two kinds."""
    twice = spool.of_two_kinds()
    if twice is not None:
        raise Refusal(HISTORY, f"{twice} is an entity of two kinds")


def _check_numbers(spool: Spool, most: int) -> None:
    """Check that no entity has more revisions than can be added up."""
    for kind in sorted(KINDS):
        id_ = spool.crowded(kind, most)
        if id_ is not None:
            raise Refusal(HISTORY, f"{kind} {id_}: has more than {most} revisions", "revisions")


def _check_kept(id_: EntityId, history: History) -> None:
    """Check that what never changes of an entity did not, and that none is deleted that never is."""
    revisions = [revision for revision, _ in history]
    kind = revisions[0].kind
    field = changed_fixed(revisions)
    if field:
        raise Refusal(HISTORY, f"{kind} {id_}: “{field}” was changed, which never changes")
    if wrongly_deleted(history):
        raise Refusal(HISTORY, f"{kind} {id_}: was deleted, which this kind never is")
    field = changed_by_others(history) if kind == Annotator.kind else ""
    if field:
        raise Refusal(HISTORY, f"{kind} {id_}: “{field}” was changed by somebody else")


def _check_parents(id_: EntityId, revisions: Sequence[Revision]) -> None:
    seen: set[ChangeId] = set()
    for revision in revisions:
        if not seen.issuperset(revision.parents):
            raise Refusal(HISTORY, f"{revision.kind} {id_}: a parent of a revision is none of its earlier revisions")
        seen.add(revision.change)


def _check_withheld(id_: EntityId, revisions: Sequence[Revision]) -> None:
    """Check that no words are here that follow words that are not: they could not be checked against them."""
    here = {revision.change: revision.fields is not None for revision in revisions}
    for revision in revisions:
        if here[revision.change] and not all(here[parent] for parent in revision.parents):
            raise Refusal(HISTORY, f"{revision.kind} {id_}: has words that follow words which are withheld")


def _entity(id_: EntityId, revisions: Sequence[Revision], state: State) -> Entity | None:
    """Return what a state describes; None where fields that it needs were withheld."""
    try:
        return entity_from(state.kind, id_, state.fields)
    except ValueError as error:
        if any(revision.fields is None for revision in revisions):
            return None
        raise Refusal(HISTORY, f"{state.kind} {id_}: {error}") from error


def _check_passage(id_: EntityId, revisions: Sequence[Revision], blobs: Blobs) -> None:
    """Check that a passage quotes what stands in its text.

    That holds for every text and all fragments that were ever written, deleted, contested or not: a deletion can be undone and a
    conflict settled, and a passage never moves to another text.
    """
    writes = [value for each in revisions for value in _values(each, "fragments")]
    if (
        not is_withheld(revisions)
        and not all(writes)
        and not any(value for each in revisions for value in _values(each, "area"))
    ):
        raise Refusal(HISTORY, f"passage {id_}: has neither words nor an area")
    quoted = [from_plain(value, tuple[Fragment, ...]) for value in writes if value]
    for text in _written(revisions, "text"):
        for fragments in quoted:
            reason = _misfit(fragments, blobs.text(text))
            if reason:
                raise Refusal(HISTORY, f"passage {id_}: {reason}")


def _check_anchor(id_: EntityId, revisions: Sequence[Revision], blobs: Blobs) -> None:
    """Check that an anchor has the id that follows from what it is about, and that its words stand in its text.

    That holds for all fragments that were ever written, as for a passage.
    """
    for text in _written(revisions, "text"):
        for passage in _written(revisions, "passage"):
            for spans in (value or () for each in revisions for value in _values(each, "made_for")):
                if anchor_id(passage, text, from_plain(spans, Spans)) != id_:
                    raise Refusal(HISTORY, f"anchor {id_}: its id does not follow from its passage and text")
        for value in (value for each in revisions for name in _PLACES for value in _values(each, name) if value):
            reason = _misfit(from_plain(value, tuple[Fragment, ...]), blobs.text(text))
            if reason:
                raise Refusal(HISTORY, f"anchor {id_}: {reason}")


_PLACES = ("fragments", "placed")


def _check_mark(id_: EntityId, revisions: Sequence[Revision], blobs: Blobs) -> None:
    """Check that a mark has the id that follows from its text and start, and that its block starts in that text."""
    for text in _written(revisions, "text"):
        for start in {value for each in revisions for value in _values(each, "start")}:
            if block_mark_id(text, start) != id_:
                raise Refusal(HISTORY, f"block_mark {id_}: its id does not follow from its text and start")
            if not 0 <= start <= len(blobs.text(text)):
                raise Refusal(HISTORY, f"block_mark {id_}: it starts outside its text")


def _check_name(id_: EntityId, revisions: Sequence[Revision]) -> None:
    """Check that a person can be shown by every name that was ever written: nothing hidden, nothing that turns the writing."""
    for name in _written(revisions, "name"):
        fault = name_fault(name)
        if fault:
            raise Refusal(HISTORY, f"annotator {id_}: the name {fault}")


def _written(revisions: Sequence[Revision], field: str) -> list[Any]:
    return sorted({value for each in revisions for value in _values(each, field) if value})


def _values(revision: Revision, field: str) -> Sequence[Json]:
    """Return what a revision sets a field to; one that makes an entity leaves what it does not set empty.

    Nothing is known of one that is withheld.
    """
    if revision.fields is None:
        return ()
    return dict(revision.writes()).get(field, () if revision.parents else (None,))


def _misfit(fragments: Sequence[Fragment], text: str) -> str:
    """Return why fragments do not stand in a text, with the words around them; nothing where they do."""
    last = 0
    for each in fragments:
        start, end = each.start, each.end
        if not last <= start < end <= len(text):
            return "a fragment is empty, out of order or outside its text"
        if not text.startswith(each.quote, start) or len(each.quote) != end - start:
            return "its quote does not stand in its text"
        before = start - len(each.prefix)
        if before < 0 or not text.startswith(each.prefix, before) or not text.startswith(each.suffix, end):
            return "its quote stands between other words in its text"
        last = end
    return ""
