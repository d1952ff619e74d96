"""Reads stored structures without unfolding the places of characters: a thousand pages have millions of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from annotator.domain.structure import Block, Inline, Line, Page, Structure


class StoredEdges(Sequence[int]):
    """The edges of a line as they are stored; they become numbers when they are asked for, and are not kept as such.

    Whatever asks raises ``ValueError`` where they are not numbers.
    """

    __slots__ = ("_stored",)

    def __init__(self, stored: msgspec.Raw) -> None:
        self._stored = stored

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers())

    def __len__(self) -> int:
        return len(self._numbers())

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        return self._numbers()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _numbers(self) -> tuple[int, ...]:
        try:
            return _edges.decode(self._stored)
        except msgspec.DecodeError as error:
            raise ValueError(str(error)) from error


class _Line(msgspec.Struct):
    page: int
    start: int
    end: int
    top: int
    bottom: int
    edges: msgspec.Raw


class _Stored(msgspec.Struct):
    blocks: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()
    pages: tuple[Page, ...] = ()
    lines: tuple[_Line, ...] = ()


_edges = msgspec.json.Decoder(tuple[int, ...])
_structures = msgspec.json.Decoder(_Stored)


def read_structure(data: bytes) -> Structure:
    """Return the structure that stored bytes stand for.

    Raises ``ValueError`` where they are none; what is wrong with the edges of a line is told when they are asked for.
    """
    try:
        found = _structures.decode(data)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    lines = tuple(
        Line(
            page=each.page,
            start=each.start,
            end=each.end,
            top=each.top,
            bottom=each.bottom,
            edges=StoredEdges(each.edges),
        )
        for each in found.lines
    )
    return Structure(blocks=found.blocks, inlines=found.inlines, pages=found.pages, lines=lines)
