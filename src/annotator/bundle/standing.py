"""A bundle's project as its annotations are made from it again, while its passages and linkages are looked at themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from annotator.bundle.blobs import Blobs
from annotator.bundle.entities import EntityCheck, NotPlainError
from annotator.bundle.laid import read_living, read_sound
from annotator.bundle.project import SpooledView
from annotator.bundle.spool import LAST, Spool, Worth
from annotator.domain.entity import Entity
from annotator.domain.ids import from_bytes
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Passage
from annotator.domain.view import Stamp

E = TypeVar("E", bound=Entity)

ANNOTATED = (Passage.kind, Linkage.kind)
"""The kinds that annotations are made of."""


_PLAIN = [Worth.PLAIN]
_AT_ONCE = 1 << 16


class StandingView(SpooledView):
    """A view whose passages and linkages, asked for with their stamps, are those with ids from ``first`` up to ``last``.

    A plain one comes as the fields that it was decoded to, named as the entity's are; ``NotPlainError`` where it is none.
    """

    def __init__(
        self,
        spool: Spool,
        blobs: Blobs,
        entities: EntityCheck,
        first: bytes = b"",
        last: bytes = LAST,
    ) -> None:
        super().__init__(spool, blobs, entities.disputed)
        self._entities = entities
        self._stretch = (first, last)

    def all(self, kind: type[E], /) -> Iterator[E]:
        """Yield every living entity of a kind, sorted by id; raises ``NotPlainError`` where one cannot be read."""
        try:
            for found, _ in super().stamped(kind):
                yield found
        except ValueError as error:
            raise NotPlainError from error

    def stamped(self, kind: type[E], /) -> Iterator[tuple[Any, Stamp]]:
        """Yield the living entities of a kind in the stretch of ids with their stamps, sorted by id.

        Some are always read in a row: what is done one after the other finds its code in the processor's memory.
        """
        look_at = self._entities.looking_at(kind.kind)
        waiting, size = list[tuple[Any, Stamp]](), 0
        for id_, laid, worth in self._spool.laid(kind.kind, *self._stretch):
            found: tuple[Any, Stamp] | None
            if worth == _PLAIN:
                found = look_at(laid[0])
                found[0].id = from_bytes(id_)
            else:
                found = read_sound(kind, laid[0]) if worth == [Worth.SOUND] else read_living(kind, laid)
            if found is not None:
                waiting.append(found)
            size += sum(map(len, laid))
            if size > _AT_ONCE:
                yield from waiting
                waiting, size = [], 0
        yield from waiting
