"""The history as rows: changes and revisions, read as streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import Connection

from annotator.domain.batches import batched
from annotator.domain.change import Change, Revision, StoredRevision, decode_header, revision
from annotator.domain.ids import ChangeId, EntityId, from_bytes, to_bytes
from annotator.domain.view import Stamp

_REVISION = (
    "SELECT e.id, e.kind, c.digest, r.parents, r.body, r.digest, r.n FROM revision r "
    "JOIN entity e ON e.n = r.entity JOIN change c ON c.n = r.change"
)
_STANDING = "c.n NOT IN (SELECT change FROM set_aside)"
_NUMBERS_A_QUERY = 500


class History:
    """Reads changes and revisions over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        """Return how many changes there are."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM change").scalar_one())

    def change(self, id_: ChangeId) -> Change | None:
        """Return the change with this id."""
        row = self._connection.exec_driver_sql(
            "SELECT header FROM change WHERE digest = ?", (bytes.fromhex(id_),)
        ).fetchone()
        return Change(id_, decode_header(row[0])) if row else None

    def is_undone(self, id_: ChangeId) -> bool:
        """Tell whether a change was undone and not done again since."""
        rows = self._connection.exec_driver_sql("SELECT digest FROM change WHERE undoes = ?", (bytes.fromhex(id_),))
        return any(not self.is_undone(ChangeId(digest.hex())) for (digest,) in rows.fetchall())

    def number(self, id_: ChangeId) -> int:
        """Return the local number of a change, 0 where it is not here."""
        found = self._connection.exec_driver_sql(
            "SELECT n FROM change WHERE digest = ?", (bytes.fromhex(id_),)
        ).scalar()
        return int(found or 0)

    def numbered(self, number: int) -> Change:
        """Return the change with this local number."""
        sql = "SELECT digest, header FROM change WHERE n = ?"
        digest, header = self._connection.exec_driver_sql(sql, (number,)).one()
        return Change(ChangeId(digest.hex()), decode_header(header))

    def is_aside(self, number: int) -> bool:
        """Tell whether the change with this local number was set aside."""
        sql = "SELECT 1 FROM set_aside WHERE change = ?"
        return self._connection.exec_driver_sql(sql, (number,)).fetchone() is not None

    def stands(self, runs: Iterable[tuple[int, int]]) -> bool:
        """Tell whether any change with a local number in these runs (first and last) stands."""
        sql = f"SELECT 1 FROM change c WHERE c.n BETWEEN ? AND ? AND {_STANDING} LIMIT 1"
        return any(self._connection.exec_driver_sql(sql, run).fetchone() for run in runs)

    def people(self, runs: Iterable[tuple[int, int]]) -> set[EntityId]:
        """Return who made the changes with local numbers in these runs (first and last)."""
        sql = "SELECT DISTINCT annotator FROM change WHERE n BETWEEN ? AND ?"
        return {from_bytes(id_) for run in runs for (id_,) in self._connection.exec_driver_sql(sql, run)}

    def touched_in(self, runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, bytes, bool]]:
        """Yield (entity, change, is new) for what standing changes with local numbers in these runs touched, oldest first.

        People are left out.
        """
        for run in runs:
            rows = self._connection.exec_driver_sql(
                "SELECT r.entity, c.digest, NOT EXISTS (SELECT 1 FROM revision o WHERE o.entity = r.entity AND o.n < r.n) "
                f"FROM change c JOIN revision r ON r.change = c.n AND r.n >= c.first_revision "
                f"WHERE c.n BETWEEN ? AND ? AND {_STANDING} "
                "AND r.entity NOT IN (SELECT n FROM entity WHERE kind = 'annotator') ORDER BY r.n",
                run,
            )
            for entity, digest, is_new in rows:
                yield entity, digest, bool(is_new)

    def changes(self, *, standing: bool = False) -> Iterator[tuple[Change, bytes]]:
        """Yield every change with the stored bytes of its header, in the order that is the same on every replica.

        ``standing`` leaves out those set aside.
        """
        rows = self._connection.exec_driver_sql(
            f"SELECT c.digest, c.header FROM change c{f' WHERE {_STANDING}' if standing else ''} "
            "ORDER BY c.generation, c.digest"
        )
        for digest, header in rows:
            yield Change(ChangeId(digest.hex()), decode_header(header)), header

    def newest(self, *, limit: int, before: int | None = None) -> list[tuple[int, Change]]:
        """Return up to ``limit`` changes with their local numbers, newest first, older than number ``before``."""
        rows = self._connection.exec_driver_sql(
            "SELECT n, digest, header FROM change WHERE n < ? ORDER BY n DESC LIMIT ?", (before or 2**62, limit)
        )
        return [(n, Change(ChangeId(digest.hex()), decode_header(header))) for n, digest, header in rows]

    def revisions_of_change(self, id_: ChangeId) -> Iterator[StoredRevision]:
        """Yield the revisions that a change made, sorted by entity id."""
        number, first, header = self._connection.exec_driver_sql(
            "SELECT n, first_revision, header FROM change WHERE digest = ?", (bytes.fromhex(id_),)
        ).one()
        count = decode_header(header).revisions
        rows = self._connection.exec_driver_sql(
            f"{_REVISION} WHERE r.n >= ? AND r.n < ? AND r.change = ? ORDER BY e.id", (first, first + count, number)
        )
        for id_bytes, kind, _, parents, body, digest, _ in rows:
            yield StoredRevision(from_bytes(id_bytes), kind, self.change_ids(parents), body, digest)

    def parents(self) -> Iterator[tuple[ChangeId, tuple[ChangeId, ...]]]:
        """Yield every change (set aside ones too) with what it builds on, each before those that it builds on."""
        rows = self._connection.exec_driver_sql(
            "SELECT c.n, c.digest, p.digest FROM change c LEFT JOIN change_parent cp ON cp.child = c.n "
            "LEFT JOIN change p ON p.n = cp.parent ORDER BY c.generation DESC, c.n"
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            (_, digest, first), *rest = group
            parents = (first, *(parent for _, _, parent in rest)) if first is not None else ()
            yield ChangeId(digest.hex()), tuple(ChangeId(parent.hex()) for parent in parents)

    def kinds_touched(self, id_: ChangeId) -> tuple[tuple[str, int], ...]:
        """Return how many entities of each kind a change touched."""
        number, first, header = self._connection.exec_driver_sql(
            "SELECT n, first_revision, header FROM change WHERE digest = ?", (bytes.fromhex(id_),)
        ).one()
        rows = self._connection.exec_driver_sql(
            "SELECT e.kind, count(*) FROM revision r JOIN entity e ON e.n = r.entity "
            "WHERE r.n >= ? AND r.n < ? AND r.change = ? GROUP BY e.kind ORDER BY e.kind",
            (first, first + decode_header(header).revisions, number),
        )
        return tuple((kind, count) for kind, count in rows)

    def revisions_of(self, entity: EntityId, *, standing: bool = True) -> list[Revision]:
        """Return an entity's revisions, parents first. ``standing`` leaves out those of changes set aside."""
        rows = self._connection.exec_driver_sql(
            f"{_REVISION} WHERE e.id = ?{f' AND {_STANDING}' if standing else ''} ORDER BY c.n", (to_bytes(entity),)
        ).fetchall()
        return [self._revision(row) for row in rows]

    def revisions_of_number(self, number: int) -> list[Revision]:
        """Return the standing revisions of the entity with this local number, parents first."""
        rows = self._connection.exec_driver_sql(
            f"{_REVISION} WHERE r.entity = ? AND {_STANDING} ORDER BY c.n", (number,)
        ).fetchall()
        return [self._revision(row) for row in rows]

    def revisions_of_numbers(self, numbers: Iterable[int]) -> dict[int, list[Revision]]:
        """Return the standing revisions of the entities with these local numbers, parents first."""
        found: dict[int, list[Revision]] = {}
        for some in batched(numbers, _NUMBERS_A_QUERY):
            marks = ",".join("?" * len(some))
            rows = self._connection.exec_driver_sql(
                "SELECT e.id, e.kind, c.digest, r.parents, r.body, r.digest, e.n FROM revision r "
                "JOIN entity e ON e.n = r.entity JOIN change c ON c.n = r.change "
                f"WHERE r.entity IN ({marks}) AND {_STANDING} ORDER BY r.entity, c.n",
                some,
            )
            for row in rows:
                found.setdefault(row[6], []).append(self._revision(tuple(row)))
        return found

    def all_revisions(self, kind: str) -> Iterator[tuple[int, list[Revision]]]:
        """Yield (local number, standing revisions) for every entity of a kind, sorted by entity id."""
        rows = self._connection.exec_driver_sql(
            f"SELECT e.id, e.kind, c.digest, r.parents, r.body, r.digest, e.n FROM entity e "
            f"JOIN revision r ON r.entity = e.n JOIN change c ON c.n = r.change "
            f"WHERE e.kind = ? AND {_STANDING} ORDER BY e.id, c.n",
            (kind,),
        )
        number, group = 0, list[Revision]()
        for row in rows:
            if row[6] != number and group:
                yield number, group
                group = []
            number = row[6]
            group.append(self._revision(tuple(row)))
        if group:
            yield number, group

    def stamps(self, kind: str) -> Iterator[Stamp]:
        """Yield who made each entity of a kind and when, in the order of ``all_revisions``."""
        rows = self._connection.exec_driver_sql(
            "SELECT e.n, c.annotator, c.at FROM entity e JOIN revision r ON r.entity = e.n JOIN change c ON c.n = r.change "
            f"WHERE e.kind = ? AND {_STANDING} ORDER BY e.id, c.generation, c.digest",
            (kind,),
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            (_, annotator, created), *later = group
            yield Stamp(from_bytes(annotator), created, max([created, *(at for _, _, at in later)]))

    def change_ids(self, numbers: str) -> tuple[ChangeId, ...]:
        """Return the ids of the changes with these local numbers, given as in a revision's ``parents``."""
        if not numbers:
            return ()
        wanted = numbers.split()
        marks = ",".join("?" * len(wanted))
        rows = self._connection.exec_driver_sql(
            f"SELECT digest FROM change WHERE n IN ({marks})",
            tuple(map(int, wanted)),
        )
        return tuple(sorted(ChangeId(digest.hex()) for (digest,) in rows))

    def _revision(self, row: tuple[object, ...]) -> Revision:
        id_bytes, kind, digest, parents, body, _, _ = row
        assert isinstance(id_bytes, bytes) and isinstance(digest, bytes) and isinstance(parents, str)  # noqa: S101, PT018
        stored = body if isinstance(body, bytes) else None
        return revision(from_bytes(id_bytes), str(kind), ChangeId(digest.hex()), self.change_ids(parents), stored)
