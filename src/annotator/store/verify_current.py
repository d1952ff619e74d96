"""Rebuilds the current tables from the history, entity by entity, and compares them row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Table

from annotator.domain.change import Revision, revision
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.store.current import CurrentRows, rows_from_history
from annotator.store.inspection import Inspection
from annotator.store.joins import JOINED, joins_of
from annotator.store.projections import PROJECTIONS

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENTITY_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REMEMBERED = 100_000
_WITH_TEXT = ("version", "passage", "anchor", "block_mark")

AddWords = Callable[[int, CurrentRows], None]
"""Given an entity's number and its rows, for the search index that is expected."""


def check_current(look: Inspection, add_words: AddWords) -> int:
    """Compare every current table with what the history gives; return how many named blobs are not here."""
    aside = {change for (change,) in look.rows("SELECT change FROM set_aside")}
    tables = {kind: _Rows(look, kind, projection.table) for kind, projection in PROJECTIONS.items()}
    beside = {kind: _Rows(look, kind, p.beside) for kind, p in PROJECTIONS.items() if p.beside is not None}
    numbers = _Lookup(look)
    roles = _Roles()
    conflicted = _conflicted(look)
    for entity, kind, revisions in _entities(look):
        look.where = f"the row of {kind} {entity} in the table {kind}"
        roles.note(revisions)
        standing = [revision for revision in revisions if int(revision.change) not in aside]
        state, rows = rows_from_history(standing, numbers, numbers.text) if standing else (None, None)
        if next(conflicted, None) != int(bool(state and state.conflicts)):
            raise look.altered(f"the row of {kind} {entity} in the table entity, column conflicted", _OTHERWISE)
        tables[kind].expect(entity, [] if rows is None else [rows.row])
        if kind in beside:
            beside[kind].expect(entity, [(other,) for other in rows.beside] if rows else [])
        if rows is not None:
            add_words(entity, rows)
    for _ in conflicted:
        pass
    for each in (*tables.values(), *beside.values()):
        each.expect_end()
    _check_mentioned(look)
    return roles.check(look)


_OTHERWISE = "the history says otherwise"


class _Rows:
    """A current table, read once in the order of its entities."""

    def __init__(self, look: Inspection, kind: str, table: Table) -> None:
        self._look = look
        self._kind = kind
        self._name = table.name
        self._columns = [column.name for column in table.columns]
        order = ", ".join(f'"{column.name}"' for column in table.primary_key)
        self._rows = look.rows(f'SELECT * FROM "{table.name}" ORDER BY {order}')
        self._head: tuple[Any, ...] | None = next(self._rows, None)

    def expect(self, entity: int, rows: list[tuple[object, ...]]) -> None:
        """Take the rows of the next entity; they must be these."""
        where = self._where(entity)
        if self._head is not None and (not isinstance(self._head[0], int) or self._head[0] < entity):
            raise self._extra()
        for row in rows:
            if self._head is None or self._head[0] != entity:
                raise self._look.altered(where, "it is missing")
            for name, found, expected in zip(self._columns, self._head, (entity, *row), strict=True):
                if type(found) is not type(expected) or found != expected:
                    raise self._look.altered(f"{where}, column {name}", _OTHERWISE)
            self._head = next(self._rows, None)
        if self._head is not None and self._head[0] == entity:
            raise self._extra()

    def expect_end(self) -> None:
        """All rows must have been taken."""
        if self._head is not None:
            raise self._extra()

    def _where(self, entity: object) -> str:
        return f"the row of {self._kind} {entity} in the table {self._name}"

    def _extra(self) -> Exception:
        return self._look.altered(self._where(self._head and self._head[0]), "the history has no such row")


class _Lookup:
    """Gives the local numbers of entities and blobs as they are in the file.

    Which claims are joined it reads from the rows of the claims, each of which is compared with the history, too.
    """

    def __init__(self, look: Inspection) -> None:
        self._look = look
        self._joins = joins_of(look.rows(JOINED))
        self.entity = lru_cache(_REMEMBERED)(self._entity)
        self.blob = lru_cache(_REMEMBERED)(self._blob)

    def standing(self, claim: str) -> int:
        """Return the number of the claim that stands for one."""
        found = self._joins.get(EntityId(claim))
        return found.stands if found else self.entity(claim)

    def joined(self, claim: str) -> int | None:
        """Return the number of the claim that stands for one, None where it does not live."""
        found = self._joins.get(EntityId(claim))
        return found.stands if found else None

    def _entity(self, id_: str) -> int:
        number = self._look.value("SELECT n FROM entity WHERE id = ?", to_bytes(EntityId(id_)))
        if number is None:
            raise self._look.altered(f"entity {id_}", f"{self._look.where} names it, and it is missing")
        return int(number)

    def _blob(self, digest: str) -> int | None:
        kinds = dict(self._look.rows("SELECT kind, n FROM blob WHERE digest = ?", bytes.fromhex(digest)))
        if kinds and "text" not in kinds:
            kind, number = min(kinds.items())
            raise self._look.altered(f"blob {number} ({kind})", "the history uses it as text")
        return kinds.get("text")

    def text(self, digest: str) -> str:
        """Return the canonical text with this digest, empty while it is not here."""
        data = self._look.value("SELECT data FROM blob WHERE digest = ?", bytes.fromhex(digest))
        return data.decode() if data is not None else ""


class _Roles:
    """Which blobs the history speaks of, and as what."""

    def __init__(self) -> None:
        self._roles: dict[str, set[str]] = {}

    def note(self, revisions: list[Revision]) -> None:
        """Take in what an entity's revisions say, those set aside too."""
        for each in revisions:
            if each.kind in _WITH_TEXT:
                for name, values in each.writes():
                    for digest in values if name in ("text", "structure", "original") else ():
                        if isinstance(digest, str) and _DIGEST.fullmatch(digest):
                            self._roles.setdefault(digest, set()).add(name)

    def check(self, look: Inspection) -> int:
        """Compare the stored blobs with what was said of them; return how many are not here."""
        here = 0
        for number, digest, kind in look.rows("SELECT n, digest, kind FROM blob ORDER BY n"):
            roles = self._roles.get(digest.hex())
            if roles is None:
                if not look.withheld:
                    raise look.altered(f"blob {number} ({kind})", "nothing in the history speaks of it")
            elif kind not in roles:
                raise look.altered(f"blob {number} ({kind})", "the history uses it as " + ", ".join(sorted(roles)))
            else:
                here += 1
        return sum(map(len, self._roles.values())) - here


def _entities(look: Inspection) -> Iterator[tuple[int, str, list[Revision]]]:
    """Yield (number, kind, revisions) of every entity that has any, changes known by their local numbers."""
    rows = look.rows(
        "SELECT r.entity, e.id, e.kind, r.change, r.parents, r.body FROM revision r "
        "JOIN entity e ON e.n = r.entity ORDER BY r.entity, r.n"
    )
    for number, group in groupby(rows, key=lambda row: row[0]):
        revisions = []
        for _, id_, kind, change, parents, body in group:
            seen = tuple(map(ChangeId, parents.split()))
            revisions.append(revision(from_bytes(id_), kind, ChangeId(str(change)), seen, body))
            look.advance()
        yield number, revisions[0].kind, revisions


def _conflicted(look: Inspection) -> Iterator[object]:
    """Yield the flag of every entity that has a kind; one without is only spoken of, and has no flag."""
    rows = look.rows(
        "SELECT n, kind, conflicted, EXISTS (SELECT 1 FROM revision WHERE entity = entity.n) FROM entity ORDER BY n"
    )
    for number, kind, conflicted, has_revisions in rows:
        if bool(has_revisions) != (kind is not None):
            raise look.altered(f"entity {number}", "its kind does not fit its history")
        if kind is not None:
            yield conflicted
        elif conflicted != 0:
            raise look.altered(f"the row of entity {number} in the table entity, column conflicted", _OTHERWISE)


def _check_mentioned(look: Inspection) -> None:
    """Check that each entity without a history is at least spoken of. There are few, so their ids fit in memory."""
    only_named = {
        bytes(from_bytes(id_), "ascii"): number
        for number, id_ in look.rows("SELECT n, id FROM entity WHERE kind IS NULL")
    }
    if not only_named or look.withheld:
        return
    for (body,) in look.rows("SELECT body FROM revision"):
        for id_ in _ENTITY_ID.findall(body):
            only_named.pop(id_, None)
        if not only_named:
            return
    raise look.altered(f"entity {min(only_named.values())}", "nothing in the history speaks of it")
