"""Tells the history in words: called by jobs, which have the project; what comes out is for the window to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.change import DELETED, Change
from annotator.domain.codec import Json
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.rows import ChangeRow, Event
from annotator.ui.auditing.field_words import (
    DATES,
    LEVELS,
    MOMENTS,
    UNTOLD,
    VALUED,
    field_words,
    kind_words,
    label_words,
    value_words,
)
from annotator.ui.auditing.names import Names
from annotator.ui.claiming.levels import reason_words
from annotator.ui.when import moment, published

if TYPE_CHECKING:
    from annotator.services.project import Project

_TOLD_AT_MOST = 30
_PAGE = 200
_FEW = 8
_ABOUT = ("linkage", "conclusion", "appearance", "note", "passage", "claim", "source", "version", "agent")
"""What a change is about, where it touches several kinds."""
_BODY_FIRST = (
    "title",
    "name",
    "text",
    "fragments",
    "claim_id",
    "passage_ids",
    "stance",
    "verdict",
    "confidence",
    "rationale",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a history: what was done, by whom, when, and what it touched in words."""

    change: ChangeId
    number: int
    label: str
    who: str
    at: str
    touched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Some lines of a history; ``before`` is where to go on reading, or None at its end."""

    title: str
    rows: tuple[Step, ...]
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTold:
    """One field before and after; ``quoted``: its words were published."""

    name: str
    before: str
    after: str
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTold:
    """What a change did to one entity. ``restorable``: it is another now than it was then."""

    id: EntityId
    kind: str
    name: str
    fields: tuple[FieldTold, ...]
    is_new: bool
    restorable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """A change in words; ``left_out`` counts the entities that are not told."""

    change: ChangeId
    label: str
    who: str
    at: str
    entities: tuple[EntityTold, ...]
    left_out: int = 0


def tell_changes(project: Project, wanted: str, before: int | None) -> Steps:
    """Return the project's newest changes before a local number, those whose words hold ``wanted``."""
    rows: list[Step] = []
    names = Names(project)
    wanted = wanted.casefold()
    while len(rows) < _PAGE:
        page = project.changes(limit=_PAGE, before=before)
        rows += (step for row in page if wanted in _all_words(step := _step(project, names, row)))
        before = page[-1].number if len(page) == _PAGE else None
        if before is None:
            break
    return Steps(title="", rows=tuple(rows), before=before)


def tell_history(project: Project, entity: EntityId) -> Steps:
    """Return the history of one entity, newest first."""
    names = Names(project)
    events = project.history(entity)
    rows = (_event_step(number, event) for number, event in enumerate(events))
    return Steps(title=f"{kind_words(names.kind(entity))} {names.of(entity)}", rows=tuple(rows)[::-1])


def tell_change(project: Project, change: ChangeId, only: EntityId | None = None) -> ChangeTold | None:
    """Return what a change did, to one entity or to all it touched; None when it touched nothing that can be told."""
    touched = (only,) if only else project.touched(change)
    names = Names(project)
    told: list[EntityTold] = []
    event: Event | None = None
    for id_ in touched[:_TOLD_AT_MOST]:
        events = project.history(id_)
        at = next((n for n, each in enumerate(events) if each.change.id == change), None)
        if at is not None:
            event = events[at]
            told.append(_entity(names, id_, events, at))
    if event is None:
        return None
    header = event.change.header
    return ChangeTold(
        change=change,
        label=label_words(header.label),
        who=event.annotator,
        at=moment(header.at),
        entities=tuple(told),
        left_out=max(0, len(touched) - _TOLD_AT_MOST),
    )


def _entity(names: Names, id_: EntityId, events: Sequence[Event], at: int) -> EntityTold:
    event = events[at]
    kind = names.kind(id_)
    fields = sorted(event.fields, key=lambda field: _rank(field[0]))
    told = tuple(
        FieldTold(
            name=field_words(name, kind),
            before=value_told(names, kind, name, old),
            after=value_told(names, kind, name, new),
            quoted=name == "fragments",
        )
        for name, old, new in fields
        if name not in UNTOLD and not (name == "text" and kind == "version")
    )
    return EntityTold(
        id=id_,
        kind=kind_words(kind),
        name=names.of(id_),
        fields=told,
        is_new=at == 0,
        restorable=_differs(events, at) and kind not in ("annotator", "scale"),
    )


def _differs(events: Sequence[Event], at: int) -> bool:
    """Tell whether later events left another state than there was after this one."""
    then: dict[str, Json] = {}
    now: dict[str, Json] = {}
    for event in events[at + 1 :]:
        for name, old, new in event.fields:
            then.setdefault(name, old)
            now[name] = new
    return then != now


def _rank(field: str) -> tuple[int, str]:
    return (_BODY_FIRST.index(field) if field in _BODY_FIRST else len(_BODY_FIRST), field_words(field))


def _step(project: Project, names: Names, row: ChangeRow) -> Step:
    """Return a line that names what a small change was about, and counts what a large one touched."""
    touched = ", ".join(f"{count} {kind_words(kind).lower()}" for kind, count in row.kinds)
    if sum(count for _, count in row.kinds) <= _FEW:
        by_kind = {names.kind(id_): id_ for id_ in project.touched(row.change.id)}
        main = next((by_kind[kind] for kind in _ABOUT if kind in by_kind), None)
        touched = names.of(main) if main else touched
    return _step_of(row.change, row.number, row.annotator, touched)


def _event_step(number: int, event: Event) -> Step:
    names = (field_words(name) for name, _, _ in event.fields if name not in UNTOLD)
    touched = ", ".join(dict.fromkeys(names)) if number else QCoreApplication.translate("history", "Made")
    return _step_of(event.change, number, event.annotator, touched)


def _step_of(change: Change, number: int, who: str, touched: str) -> Step:
    header = change.header
    return Step(
        change=change.id, number=number, label=label_words(header.label), who=who, at=moment(header.at), touched=touched
    )


def _all_words(step: Step) -> str:
    return f"{step.label} {step.who} {step.at} {step.touched}".casefold()


def value_told(names: Names, kind: str, field: str, value: Json) -> str:
    """Return a field's value in words; empty when it is not set."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, list):
        return "; ".join(value_told(names, kind, field, each) for each in value)
    if field == DELETED or isinstance(value, bool):
        return QCoreApplication.translate("history", "yes") if value else QCoreApplication.translate("history", "no")
    if isinstance(value, dict):
        return _dict_told(value)
    return _words_told(names, kind, field, value) if isinstance(value, str) else str(value)


def _words_told(names: Names, kind: str, field: str, value: str) -> str:
    if field in LEVELS:
        return names.codebook.label(LEVELS[field], value)
    if field == "reasons":
        return ", ".join(reason_words([value]))
    if field in DATES:
        return published(value)
    if field in MOMENTS:
        return moment(value)
    if field in VALUED:
        return value_words(value)
    if field == "text" and kind == "passage":
        return names.of_text(value)
    return names.of(EntityId(value)) if names.is_id(value) else value


def _dict_told(value: dict[str, Json]) -> str:
    if "quote" in value:
        return str(value["quote"])
    if "page" in value:
        return QCoreApplication.translate("history", "page {0}").format(int(str(value["page"])) + 1)
    return ", ".join(f"{key} {each}" for key, each in value.items())
