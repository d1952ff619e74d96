"""Writes a bag into a ZIP as a stream: each member once, the folder's name, which nobody can know before, last."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from types import TracebackType
from typing import BinaryIO, Self

from annotator.bundle.layout import (
    BAG_INFO,
    BAGIT,
    DECLARATION,
    LINES_A_PART,
    MANIFEST,
    PAYLOAD,
    TAG_FILES,
    TAG_MANIFEST,
    Entry,
    bag_info,
    bundle_id,
    manifest,
    part,
)
from annotator.bundle.scope import Extent
from annotator.bundle.signature import Signer
from annotator.domain.change import Checkpoint
from annotator.domain.ids import Digest

_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_LOCAL_HEADER = 30
_PIECE = 1 << 18
_UNNAMED = "0" * 64


class BagWriter:
    """A bag that is being written to ``file``, which must be seekable. ``finish`` makes it one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.entries: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self._zip.close()
        else:
            self._zip.fp = None  # an abandoned archive gets no directory

    def add(self, name: str, chunks: Iterable[bytes], *, size: int = 0) -> None:
        """Write one member. ``size`` in bytes is needed where it may pass 2 GiB."""
        info = zipfile.ZipInfo(f"{_UNNAMED}/{name}", _TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system, info.external_attr, info.file_size = _UNIX, _PLAIN_FILE, size
        digest, written = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=name.endswith(".jsonl")) as stream:
            for chunk in chunks:
                stream.write(chunk)
                digest.update(chunk)
                written += len(chunk)
        self.entries[name] = Entry(Digest(digest.hexdigest()), written)

    def add_bytes(self, name: str, data: bytes) -> None:
        """Write one member that is at hand."""
        self.add(name, (data,), size=len(data))

    def add_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Write one member of lines that have no line ends yet."""
        self.add(name, pieces(lines))

    def add_parts(self, folder: str, lines: Iterator[bytes]) -> None:
        """Write such lines into as many parts as they need."""
        number = 1
        for first in lines:
            self.add_lines(part(folder, number), chain((first,), islice(lines, LINES_A_PART - 1)))
            number += 1

    def finish(self, checkpoint: Checkpoint, extent: Extent, signer: Signer | None = None) -> Digest:
        """Write the tag files and the signature, give the folder its name, and return the bundle's id."""
        payload = {name: entry for name, entry in self.entries.items() if name.startswith(PAYLOAD)}
        listed = manifest(payload)
        self.add_bytes(BAGIT, DECLARATION)
        self.add_bytes(BAG_INFO, bag_info(checkpoint, payload, extent, signer.sender if signer else None))
        self.add_bytes(MANIFEST, listed)
        tags = manifest({name: self.entries[name] for name in TAG_FILES})
        self.add_bytes(TAG_MANIFEST, tags)
        for name, data in signer.members(tags) if signer else ():
            self.add_bytes(name, data)
        id_ = bundle_id(listed)
        self._name_folder(id_)
        return id_

    def _name_folder(self, name: str) -> None:
        """Put the name over the one of the same length that stands in every local header; the directory is yet to come."""
        end = self._file.tell()
        for info in self._zip.infolist():
            info.filename = name + info.filename[len(name) :]
            self._file.seek(info.header_offset + _LOCAL_HEADER)
            self._file.write(name.encode())
        self._file.seek(end)


def pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines with their ends, joined into pieces that are worth packing, and never much more than needed for that."""
    waiting, size = list[bytes](), 0
    for line in lines:
        waiting.append(line)
        size += len(line) + 1
        if size >= _PIECE:
            yield b"\n".join(waiting) + b"\n"
            waiting, size = [], 0
    if waiting:
        yield b"\n".join(waiting) + b"\n"
