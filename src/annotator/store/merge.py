"""Takes the changes of another copy of the project in: the union of both sets of changes, and nothing of its own.

Runs on the store thread inside one transaction that the caller begins and ends. What comes in was read and checked in full
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from annotator.domain.change import Change, StoredRevision, revision
from annotator.domain.ids import ChangeId
from annotator.domain.incoming import Incoming
from annotator.store import tables
from annotator.store.aside import cancelled, clear_aside
from annotator.store.commit import change_row
from annotator.store.connection import driver_of
from annotator.store.current import rows_from_history
from annotator.store.current_writer import CurrentWriter
from annotator.store.exchanges import Exchanges
from annotator.store.history import History
from annotator.store.numbering import Numbering
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader
from annotator.store.statements import insert_into

_REVISIONS_AT_ONCE = 1_000


@dataclass(slots=True)
class TakenIn:
    """What a merge took in: the changes by their local numbers, and how many withheld bodies and stored bytes came."""

    changes: Ranges
    filled: int = 0


def merge(connection: Connection, incoming: Incoming, progress: Callable[[int], None]) -> TakenIn:
    """Take in every change that is not here or was set aside; ``progress`` is told how many revisions were written.

    Raises ``OtherKindError`` (a ``ValueError``) where an id names an entity of another kind here.
    """
    return _Merge(connection, progress).run(incoming)


class _Merge:
    def __init__(self, connection: Connection, progress: Callable[[int], None]) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self._progress = progress
        self._history = History(connection)
        self._numbering = Numbering(self._driver)
        self._current = CurrentWriter(self._driver, self._history, self._numbering)
        self._aside = {change for (change,) in self._driver.execute("SELECT change FROM set_aside")}
        self._lacks = Reader(connection).lacks_bodies()
        self._first_new = self._numbering.peek("entity")
        self._first_change = self._numbering.peek("change")
        self._fresh = bytearray()
        self._again: set[int] = set()
        self._waiting: list[tuple[int, ChangeId, StoredRevision]] = []
        self._numbers: dict[ChangeId, int] = {}
        self._filled = 0

    def run(self, incoming: Incoming) -> TakenIn:
        """Take everything in."""
        for kind, digest in incoming.blobs():
            if self._numbering.blob(digest, kind) is None:
                self._numbering.add_blob(digest, kind, incoming.blob(kind, digest))
                self._filled += 1
        back: list[int] = []
        for change, header, revisions in incoming.changes():
            number = self._numbering.value("SELECT n FROM change WHERE digest = ?", bytes.fromhex(change.id))
            if number is None:
                self._take_change(change, header, revisions)
            else:
                if number in self._aside:
                    back.append(number)
                if self._lacks:
                    self._fill(revisions)
        self._flush()
        new = range(self._first_change, self._numbering.peek("change"))
        along = cancelled(self._connection, Ranges.of(back), Exchanges(self._connection).merged()) if back else ()
        self._again.update(clear_aside(self._driver, [*back, *along]))
        self._current.refresh(sorted(self._again))
        runs = [(new.start, new.stop - 1)] if new else []
        return TakenIn(Ranges(runs) | Ranges.of(back), self._filled)

    def _take_change(self, change: Change, header: bytes, revisions: Iterable[StoredRevision]) -> None:
        number = self._numbering.take("change")
        first = self._numbering.peek("revision") + len(self._waiting)
        self._driver.execute(insert_into(tables.change), change_row(number, change, header, first))
        parents = [(number, self._number(parent)) for parent in change.header.parents]
        self._driver.executemany(insert_into(tables.change_parent), parents)
        for stored in revisions:
            self._waiting.append((number, change.id, stored))
            if len(self._waiting) >= _REVISIONS_AT_ONCE:
                self._flush()

    def _flush(self) -> None:
        """Write the revisions that wait, and the rows of those entities that are new with them."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        self._numbering.entities({stored.entity: stored.kind for _, _, stored in waiting})
        rows = []
        numbers = self._numbering.take_many("revision", len(waiting))
        for n, (change, id_, stored) in zip(numbers, waiting, strict=True):
            entity = self._numbering.entity(stored.entity)
            parents = " ".join(map(str, sorted(map(self._number, stored.parents)))) if stored.parents else ""
            rows.append((n, entity, change, parents, stored.digest, stored.body))
            self._show(entity, id_, stored)
        self._driver.executemany(insert_into(tables.revision), rows)
        self._current.flush()
        self._progress(len(waiting))

    def _show(self, entity: int, change: ChangeId, stored: StoredRevision) -> None:
        """Write the rows of an entity that is new, or note that those of a known one are to be made again."""
        if stored.parents or not self._is_fresh(entity):
            self._again.add(entity)
            return
        made = revision(stored.entity, stored.kind, change, (), stored.body)
        try:
            state, rows = rows_from_history([made], self._numbering, self._numbering.text)
        except KeyError:
            self._again.add(entity)
            return
        if state.conflicts:
            self._again.add(entity)
        elif rows is not None:
            self._current.add(entity, stored.kind, rows)

    def _is_fresh(self, entity: int) -> bool:
        """Tell, once, that an entity came with this merge and had nothing written to it before."""
        place = entity - self._first_new
        if place < 0:
            return False
        if place >= len(self._fresh):
            self._fresh.extend(bytes(place + _REVISIONS_AT_ONCE - len(self._fresh)))
        is_fresh = not self._fresh[place]
        self._fresh[place] = 1
        return is_fresh

    def _fill(self, revisions: Iterable[StoredRevision]) -> None:
        """Fill in the bodies of a known change that were withheld from this copy and have come now."""
        for stored in revisions:
            if stored.body is None:
                continue
            number = self._numbering.value(
                "SELECT r.n FROM revision r JOIN entity e ON e.n = r.entity WHERE e.id = ? AND r.digest = ? AND r.body IS NULL",
                bytes.fromhex(stored.entity.replace("-", "")),
                stored.digest,
            )
            if number is not None:
                self._driver.execute("UPDATE revision SET body = ? WHERE n = ?", (stored.body, number))
                self._again.add(self._numbering.entity(stored.entity))
                self._filled += 1

    def _number(self, id_: ChangeId) -> int:
        number = self._numbers.get(id_)
        if number is None:
            found = self._numbering.value("SELECT n FROM change WHERE digest = ?", bytes.fromhex(id_))
            if len(self._numbers) > _REVISIONS_AT_ONCE:
                self._numbers.clear()
            number = self._numbers[id_] = int(found)
        return number
