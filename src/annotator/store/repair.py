"""Makes anew what follows from the history: the current tables, the search index, the columns of the changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Connection, Table

from annotator.domain import kinds as _kinds  # noqa: F401 registers every kind
from annotator.domain.change import Revision, decode_header, revision
from annotator.domain.claim import Claim
from annotator.domain.codec import parse
from annotator.domain.entity import KINDS
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.joined import stands_for
from annotator.domain.living import living
from annotator.store import tables
from annotator.store.current import rows_from_history
from annotator.store.exchanges import exchange_seal, looked_at_seal
from annotator.store.local import aside_seal, local_seal
from annotator.store.projections import PROJECTIONS
from annotator.store.search_index import row_number
from annotator.store.senders import sender_seal
from annotator.store.statements import insert_into

_ROWS_AT_ONCE = 1_000


@dataclass(slots=True)
class RebuildReport:
    """What a repair did: how many ``entities`` have rows again, and in words what could not be saved."""

    entities: int = 0
    lost: list[str] = field(default_factory=list)


def rebuild(connection: Connection) -> RebuildReport:
    """Make the current tables and the search index anew from the history, inside a transaction that the caller began.

    Revisions whose body is not the one recorded count as lost; nothing of the history itself is changed. Drafts that
    can be read are kept and sealed again, settings that were altered are dropped. Foreign keys must be off.
    """
    report = RebuildReport()
    _repair_changes(connection, report)
    _repair_local(connection, report)
    _repair_exchanges(connection, report)
    for table in _made_from_history():
        table.drop(connection, checkfirst=True)
        table.create(connection)
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    connection.exec_driver_sql(tables.SEARCH_DDL)
    _Writer(connection, report).write()
    return report


def _made_from_history() -> Iterator[Table]:
    for projection in PROJECTIONS.values():
        yield projection.table
        if projection.beside is not None:
            yield projection.beside


def _repair_changes(connection: Connection, report: RebuildReport) -> None:
    numbers: dict[bytes, int] = {}
    first = 1
    connection.exec_driver_sql("DELETE FROM change_parent")
    for number, digest, data in connection.exec_driver_sql(
        "SELECT n, digest, header FROM change ORDER BY n"
    ).fetchall():
        if not isinstance(data, bytes) or hashlib.sha256(data).digest() != digest:
            report.lost.append(f"what change {number} was (who, when, which action): its header is damaged")
            first += int(
                connection.exec_driver_sql("SELECT count(*) FROM revision WHERE change = ?", (number,)).scalar_one()
            )
            continue
        header = decode_header(data)
        connection.exec_driver_sql(
            "UPDATE change SET generation = ?, annotator = ?, at = ?, action = ?, undoes = ?, first_revision = ? "
            "WHERE n = ?",
            (
                header.generation,
                to_bytes(header.annotator),
                header.at,
                header.action,
                bytes.fromhex(header.undoes) if header.undoes else None,
                first,
                number,
            ),
        )
        first += header.revisions
        numbers[digest] = number
        parents = [(number, numbers[bytes.fromhex(p)]) for p in header.parents if bytes.fromhex(p) in numbers]
        if parents:
            connection.exec_driver_sql(insert_into(tables.change_parent), parents)


def _repair_local(connection: Connection, report: RebuildReport) -> None:
    for key, at, body, seal in connection.exec_driver_sql("SELECT key, at, body, seal FROM draft").fetchall():
        try:
            parse(body)
            correct = local_seal(key, at, body.decode())
        except (ValueError, AttributeError):
            report.lost.append(f"the draft '{key}': it cannot be read")
            connection.exec_driver_sql("DELETE FROM draft WHERE key = ?", (key,))
            continue
        if seal != correct:
            report.lost.append(f"the certainty that the draft '{key}' is as it was typed; its words were kept")
            connection.exec_driver_sql("UPDATE draft SET seal = ? WHERE key = ?", (correct, key))
    for key, value, seal in connection.exec_driver_sql("SELECT key, value, seal FROM setting").fetchall():
        if seal != local_seal(key, value):
            report.lost.append(f"the setting '{key}'")
            connection.exec_driver_sql("DELETE FROM setting WHERE key = ?", (key,))


def _repair_exchanges(connection: Connection, report: RebuildReport) -> None:
    for number, digest, seal in connection.exec_driver_sql(
        "SELECT s.change, c.digest, s.seal FROM set_aside s JOIN change c ON c.n = s.change"
    ).fetchall():
        correct = aside_seal(ChangeId(digest.hex()))
        if seal != correct:
            report.lost.append(f"the certainty that change {number} was set aside by you; it stays so")
            connection.exec_driver_sql("UPDATE set_aside SET seal = ? WHERE change = ?", (correct, number))
    for entity, until, seal in connection.exec_driver_sql("SELECT entity, until, seal FROM looked_at").fetchall():
        if seal != looked_at_seal(entity, until):
            report.lost.append(f"that entity {entity} was looked at")
            connection.exec_driver_sql("DELETE FROM looked_at WHERE entity = ?", (entity,))
    for *values, seal in connection.exec_driver_sql("SELECT * FROM exchange").fetchall():
        if seal != exchange_seal(*values):
            report.lost.append(f"line {values[0]} of the log of bundles")
            connection.exec_driver_sql("DELETE FROM exchange_sender WHERE n = ?", (values[0],))
            connection.exec_driver_sql("DELETE FROM exchange WHERE n = ?", (values[0],))
    for *values, seal in connection.exec_driver_sql("SELECT * FROM exchange_sender").fetchall():
        if seal != sender_seal(*values):
            report.lost.append(f"who signed line {values[0]} of the log of bundles")
            connection.exec_driver_sql("DELETE FROM exchange_sender WHERE n = ?", (values[0],))


class _Writer:
    """Writes the rows of all entities, some at once. It gives local numbers as ``projections.Numbers`` asks."""

    def __init__(self, connection: Connection, report: RebuildReport) -> None:
        self._connection = connection
        self._report = report
        self._rows: dict[str, tuple[Table, list[tuple[object, ...]]]] = {}
        self._words: list[tuple[int, str]] = []
        self._pending = 0
        self._claims: dict[EntityId, Claim] = {}
        self._numbers: dict[EntityId, int] = {}

    def write(self) -> None:
        """Go through the history and write what it gives."""
        self._connection.exec_driver_sql("UPDATE entity SET conflicted = 0 WHERE conflicted <> 0")
        conflicted: list[tuple[int]] = []
        self._know_claims()
        for number, kind, revisions in self._entities(self._report.lost):
            try:
                state, rows = rows_from_history(revisions, self, self.text)
            except (KeyError, TypeError, ValueError) as error:
                self._report.lost.append(f"{kind} {revisions[0].entity}: what is left of it makes no whole ({error})")
                continue
            if state.conflicts:
                conflicted.append((number,))
            if rows is None:
                continue
            self._report.entities += 1
            projection = PROJECTIONS[kind]
            self._add(projection.table, (number, *rows.row))
            if projection.beside is not None:
                for other in rows.beside:
                    self._add(projection.beside, (number, other))
            self._words += ((row_number(number, place), words) for place, words in rows.words)
            self._pending += 1
            if self._pending >= _ROWS_AT_ONCE:
                self._flush()
        self._flush()
        if conflicted:
            self._connection.exec_driver_sql("UPDATE entity SET conflicted = 1 WHERE n = ?", conflicted)

    def entity(self, id_: str) -> int:
        """Return the number of an entity, making one where it is missing."""
        data = to_bytes(EntityId(id_))
        number = self._connection.exec_driver_sql("SELECT n FROM entity WHERE id = ?", (data,)).scalar()
        if number is None:
            number = self._connection.exec_driver_sql("SELECT max(n) + 1 FROM entity").scalar_one()
            self._connection.exec_driver_sql(insert_into(tables.entity), (number, data, None, 0))
        return int(number)

    def standing(self, claim: str) -> int:
        """Return the number of the claim that stands for one."""
        return self.joined(claim) or self.entity(claim)

    def joined(self, claim: str) -> int | None:
        """Return the number of the claim that stands for one, None where it does not live."""
        return self._numbers.get(stands_for(self._claims, EntityId(claim)))

    def _know_claims(self) -> None:
        """Read which claims live, and to which they were joined, before the rows of any are written."""
        for number, _, revisions in self._entities([], "AND e.kind = 'claim'"):
            with suppress(KeyError, TypeError, ValueError):
                found = living(revisions)
                if isinstance(found, Claim):
                    self._claims[found.id], self._numbers[found.id] = found, number

    def blob(self, digest: str) -> int | None:
        """Return the number of a stored blob, or None while it is not here."""
        sql = "SELECT n FROM blob WHERE digest = ? AND kind = 'text'"
        number: int | None = self._connection.exec_driver_sql(sql, (bytes.fromhex(digest),)).scalar()
        return number

    def text(self, digest: str) -> str:
        """Return a canonical text, empty where it is not here or not what its digest says."""
        sql = "SELECT data FROM blob WHERE digest = ?"
        data = self._connection.exec_driver_sql(sql, (bytes.fromhex(digest),)).scalar()
        return data.decode(errors="replace") if isinstance(data, bytes) else ""

    def _add(self, table: Table, row: tuple[object, ...]) -> None:
        self._rows.setdefault(table.name, (table, []))[1].append(row)

    def _flush(self) -> None:
        for table, rows in self._rows.values():
            self._connection.exec_driver_sql(insert_into(table), rows)
        if self._words:
            self._connection.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", self._words)
        self._rows.clear()
        self._words.clear()
        self._pending = 0

    def _entities(self, lost: list[str], which: str = "") -> Iterator[tuple[int, str, list[Revision]]]:
        """Yield (number, kind, standing revisions that can be read), changes known by their local numbers.

        ``lost`` is told of the others; ``which`` is a condition in SQL that narrows it.
        """
        found = self._connection.exec_driver_sql(
            "SELECT r.entity, e.id, e.kind, r.n, r.change, r.parents, r.digest, r.body FROM revision r "
            "LEFT JOIN entity e ON e.n = r.entity WHERE r.change NOT IN (SELECT change FROM set_aside) "
            f"{which} ORDER BY r.entity, r.n"
        )
        for number, group in groupby(found, key=lambda row: row[0]):
            revisions: list[Revision] = []
            for _, id_, kind, n, change, parents, digest, body in group:
                if kind not in KINDS:
                    lost.append(f"revision {n} (change {change}): its entity is missing")
                    continue
                if body is not None and (not isinstance(body, bytes) or hashlib.sha256(body).digest() != digest):
                    lost.append(f"revision {n} ({kind} {from_bytes(id_)}, change {change}): it is damaged")
                    continue
                seen = tuple(map(ChangeId, parents.split()))
                revisions.append(revision(from_bytes(id_), kind, ChangeId(str(change)), seen, body))
            if revisions:
                yield number, revisions[0].kind, revisions
