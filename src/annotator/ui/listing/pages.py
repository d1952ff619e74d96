"""Reading a long list a page at a time: what is looked at is asked for, what was read is kept for a while."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

T = TypeVar("T")
PAGE = 128
_KEPT = 96 * PAGE
_WAITING = 4
"""Pages that wait to be read: those asked for before them have been scrolled away."""


class Asked(NamedTuple):
    """What is wanted: local numbers, which asking it is, and how many changes the list had seen by then."""

    numbers: array[int]
    ticket: int
    age: int


class Pages(QObject, Generic[T]):
    """Keeps what belongs to the local numbers of an order, as far as it was looked at.

    ``wanted`` tells what is ``Asked``, one page at a time, and ``take`` brings it; ``came`` tells which places it is for.
    """

    wanted = Signal(object)
    came = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.numbers: array[int] = array("q")
        self._kept: OrderedDict[int, tuple[int, T | None]] = OrderedDict()
        self._age = 0
        self._waiting: list[int] = []
        self._reading, self._ticket = -1, 0
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_next)

    def show(self, numbers: array[int], *, afresh: bool = False) -> None:
        """Take another order; ``afresh``: of other things."""
        if afresh:
            self._kept.clear()
        self.numbers = numbers
        self._forget_what_is_asked()

    def grow_old(self) -> None:
        """Know that what was read may no longer be so: it is read again as it is looked at, and stays until then."""
        self._age += 1
        self._forget_what_is_asked()

    def at(self, place: int) -> T | None:
        """Return what stands at a place; None until it has been read, which is asked for by this."""
        found = self._kept.get(self.numbers[place])
        if found is None or found[0] != self._age:
            self._want(place // PAGE)
        return found[1] if found else None

    def take(self, asked: Asked, found: Mapping[int, T]) -> None:
        """Take a page that was asked for, by local number; what is not in it does not live any more."""
        for number in asked.numbers:
            self._kept[number] = (asked.age, found.get(number))
            self._kept.move_to_end(number)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if asked.ticket == self._ticket:
            page, self._reading = self._reading, -1
            self.came.emit(page * PAGE, (page + 1) * PAGE)
            self._ask.start()

    @property
    def is_reading(self) -> bool:
        """Whether something is on its way."""
        return self._reading >= 0 or bool(self._waiting)

    def _want(self, page: int) -> None:
        if page in self._waiting:
            self._waiting.remove(page)
        elif page == self._reading:
            return
        self._waiting.append(page)
        del self._waiting[:-_WAITING]
        if self._reading < 0:
            self._ask.start()

    def _ask_next(self) -> None:
        if self._waiting and self._reading < 0:
            self._reading = self._waiting.pop()
            self._ticket += 1
            numbers = self.numbers[self._reading * PAGE : (self._reading + 1) * PAGE]
            self.wanted.emit(Asked(numbers, self._ticket, self._age))

    def _forget_what_is_asked(self) -> None:
        self._waiting.clear()
        self._reading = -1
        self._ticket += 1
