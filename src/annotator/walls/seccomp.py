"""Seccomp (Linux): this process may use its memory, what it has open, and files for reading; the kernel refuses the rest.

A small program of the kernel's own (classic BPF, ``linux/filter.h``) looks at each call: what is not in ``syscalls`` fails with
EPERM, so that a reader that tries gets an error and not a way out. It makes no process and (unless that is asked for) no thread,
opens no socket, starts no program, signals nobody, and neither writes, renames nor deletes files.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Callable, Iterable

from annotator.walls.syscalls import CLONE3, NEWEST, OPENAT2, Machine, machine

_LOAD, _EQUAL, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE = 0x00050000
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_SET_FILTER, _NO_SLOWING = 1, 1 << 2

_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_TERMINAL_AND_INHERITANCE = (0x5401, 0x5450, 0x5451)
"""TCGETS, FIONCLEX, FIOCLEX: Python asks them of a file it opens."""
_THREAD = 0x10000
"""CLONE_THREAD: what is made is a thread of this process, bound as it is."""
_DESCRIPTOR_FLAGS = (0, 1, 2, 3, 4, 1030)
"""F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC."""

_Step = tuple[int, int, int, int]
"""Code, how many steps to skip if it is so and if not, and a number."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


class Filter:
    """The filter, ready to be put in force: by the process that made it, or by those it forks."""

    def __init__(self, *, threads: bool = False) -> None:
        """``threads``: the process may make threads of its own."""
        self._here = here = machine()
        steps = program(here, threads=threads) if here else []
        code = b"".join(struct.pack("=HBBI", *step) for step in steps)
        self._code = ctypes.create_string_buffer(code, len(code))
        self._program = _Program(length=len(steps), steps=ctypes.addressof(self._code))
        self._call: Callable[..., int] = ctypes.CDLL(None, use_errno=True).syscall

    def restrict(self) -> bool:
        """Let the kernel filter the calls of this process, and tell whether it does.

        There is no way back. Needs ``PR_SET_NO_NEW_PRIVS``, and a process with one thread.
        """
        if self._here is None:
            return False
        ours, call = ctypes.byref(self._program), self._here.seccomp
        return any(self._call(call, _SET_FILTER, flags, ours) == 0 for flags in (_NO_SLOWING, 0))


def program(here: Machine, *, threads: bool = False) -> list[_Step]:
    """Return the filter for a kind of machine: the steps of a program that ends with what becomes of a call."""
    steps: list[_Step] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, here.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for number in here.plain:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    steps += _if_called(here.open, _without_bits(1, _CHANGING))
    steps += _if_called(here.openat, _without_bits(2, _CHANGING))
    steps += _if_called(here.ioctl, _one_of(1, _TERMINAL_AND_INHERITANCE))
    steps += _if_called(here.fcntl, _one_of(1, _DESCRIPTOR_FLAGS))
    steps += _if_called(here.prlimit, _zero(2))  # limits may be read
    if threads:
        steps += _if_called(here.clone, _with_bits(0, _THREAD))
    for number in (CLONE3, OPENAT2):
        steps += [(_EQUAL, 0, 1, number), _refuse(errno.ENOSYS)]
    steps += [(_ABOVE, 0, 1, NEWEST), _refuse(errno.ENOSYS), _refuse(errno.EPERM)]
    return steps


def _refuse(why: int) -> _Step:
    return _RETURN, 0, 0, _REFUSE | why


def _if_called(number: int, then: list[_Step]) -> list[_Step]:
    return [(_EQUAL, 0, len(then), number), *then] if number >= 0 else []


def _argument(position: int) -> _Step:
    """Load the lower half of an argument: all there is of an ``int``."""
    return _LOAD, 0, 0, _ARGUMENTS + 8 * position


def _without_bits(position: int, bits: int) -> list[_Step]:
    return [_argument(position), (_ANY_BIT, 0, 1, bits), _refuse(errno.EPERM), (_RETURN, 0, 0, _ALLOW)]


def _with_bits(position: int, bits: int) -> list[_Step]:
    return [_argument(position), (_ANY_BIT, 1, 0, bits), _refuse(errno.EPERM), (_RETURN, 0, 0, _ALLOW)]


def _one_of(position: int, values: Iterable[int]) -> list[_Step]:
    steps = [_argument(position)]
    for value in values:
        steps += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*steps, _refuse(errno.EPERM)]


def _zero(position: int) -> list[_Step]:
    """Allow a call one of whose arguments is no pointer: both halves are 0."""
    low, high = _argument(position), (_LOAD, 0, 0, _ARGUMENTS + 8 * position + 4)
    return [low, (_EQUAL, 0, 2, 0), high, (_EQUAL, 1, 0, 0), _refuse(errno.EPERM), (_RETURN, 0, 0, _ALLOW)]
