"""Holds what a process answered of a bundle against what the bundle's sender signed: a stranger's file may have spoken for it.

The signature is over the tag manifest. That has the digests of the payload manifest, which makes the bundle's id, and of
``bag-info.txt``, which states sender, checkpoint, and what was left out. The checkpoint has the ids of the newest changes,
these name all others, and each change seals its revisions. So nothing can be taken in under a key that did not sign it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from annotator.bundle.archive import Archive
from annotator.bundle.fixity import TAG_FILE_BYTES
from annotator.bundle.known import KnownChanges
from annotator.bundle.layout import BAG_INFO, MANIFEST, TAG_MANIFEST, BundleReport, read_bag_info, read_manifest
from annotator.bundle.refusal import Refusal
from annotator.bundle.signature import MOST_BYTES, check_signature
from annotator.domain.change import Change, Checkpoint, Content, Header, StoredRevision, seal
from annotator.domain.ids import ChangeId, Digest, digest_of


def check_signed(archive: Archive, report: BundleReport) -> None:
    """Check that a key which is said to have signed a bundle did, and signed what is said of it.

    Raises ``Refusal``, and ``ValueError`` where something else is said than what was signed.
    """
    if report.signature is not None:
        raise ValueError("what a signature comes to was answered by one who knows no keys")
    if report.signed is None:
        return
    for name, most in ((TAG_MANIFEST, MOST_BYTES), (BAG_INFO, MOST_BYTES), (MANIFEST, TAG_FILE_BYTES)):
        if name not in archive:
            raise Refusal(name, "is missing")
        if archive.size(name) > most:
            raise Refusal(name, "is larger than it can be")
    if check_signature(archive) != report.signed:
        raise ValueError("another key signed it")
    listed = read_manifest(archive.read(TAG_MANIFEST))
    data = archive.read(BAG_INFO)
    info = read_bag_info(data)
    stated = (info.sender, info.extent, info.checkpoint)
    if listed.get(BAG_INFO) != digest_of(data) or stated != (report.sender, report.extent, report.checkpoint):
        raise ValueError("something else is stated in it")
    if listed.get(MANIFEST) != report.bundle_id or _digest(archive, MANIFEST) != report.bundle_id:
        raise ValueError("its payload is another one")


def _digest(archive: Archive, name: str) -> Digest:
    digest = sha256()
    for chunk in archive.chunks(name):
        digest.update(chunk)
    return Digest(digest.hexdigest())


class Chain:
    """Goes along the changes of a history, parents first, and holds each against the digests that name and seal it."""

    def __init__(self) -> None:
        self._known = KnownChanges()

    def add(self, change: Change, header: bytes) -> None:
        """Take the next change with the stored bytes of its header. Raises ``ValueError`` where they do not fit."""
        if ChangeId(digest_of(header)) != change.id or self._known.number(change.id) is not None:
            raise ValueError("a change does not have the digest that names it, or is there twice")
        for parent in change.header.parents:
            if self._known.number(parent) is None:
                raise ValueError("a change builds on one that is not there")
            self._known.build_on(parent)
        self._known.add(change.id, change.header.generation)

    def finish(self, checkpoint: Checkpoint) -> None:
        """Raise ``ValueError`` unless the changes come to a checkpoint."""
        if checkpoint != Checkpoint(heads=tuple(sorted(self._known.heads())), changes=len(self._known)):
            raise ValueError("the history comes to another checkpoint")


def as_sealed(header: Header, revisions: Iterable[StoredRevision]) -> Iterator[StoredRevision]:
    """Yield the revisions of a change; raises ``ValueError`` behind the last one where they are not those that it seals."""
    content = Content()
    for stored in revisions:
        content.add(seal(stored.entity, stored.kind, stored.parents, stored.digest))
        yield stored
    if content.digest() != header.content:
        raise ValueError("the revisions of a change are not those that it seals")
