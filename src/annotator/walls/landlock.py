"""Landlock (Linux 5.13 and newer): this process may read what it is told, and open nothing else.

The numbers are those of ``linux/landlock.h``. What a newer kernel can bar is barred there, what an older one does not know is
left out: the *ABI* says which.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1

_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = ((1, 13), (2, 1), (3, 1), (5, 1))
"""From which ABI on how many more rights over files there are: they are the lowest bits, in this order."""
_NETWORK_FROM, _SCOPES_FROM = 4, 6
_CONNECT_AND_BIND = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class Rules:
    """What may be read, ready to be put in force: by the process that made them, or by those it forks."""

    def __init__(self, readable: Iterable[str]) -> None:
        """``readable`` are files, and folders with all that is in them; those that are not there need no leave."""
        self._call: Callable[..., int] = ctypes.CDLL(None, use_errno=True).syscall
        self.abi = max(0, self._call(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION))
        self.handle = self._ruleset() if self.abi else -1
        for place in readable if self.handle >= 0 else ():
            self._allow(place)

    def restrict(self) -> bool:
        """Bar this process from every file but those that may be read, and tell whether that is in force.

        There is no way back, and what it has open stays open. Needs ``PR_SET_NO_NEW_PRIVS``.
        """
        if self.handle < 0:
            return False
        barred = self._call(_RESTRICT, self.handle, 0) == 0
        os.close(self.handle)
        self.handle = -1
        return barred

    def _ruleset(self) -> int:
        wanted = _Ruleset(
            files=(1 << sum(more for since, more in _FILE_RIGHTS if since <= self.abi)) - 1,
            network=_CONNECT_AND_BIND if self.abi >= _NETWORK_FROM else 0,
            scoped=_ABSTRACT_SOCKETS_AND_SIGNALS if self.abi >= _SCOPES_FROM else 0,
        )
        size = 24 if self.abi >= _SCOPES_FROM else 16 if self.abi >= _NETWORK_FROM else 8
        return self._call(_CREATE, ctypes.byref(wanted), ctypes.c_size_t(size), 0)

    def _allow(self, place: str) -> None:
        try:
            handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            rights = _READ_FILE | (_READ_FOLDER if Path(place).is_dir() else 0)
            beneath = _Beneath(allowed=rights, parent=handle)
            if self._call(_ADD, self.handle, _PATH_BENEATH, ctypes.byref(beneath), 0):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), place)
        finally:
            os.close(handle)
