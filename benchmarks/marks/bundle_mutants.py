"""20,000 damaged copies of a bundle: the slowest refusal, in units of the second that is allowed.

It fails where one raises anything but a refusal, and where memory goes on growing behind the first thousand.
"""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter

from annotator.bundle.archive import open_archive
from annotator.bundle.check import check
from annotator.bundle.layout import silent
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool
from benchmarks.bundles import write_pairs
from benchmarks.mark import Mark
from benchmarks.marks.merge_memory import peak

_MUTANTS = 20_000
_GROWN_AFTER = 1000
_GROWTH = 16 << 20
_MOST_DAMAGES = 4


def product(folder: Path) -> float:
    """Return the seconds of the slowest."""
    write_pairs(folder / "sound.zip", 20, 5)
    sound = (folder / "sound.zip").read_bytes()
    chance = random.Random(20_000)
    slowest = start_peak = 0.0
    for number in range(_MUTANTS):
        mutant = damaged(sound, chance)
        start = perf_counter()
        _look(mutant)
        slowest = max(slowest, perf_counter() - start)
        if number == _GROWN_AFTER:
            start_peak = peak()
    if peak() - start_peak > _GROWTH:
        raise MemoryError(f"{_MUTANTS} damaged bundles left {peak() - start_peak:.0f} bytes in use")
    return slowest


def floor(_folder: Path) -> float:
    """Return the second that is allowed."""
    return 1.0


def damaged(sound: bytes, chance: random.Random) -> bytes:
    """Return a copy with a few bytes turned, cut out, repeated or put in."""
    data = bytearray(sound)
    for _ in range(chance.randint(1, _MOST_DAMAGES)):
        at, length = chance.randrange(len(data)), chance.choice((1, 1, 2, 8, 64, 512))
        match chance.randrange(4):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case _:
                data[at : at + length] = chance.randbytes(length)
        if not data:
            data += b"\0"
    return bytes(data)


def _look(mutant: bytes) -> None:
    try:
        with TemporaryFile() as spool:
            limits = Limits()
            check(open_archive(BytesIO(mutant), limits), Spool(spool), limits, silent)
    except Refusal:
        return


MARK = Mark(
    name="slowest refusal of 20,000 damaged bundles",
    against="the second that is allowed",
    limit=1.0,
    product=product,
    floor=floor,
    rounds=1,
)
