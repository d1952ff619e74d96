"""What every process does that works for an export: it binds itself, reads frames, and writes one answer. See ``apart``."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Iterable
from typing import BinaryIO

from annotator.walls.confining import Walls, limit, not_outlive_parent
from annotator.walls.readable import python_places

LENGTH = struct.Struct(">Q")
STATE = struct.Struct(">BQ")
"""How it went, and the length of what follows: what was made, or the reason in UTF-8."""

FINE, REFUSED, BROKEN, OVER = range(4)


def serve(
    arguments: list[str],
    answer: Callable[[BinaryIO], tuple[int, bytes]],
    *,
    readable: Iterable[str] = (),
    threads: bool = False,
) -> None:
    """Bind this process, answer what stands in standard input, and write the answer. What ``answer`` needs is loaded before.

    ``arguments`` are the limits of memory and time, ``readable`` are files and folders that it may read besides Python's own,
    ``threads`` lets it make threads.
    """
    memory, cpu = (int(each) for each in arguments)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    not_outlive_parent()
    limit(memory=memory, cpu=cpu)
    Walls((*python_places(), *readable), threads=threads).raise_()
    state, content = answer(sys.stdin.buffer)
    answers.write(STATE.pack(state, len(content)))
    answers.write(content)
    answers.flush()


def frame(source: BinaryIO) -> bytes:
    """Read one frame."""
    length: int = LENGTH.unpack(source.read(LENGTH.size))[0]
    return source.read(length)
