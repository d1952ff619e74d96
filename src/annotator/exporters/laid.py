"""Entities laid down in a file under keys and given back by key, sorted: they need not be in memory to be found."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from annotator.domain.codec import canonical, from_plain, parse
from annotator.domain.entity import Entity
from annotator.domain.records import Records, Sorter
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)

_PLACE = struct.Struct(">QI")


class Laid(Generic[E]):
    """Takes entities of one kind in any order, then gives those under a key. The file is nameless and goes with this."""

    def __init__(self, kind: type[E], key_bytes: int) -> None:
        self._kind = kind
        self._key_bytes = key_bytes
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by the with statement around this
        self._sorter = Sorter(key_bytes + _PLACE.size)
        self._places = Records(b"", 1)
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._file.close()

    def add(self, key: bytes, entity: E, stamp: Stamp) -> None:
        """Lay one down; an entity may lie under several keys."""
        data = canonical([entity, stamp])
        self._sorter.add(key + _PLACE.pack(self._size, len(data)))
        self._file.write(data)
        self._size += len(data)

    def finish(self) -> None:
        """Sort what was laid down; nothing can be added any more."""
        self._file.flush()
        self._places = self._sorter.finish()

    def of(self, prefix: bytes) -> Iterator[tuple[E, Stamp]]:
        """Yield what lies under the keys that start with ``prefix``, sorted by key."""
        for record in self._places.starting_with(prefix):
            at, length = _PLACE.unpack_from(record, self._key_bytes)
            self._file.seek(at)
            entity, stamp = parse(self._file.read(length))
            yield from_plain(entity, self._kind), from_plain(stamp, Stamp)
