"""Tells in words what one change did: each thing that it touched, each field before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.codec import Json
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.rows import Dispute, Event
from annotator.domain.word_diff import Piece, word_diff
from annotator.ui.auditing.field_words import TEXTS, field_words, is_told, kind_words, label_words
from annotator.ui.auditing.names import Names
from annotator.ui.auditing.telling import value_told
from annotator.ui.claiming.levels import bars
from annotator.ui.when import moment

if TYPE_CHECKING:
    from annotator.services.project import Project

FIRST_PAGE = 30
NEXT_PAGE = 100
_FOR_GOOD = ("annotator", "scale", "review", "waiver")
"""What is not set back from the history: people and scales, and what somebody else decided."""
_FIRST = (
    "title",
    "name",
    "text",
    "fragments",
    "claim_id",
    "passage_ids",
    "decision",
    "stance",
    "verdict",
    "confidence",
    "rationale",
    "justification",
    "comment",
)
_MARKED = ("stance", "verdict", "confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTold:
    """A value in words; ``code`` (and for a confidence its ``bars``) where it is a level that has a mark."""

    words: str
    code: str = ""
    bars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTold:
    """One field before and after. ``mark`` names the mark of its levels; ``quoted``: its words were published.

    ``pieces`` has the difference of two texts word by word; ``dispute`` says in words that several values stand.
    """

    name: str
    before: ValueTold
    after: ValueTold
    mark: str = ""
    quoted: bool = False
    pieces: tuple[Piece, ...] = ()
    dispute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTold:
    """What a change did to one entity. ``restorable``: it can be set back; ``is_now``: it is still as the change left it.

    ``disputed`` tells whether a value of the change stands beside others.
    """

    id: EntityId
    kind: str
    name: str
    fields: tuple[FieldTold, ...]
    is_new: bool
    restorable: bool
    is_now: bool
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """A change in words; ``left_out`` counts the entities that are not told, from number ``end`` on."""

    change: ChangeId
    label: str
    who: str
    at: str
    entities: tuple[EntityTold, ...]
    left_out: int = 0
    end: int = 0


def tell_change(
    project: Project, change: ChangeId, only: EntityId | None = None, *, start: int = 0, most: int = FIRST_PAGE
) -> ChangeTold | None:
    """Return what a change did to one entity, or to those it touched from number ``start`` on.

    None when it touched nothing that can be told.
    """
    touched = (only,) if only else project.touched(change)
    names = Names(project)
    told: list[EntityTold] = []
    event: Event | None = None
    for id_ in touched[start : start + most]:
        events = project.history(id_)
        at = next((n for n, each in enumerate(events) if each.change.id == change), None)
        if at is not None:
            event = events[at]
            told.append(_entity(names, id_, event, is_new=at == 0))
    if event is None:
        return None
    header = event.change.header
    return ChangeTold(
        change=change,
        label=label_words(header.label),
        who=event.annotator,
        at=moment(header.at),
        entities=tuple(told),
        left_out=max(0, len(touched) - start - most),
        end=start + most,
    )


def _entity(names: Names, id_: EntityId, event: Event, *, is_new: bool) -> EntityTold:
    kind = event.kind
    disputes = {dispute.field: dispute for dispute in event.disputes}
    values = {name: (old, new) for name, old, new in event.fields if is_told(name, kind)}
    for name, dispute in disputes.items():
        if dispute.beside and name not in values:
            values[name] = (None, None)
    fields = tuple(_field(names, kind, name, *values[name], disputes.get(name)) for name in sorted(values, key=_rank))
    return EntityTold(
        id=id_,
        kind=kind_words(kind),
        name=names.of(id_),
        fields=fields,
        is_new=is_new,
        restorable=kind not in _FOR_GOOD,
        is_now=event.is_now,
        disputed=any(dispute.beside for dispute in event.disputes),
    )


def _rank(field: str) -> tuple[int, str]:
    return (_FIRST.index(field) if field in _FIRST else len(_FIRST), field_words(field))


def _field(names: Names, kind: str, name: str, old: Json, new: Json, dispute: Dispute | None) -> FieldTold:
    before, after = _value(names, kind, name, old), _value(names, kind, name, new)
    if dispute is not None and dispute.before:
        before = ValueTold(words=_beside(names, kind, name, dispute.before))
    if dispute is not None and dispute.after:
        after = ValueTold(words=_opened_again(_beside(names, kind, name, dispute.after)))
    is_text = name in TEXTS and isinstance(old, str) and isinstance(new, str) and not names.is_id(new)
    plain = not (dispute and (dispute.before or dispute.after))
    return FieldTold(
        name=field_words(name, kind),
        before=before,
        after=after,
        mark=name if name in _MARKED else "",
        quoted=name == "fragments",
        pieces=word_diff(old, new) if is_text and plain and old and new else (),
        dispute=_disputed(_beside(names, kind, name, dispute.beside)) if dispute and dispute.beside else "",
    )


def _value(names: Names, kind: str, field: str, value: Json) -> ValueTold:
    words = value_told(names, kind, field, value)
    if field not in _MARKED or not isinstance(value, str) or not value:
        return ValueTold(words=words)
    return ValueTold(words=words, code=value, bars=bars(names.codebook, value) if field == "confidence" else 0)


def _beside(names: Names, kind: str, field: str, values: tuple[Json, ...]) -> str:
    nothing = QCoreApplication.translate("history", "nothing")
    return " / ".join(value_told(names, kind, field, value) or nothing for value in values)


def _disputed(others: str) -> str:
    return QCoreApplication.translate("history", "beside it stands: {0}").format(others)


def _opened_again(values: str) -> str:
    return QCoreApplication.translate("history", "opened again: {0}").format(values)
