"""Reads a project over one connection: entities, texts, the codebook. Lists are in ``queries``, search in ``search``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import Connection

from annotator.domain import kinds as _kinds  # noqa: F401 registers every kind
from annotator.domain.batches import batched
from annotator.domain.change import DELETED, Checkpoint
from annotator.domain.claim import Claim
from annotator.domain.codec import canonical
from annotator.domain.disputes import disputed_names
from annotator.domain.entity import Entity, entity_from, settled_fields
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of, from_bytes, to_bytes
from annotator.domain.living import living
from annotator.domain.note import is_private
from annotator.domain.register import State, fold, writers
from annotator.domain.scales import Codebook
from annotator.domain.stored_structure import read_structure
from annotator.domain.structure import Structure
from annotator.domain.view import Deleted, Stamp
from annotator.store.codebook import read_codebook
from annotator.store.exchanges import Exchanges
from annotator.store.fixity import Fixity
from annotator.store.history import History
from annotator.store.joins import COUNTS_AS
from annotator.store.local import Local

E = TypeVar("E", bound=Entity)

_IDS_A_QUERY = 500


class Reader:
    """A view of the project. All calls of one reader see the same state while a transaction is open on its connection."""

    def __init__(self, connection: Connection, fixity: Fixity | None = None) -> None:
        """``fixity`` is what is known of the originals; readers of one store share it."""
        self.connection = connection
        self.fixity = fixity or Fixity()
        self.history = History(connection)
        self.local = Local(connection)

    def state(self, id_: EntityId) -> State | None:
        """Return what an entity's revisions add up to, or None when it has none."""
        revisions = self.history.revisions_of(id_)
        return fold(revisions) if revisions else None

    def find(self, kind: type[E], id_: EntityId) -> E | None:
        """Return a living entity, or None."""
        found = self.find_any(id_)
        return found if isinstance(found, kind) else None

    def get(self, kind: type[E], id_: EntityId) -> E:
        """Return a living entity; raises ``NotFoundError``."""
        found = self.find(kind, id_)
        if found is None:
            raise NotFoundError(kind=kind.kind, id=id_)
        return found

    def entity(self, id_: EntityId) -> Entity:
        """Return a living entity of any kind; raises ``NotFoundError``."""
        found = self.find_any(id_)
        if found is None:
            raise NotFoundError(kind="entity", id=id_)
        return found

    def find_any(self, id_: EntityId) -> Entity | None:
        """Return a living entity of whatever kind, or None."""
        try:
            data = to_bytes(id_)
        except ValueError:
            return None
        revisions = self.history.revisions_of(from_bytes(data))
        return living(revisions) if revisions else None

    def all(self, kind: type[E]) -> Iterator[E]:
        """Yield every living entity of a kind, sorted by id."""
        for _, revisions in self.history.all_revisions(kind.kind):
            found = living(revisions)
            if isinstance(found, kind):
                yield found

    def stamped(self, kind: type[E]) -> Iterator[tuple[E, Stamp]]:
        """Yield every living entity of a kind with who made it and when, sorted by id."""
        states = self.history.all_revisions(kind.kind)
        for (_, revisions), stamp in zip(states, self.history.stamps(kind.kind), strict=True):
            found = living(revisions)
            if isinstance(found, kind):
                yield found, stamp

    def with_heads(self, kind: type[E]) -> Iterator[tuple[E, tuple[ChangeId, ...]]]:
        """Yield every living entity of a kind with the changes that have its newest revisions, sorted by id."""
        for _, revisions in self.history.all_revisions(kind.kind):
            found = living(revisions)
            if isinstance(found, kind):
                yield found, fold(revisions).heads

    def change_parents(self) -> Iterator[tuple[ChangeId, tuple[ChangeId, ...]]]:
        """Yield every change with what it builds on, each before those that it builds on."""
        return self.history.parents()

    def deleted(self, ids: Iterable[EntityId]) -> Iterator[Deleted]:
        """Yield those of ``ids`` that were deleted, in their order."""
        for id_ in ids:
            revisions = self.history.revisions_of(id_)
            state = fold(revisions) if revisions else None
            by = self._author(writers(revisions, DELETED)[-1].change) if state and state.deleted else None
            if state and by:
                yield Deleted(id_, state.kind, _as_it_was(id_, state), by)

    def all_deleted(self, kind: type[Entity]) -> Iterator[Deleted]:
        """Yield every deleted entity of a kind, sorted by id."""
        sql = f"SELECT n FROM entity WHERE kind = '{kind.kind}' AND n NOT IN (SELECT n FROM {kind.kind})"
        yield from self.deleted(sorted(self.ids_where(sql)))

    def maker(self, id_: EntityId) -> EntityId | None:
        """Return who made an entity, or None where nothing was ever written to it."""
        revisions = self.history.revisions_of(id_)
        return self._author(revisions[0].change) if revisions else None

    def _author(self, change: ChangeId) -> EntityId | None:
        found = self.history.change(change)
        return found.header.annotator if found else None

    def of_claim(self, kind: type[E], claim: EntityId) -> list[E]:
        """Return the living appearances, linkages or conclusions that name this very claim, sorted by id."""
        ids = self.ids_where(f"SELECT n FROM {kind.kind} WHERE claim = {COUNTS_AS}", self.number(claim))
        found = (self.find(kind, id_) for id_ in sorted(ids))
        return [each for each in found if each and getattr(each, "claim_id", None) == claim]

    def standing(self, claim: EntityId) -> EntityId:
        """Return the claim that stands for one that was joined, or the claim itself."""
        sql = "SELECT e.id FROM claim c JOIN entity e ON e.n = c.stands WHERE c.n = ?"
        found = self.connection.exec_driver_sql(sql, (self.number(claim),)).scalar()
        return from_bytes(found) if found else claim

    def entered_as(self, claim: EntityId) -> tuple[EntityId, ...]:
        """Return the claims that count as the one that this one counts as, that one first, then the oldest."""
        standing = self.standing(claim)
        joined = self.ids_where("SELECT n FROM claim WHERE stands = ?1 AND n <> ?1", self.number(standing))
        return (standing, *sorted(joined))

    def also(self, claim: EntityId, /) -> tuple[Claim, ...]:
        """Return the claims that were joined to one, oldest first."""
        standing, *joined = self.entered_as(claim)
        return tuple(self.get(Claim, id_) for id_ in joined) if standing == claim else ()

    def ids_where(self, sql: str, *parameters: object) -> tuple[EntityId, ...]:
        """Return the ids of the entities whose local numbers a query gives, in its order."""
        rows = self.connection.exec_driver_sql(
            f"SELECT e.id FROM ({sql}) AS found JOIN entity e ON e.n = found.n", parameters
        )
        return tuple(from_bytes(id_) for (id_,) in rows)

    def conflicted(self) -> tuple[EntityId, ...]:
        """Return the entities that hold a conflict, sorted by id."""
        return tuple(sorted(self.ids_where("SELECT n FROM entity WHERE conflicted = 1")))

    def lacks_bodies(self) -> bool:
        """Tell whether anything was withheld from this copy."""
        sql = "SELECT 1 FROM revision WHERE body IS NULL LIMIT 1"
        return self.connection.exec_driver_sql(sql).fetchone() is not None

    def has_blob(self, digest: Digest, kind: str) -> bool:
        """Tell whether bytes are stored here."""
        sql = "SELECT 1 FROM blob WHERE digest = ? AND kind = ?"
        return self.connection.exec_driver_sql(sql, (bytes.fromhex(digest), kind)).fetchone() is not None

    def kinds(self, ids: Iterable[EntityId]) -> dict[EntityId, str]:
        """Return the kinds of those of ``ids`` that anything was ever written to here."""
        found: dict[EntityId, str] = {}
        for some in batched(ids, _IDS_A_QUERY):
            marks = ",".join("?" * len(some))
            rows = self.connection.exec_driver_sql(
                f"SELECT id, kind FROM entity WHERE kind IS NOT NULL AND id IN ({marks})", tuple(map(to_bytes, some))
            )
            found.update((from_bytes(id_), kind) for id_, kind in rows)
        return found

    def known(self, number: int) -> tuple[EntityId, str]:
        """Return the id and the kind of the entity with this local number."""
        id_, kind = self.connection.exec_driver_sql("SELECT id, kind FROM entity WHERE n = ?", (number,)).one()
        return from_bytes(id_), kind

    def numbers(self, kind: str) -> tuple[int, ...]:
        """Return the local numbers of all living entities of a kind, sorted by id: oldest first."""
        sql = f"SELECT k.n FROM {kind} k JOIN entity e ON e.n = k.n ORDER BY e.id"
        return tuple(number for (number,) in self.connection.exec_driver_sql(sql))

    def living_ids(self, kind: str) -> Iterator[EntityId]:
        """Yield the ids of all living entities of a kind, sorted: oldest first."""
        rows = self.connection.exec_driver_sql(f"SELECT e.id FROM {kind} k JOIN entity e ON e.n = k.n ORDER BY e.id")
        return (from_bytes(id_) for (id_,) in rows)

    def withheld_entities(self) -> tuple[tuple[str, int], ...]:
        """Return how many entities of each kind were withheld from this copy, sorted by kind."""
        rows = self.connection.exec_driver_sql(
            "SELECT e.kind, count(*) FROM entity e WHERE EXISTS (SELECT 1 FROM revision r WHERE r.entity = e.n) AND NOT EXISTS "
            "(SELECT 1 FROM revision r WHERE r.entity = e.n AND r.body IS NOT NULL) GROUP BY e.kind ORDER BY e.kind"
        )
        return tuple((kind, count) for kind, count in rows) if self.lacks_bodies() else ()

    def originals(self) -> int:
        """Return how many originals are stored here."""
        sql = "SELECT count(*) FROM blob WHERE kind = 'original'"
        return int(self.connection.exec_driver_sql(sql).scalar_one())

    def number(self, id_: EntityId) -> int:
        """Return an entity's local number, 0 when it has none."""
        found = self.connection.exec_driver_sql("SELECT n FROM entity WHERE id = ?", (to_bytes(id_),)).scalar()
        return int(found or 0)

    def blob(self, digest: Digest) -> bytes:
        """Return stored bytes; raises ``NotFoundError``."""
        found = self.connection.exec_driver_sql(
            "SELECT data FROM blob WHERE digest = ?", (bytes.fromhex(digest),)
        ).scalar()
        if found is None:
            raise NotFoundError(kind="stored bytes", id=digest)
        return bytes(found)

    def altered_originals(self) -> frozenset[Digest]:
        """Return the recorded digests of the originals whose stored bytes are others; each is digested once."""
        return self.fixity.altered(self.connection)

    def text(self, digest: Digest) -> str:
        """Return a canonical text."""
        return self.blob(digest).decode()

    def structure(self, digest: Digest) -> Structure:
        """Return a text's structure."""
        return read_structure(self.blob(digest))

    def codebook(self) -> Codebook:
        """Return the scales of the project, sorted by id: the same on every replica."""
        return read_codebook(self.history)

    def codebook_in_force(self) -> Codebook:
        """Return the scales of the project, of several with one name the one first that is in force here."""
        return read_codebook(self.history, merged=Exchanges(self.connection).merged())

    def disputed(self) -> dict[EntityId, tuple[str, ...]]:
        """Return the living entities with values in conflict, and the names of these fields, sorted."""
        found: dict[EntityId, tuple[str, ...]] = {}
        for id_ in sorted(self.ids_where("SELECT n FROM entity WHERE conflicted = 1")):
            state = self.state(id_)
            if state is not None and state.conflicts and not state.deleted:
                found[id_] = disputed_names(state.conflicts)
        return found

    def checkpoint(self) -> Checkpoint:
        """Return the newest changes that stand, and how many stand."""
        heads = self.connection.exec_driver_sql(
            "SELECT digest FROM change WHERE n NOT IN (SELECT change FROM set_aside) AND n NOT IN "
            "(SELECT parent FROM change_parent WHERE child NOT IN (SELECT change FROM set_aside)) ORDER BY digest"
        )
        aside = self.connection.exec_driver_sql("SELECT count(*) FROM set_aside").scalar_one()
        return Checkpoint(heads=tuple(ChangeId(d.hex()) for (d,) in heads), changes=self.history.count() - int(aside))

    def state_digest(self) -> Digest:
        """Return SHA-256 over all living entities, sorted by id: equal digests mean equal projects, whatever their history.

        Private notes are left out: they stay with their authors.
        """
        lines = []
        rows = self.connection.exec_driver_sql("SELECT DISTINCT kind FROM entity WHERE kind IS NOT NULL ORDER BY kind")
        for (kind,) in rows.fetchall():
            for _, revisions in self.history.all_revisions(kind):
                state = fold(revisions)
                if living(revisions) is not None and not is_private(state):
                    fields = settled_fields(kind, state.fields)
                    conflicts = {n: [s.value for s in standing] for n, standing in state.conflicts.items()}
                    lines.append(canonical([revisions[0].entity, kind, fields, conflicts]))
        return digest_of(b"\n".join(lines))


def _as_it_was(id_: EntityId, state: State) -> Entity | None:
    try:
        return entity_from(state.kind, id_, state.fields)
    except ValueError:
        return None
