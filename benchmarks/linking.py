"""The same linking for product and floor: passages of one text, each linked to a claim, and the rows that come of it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from annotator.domain.change import Blob, Draft, Write
from annotator.domain.codec import canonical
from annotator.domain.entity import Entity, fields_of
from annotator.domain.kinds import Annotator, Claim, Linkage, Passage, Source, Version
from annotator.domain.passage import fragments_of
from annotator.domain.structure import Structure
from annotator.domain.text import text_digest
from annotator.services.identity import new_id
from annotator.store.current import rows_from_history
from annotator.store.history import History
from annotator.store.schema import create
from annotator.store.search_index import row_number
from annotator.store.store import Store

_SENTENCE = "The city’s water was tested {} times, and {} per cent of the samples held lead, the mayor’s office said. "
_WORDS_A_QUOTE = 120
TEXT = "".join(_SENTENCE.format(n, n % 97) for n in range(12_000))

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536")


class Linking:
    """A project with a text and a claim, and pairs of a passage and its linkage to add to it."""

    def __init__(self, path: Path) -> None:
        self._count = 0
        self.store = Store.create(path, nonce=os.urandom, now=_now, holder="benchmark")
        self._annotator = Annotator(id=new_id(), name="Ada")
        self._claim = Claim(id=new_id(), text="The water is safe.")
        source = Source(id=new_id(), title="Water")
        structure = canonical(Structure())
        blobs = (Blob("text", TEXT.encode()), Blob("structure", structure))
        version = Version(id=new_id(), source_id=source.id, text=text_digest(TEXT), structure=blobs[1].digest)
        self._text = version.text
        self._commit(_created(self._annotator), _created(self._claim), _created(source), _created(version), blobs=blobs)

    def add(self, pairs: int) -> None:
        """Add pairs in one change, as the service does: check the fragments, make the entities, commit."""
        writes: list[Write] = []
        for _ in range(pairs):
            self._count += 1
            start = 100 * (self._count % 10_000)
            fragments = fragments_of(TEXT, [(start, start + _WORDS_A_QUOTE)])
            passage = Passage(id=new_id(), text=self._text, fragments=fragments)
            linkage = Linkage(
                id=new_id(),
                passage_ids=(passage.id,),
                claim_id=self._claim.id,
                annotator_id=self._annotator.id,
                stance="refutes",
                verdict="refuted",
                confidence="moderate",
                confidence_percent=60,
                rationale="The samples of the office itself say otherwise, and the mayor knew of them in May.",
                reasons=("directness",),
                basis="named_report",
            )
            writes += (_created(passage), _created(linkage))
        self._commit(*writes)

    def _commit(self, *writes: Write, blobs: tuple[Blob, ...] = ()) -> None:
        draft = Draft(action="link", label="Link", annotator=self._annotator.id, writes=writes, blobs=blobs)
        self.store.commit(lambda _: draft)


def _created(entity: Entity) -> Write:
    return Write(entity.id, entity.kind, fields_of(entity))


def _now() -> str:
    return datetime.now(UTC).isoformat()


TABLES = ("blob", "entity", "change", "change_parent", "revision", "source", "version", "passage", "annotator", "claim",
          "linkage", "linkage_passage")  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


def rows_by_change(path: Path) -> list[Rows]:
    """Return the rows that each change of a file added, by table; ``search`` has row numbers and folded words."""
    database = dbapi2.connect(str(path))
    change_of = dict(database.execute("SELECT entity, min(change) FROM revision GROUP BY entity"))
    places = {"change": 0, "change_parent": 0, "revision": 2}
    found: dict[int, Rows] = defaultdict(lambda: defaultdict(list))
    for table in TABLES:
        for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 our own names
            change = row[places[table]] if table in places else 1 if table == "blob" else change_of[row[0]]
            found[change][table].append(row)
    for entity, words in _searched(path):
        found[change_of[entity]]["search"] += words
    database.close()
    return [found[change] for change in sorted(found)]


def _searched(path: Path) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    store = Store.open(path, nonce=os.urandom, now=_now, holder="benchmark")
    history = History(store.read().connection)
    for kind in ("source", "version", "passage", "claim", "linkage"):
        for number, revisions in history.all_revisions(kind):
            _, rows = rows_from_history(revisions, _Numbers(), lambda _: TEXT)
            if rows is not None:
                yield number, [(row_number(number, place), words) for place, words in rows.words]
    store.close()


class _Numbers:
    def entity(self, _id: str) -> int:
        """Return any number: only the words are wanted."""
        return 0

    standing = joined = entity

    def blob(self, _digest: str) -> int:
        """Return any number: only the words are wanted."""
        return 0


class Raw:
    """The same file by hand: the same tables, indexes and pragmas, one connection, prepared statements."""

    def __init__(self, path: Path) -> None:
        create(path)
        self._database = dbapi2.connect(str(path), isolation_level=None)
        for pragma in PRAGMAS:
            self._database.execute(f"PRAGMA {pragma}")
        self._statements = {"search": "INSERT INTO search(rowid, words) VALUES (?, ?)"}
        for table in TABLES:
            columns = len(self._database.execute(f"PRAGMA table_info({table})").fetchall())
            self._statements[table] = f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 our names

    def add(self, rows: Rows) -> None:
        """Insert the rows of one change in one transaction."""
        self._database.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            self._database.executemany(self._statements[table], found)
        self._database.execute("COMMIT")
