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


def _told(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    order, _, detail = data.removeprefix(MARK).decode().partition(" ")
    if order == "crash":
        os.abort()
    if order == "spin":
        progress(1, 2)
        while True:
            pass
    if order == "eat":
        eaten = []
        while True:
            eaten.append(bytes(1 << 20))
    if order == "fail":
        raise KeyError("words of the article")
    if order == "lie":
        return _imported("short", end=99)
    if order == "print":
        print("noise " * 1000, flush=True)  # noqa: T201
        os.write(1, b"noise")
    if order == "write":
        Path(detail).write_text("written", encoding="utf-8")
    if order == "steps":
        for step in range(5):
            progress(step + 1, 5)
    if order == "status":
        handles = sorted(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
        return _imported(f"{handles}\n{Path('/proc/self/status').read_text(encoding='utf-8')}")
    if order == "loaded":
        return _imported(" ".join(sorted(sys.modules)))
    return _imported("fine")


IMPORTER = Importer(
    name="outside",
    version="1",
    media_types=("text/x-outside",),
    suffixes=(".outside",),
    max_bytes=1 << 20,
    recognises=lambda data, _name: data.startswith(MARK),
    read=_told,
)
