"""What a change builds on: its header names as parents what its author's own chain had come to, and what else it refers to.

Colleagues' changes that it has nothing to do with are no parents, so that a merge can be taken back later as long as nothing
was built on what it brought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from annotator.domain.change import Change, decode_body
from annotator.domain.ids import ChangeId
from annotator.domain.passage import Passage
from annotator.store.connection import driver_of
from annotator.store.exchanges import Exchanges
from annotator.store.numbering import Numbering
from annotator.store.ranges import Ranges

_NAMED_AT_MOST = 200
_ENTITY_ID = re.compile(rb'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
_ASIDE = "(SELECT change FROM set_aside)"
_COUNTED = "coalesce((SELECT last FROM left_out WHERE first <= {0} ORDER BY first DESC LIMIT 1), 0) < {0}"


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A change that another builds on, by its local number and by what its header takes from it."""

    number: int
    id: ChangeId
    generation: int


class Lineage:
    """Finds the parents of the next change over the writing connection."""

    def __init__(self, connection: Connection, numbering: Numbering) -> None:
        self._driver = driver_of(connection)
        self._exchanges = Exchanges(connection)
        self._numbering = numbering
        self.forget()

    def forget(self) -> None:
        """Drop what is remembered of the file."""
        self._chain: list[Ancestor] | None = None
        self._merged = Ranges()

    def went_on(self, number: int, change: Change) -> None:
        """Note that a change was committed: the chain now ends with it."""
        self._chain = [Ancestor(number, change.id, change.header.generation)]

    def parents(self, revisions: Iterable[tuple[str, str, bytes]]) -> list[Ancestor]:
        """Return what a change builds on that has these revisions, each given as kind, numbers of its parents, and body."""
        chain = self._own_chain()
        if not self._merged:
            return chain
        needed = set(self._needed(revisions))
        wanted = {number for number in needed if number in self._merged and not self._is_named(number)}
        known = {ancestor.number for ancestor in chain}
        if len(wanted) > _NAMED_AT_MOST:
            return self._childless()
        return [*chain, *(self._ancestor(number) for number in sorted(wanted - known))]

    def numbers_of(self, ids: Sequence[ChangeId]) -> str:
        """Return the local numbers of changes, as a revision keeps those of its parents."""
        if not ids:
            return ""
        known = {ancestor.id: ancestor.number for ancestor in self._chain or ()}
        numbers = (
            known.get(id_) or self._numbering.value("SELECT n FROM change WHERE digest = ?", bytes.fromhex(id_))
            for id_ in ids
        )
        return " ".join(map(str, sorted(n for n in numbers if n is not None)))

    def _own_chain(self) -> list[Ancestor]:
        if self._chain is None:
            self._merged = self._exchanges.merged()
            self._chain = self._childless(self._merged)
        return self._chain

    def _childless(self, left_out: Ranges | None = None) -> list[Ancestor]:
        """Return the standing changes on which no other standing one builds, those of ``left_out`` not counted."""
        self._driver.execute("CREATE TEMP TABLE IF NOT EXISTS left_out(first INTEGER PRIMARY KEY, last INTEGER)")
        self._driver.execute("DELETE FROM left_out")
        self._driver.executemany("INSERT INTO left_out VALUES (?, ?)", left_out.runs if left_out else ())
        rows = self._driver.execute(
            f"SELECT n, digest, generation FROM change WHERE n NOT IN {_ASIDE} AND {_COUNTED.format('n')} "
            "AND NOT EXISTS (SELECT 1 FROM change_parent WHERE parent = change.n "
            f"AND child NOT IN {_ASIDE} AND {_COUNTED.format('child')})"
        )
        return [Ancestor(n, ChangeId(digest.hex()), generation) for n, digest, generation in rows]

    def _needed(self, revisions: Iterable[tuple[str, str, bytes]]) -> Iterator[int]:
        """Yield the changes that made what the revisions follow, refer to, or stand on."""
        named: set[str] = set()
        texts: set[str] = set()
        for kind, parents, body in revisions:
            yield from map(int, parents.split())
            named.update(id_.decode() for id_ in _ENTITY_ID.findall(body))
            if kind == Passage.kind:
                text = decode_body(body).fields.get("text")
                texts.update([text] if isinstance(text, str) else [])
        for id_ in named:
            yield from self._makers("SELECT n FROM entity WHERE id = ?", bytes.fromhex(id_.replace("-", "")))
        for digest in texts:
            versions = "SELECT v.n FROM version v JOIN blob b ON b.n = v.text WHERE b.digest = ?"
            makers = list(self._makers(versions, bytes.fromhex(digest)))
            if all(maker in self._merged for maker in makers):
                yield from makers[:1]

    def _makers(self, entities: str, key: bytes) -> Iterator[int]:
        """Yield the change that made each of the entities that a query finds."""
        rows = self._driver.execute(
            f"SELECT min(r.change) FROM revision r WHERE r.entity IN ({entities}) AND r.change NOT IN {_ASIDE} "
            "GROUP BY r.entity ORDER BY 1",
            (key,),
        )
        yield from (number for (number,) in rows.fetchall())

    def _is_named(self, number: int) -> bool:
        """Tell whether a change of our own chain builds on this one already."""
        rows = self._driver.execute(
            f"SELECT child FROM change_parent WHERE parent = ? AND child NOT IN {_ASIDE}", (number,)
        )
        return any(child not in self._merged for (child,) in rows)

    def _ancestor(self, number: int) -> Ancestor:
        digest, generation = self._driver.execute(
            "SELECT digest, generation FROM change WHERE n = ?", (number,)
        ).fetchone()
        return Ancestor(number, ChangeId(digest.hex()), generation)
