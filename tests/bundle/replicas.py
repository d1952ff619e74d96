"""A second file with the same changes, taken in another order under other local numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.store import tables
from annotator.store.reader import Reader
from annotator.store.repair import rebuild
from tests.factories import new_store
from tests.store.rich import raw


def copy_in_other_order(source: Path, target: Path) -> None:
    """Copy the standing history of a project: of changes that know nothing of each other, the later one first."""
    store = new_store(target)
    with raw(source) as database:
        blobs = database.execute("SELECT digest, kind, data FROM blob ORDER BY digest DESC").fetchall()
        entities = database.execute("SELECT id, kind, conflicted FROM entity ORDER BY id DESC").fetchall()
        changes = database.execute(
            "SELECT digest, header, generation, annotator, at, action, undoes, n FROM change "
            "WHERE n NOT IN (SELECT change FROM set_aside) ORDER BY generation, digest DESC"
        ).fetchall()
        revisions = {number: _revisions(database, number) for *_, number in changes}

    def fill(reader: Reader) -> None:
        connection = reader.connection
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for number, row in enumerate(blobs, 1):
            connection.exec_driver_sql("INSERT INTO blob VALUES (?, ?, ?, ?)", (number, *row))
        for number, row in enumerate(entities, 1):
            connection.exec_driver_sql("INSERT INTO entity VALUES (?, ?, ?, ?)", (number, *row))
        _insert_history(connection, changes, revisions)
        assert rebuild(connection).lost == []

    store.write_local(fill).result()
    store.close()


def _revisions(database: Any, change: int) -> list[tuple[Any, ...]]:
    rows = database.execute(
        "SELECT e.id, r.parents, r.digest, r.body FROM revision r JOIN entity e ON e.n = r.entity WHERE r.change = ?",
        (change,),
    ).fetchall()
    return [(id_, _digests(database, parents), digest, body) for id_, parents, digest, body in rows]


def _digests(database: Any, numbers: str) -> list[bytes]:
    return [database.execute("SELECT digest FROM change WHERE n = ?", (int(n),)).fetchone()[0] for n in numbers.split()]


def _insert_history(connection: Any, changes: list[Any], revisions: dict[int, list[Any]]) -> None:
    numbers = {digest: number for number, (digest, *_) in enumerate(changes, 1)}
    first = 1
    assert [column.name for column in tables.change.columns][-1] == "first_revision"
    for digest, *facts, old in changes:
        number = numbers[digest]
        connection.exec_driver_sql(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, digest, *facts, first)
        )
        for offset, (id_, parents, body_digest, body) in enumerate(revisions[old]):
            listed = " ".join(str(numbers[parent]) for parent in sorted(parents, key=lambda each: numbers[each]))
            connection.exec_driver_sql(
                "INSERT INTO revision SELECT ?, n, ?, ?, ?, ? FROM entity WHERE id = ?",
                (first + offset, number, listed, body_digest, body, id_),
            )
        first += len(revisions[old])
