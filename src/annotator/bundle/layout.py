"""What a bundle consists of: names, fixed texts, and what is stated about it.

A bundle is a BagIt bag (RFC 8493) in a ZIP with an RO-Crate 1.1 description. Its one folder is named by the bundle's id, the
SHA-256 of the payload manifest. The same changes give the same bytes in every member: canonical JSON, sorted lines, parts of a
fixed number of lines, and nothing local such as numbers, paths, names of people at the computer, or the time of the export.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from annotator.bundle.scope import UNLIMITED, Extent
from annotator.domain.change import Checkpoint
from annotator.domain.ids import ChangeId, Digest, parse_entity_id
from annotator.domain.names import name_fault
from annotator.domain.signing import BundleSignature, Sender, Signed

FORMAT = 4
"""The version of the layout and of how derived members are made.

A reader refuses a later one. It reads earlier ones, but does not compare their derived members: those are never read as input.
"""

LINES_A_PART = 50_000
"""Lines in every part of the history and of the annotations but the last."""

BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAG_FILES = (BAGIT, BAG_INFO, MANIFEST)
"""What the tag manifest lists."""

SIGNATURE, SUCCESSION = "signature.dsse.json", "succession.dsse.jsonl"
"""What lies beside the tag manifest and is not listed in it: the signature over it, and what earlier keys of the signer state."""

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
CRATE = "data/ro-crate-metadata.json"
CLAIMS = "data/claims.jsonl"
CODEBOOK = "data/codebook.json"
HISTORY = "data/history"
ANNOTATIONS = "data/annotations"

_PART = re.compile(r"part-(\d{5})\.jsonl")
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_CHANGES, _HEAD, _FORMAT = "Annotator-Checkpoint-Changes", "Annotator-Checkpoint-Head", "Annotator-Bundle-Format"
_OXUM = "Payload-Oxum"
_LIMIT, _BASIS = "Annotator-Limited-To", "Annotator-Basis-Head"
_AGENT = "Bag-Software-Agent"
_SENDER, _NAME = "Annotator-Sender", "Contact-Name"

Progress = Callable[[int, int], None]
"""Told (done, total) from time to time; stops the work by raising ``CancelledError``."""


TOTAL = 1000
"""How many steps ``steps`` tells of."""


def steps(progress: Progress, start: int, end: int, total: int) -> Callable[[int], None]:
    """Return what is told how much of ``total`` is done, and tells it as steps from ``start`` to ``end``, each once."""
    told = start

    def seen(done: int) -> None:
        nonlocal told
        step = start + (end - start) * min(done, total) // max(total, 1)
        if step > told:
            told = step
            progress(step, TOTAL)

    return seen


def silent(_done: int, _total: int) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest knows of a member: SHA-256 and size in bytes."""

    digest: Digest
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleReport:
    """What a bundle holds: its id and how many changes, revisions, texts and originals, up to which checkpoint.

    ``disputed`` is how many fields hold several values, of all whose words are in the bundle; ``withheld`` counts the revisions
    whose words are not, ``extent`` tells what the bundle states of that. ``sender`` is who states to have sent
    it, ``signed`` by which key it is signed; None where it is not. ``signature`` is what that comes to on a computer: whoever
    knows no keys leaves it None.
    """

    bundle_id: Digest
    changes: int
    revisions: int
    texts: int
    sources: int
    checkpoint: Checkpoint
    disputed: int = 0
    withheld: int = 0
    extent: Extent = UNLIMITED
    sender: Sender | None = None
    signed: Signed | None = None
    signature: BundleSignature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BagInfo:
    """What ``bag-info.txt`` states: the layout's version, checkpoint, the payload's bytes and files, its extent, who sent it."""

    format: int
    checkpoint: Checkpoint
    octets: int
    files: int
    extent: Extent = UNLIMITED
    sender: Sender | None = None


def part(folder: str, number: int) -> str:
    """Return the name of the part with this number (from 1)."""
    return f"{folder}/part-{number:05d}.jsonl"


def parts(folder: str, names: Iterable[str]) -> list[str]:
    """Return the parts in ``folder`` in their order; raises ``ValueError`` where one is missing."""
    found = sorted(name for name in names if name.startswith(f"{folder}/"))
    expected = [part(folder, number) for number in range(1, len(found) + 1)]
    for name, wanted in zip(found, expected, strict=True):
        if name != wanted or not _PART.fullmatch(name.removeprefix(f"{folder}/")):
            raise ValueError(wanted)
    return found


def text_path(digest: Digest) -> str:
    """Return where a canonical text lies."""
    return f"data/text/{digest}.txt"


def structure_path(digest: Digest) -> str:
    """Return where a structure lies."""
    return f"data/structure/{digest}.json"


def source_path(digest: Digest, extension: str) -> str:
    """Return where an original lies."""
    return f"data/sources/{digest}.{extension}"


def bag_info(
    checkpoint: Checkpoint, payload: Mapping[str, Entry], extent: Extent = UNLIMITED, sender: Sender | None = None
) -> bytes:
    """Return ``bag-info.txt``: checkpoint, by what the bundle is limited, what the payload comes to, who sends it signed."""
    octets = sum(entry.size for entry in payload.values())
    lines = [
        (_FORMAT, str(FORMAT)),
        (_CHANGES, str(checkpoint.changes)),
        *((_HEAD, head) for head in checkpoint.heads),
        *((_LIMIT, limit) for limit in extent.limits),
        *((_BASIS, head) for head in extent.basis),
        (_AGENT, "Annotator"),
        (_OXUM, f"{octets}.{len(payload)}"),
    ]
    if sender is not None:
        lines += [(_NAME, sender.name)] if sender.name else []
        lines.append((_SENDER, sender.annotator))
    return "".join(f"{name}: {value}\n" for name, value in lines).encode()


def read_bag_info(data: bytes) -> BagInfo:
    """Return what ``bag-info.txt`` states; raises ``ValueError`` naming what is missing or does not fit."""
    several: dict[str, list[str]] = {_HEAD: [], _LIMIT: [], _BASIS: []}
    found: dict[str, str] = {}
    for line in data.decode().splitlines():
        name, _, value = line.partition(": ")
        if name in several:
            several[name].append(value)
        elif name in found:
            raise ValueError(f"states {name} twice")
        else:
            found[name] = value
    octets, _, files = found.get(_OXUM, "").partition(".")
    return BagInfo(
        format=_number(_FORMAT, found.get(_FORMAT, "")),
        checkpoint=Checkpoint(
            heads=tuple(map(ChangeId, several[_HEAD])), changes=_number(_CHANGES, found.get(_CHANGES, ""))
        ),
        octets=_number(_OXUM, octets),
        files=_number(_OXUM, files),
        extent=Extent(limits=tuple(several[_LIMIT]), basis=tuple(map(ChangeId, several[_BASIS]))),
        sender=_sender(found.get(_SENDER, ""), found.get(_NAME, "")),
    )


def _sender(annotator: str, name: str) -> Sender | None:
    if not annotator and not name:
        return None
    fault = name_fault(name)
    if fault:
        raise ValueError(f"states a name that {fault}")
    return Sender(annotator=parse_entity_id(annotator), name=name)


def _number(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", value):
        raise ValueError(f"states no {name} that can be read")
    return int(value)


def manifest(entries: Mapping[str, Entry]) -> bytes:
    """Return a manifest: one line a member, sorted by name."""
    return "".join(f"{entry.digest}  {name}\n" for name, entry in sorted(entries.items())).encode()


def read_manifest(data: bytes) -> dict[str, Digest]:
    """Return the digests that a manifest lists by name; raises ``ValueError`` naming the line that does not fit."""
    found: dict[str, Digest] = {}
    for number, line in enumerate(data.decode().splitlines(), 1):
        match = _MANIFEST_LINE.fullmatch(line)
        if match is None or match[2] in found:
            raise ValueError(f"line {number} is not a digest and a name of its own")
        found[match[2]] = Digest(match[1])
    return found


def bundle_id(payload_manifest: bytes) -> Digest:
    """Return the id of the bundle with this payload manifest, which also names its folder."""
    return Digest(hashlib.sha256(payload_manifest).hexdigest())
