"""Checks a bag as a bag (RFC 8493): its members are those that its manifests list, and have the digests listed there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from annotator.bundle.archive import Archive
from annotator.bundle.layout import (
    BAG_INFO,
    BAGIT,
    DECLARATION,
    FORMAT,
    MANIFEST,
    PAYLOAD,
    SIGNATURE,
    SUCCESSION,
    TAG_FILES,
    TAG_MANIFEST,
    BagInfo,
    Entry,
    bundle_id,
    read_bag_info,
    read_manifest,
)
from annotator.bundle.refusal import Refusal
from annotator.domain.ids import Digest

TAG_FILE_BYTES = 256 << 20
"""What a tag file may unpack to."""

_UNLISTED = {TAG_MANIFEST, SIGNATURE, SUCCESSION}


def check_bag(archive: Archive) -> tuple[BagInfo, dict[str, Entry]]:
    """Return what the bag states and its payload, whose digests are yet to be held against it; raises ``Refusal``."""
    _check_tag_files(archive)
    info = _bag_info(archive)
    payload = _listed(archive, MANIFEST)
    present = {name for name in archive.names if name.startswith(PAYLOAD)}
    _check_listed(payload, present, MANIFEST)
    id_ = bundle_id(archive.read(MANIFEST))
    if archive.folder != id_:
        raise Refusal(archive.folder, f"is the folder's name; the bundle's id is {id_}")
    return info, {name: Entry(digest, archive.size(name)) for name, digest in payload.items()}


def check_digests(archive: Archive, listed: Iterable[tuple[str, Digest]], seen: Callable[[int], None]) -> None:
    """Hold members of the payload against the digests listed for them; ``seen`` is told how many bytes were read.

    Raises ``Refusal``.
    """
    read = 0
    for name, digest in listed:
        _check_digest(archive, name, digest, MANIFEST)
        read += archive.size(name)
        seen(read)


def check_oxum(info: BagInfo, payload: Mapping[str, Entry]) -> None:
    """Check that the bag states what its payload comes to; raises ``Refusal``."""
    if (info.octets, info.files) != (sum(entry.size for entry in payload.values()), len(payload)):
        raise Refusal(BAG_INFO, "states another size of the payload than it has")


def _check_tag_files(archive: Archive) -> None:
    for name in (*TAG_FILES, TAG_MANIFEST):
        if name not in archive.names:
            raise Refusal(name, "is missing")
        if archive.size(name) > TAG_FILE_BYTES:
            raise Refusal(name, "is larger than it can be")
    if archive.read(BAGIT) != DECLARATION:
        raise Refusal(BAGIT, "does not declare BagIt 1.0 in UTF-8")
    tags = _listed(archive, TAG_MANIFEST)
    present = {name for name in archive.names if not name.startswith(PAYLOAD)} - _UNLISTED
    _check_listed(tags, present, TAG_MANIFEST)
    for name, digest in tags.items():
        _check_digest(archive, name, digest, TAG_MANIFEST)


def _bag_info(archive: Archive) -> BagInfo:
    try:
        info = read_bag_info(archive.read(BAG_INFO))
    except ValueError as error:
        raise Refusal(BAG_INFO, str(error)) from error
    if not 1 <= info.format <= FORMAT:
        raise Refusal(BAG_INFO, f"states format {info.format}; this program reads formats up to {FORMAT}")
    return info


def _listed(archive: Archive, name: str) -> Mapping[str, Digest]:
    try:
        return read_manifest(archive.read(name))
    except ValueError as error:
        raise Refusal(name, str(error)) from error


def _check_listed(listed: Mapping[str, Digest], present: set[str], manifest: str) -> None:
    for name in sorted(present - listed.keys()):
        raise Refusal(name, f"is not listed in {manifest}")
    for name in sorted(listed.keys() - present):
        raise Refusal(name, f"is listed in {manifest}, but is not there")


def _check_digest(archive: Archive, name: str, expected: Digest, manifest: str) -> None:
    digest = hashlib.sha256()
    for chunk in archive.chunks(name):
        digest.update(chunk)
    if digest.hexdigest() != expected:
        raise Refusal(name, f"has another digest than {manifest} lists")
