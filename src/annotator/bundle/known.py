"""The changes that a history has told of so far, in little memory: what each is and which ones others build on."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from annotator.domain.ids import ChangeId

_ID_BYTES = 32
_FIRST_SLOTS = 1 << 10


class KnownChanges:
    """A table from a change's id to its generation: ids lie one behind the other, slots find them by their hashes.

    The hash is salted anew in every run of Python, so nobody can make changes that all fall into one slot.
    """

    def __init__(self) -> None:
        self._ids = bytearray()
        self._generations = array("Q")
        self._has_children = bytearray()
        self._slots = array("I", bytes(4 * _FIRST_SLOTS))

    def __len__(self) -> int:
        return len(self._generations)

    def add(self, id_: ChangeId, generation: int) -> None:
        """Take a change that is not known yet."""
        if 2 * len(self) >= len(self._slots):
            self._grow()
        key = bytes.fromhex(id_)
        self._ids += key
        self._generations.append(generation)
        self._has_children.append(0)
        self._slots[self._slot(key)] = len(self)

    def number(self, id_: ChangeId) -> int | None:
        """Return how many changes came before this one, None where it is not known."""
        number = self._number(id_)
        return number - 1 if number else None

    def generation(self, id_: ChangeId) -> int | None:
        """Return the generation of a change, None where it is not known."""
        number = self._number(id_)
        return self._generations[number - 1] if number else None

    def build_on(self, id_: ChangeId) -> None:
        """Note that another change builds on a known one."""
        self._has_children[self._number(id_) - 1] = 1

    def heads(self) -> Iterator[ChangeId]:
        """Yield the changes that no other builds on, in the order in which they came."""
        at = self._has_children.find(0)
        while at >= 0:
            yield ChangeId(self._id(at).hex())
            at = self._has_children.find(0, at + 1)

    def _number(self, id_: ChangeId) -> int:
        """Return which change this is, from 1 in the order in which they came; 0 where it is not known."""
        return self._slots[self._slot(bytes.fromhex(id_))]

    def _slot(self, key: bytes) -> int:
        """Return the slot that holds the number of a change, or the free one where it belongs."""
        slots, mask = self._slots, len(self._slots) - 1
        slot = hash(key) & mask
        while (number := slots[slot]) and self._id(number - 1) != key:
            slot = (slot + 1) & mask
        return slot

    def _id(self, index: int) -> bytes:
        return bytes(self._ids[index * _ID_BYTES : (index + 1) * _ID_BYTES])

    def _grow(self) -> None:
        self._slots = array("I", bytes(8 * len(self._slots)))
        for index in range(len(self)):
            self._slots[self._slot(self._id(index))] = index + 1
