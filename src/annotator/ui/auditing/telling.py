"""Tells the history in words, line by line: called by jobs, which have the project; what comes out is for the window."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    VALUED,
    count_words,
    field_words,
    is_told,
    kind_words,
    label_words,
    value_words,
)
from annotator.ui.auditing.names import Names
from annotator.ui.claiming.levels import reason_words
from annotator.ui.when import moment, published

if TYPE_CHECKING:
    from annotator.services.project import Project

_PAGE = 200
_FEW = 8
_IN_TEXT = ("passage", "anchor", "block_mark")
_ABOUT = (
    "review", "waiver", "linkage", "conclusion", "appearance", "note", "passage", "anchor", "claim", "source", "version", "agent"
)  # fmt: skip
"""What a change is about, where it touches several kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which changes are wanted; what is not set does not matter. The times are UTC in ISO 8601, ``until`` is exclusive."""

    words: str = ""
    annotator: EntityId | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    exchange: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a history: what was done, by whom, when, and what it touched in words; ``gone`` tells a deletion."""

    change: ChangeId
    number: int
    label: str
    who: str
    at: str
    touched: str
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Some lines of a history; ``before`` is where to go on reading, or None at its end."""

    title: str
    rows: tuple[Step, ...]
    before: int | None = None


def tell_changes(project: Project, query: Query, before: int | None) -> Steps:
    """Return the newest changes that are wanted, before a local number."""
    names = Names(project)
    page = project.changes(
        limit=_PAGE,
        before=before,
        annotator=query.annotator,
        kind=query.kind,
        since=query.since,
        until=query.until,
        words=query.words,
        exchange=query.exchange,
    )
    rows = tuple(_step(project, names, row) for row in page)
    return Steps(title="", rows=rows, before=page[-1].number if len(page) == _PAGE else None)


def tell_history(project: Project, entity: EntityId) -> Steps:
    """Return the history of one entity, newest first."""
    names = Names(project)
    events = project.history(entity)
    rows = (_event_step(number, event) for number, event in enumerate(events))
    return Steps(title=f"{kind_words(names.kind(entity))} {names.of(entity)}", rows=tuple(rows)[::-1])


def _step(project: Project, names: Names, row: ChangeRow) -> Step:
    """Return a line that names what a small change was about, and counts what a large one touched."""
    touched = ", ".join(count_words(kind, count) for kind, count in row.kinds)
    if sum(count for _, count in row.kinds) <= _FEW:
        by_kind = {names.kind(id_): id_ for id_ in project.touched(row.change.id)}
        main = next((by_kind[kind] for kind in _ABOUT if kind in by_kind), None)
        touched = names.of(main) if main else touched
    return _step_of(row.change, row.number, row.annotator, touched)


def _event_step(number: int, event: Event) -> Step:
    names = (field_words(name) for name, _, _ in event.fields if is_told(name, event.kind))
    touched = ", ".join(dict.fromkeys(names)) if number else QCoreApplication.translate("history", "Made")
    gone = any(name == DELETED and after for name, _, after in event.fields)
    return replace(_step_of(event.change, number, event.annotator, touched), gone=gone)


def _step_of(change: Change, number: int, who: str, touched: str) -> Step:
    header = change.header
    return Step(
        change=change.id, number=number, label=label_words(header.label), who=who, at=moment(header.at), touched=touched
    )


def value_told(names: Names, kind: str, field: str, value: Json) -> str:
    """Return a field's value in words; empty when it is not set."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, list):
        return ("\n" if field == "levels" else "; ").join(value_told(names, kind, field, each) for each in value)
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
    if field == "text" and kind in _IN_TEXT:
        return names.of_text(value)
    return names.of(EntityId(value)) if names.is_id(value) else value


def _dict_told(value: dict[str, Json]) -> str:
    if "quote" in value:
        return str(value["quote"])
    if "label" in value and "code" in value:
        return _level_told(value)
    if "page" in value:
        return QCoreApplication.translate("history", "page {0}").format(int(str(value["page"])) + 1)
    return ", ".join(f"{key} {each}" for key, each in value.items())


def _level_told(level: dict[str, Json]) -> str:
    """Return a level of a scale as people know it: its word, the per cent that stand for it, and what it means."""
    said = str(level["label"] or level["code"])
    if level.get("percent") is not None:
        said = QCoreApplication.translate("history", "{0} ({1}%)").format(said, level["percent"])
    meaning = level.get("definition")
    return QCoreApplication.translate("history", "{0}: {1}").format(said, str(meaning).rstrip(".")) if meaning else said
