"""Who signed the bundles that came in: beside their lines in the log, of this copy of the project alone, each row sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from annotator.domain.ids import EntityId
from annotator.domain.signing import PublicKey
from annotator.store.local import local_seal


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSender:
    """Who signed the bundle of one line of the log: their id, their name as it was known then, and the key."""

    number: int
    annotator: EntityId
    name: str
    key: PublicKey

    def row(self) -> tuple[object, ...]:
        """Return the row as it is stored, with its seal."""
        row = (self.number, self.annotator, self.name, self.key)
        return (*row, sender_seal(*row))


def sender_seal(*values: object) -> bytes:
    """Return the digest that seals a row, given its other columns."""
    return local_seal("sender", *values)


class Senders:
    """Reads and writes the rows over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Iterator[LoggedSender]:
        """Yield who signed which line, oldest first."""
        for number, annotator, name, key, _ in self._connection.exec_driver_sql(
            "SELECT * FROM exchange_sender ORDER BY n"
        ):
            yield LoggedSender(number=number, annotator=annotator, name=name, key=key)

    def add(self, sender: LoggedSender) -> None:
        """Note who signed the bundle of a line."""
        self._connection.exec_driver_sql("INSERT INTO exchange_sender VALUES (?, ?, ?, ?, ?)", sender.row())
