"""An importer from an outside package that does whatever the document tells it to: for the walls around all of them."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from annotator.domain.imported import Imported
from annotator.domain.structure import Block, BlockKind, Structure
from annotator.importers.confined.wire import MAX_ANSWER
from annotator.importers.registry import Importer, Progress, ReadOptions
from tests.importers.ways_out import WAYS

MARK = b"OUTSIDE "


def _imported(text: str, end: int | None = None) -> Imported:
    block = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text) if end is None else end)
    return Imported(
        text=text,
        structure=Structure(blocks=(block,)),
        media_type="text/x-outside",
        importer="outside",
        importer_version="1",
    )


def _crash(_detail: str, _progress: Progress) -> str:
    os.abort()


def _spin(_detail: str, progress: Progress) -> str:
    progress(1, 2)
    while True:
        pass


def _eat(_detail: str, _progress: Progress) -> str:
    eaten = []
    while True:
        eaten.append(bytes(1 << 20))


def _fail(_detail: str, _progress: Progress) -> str:
    raise KeyError("words of the article")


def _print(_detail: str, _progress: Progress) -> str:
    print("noise " * 1000, flush=True)  # noqa: T201
    os.write(1, b"noise")
    return "fine"


def _steps(_detail: str, progress: Progress) -> str:
    for step in range(5):
        progress(step + 1, 5)
    return "fine"


def _loaded(_detail: str, _progress: Progress) -> str:
    return " ".join(sorted(sys.modules))


def _handles(_detail: str, _progress: Progress) -> str:
    open_ = []
    for number in range(200):
        try:
            os.fstat(number)
        except OSError:
            continue
        open_.append(number)
    return " ".join(map(str, open_))


def _chatter(_detail: str, progress: Progress) -> str:
    while True:
        progress(1, 2)


def _slow(_detail: str, progress: Progress) -> str:
    for step in range(6):
        time.sleep(0.3)
        progress(step + 1, 6)
    return "fine"


def _shout(_detail: str, _progress: Progress) -> str:
    for descriptor in (1, 2):
        for _ in range(64):
            os.write(descriptor, bytes(1 << 20))
    return "fine"


def _reserve(_detail: str, _progress: Progress) -> str:
    room = mmap.mmap(-1, 1 << 30)
    room[0] = 1
    return "fine"


def _fault(_detail: str, _progress: Progress) -> str:
    ctypes.string_at(0)
    return "fine"


def _leave(_detail: str, _progress: Progress) -> str:
    sys.exit(0)


def _descend(_detail: str, progress: Progress) -> str:
    return _descend(_detail, progress)


def _long(_detail: str, _progress: Progress) -> str:
    return "a" * (MAX_ANSWER + 1)


def _say(detail: str, _progress: Progress) -> str:
    """Write to the program what no child of ours would: an order such as ``0000 1*4096`` is bytes in hex, some repeated.

    With ``~`` at its end it is followed again and again; else blanks follow without end.
    """
    words = _bytes(detail.rstrip("~"))
    endless = words if detail.endswith("~") else bytes(1 << 20)
    _put(words)
    while True:
        _put(endless)


def _mute(detail: str, _progress: Progress) -> str:
    """Write like ``_say``, and neither write nor listen afterwards."""
    _put(_bytes(detail))
    while True:
        time.sleep(60)


def _bytes(detail: str) -> bytes:
    parts = (part.partition("*") for part in detail.split())
    return b"".join(bytes.fromhex(digits) * int(times or 1) for digits, _, times in parts)


def _put(words: bytes) -> None:
    while words:
        words = words[os.write(_answers(), words) :]


def _answers() -> int:
    """Return the descriptor on which the program listens: the first that is not one of the standard three."""
    return int(_handles("", lambda _done, _total: None).split()[3])


_ORDERS: dict[str, Callable[[str, Progress], str]] = {
    "crash": _crash, "spin": _spin, "eat": _eat, "fail": _fail, "print": _print, "steps": _steps, "handles": _handles,
    "loaded": _loaded, "chatter": _chatter, "say": _say, "mute": _mute, "slow": _slow,
    "shout": _shout, "reserve": _reserve, "fault": _fault,
    "leave": _leave, "descend": _descend, "long": _long,
}  # fmt: skip


def _told(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    order, _, detail = data.removeprefix(MARK).decode().partition(" ")
    if order == "archive":
        return replace(_imported(f"page {options.part} by {os.getpid()}"), part=options.part)
    if order == "lie":
        return _imported("short", end=99)
    if order in WAYS:
        return _imported(WAYS[order](detail))
    return _imported(_ORDERS[order](detail, progress) if order in _ORDERS else "fine")


def _every(data: bytes, options: ReadOptions, progress: Progress) -> Iterator[Imported | None]:
    """Yield what is told, or the pages of an order such as ``archive abc``: the process dies of the one called ``b``."""
    order, _, keys = data.removeprefix(MARK).decode().partition(" ")
    if order != "archive":
        yield _told(data, options, progress)
        return
    yield replace(_imported(f"page a by {os.getpid()}"), part=keys[0], parts=tuple(keys))
    for key in keys[1:]:
        if key == "b":
            os.abort()
        yield replace(_imported(f"page {key} by {os.getpid()}"), part=key)


IMPORTER = Importer(
    name="outside",
    version="1",
    media_types=("text/x-outside",),
    suffixes=(".outside",),
    max_bytes=1 << 20,
    recognises=lambda data, _name: data.startswith(MARK),
    read=_told,
    every=_every,
)
