"""The members of a ZIP that somebody sent, read as streams and never unpacked to the disk."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from annotator.bundle.directory import DIRECTORY, STORED, Member, read_directory
from annotator.bundle.placed import PlacedFile
from annotator.bundle.refusal import Limits, Refusal
from annotator.domain.ids import Digest

_CHUNK = 1 << 16
_MEBIBYTE = 1 << 20
_NAME_LENGTH = 250
_NAME = re.compile(r"[0-9A-Za-z_.-]+(?:/[0-9A-Za-z_.-]+)*/?")


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a member lies in the ZIP, how it is packed, and what it unpacks to; in bytes."""

    name: str
    method: int
    start: int
    packed: int
    size: int
    crc: int


class Archive:
    """A checked ZIP with one ``folder`` at its top; its members' ``places`` are known by their names inside that folder."""

    def __init__(self, file: BinaryIO, limits: Limits, folder: str, places: dict[str, Place]) -> None:
        self._file = PlacedFile(file)
        self._limits = limits
        self.folder = folder
        self.places = places
        self.expected: dict[str, Digest] = {}
        """The SHA-256 of members that are held against it when they are read as a whole; one that was so is taken out."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(self.places)

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self.places

    def size(self, name: str) -> int:
        """Return the size of a member in bytes, as unpacked."""
        return self.places[name].size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member; raises ``Refusal`` where they are not what the ZIP says."""
        member, expected = self.places[name], self.expected.get(name)
        digest = hashlib.sha256() if expected else None
        crc = size = 0
        for chunk in self._unpacked(name, member):
            size += len(chunk)
            if size > member.size:
                break
            crc = zlib.crc32(chunk, crc)
            if digest is not None:
                digest.update(chunk)
            yield chunk
        if size != member.size:
            raise Refusal(name, "unpacks to another size than it states")
        if crc != member.crc:
            raise Refusal(name, "is damaged (its checksum differs)")
        if digest is not None:
            if digest.hexdigest() != expected:
                raise Refusal(name, "has another digest than is listed for it")
            self.expected.pop(name, None)

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a member without their line ends; the last one must have one too."""
        rest = bytearray()
        for chunk in self.chunks(name):
            first, *lines = chunk.split(b"\n")
            rest += first
            if len(rest) > self._limits.line_bytes:
                raise Refusal(name, f"has a line of more than {self._limits.line_bytes} bytes", "line_bytes")
            if lines:
                yield bytes(rest)
                rest = bytearray(lines.pop())
                yield from lines
        if rest:
            raise Refusal(name, "does not end with a line end")

    def read(self, name: str) -> bytes:
        """Return the bytes of a member that may be large, but is needed as a whole."""
        return b"".join(self.chunks(name))

    def _unpacked(self, name: str, member: Place) -> Iterator[bytes]:
        if member.method == STORED:
            yield from self._packed(name, member)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for packed in self._packed(name, member):
                data = packed
                while data and not inflater.eof:
                    yield inflater.decompress(data, _CHUNK)
                    data = inflater.unconsumed_tail
                if inflater.unused_data or (inflater.eof and data):
                    raise Refusal(name, "has bytes behind the end of its data")
            yield inflater.flush()
        except zlib.error as error:
            raise Refusal(name, "is damaged (cannot be unpacked)") from error
        if not inflater.eof:
            raise Refusal(name, "is cut short")

    def _packed(self, name: str, member: Place) -> Iterator[bytes]:
        at, end = member.start, member.start + member.packed
        while at < end:
            data = self._file.read(at, min(_CHUNK, end - at))
            if not data:
                raise Refusal(name, "is cut short")
            at += len(data)
            yield data


def open_archive(file: BinaryIO, limits: Limits) -> Archive:
    """Return a ZIP whose directory, names and stated sizes were checked; raises ``Refusal``."""
    members = read_directory(file, limits)
    for member in members:
        _check_name(member.name)
    folder = _top_folder(members)
    found = _by_name(members, folder, limits)
    places = {name: Place(m.name, m.method, m.start, m.packed, m.size, m.crc) for name, m in found.items()}
    return Archive(file, limits, folder, places)


def _by_name(members: list[Member], folder: str, limits: Limits) -> dict[str, Member]:
    found: dict[str, Member] = {}
    folded: set[str] = set()
    total = 0
    for member in members:
        name = member.name.rstrip("/").removeprefix(folder).removeprefix("/")
        if name.casefold() in folded:
            raise Refusal(member.name, "is there twice (capitals do not part names)")
        folded.add(name.casefold())
        if member.is_folder:
            _check_folder(member)
            continue
        total += member.size
        _check_size(member, total, limits)
        found[name] = member
    _check_paths(found)
    return found


def _check_folder(member: Member) -> None:
    if member.size or member.packed > 2:
        raise Refusal(member.name, "is a folder that has content of its own")


def _check_size(member: Member, total: int, limits: Limits) -> None:
    if member.size > limits.member_bytes:
        reason = f"unpacks to {member.size} bytes; {limits.member_bytes} are allowed"
        raise Refusal(member.name, reason, "member_bytes")
    if total > limits.total_bytes:
        raise Refusal(member.name, f"brings the whole to more than {limits.total_bytes} bytes", "total_bytes")
    if member.size > _MEBIBYTE and member.size > limits.ratio * member.packed:
        raise Refusal(member.name, f"unpacks to more than {limits.ratio} times its size", "ratio")


def _check_name(name: str) -> None:
    parts = name.removesuffix("/").split("/")
    if "\\" in name:
        raise Refusal(name, "has a backslash or a character that is not ASCII in its name")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise Refusal(name, "has an absolute path for a name")
    if ".." in parts or "." in parts:
        raise Refusal(name, "has a name that leads to another folder")
    if not _NAME.fullmatch(name) or len(name) > _NAME_LENGTH:
        raise Refusal(name, "has a name that no bundle has")


def _top_folder(members: list[Member]) -> str:
    folders = {member.name.partition("/")[0] for member in members}
    if len(folders) != 1 or any("/" not in member.name for member in members):
        raise Refusal(DIRECTORY, "does not have one folder at the top, as a bundle has")
    return folders.pop()


def _check_paths(members: dict[str, Member]) -> None:
    """Check that no name is at once a file and the folder of another."""
    for name, member in members.items():
        folder = name
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if folder in members:
                raise Refusal(member.name, "lies in a folder that is also a file")
