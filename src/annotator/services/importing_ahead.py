"""Reads what a batch comes to next while what came before is written: several files at once, handed over in the order given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, Future, wait
from itertools import islice
from threading import Event
from typing import TypeVar

T = TypeVar("T")
G = TypeVar("G")


def in_order(
    pool: Executor, read: Callable[[int, G, Callable[[], bool]], T], given: Sequence[G], *, ahead: int
) -> Generator[tuple[G, Future[T]]]:
    """Yield what is given, in order, with what ``read`` comes to; up to ``ahead`` are being read or wait to be taken.

    ``read`` gets the place of what it reads and a function that tells it to stop: when the caller has had enough, nothing is
    left running once this is closed.
    """
    enough = Event()
    rest = iter(enumerate(given))
    waiting: deque[tuple[G, Future[T]]] = deque()

    def take(count: int) -> None:
        for place, each in islice(rest, count):
            waiting.append((each, pool.submit(read, place, each, enough.is_set)))

    try:
        take(ahead)
        while waiting:
            yield waiting.popleft()
            take(1)
    finally:
        enough.set()
        for _, future in waiting:
            future.cancel()
        wait([future for _, future in waiting])
