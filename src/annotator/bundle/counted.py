"""A file that keeps nothing of what is written to it but how much there was."""

from __future__ import annotations

import io
import os
from typing import Any


class CountedFile(io.BytesIO):
    """Takes what is written and forgets it; ``size`` is how long the file would be in bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0
        self._at = 0

    def tell(self) -> int:
        """Return where the next byte goes."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place and return it."""
        self._at = offset + (0, self._at, self.size)[whence]
        return self._at

    def write(self, data: Any, /) -> int:
        """Take bytes and return how many there were."""
        length = memoryview(data).nbytes
        self._at += length
        self.size = max(self.size, self._at)
        return length
