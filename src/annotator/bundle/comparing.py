"""Holds members of a bundle against the lines that they are to consist of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from annotator.bundle.archive import Archive
from annotator.bundle.bag import pieces
from annotator.bundle.layout import LINES_A_PART
from annotator.bundle.refusal import Refusal

_DIFFERS = "differs from what the history gives"


def compare_parts(
    archive: Archive, names: Sequence[str], lines: Iterator[bytes], folder: str, seen: Callable[[int], None]
) -> None:
    """Compare parts with lines that have no line ends; ``seen`` is told how many. Raises ``Refusal`` naming part and line."""
    for number, name in enumerate(names):
        if not archive.size(name):
            raise Refusal(name, "has 0 lines; every part has some")
        compare_lines(archive, name, islice(lines, LINES_A_PART), seen, number * LINES_A_PART)
    if next(lines, None) is not None:
        raise Refusal(names[-1] if names else folder, f"ends before its time: {_DIFFERS}")


def compare_lines(
    archive: Archive, name: str, lines: Iterator[bytes], seen: Callable[[int], None], before: int = 0
) -> None:
    """Compare a member with lines that have no line ends; ``before`` counts those of members before it. Raises ``Refusal``."""
    number, rest = 0, _Rest(archive.chunks(name))
    for wanted in pieces(lines):
        if not rest.begins_with(wanted):
            same = _same(rest.waiting, wanted)
            if same == len(rest.waiting):
                raise Refusal(name, f"ends before its time: {_DIFFERS}")
            number += wanted.count(b"\n", 0, same) + 1
            raise Refusal(name, f"line {number} {_DIFFERS}")
        del rest.waiting[: len(wanted)]
        number += wanted.count(b"\n")
        seen(before + number)
    if not rest.is_empty():
        raise Refusal(name, f"line {number + 1} {_DIFFERS}")


class _Rest:
    """What is left of chunks; as much as has come is ``waiting``."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.waiting = bytearray()

    def begins_with(self, wanted: bytes) -> bool:
        """Tell whether these bytes come next."""
        while len(self.waiting) < len(wanted) and (chunk := next(self._chunks, None)) is not None:
            self.waiting += chunk
        return self.waiting.startswith(wanted)

    def is_empty(self) -> bool:
        """Tell whether nothing is left."""
        return not self.waiting and next(filter(None, self._chunks), None) is None


def _same(one: bytearray, other: bytes) -> int:
    """Return how many bytes two have in common from the beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
