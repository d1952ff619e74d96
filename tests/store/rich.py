"""A project with something in every table: conflicts, changes set aside, deletions, names without an entity, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from annotator.domain.change import DELETED, Write
from annotator.domain.ids import ChangeId, EntityId, digest_of
from annotator.domain.kinds import Appearance, Claim
from annotator.domain.signing import PublicKey
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.local import aside_seal
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader
from annotator.store.repair import rebuild
from annotator.store.senders import LoggedSender, Senders
from annotator.store.store import Store
from tests.factories import Maker, commit, created, fill, new_store


@contextmanager
def raw(path: Path) -> Iterator[Any]:
    """Open a project file behind the program's back, able to change anything."""
    with closing(dbapi2.connect(str(path), isolation_level=None)) as database:
        yield database


def set_aside(store: Store, *changes: ChangeId) -> None:
    """Set these changes aside, and no others, and make the current tables follow."""

    def job(reader: Reader) -> None:
        connection = reader.connection
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("DELETE FROM set_aside")
        for change in changes:
            connection.exec_driver_sql(
                "INSERT INTO set_aside SELECT n, ? FROM change WHERE digest = ?",
                (aside_seal(change), bytes.fromhex(change)),
            )
        assert rebuild(connection).lost == []
        store._committer.forget()

    store.write_local(job).result()


def conflict(store: Store, make: Maker, *writes: Write) -> None:
    """Commit each write without having seen the others, as colleagues who exchange bundles do."""
    changes: list[ChangeId] = []
    for write in writes:
        changes.append(commit(store, make, write, action="edit").id)
        set_aside(store, *changes)
    set_aside(store)


def _note_exchanges(reader: Reader) -> None:
    log = Exchanges(reader.connection)
    for number, direction in enumerate((Direction.BASE, Direction.OUT, Direction.IN), 1):
        changes = Ranges([(4, 4), (6, 7)]) if direction is Direction.IN else Ranges()
        log.add(
            LoggedExchange(
                number=number, direction=direction, at="2026-01-01T00:00:00Z", name="bo.bundle.zip",
                bundle=digest_of(b"bundle"), checkpoint=reader.checkpoint(), after=9, changes=changes,
            )
        )  # fmt: skip
    log.look_at([3, 4], 3)
    person = EntityId("00000000-0000-7000-8000-00000000000b")
    Senders(reader.connection).add(LoggedSender(number=3, annotator=person, name="Bo", key=PublicKey("ab" * 32)))


def make_rich_project(path: Path) -> Maker:
    """Make the project at ``path`` and close it."""
    make = Maker()
    store = new_store(path)
    fill(store, make)
    second = replace(make.claim, id=make.id(), text="Lead was found in the water.", parent=make.claim.id)
    third = Claim(id=make.id(), text="Nothing was found.")
    commit(store, make, created(second), created(third))
    conflict(
        store,
        make,
        Write(make.claim.id, "claim", {"text": "The water was safe in May."}),
        Write(make.claim.id, "claim", {"text": "The water is not safe."}),
    )
    commit(store, make, Write(third.id, "claim", {DELETED: True}), action="delete")
    origin = Appearance(id=make.id(), passage_id=make.passage.id, claim_id=second.id)
    repeat = replace(origin, id=make.id(), derived_from=origin.id, agent_id=make.id())
    commit(store, make, created(origin), created(repeat))
    joint = make.new_linkage([make.passage, make.new_passage([(5, 10)])], "refutes", "Both together say so.")
    commit(store, make, created(joint))
    aside = commit(store, make, Write(joint.id, "linkage", {"rationale": "Theirs"}), action="merge")
    set_aside(store, aside.id)
    store.write_local(
        lambda reader: reader.local.keep_draft("rationale:new", "2026-01-01T00:00:00Z", "typing")
    ).result()
    store.write_local(lambda reader: reader.local.set("language", "en")).result()
    store.write_local(_note_exchanges).result()
    store.close()
    return make
