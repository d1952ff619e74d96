"""Reads and writes at places of a file, without moving the place where other processes that share it are."""

from __future__ import annotations

import io
import os
from typing import BinaryIO


class PlacedFile:
    """A file by places in bytes. One of the system may be shared with other processes, any other one is for its holder alone."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._shared = _shared(file)

    def read(self, at: int, size: int) -> bytes:
        """Return ``size`` bytes from ``at``, fewer at the end."""
        if self._shared is not None:
            return os.pread(self._shared, size, at)
        self._file.seek(at)
        return self._file.read(size)

    def write(self, at: int, data: bytes | bytearray) -> None:
        """Write bytes to ``at``."""
        if self._shared is None:
            self._file.seek(at)
            self._file.write(data)
            self._file.flush()
            return
        left = memoryview(data)
        while left:
            written = os.pwrite(self._shared, left, at)
            left, at = left[written:], at + written


def _shared(file: BinaryIO) -> int | None:
    if not hasattr(os, "pread"):
        return None
    try:
        return file.fileno()
    except (OSError, io.UnsupportedOperation):
        return None
