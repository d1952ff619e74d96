"""Proves that what is stored is what was recorded, or names the first thing that is not.

Digests are taken over stored bytes, the chain of changes is followed, and the current tables and the search index are
made anew from the history and compared. This shows damage and naive edits. Against someone who recomputes everything
only a checkpoint held elsewhere helps. Bytes of the file that SQLite does not use may differ: they hold nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy import Connection

from annotator.domain import kinds as _kinds  # noqa: F401 registers every kind
from annotator.domain.errors import AlteredError, NewerProjectError, NotAProjectError
from annotator.domain.folding import RULES
from annotator.domain.ids import ChangeId
from annotator.store import schema
from annotator.store.connection import connect_in_memory
from annotator.store.exchanges import exchange_seal, looked_at_seal
from annotator.store.inspection import Inspection, Progress
from annotator.store.local import FOLDING, aside_seal, local_seal
from annotator.store.senders import sender_seal
from annotator.store.tables import APPLICATION_ID, FORMAT
from annotator.store.verify_current import check_current
from annotator.store.verify_history import check_blobs, check_changes, check_entities
from annotator.store.verify_search import SearchComparison


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """How much was found to be as recorded.

    ``withheld`` bodies of revisions and ``absent`` texts, structures and originals were left out of this copy by
    whoever gave it: their digests are recorded, so they can be checked when they come. ``index`` tells whether the
    search index was compared: one folded under the rules of another Python is made anew when the project is opened.
    """

    changes: int
    revisions: int
    entities: int
    blobs: int
    withheld: int = 0
    absent: int = 0
    index: bool = True


def verify(project: Path | Connection, progress: Progress | None = None, *, derived: bool = True) -> VerifyReport:
    """Check a whole project file, reading only, and return how much it holds.

    ``project`` is a path or a connection to the file; ``progress`` is told (rows done, rows in all), and what it raises ends the
    work. Without ``derived`` the current tables and the search index are not made anew and compared, which is most of the work:
    the history is checked, from which both can be made at any time. Raises ``AlteredError`` naming the first thing altered, and
    what ``schema.check`` raises for files that are no projects.
    """
    path = project if isinstance(project, Path) else _path_of(project)
    look = None
    try:
        other_kind = _other_kind(path)
        look = Inspection(path, progress)
        return _verify(look, other_kind, derived=derived)
    except (dbapi2.Error, ValueError, TypeError, LookupError, ArithmeticError) as error:
        if look is None:
            raise AlteredError(path=path, where="the file", problem=f"it cannot be read ({error})") from error
        raise look.from_sqlite(error) from error
    finally:
        if look is not None:
            look.close()


def _path_of(connection: Connection) -> Path:
    return Path(connection.exec_driver_sql("PRAGMA database_list").fetchall()[0][2])


def _verify(look: Inspection, other_kind: Exception | None, *, derived: bool) -> VerifyReport:
    _check_head(look, other_kind)
    _check_structure(look)
    look.begin()
    blobs = check_blobs(look)
    entities = check_entities(look)
    changes, revisions = check_changes(look)
    _check_aside(look)
    absent, index = _check_derived(look) if derived else (0, False)
    _check_references(look)
    _check_local(look)
    return VerifyReport(
        changes=changes,
        revisions=revisions,
        entities=entities,
        blobs=blobs,
        withheld=look.withheld,
        absent=absent,
        index=index,
    )


def _check_derived(look: Inspection) -> tuple[int, bool]:
    """Check what is made from the history; return how many blobs are not here, and whether the index was compared."""
    comparison = SearchComparison(look)
    try:
        absent = check_current(look, comparison.add)
        index = look.value("SELECT value FROM setting WHERE key = ?", FOLDING) == RULES
        if index:
            comparison.check()
    finally:
        comparison.close()
    return absent, index


def _other_kind(path: Path) -> Exception | None:
    """Return why the first bytes of the file are not those of a project of this format; raises when none is there."""
    try:
        schema.check(path)
    except (NotAProjectError, NewerProjectError) as error:
        if path.is_dir():
            raise
        return error
    return None


def _check_head(look: Inspection, other_kind: Exception | None) -> None:
    """Check the file's first bytes and the definitions of its tables.

    A file with just our tables and a foreign head is an altered project; without them it is something else.
    """
    look.where = "the file header"
    if isinstance(other_kind, NotAProjectError) and not _is_ours_in_part(look):
        raise other_kind
    look.where = "the table definitions"
    found, expected = _definitions(look.rows), _expected_definitions()
    if isinstance(other_kind, NewerProjectError) and found != expected:
        raise other_kind
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            raise look.altered(f"{look.where} ({name})", "it is not the one that the program makes")
    if look.value("PRAGMA application_id") != APPLICATION_ID or look.value("PRAGMA user_version") != FORMAT:
        raise look.altered("the file header", "it names another kind or format of file than its tables have")


def _is_ours_in_part(look: Inspection) -> bool:
    """Tell whether a file that does not say so is a project all the same."""
    try:
        return bool(_definitions(look.rows).keys() & {"change_parent", "linkage_passage"})
    except dbapi2.Error:
        with look.path.open("rb") as file:
            return APPLICATION_ID.to_bytes(4, "big") in file.read(100)[68:72]


def _definitions(rows: Callable[[str], object]) -> dict[str, tuple[object, ...]]:
    found = rows("SELECT name, type, tbl_name, sql FROM sqlite_master")
    return {name: (kind, table, sql) for name, kind, table, sql in found}  # type: ignore[attr-defined]


def _expected_definitions() -> dict[str, tuple[object, ...]]:
    with connect_in_memory() as connection:
        schema.create_tables(connection)
        return _definitions(connection.exec_driver_sql)


def _check_structure(look: Inspection) -> None:
    look.where = "the file"
    for (message,) in look.rows("PRAGMA integrity_check(1)"):
        if message != "ok":
            raise look.from_sqlite(dbapi2.DatabaseError(message))


def _check_references(look: Inspection) -> None:
    look.where = "the references between the tables"
    for table, row, target, _ in look.rows("PRAGMA foreign_key_check"):
        raise look.altered(f"the row {row} in the table {table}", f"it points to a row of {target} that is not there")


def _check_aside(look: Inspection) -> None:
    look.where = "the table set_aside"
    for number, found, digest in look.rows(
        "SELECT s.change, s.seal, c.digest FROM set_aside s LEFT JOIN change c ON c.n = s.change"
    ):
        if digest is None or found != aside_seal(ChangeId(digest.hex())):
            raise look.altered(f"the setting aside of change {number}", "it is not what was set")
    child = look.value(
        "SELECT child FROM change_parent WHERE parent IN (SELECT change FROM set_aside) "
        "AND child NOT IN (SELECT change FROM set_aside)"
    )
    if child is not None:
        raise look.altered(f"change {child}", "it builds on a change that was set aside, and stands")


def _check_local(look: Inspection) -> None:
    look.where = "the table draft"
    for key, at, body, found in look.rows("SELECT key, at, body, seal FROM draft"):
        if not isinstance(body, bytes) or found != local_seal(key, at, body.decode()):
            raise look.altered(f"draft '{key}'", "it is not what was kept")
    look.where = "the table setting"
    for key, value, found in look.rows("SELECT key, value, seal FROM setting"):
        if found != local_seal(key, value):
            raise look.altered(f"setting '{key}'", "it is not what was set")
    _check_exchanges(look)


def _check_exchanges(look: Inspection) -> None:
    look.where = "the table exchange"
    for *values, found in look.rows("SELECT * FROM exchange"):
        if found != exchange_seal(*values):
            raise look.altered(
                f"line {values[0]} of the log of bundles (the table exchange)", "it is not what was noted"
            )
    look.where = "the table exchange_sender"
    for *values, found in look.rows("SELECT * FROM exchange_sender"):
        if found != sender_seal(*values):
            where = f"who signed line {values[0]} of the log of bundles (the table exchange_sender)"
            raise look.altered(where, "it is not what was noted")
    look.where = "the table looked_at"
    for entity, until, found in look.rows("SELECT entity, until, seal FROM looked_at"):
        if found != looked_at_seal(entity, until):
            raise look.altered(f"the row of entity {entity} in the table looked_at", "it is not what was noted")
