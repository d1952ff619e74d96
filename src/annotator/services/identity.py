"""Where ids, times and random bytes come from; nothing below the services makes any."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime

from annotator.domain.ids import EntityId

_guard = threading.Lock()
_last = 0
_RANDOM_BYTES = 8
_COUNTER_BITS = 12


def new_id() -> EntityId:
    """Return a UUIDv7 (RFC 9562, method 1: the twelve bits behind the milliseconds count within one).

    Ids made by one process sort in the order in which they were made, even when the clock is set back.
    """
    global _last
    with _guard:
        stamp = max(time.time_ns() // 1_000_000 << _COUNTER_BITS, _last + 1)
        _last = stamp
    milliseconds, counter = stamp >> _COUNTER_BITS, stamp & (1 << _COUNTER_BITS) - 1
    random = int.from_bytes(os.urandom(_RANDOM_BYTES), "big") & (1 << 62) - 1
    value = f"{milliseconds << 80 | 7 << 76 | counter << 64 | 2 << 62 | random:032x}"
    return EntityId(f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}")


def now() -> str:
    """Return the time in UTC as ISO 8601 with microseconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def nonce(count: int) -> bytes:
    """Return ``count`` random bytes."""
    return os.urandom(count)
