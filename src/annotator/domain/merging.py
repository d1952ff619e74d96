"""What merging a bundle would bring, what it brought, and what of it is new to the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

from annotator.domain.conflict import Conflict
from annotator.domain.exchanging import NO_NOTE, ExchangeNote
from annotator.domain.foreign_scales import ForeignLevel
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes, to_bytes
from annotator.domain.incoming import Incoming
from annotator.domain.signing import BundleSignature

_ID_BYTES = 16


class Entities(Sequence[EntityId]):
    """Ids of any number of entities, sorted, in sixteen bytes each."""

    def __init__(self, ids: Iterable[EntityId] = ()) -> None:
        self._data = bytearray()
        for id_ in ids:
            self.add(id_)

    def add(self, id_: EntityId) -> None:
        """Take one more, which sorts behind the others."""
        self._data += to_bytes(id_)

    def __len__(self) -> int:
        return len(self._data) // _ID_BYTES

    @overload
    def __getitem__(self, index: int) -> EntityId: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[EntityId, ...]: ...
    def __getitem__(self, index: int | slice) -> EntityId | tuple[EntityId, ...]:
        """Return one id, or those of a slice."""
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return from_bytes(bytes(self._data[index * _ID_BYTES : (index + 1) * _ID_BYTES]))

    def __contains__(self, id_: object) -> bool:
        """Whether it is among them, found by halving."""
        wanted, low, high = to_bytes(EntityId(str(id_))), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            found = self._data[middle * _ID_BYTES : (middle + 1) * _ID_BYTES]
            if found == wanted:
                return True
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return False

    def __iter__(self) -> Iterator[EntityId]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entities) and self._data == other._data

    def __hash__(self) -> int:
        return hash(bytes(self._data))

    def __repr__(self) -> str:
        return f"<{len(self)} entities>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many entities of one kind a merge would make, change, bring into conflict, and leave as they are.

    Of those that it would change ``deleted`` go.
    """

    kind: str
    new: int = 0
    changed: int = 0
    deleted: int = 0
    conflicts: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One entity that came in or was changed: what it is in words, and who did it last, when (as their clock said).

    One that was deleted is called by its last words.
    """

    entity_id: EntityId
    kind: str
    label: str
    annotator: str
    at: str
    change: ChangeId
    is_new: bool
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What merging a bundle would do; nothing is written yet.

    ``bundle_id`` and ``name`` are the bundle's, ``people`` the names of those whose changes would come in, ``changes`` how
    many those are and ``known`` how many of the bundle's are here already. ``tallies`` counts by kind; ``new``, ``changed`` and
    ``same`` are the entities themselves, ``files`` how many texts and originals would come that are not here, ``conflicts``
    the fields that would be in conflict and are not yet, ``examples`` a few entities that are new, changed or deleted.
    ``scales`` names scales that come with other levels than ours: their values are kept as they are. ``withheld`` counts the
    entities of which nothing comes but that they exist, ``stale`` those of which words are here and later ones withheld;
    ``limits`` are what the bundle is limited to; ``levels`` are those of its scales that ours do not have.
    ``incoming`` is held open until the plan is merged or closed.
    ``signature`` tells who signed it, and what that is worth here.
    """

    path: Path
    bundle_id: Digest
    people: tuple[str, ...]
    changes: int
    known: int
    tallies: tuple[Tally, ...]
    new: Entities
    changed: Entities
    same: Entities
    conflicts: tuple[Conflict, ...]
    examples: tuple[News, ...]
    files: int = 0
    scales: tuple[str, ...] = ()
    withheld: int = 0
    stale: int = 0
    limits: tuple[str, ...] = ()
    signature: BundleSignature
    levels: tuple[ForeignLevel, ...] = ()
    incoming: Incoming = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """The name of the bundle's file."""
        return self.path.name

    @property
    def brings(self) -> bool:
        """Whether merging would bring anything that is not here."""
        return bool(self.changes or self.new or self.changed or self.files)

    def close(self) -> None:
        """Let go of the bundle without merging it."""
        self.incoming.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge did: its ``number`` in the log of bundles, the backup that was made before, and how much came in.

    ``conflicts`` counts the fields that are in conflict now and were not before.
    """

    number: int
    backup: Path | None
    changes: int
    new: int
    changed: int
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One line in the log of bundles. ``direction`` is “in” or “out”, ``name`` that of the file, ``at`` our time (UTC, ISO 8601).

    ``changes`` counts those that came in (or that the bundle held, going out), ``heads`` were its newest; ``people`` are whose
    they are. ``stands`` is False once a merge was taken back, ``unseen`` counts entities of it that were not looked at yet;
    ``whole`` tells whether all the newest changes of the bundle are still here. ``note`` has the team that gave or got it, what
    it was limited to, and how many entities of each kind went with it. ``sender`` is who signed what came in, beside
    the key: ``Ada @ K7QF-…``.
    """

    number: int
    direction: str
    name: str
    at: str
    bundle_id: Digest
    changes: int
    heads: tuple[ChangeId, ...]
    people: tuple[str, ...] = ()
    stands: bool = True
    unseen: int = 0
    whole: bool = True
    note: ExchangeNote = NO_NOTE
    sender: str = ""

    @property
    def team(self) -> str:
        """Who gave or got the bundle, empty where nobody said."""
        return self.note.team
