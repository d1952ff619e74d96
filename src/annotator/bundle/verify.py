"""Checks a bundle that somebody sent, before anything of it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from annotator.bundle.archive import Archive
from annotator.bundle.blobs import Blobs, check_blobs
from annotator.bundle.crate import describe
from annotator.bundle.derived import annotation_lines, claim_lines, codebook_bytes
from annotator.bundle.entities import check_entities
from annotator.bundle.fixity import check_bag
from annotator.bundle.history import HistoryCheck, part_lines
from annotator.bundle.layout import (
    ANNOTATIONS,
    BAG_INFO,
    CLAIMS,
    CODEBOOK,
    CRATE,
    HISTORY,
    MANIFEST,
    BundleReport,
    Entry,
    Progress,
    bundle_id,
    parts,
    silent,
    source_path,
    structure_path,
    text_path,
)
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool, SpooledView
from annotator.domain.errors import BundleRefusedError

_USUAL = Limits()
_TOTAL = 1000
_AFTER_FIXITY, _AFTER_HISTORY, _AFTER_ENTITIES = 300, 600, 800
_DIFFERS = "differs from what the history gives"


def verify_bundle(path: Path, *, limits: Limits = _USUAL, progress: Progress = silent) -> BundleReport:
    """Check everything about a bundle and return what it holds. Nothing is unpacked, nothing is written.

    Every byte of every member is held against its manifest, the history against its digests, seals and order, passages against
    their texts, and what is made from the history is made again and compared.
    ``progress`` may stop the check by raising ``CancelledError``.
    Raises ``BundleRefusedError`` naming the member and the reason.
    """
    try:
        with path.open("rb") as file, Spool() as spool:
            return _Check(Archive(file, limits), spool, progress).run()
    except Refusal as refusal:
        raise BundleRefusedError(path=path, member=refusal.member, reason=refusal.reason) from refusal
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise BundleRefusedError(path=path, member=path.name, reason=reason) from error


class _Check:
    def __init__(self, archive: Archive, spool: Spool, progress: Progress) -> None:
        self._archive = archive
        self._spool = spool
        self._progress = progress
        self._read = 0

    def run(self) -> BundleReport:
        archive = self._archive
        total = max(sum(map(archive.size, archive.names)), 1)
        info, payload = check_bag(archive, self._counter(total))
        history = HistoryCheck(archive, self._spool)
        checkpoint = history.run()
        self._progress(_AFTER_HISTORY, _TOTAL)
        if checkpoint != info.checkpoint:
            raise Refusal(BAG_INFO, "states another checkpoint than the history comes to")
        blobs = Blobs(archive)
        sources = check_blobs(blobs, history.references, payload)
        _check_members(payload, history.references)
        view = self._spool.finish(blobs.text, blobs.structure)
        check_entities(view, blobs)
        self._progress(_AFTER_ENTITIES, _TOTAL)
        self._check_derived(view, payload, history.last_time)
        self._progress(_TOTAL, _TOTAL)
        return BundleReport(
            bundle_id=bundle_id(archive.read(MANIFEST)),
            changes=checkpoint.changes,
            revisions=history.revisions,
            texts=len(history.references.texts),
            sources=sources,
            checkpoint=checkpoint,
        )

    def _counter(self, total: int) -> Callable[[int], None]:
        def seen(size: int) -> None:
            self._read += size
            self._progress(_AFTER_FIXITY * min(self._read, total) // total, _TOTAL)

        return seen

    def _check_derived(self, view: SpooledView, payload: Mapping[str, Entry], newest: str) -> None:
        archive = self._archive
        _compare(part_lines(archive, ANNOTATIONS), annotation_lines(view), ANNOTATIONS)
        claims = ((CLAIMS, number, line) for number, line in enumerate(archive.lines(CLAIMS), 1))
        _compare(claims, claim_lines(view), CLAIMS)
        if archive.read(CODEBOOK) != codebook_bytes(view):
            raise Refusal(CODEBOOK, _DIFFERS)
        if archive.read(CRATE) != describe(payload, newest):
            raise Refusal(CRATE, "differs from what the payload gives")


def _check_members(payload: Mapping[str, Entry], references: References) -> None:
    """Check that nothing is in the payload but what the layout knows and the history refers to."""
    known = {CLAIMS, CODEBOOK, CRATE}
    for name in sorted(known - payload.keys()):
        raise Refusal(name, "is missing")
    known.update(map(text_path, references.texts), map(structure_path, references.structures))
    known.update(source_path(digest, extension) for digest, extension in references.originals.items())
    for folder in (HISTORY, ANNOTATIONS):
        known.update(parts(folder, payload))
    for name in sorted(payload.keys() - known):
        raise Refusal(name, "belongs to nothing that the history refers to")


def _compare(found: Iterator[tuple[str, int, bytes]], expected: Iterator[bytes], where: str) -> None:
    member, number = where, 0
    for line, wanted in zip_longest(found, expected):
        if line is None:
            raise Refusal(member, f"ends before its time: {_DIFFERS}")
        member, number, data = line
        if wanted != data + b"\n":
            raise Refusal(member, f"line {number} {_DIFFERS}")
