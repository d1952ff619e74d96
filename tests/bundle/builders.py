"""Bundles taken apart, altered, and put together again, with digests made to fit wherever the test wants them to."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.bundle.crate import describe
from annotator.bundle.layout import (
    BAG_INFO,
    BAGIT,
    CRATE,
    HISTORY,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    Entry,
    bag_info,
    bundle_id,
    manifest,
    read_bag_info,
)
from annotator.bundle.scope import BundleScope
from annotator.bundle.write import write_bundle
from annotator.domain.change import Checkpoint, content_digest, seal
from annotator.domain.codec import canonical
from annotator.domain.ids import Digest, digest_of
from tests.factories import reopen

PART = "data/history/part-00001.jsonl"

Members = dict[str, bytes]


def export(project: Path, out: Path, *, originals: bool = False) -> Path:
    """Write the bundle of a closed project."""
    store = reopen(project)
    try:
        with store.snapshot() as view:
            write_bundle(view, out, scope=BundleScope(originals=originals))
    finally:
        store.close()
    return out


def members(path: Path) -> Members:
    """Return the members of a bundle by their names in its folder."""
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def folder(path: Path) -> str:
    """Return the name of a bundle's folder."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()[0].partition("/")[0]


def entries(found: Mapping[str, bytes]) -> dict[str, Entry]:
    """Return the digests and sizes of members."""
    return {name: Entry(digest_of(data), len(data)) for name, data in found.items()}


def resealed(found: Mapping[str, bytes], checkpoint: Checkpoint | None = None) -> Members:
    """Return members with tag files that fit the payload, as somebody would make them who knows the format."""
    told = read_bag_info(found[BAG_INFO])
    stated = checkpoint or told.checkpoint
    fitting = {name: data for name, data in found.items() if name.startswith(PAYLOAD) or name == BAGIT}
    payload = {name: entry for name, entry in entries(fitting).items() if name.startswith(PAYLOAD)}
    fitting[BAG_INFO] = bag_info(stated, payload, told.extent)
    fitting[MANIFEST] = manifest(payload)
    tags = {name: entry for name, entry in entries(fitting).items() if not name.startswith(PAYLOAD)}
    fitting[TAG_MANIFEST] = manifest(tags)
    return fitting


def described(found: Mapping[str, bytes]) -> Members:
    """Return members with a crate that fits the payload, and tag files."""
    rest = {name: data for name, data in found.items() if name != CRATE}
    history = b"".join(rest[name] for name in rest if name.startswith(HISTORY))
    payload = {name: entry for name, entry in entries(rest).items() if name.startswith(PAYLOAD)}
    newest = max(re.findall(rb'"at":"([^"]+)"', history))
    return resealed({**rest, CRATE: describe(payload, newest.decode())})


def pack(found: Mapping[str, bytes], path: Path, *, top: str | None = None) -> Path:
    """Write members as a bundle; the folder is named by its id unless ``top`` says otherwise."""
    name = bundle_id(found[MANIFEST]) if top is None else top
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in found.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{member}"), data, zipfile.ZIP_DEFLATED)
    return path


@dataclass
class ForgedChange:
    """A change that can be altered: its header, and its revisions with their bodies."""

    header: dict[str, Any]
    old: str
    revisions: list[dict[str, Any]] = field(default_factory=list)


def forged(found: Members, alter: Callable[[list[ForgedChange]], None], *, tidy: bool = True) -> Members:
    """Return a bundle whose history was altered and then made to fit again: every digest, seal, parent and order.

    What is derived from the history is left as it was. ``tidy`` sorts the changes.
    """
    changes = _read(found[PART])
    alter(changes)
    ids: dict[str, str] = {}
    lines: list[tuple[tuple[int, str], list[bytes]]] = []
    for change in changes:
        _seal(change, ids)
        id_ = digest_of(canonical(change.header))
        ids[change.old] = id_
        told = [canonical({"change": id_, "header": change.header}), *map(canonical, change.revisions)]
        lines.append(((change.header["generation"], id_), told))
    if tidy:
        lines.sort(key=lambda each: each[0])
    parents = {parent for change in changes for parent in change.header["parents"]}
    heads = tuple(sorted(ids[change.old] for change in changes if ids[change.old] not in parents))
    part = b"".join(line + b"\n" for _, told in lines for line in told)
    checkpoint = Checkpoint(heads=heads, changes=len(changes))  # type: ignore[arg-type]
    return resealed({**found, PART: part}, checkpoint)


def _read(part: bytes) -> list[ForgedChange]:
    changes: list[ForgedChange] = []
    for line in map(json.loads, part.splitlines()):
        if "change" in line:
            changes.append(ForgedChange(line["header"], line["change"]))
        else:
            changes[-1].revisions.append(line)
    return changes


def _seal(change: ForgedChange, ids: Mapping[str, str]) -> None:
    change.header["parents"] = sorted(ids.get(parent, parent) for parent in change.header["parents"])
    if change.header["undoes"]:
        change.header["undoes"] = ids.get(change.header["undoes"], change.header["undoes"])
    seals = []
    for revision in change.revisions:
        revision["parents"] = sorted(ids.get(parent, parent) for parent in revision["parents"])
        withheld = revision.get("digest")
        digest = bytes.fromhex(withheld) if withheld else hashlib.sha256(canonical(revision["body"])).digest()
        seals.append(seal(revision["entity"], revision["kind"], revision["parents"], digest))
    change.header["content"] = content_digest(sorted(seals))
    change.header["revisions"] = len(change.revisions)


def only(found: Mapping[str, bytes], start: str) -> str:
    """Return the one name that starts with ``start``."""
    (name,) = (name for name in found if name.startswith(start))
    return name


def digest_in(name: str) -> Digest:
    """Return the digest that names a member."""
    return Digest(name.rpartition("/")[2].partition(".")[0])


def of_kind(changes: list[ForgedChange], kind: str) -> dict[str, Any]:
    """Return the first revision of a kind."""
    return next(revision for change in changes for revision in change.revisions if revision["kind"] == kind)


def fields(changes: list[ForgedChange], kind: str) -> dict[str, Any]:
    """Return the fields that the first revision of a kind sets."""
    found: dict[str, Any] = of_kind(changes, kind)["body"]["fields"]
    return found


def replaced(parts: Members, start: str, data: bytes) -> Members:
    """Return members with one stored file replaced under the digest of the new bytes, and the history referring to it."""
    name = only(parts, start)
    old, new = digest_in(name), digest_of(data)
    del parts[name]
    parts[name.replace(old, new)] = data

    def refer(changes: list[ForgedChange]) -> None:
        for change in changes:
            for revision in change.revisions:
                told = json.dumps(revision).replace(old, new)
                revision.clear()
                revision.update(json.loads(told))

    return forged(parts, refer)


def added(bundle: Path, out: Path, name: str, data: bytes = b"x", *, mode: int = 0, within: bool = True) -> Path:
    """Return a copy of the bundle with one member more."""
    out.write_bytes(bundle.read_bytes())
    info = zipfile.ZipInfo(f"{folder(bundle)}/{name}" if within else name)
    info.external_attr = mode << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, data)
    return out


def central(data: bytes, number: int = 0) -> int:
    """Return where the entry with this number begins in the ZIP directory."""
    at = data.index(b"PK\1\2")
    for _ in range(number):
        at = data.index(b"PK\1\2", at + 4)
    return at


def put(data: bytes, at: int, value: bytes) -> bytes:
    """Return bytes with some of them replaced."""
    return data[:at] + value + data[at + len(value) :]


def end(data: bytes) -> int:
    """Return where the end of the ZIP directory is told."""
    return data.rindex(b"PK\5\6")
