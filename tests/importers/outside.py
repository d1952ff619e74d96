"""An importer from an outside package that does whatever the document tells it to: for the walls around all of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from annotator.domain.imported import Imported
from annotator.domain.structure import Block, BlockKind, Structure
from annotator.importers.registry import Importer, Progress, ReadOptions

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


def _write(detail: str, _progress: Progress) -> str:
    Path(detail).write_text("written", encoding="utf-8")
    return "fine"


def _steps(_detail: str, progress: Progress) -> str:
    for step in range(5):
        progress(step + 1, 5)
    return "fine"


def _status(_detail: str, _progress: Progress) -> str:
    handles = sorted(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
    return f"{handles}\n{Path('/proc/self/status').read_text(encoding='utf-8')}"


def _loaded(_detail: str, _progress: Progress) -> str:
    return " ".join(sorted(sys.modules))


_ORDERS = {one.__name__: one for one in (_crash, _spin, _eat, _fail, _print, _write, _steps, _status, _loaded)}


def _told(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    order, _, detail = data.removeprefix(MARK).decode().partition(" ")
    if order == "lie":
        return _imported("short", end=99)
    return _imported(_ORDERS[f"_{order}"](detail, progress) if f"_{order}" in _ORDERS else "fine")


IMPORTER = Importer(
    name="outside",
    version="1",
    media_types=("text/x-outside",),
    suffixes=(".outside",),
    max_bytes=1 << 20,
    recognises=lambda data, _name: data.startswith(MARK),
    read=_told,
)
