"""The log of bundles that came in and went out, and what of those that came in was looked at.

It belongs to this copy of the project alone. Each row is sealed, so that ``verify`` can name one that was altered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from annotator.domain.change import Checkpoint
from annotator.domain.codec import canonical, from_plain, parse, to_plain
from annotator.domain.exchanging import NO_NOTE, ExchangeNote
from annotator.domain.ids import ChangeId, Digest
from annotator.store.history import History
from annotator.store.local import Local, local_seal
from annotator.store.ranges import Ranges

_NOTE = "exchange {0}"
"""The local setting that keeps the note of a line."""


class Direction(StrEnum):
    """Which way a bundle went: merged, given away, or the one that the project was opened from."""

    IN = "in"
    OUT = "out"
    BASE = "base"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedExchange:
    """One row of the log.

    ``after`` is the number of the newest change when it happened, ``changes`` are the numbers of those that it brought; ``seen``
    tells whether all of it was looked at; ``note`` is what a person said of it, and what it held.
    """

    number: int
    direction: Direction
    at: str
    name: str
    bundle: Digest
    checkpoint: Checkpoint
    after: int
    changes: Ranges
    seen: bool = False
    note: ExchangeNote = NO_NOTE

    def as_seen(self) -> LoggedExchange:
        """Return the line with all of it looked at."""
        return replace(self, seen=True)

    def row(self) -> tuple[object, ...]:
        """Return the row as it is stored, with its seal."""
        heads = " ".join((str(self.checkpoint.changes), *self.checkpoint.heads))
        changes, bundle = str(self.changes), bytes.fromhex(self.bundle)
        row = (
            self.number,
            self.direction.value,
            self.at,
            self.name,
            bundle,
            heads,
            self.after,
            changes,
            int(self.seen),
        )
        return (*row, exchange_seal(*row))


def exchange_seal(*values: object) -> bytes:
    """Return the digest that seals a row of the log, given its other columns."""
    return local_seal("exchange", *(each.hex() if isinstance(each, bytes) else each for each in values))


def looked_at_seal(entity: int, until: int) -> bytes:
    """Return the digest that seals what was looked at."""
    return local_seal("looked at", entity, until)


class Exchanges:
    """Reads and writes the log over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[LoggedExchange, ...]:
        """Return the log, oldest first."""
        return tuple(
            map(self._logged, self._connection.exec_driver_sql("SELECT * FROM exchange ORDER BY n").fetchall())
        )

    def find(self, number: int) -> LoggedExchange | None:
        """Return one line of the log."""
        row = self._connection.exec_driver_sql("SELECT * FROM exchange WHERE n = ?", (number,)).fetchone()
        return self._logged(row) if row else None

    def merged(self) -> Ranges:
        """Return the numbers of all changes that were ever merged in."""
        rows = self._connection.exec_driver_sql("SELECT changes FROM exchange WHERE direction = 'in'")
        return Ranges(run for (text,) in rows for run in Ranges.parse(text).runs)

    def next_number(self) -> int:
        """Return the number of the next line."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(n), 0) + 1 FROM exchange").scalar_one())

    def add(self, line: LoggedExchange) -> None:
        """Write a line, or write it anew."""
        row = line.row()
        marks = ", ".join("?" * len(row))
        self._connection.exec_driver_sql(f"INSERT OR REPLACE INTO exchange VALUES ({marks})", row)
        if line.note != NO_NOTE:
            Local(self._connection).set(_NOTE.format(line.number), canonical(to_plain(line.note)).decode())

    def look_at(self, entities: Iterable[int], until: int) -> None:
        """Note that these entities were looked at, up to the line ``until`` of the log."""
        rows = [(entity, until, looked_at_seal(entity, until)) for entity in entities]
        if rows:
            self._connection.exec_driver_sql("INSERT OR REPLACE INTO looked_at VALUES (?, ?, ?)", rows)

    def unseen(self) -> Iterator[tuple[int, int, bytes, bool]]:
        """Yield (line, entity, change, is new) of what came in and was not looked at, oldest first. People are no news."""
        lines = [line for line in self.all() if line.direction is Direction.IN and not line.seen]
        looked_at = dict(map(tuple, self._connection.exec_driver_sql("SELECT entity, until FROM looked_at")))
        for line in lines:
            for entity, digest, is_new in History(self._connection).touched_in(line.changes.runs):
                if looked_at.get(entity, 0) < line.number:
                    yield line.number, entity, digest, is_new

    def _logged(self, row: Any) -> LoggedExchange:
        number, direction, at, name, bundle, checkpoint, after, changes, seen, _ = row
        count, *heads = checkpoint.split()
        note = Local(self._connection).setting(_NOTE.format(number))
        return LoggedExchange(
            number=number,
            direction=Direction(direction),
            at=at,
            name=name,
            bundle=Digest(bundle.hex()),
            checkpoint=Checkpoint(heads=tuple(map(ChangeId, heads)), changes=int(count)),
            after=after,
            changes=Ranges.parse(changes),
            seen=bool(seen),
            note=from_plain(parse(note.encode()), ExchangeNote) if note else NO_NOTE,
        )
