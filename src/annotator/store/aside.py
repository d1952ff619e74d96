"""Setting changes aside: they stay in the history and count no more on this computer. How a merge is taken back.

Runs on the store thread inside a transaction that the caller begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from annotator.domain.batches import batched
from annotator.domain.ids import ChangeId
from annotator.store import tables
from annotator.store.connection import driver_of
from annotator.store.current_writer import CurrentWriter
from annotator.store.history import History
from annotator.store.local import aside_seal
from annotator.store.numbering import Numbering
from annotator.store.ranges import Ranges
from annotator.store.statements import insert_into

_NUMBERS_A_QUERY = 500


def builds_on(connection: Connection, changes: Ranges) -> list[int]:
    """Return the standing changes outside ``changes`` that build on them, directly or not, oldest first."""
    found: set[int] = set()
    waiting = list(changes.runs)
    while waiting:
        rows = connection.exec_driver_sql(
            "SELECT child FROM change_parent WHERE parent BETWEEN ? AND ? AND child NOT IN (SELECT change FROM set_aside)",
            waiting.pop(),
        )
        new = {child for (child,) in rows if child not in changes and child not in found}
        found |= new
        waiting += [(child, child) for child in new]
    return sorted(found)


def come_to_nothing(history: History, numbers: Sequence[int]) -> bool:
    """Tell whether changes were all undone again by others among them, so that together they change nothing."""
    undone_by = {history.numbered(number).header.undoes: number for number in numbers}
    beginnings = [number for number in numbers if history.numbered(number).header.undoes is None]
    told = 0
    for number in beginnings:
        length = 1
        while number := undone_by.get(history.numbered(number).id, 0):
            length += 1
        if length % 2:
            return False
        told += length
    return told == len(numbers)


def cancelled(connection: Connection, changes: Ranges, merged: Ranges) -> Ranges:
    """Return our own changes set aside that build on ``changes`` and can stand with them.

    They came to nothing and went along. One that also builds on something else set aside stays there.
    """
    found: set[int] = set()
    rows = connection.exec_driver_sql(
        "SELECT child, parent, parent IN (SELECT change FROM set_aside) FROM change_parent "
        "WHERE child IN (SELECT change FROM set_aside) ORDER BY child"
    )
    for child, group in groupby(rows, key=lambda row: row[0]):
        aside = [parent for _, parent, is_aside in group if is_aside]
        with_them = [parent in changes or parent in found for parent in aside]
        if child not in merged and any(with_them) and all(with_them):
            found.add(child)
    return Ranges.of(found)


def lean_on(connection: Connection, changes: Ranges) -> list[int]:
    """Return the changes set aside, outside ``changes``, that one of these builds on: it cannot stand without them."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT parent, child FROM change_parent WHERE parent IN (SELECT change FROM set_aside)"
    )
    return sorted({parent for parent, child in rows if child in changes and parent not in changes})


def set_aside(connection: Connection, changes: Ranges) -> None:
    """Set changes aside, on which nothing that stands builds, and make the current tables follow."""
    driver = driver_of(connection)
    for first, last in changes.runs:
        found = driver.execute(
            "SELECT n, digest FROM change WHERE n BETWEEN ? AND ? AND n NOT IN (SELECT change FROM set_aside)",
            (first, last),
        ).fetchall()
        rows = [(number, aside_seal(ChangeId(digest.hex()))) for number, digest in found]
        driver.executemany(insert_into(tables.set_aside), rows)
    _refresh(connection, touched(driver, changes))


def take_back_in(connection: Connection, changes: Ranges) -> None:
    """Let changes count again that were set aside, and make the current tables follow."""
    _refresh(connection, clear_aside(driver_of(connection), changes))


def clear_aside(driver: Any, changes: Iterable[int]) -> set[int]:
    """Let changes count again; return the entities whose rows are to be made anew."""
    found: set[int] = set()
    for some in batched(changes, _NUMBERS_A_QUERY):
        marks = ",".join("?" * len(some))
        driver.execute(f"DELETE FROM set_aside WHERE change IN ({marks})", tuple(some))
        found |= touched(driver, Ranges.of(some))
    return found


def touched(driver: Any, changes: Ranges) -> set[int]:
    """Return the local numbers of the entities that changes touched."""
    found: set[int] = set()
    for first, last in changes.runs:
        found.update(
            entity
            for (entity,) in driver.execute(
                "SELECT DISTINCT entity FROM revision WHERE n >= (SELECT first_revision FROM change WHERE n = ?) "
                "AND n < coalesce((SELECT first_revision FROM change WHERE n = ?), 9223372036854775807)",
                (first, last + 1),
            )
        )
    return found


def _refresh(connection: Connection, entities: Iterable[int]) -> None:
    driver = driver_of(connection)
    history, numbering = History(connection), Numbering(driver)
    CurrentWriter(driver, history, numbering).refresh(sorted(entities))
