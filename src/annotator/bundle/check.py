"""All checks of a bundle, one after the other: the bag, the history, stored bytes, entities, what is derived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from annotator.bundle.archive import Archive
from annotator.bundle.blobs import Blobs, check_blobs
from annotator.bundle.crate import describe
from annotator.bundle.derived import annotation_lines, claim_lines, codebook_bytes
from annotator.bundle.entities import EntityCheck
from annotator.bundle.fixity import check_bag
from annotator.bundle.history import HistoryCheck, check_parts, part_lines
from annotator.bundle.layout import (
    ANNOTATIONS,
    BAG_INFO,
    CLAIMS,
    CODEBOOK,
    CRATE,
    FORMAT,
    HISTORY,
    MANIFEST,
    BundleReport,
    Entry,
    Progress,
    bundle_id,
    source_path,
    structure_path,
    text_path,
)
from annotator.bundle.project import Indexes, SpooledView
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.signature import check_signature
from annotator.bundle.spool import Spool

_TOTAL = 1000
_AFTER_FIXITY, _AFTER_HISTORY, _AFTER_ENTITIES = 150, 500, 700
_STEP = 256
_DIFFERS = "differs from what the history gives"


@dataclass(frozen=True, slots=True)
class Checked:
    """A bundle that passed: where its history lies, what that refers to, what was noted of its entities, and what it holds."""

    spool: Spool
    references: References
    indexes: Indexes
    report: BundleReport


def check(archive: Archive, spool: Spool, limits: Limits, progress: Progress) -> Checked:
    """Check everything about a bundle, laying its history down in ``spool``; raises ``Refusal``."""
    size = sum(map(archive.size, archive.names))
    info, payload = check_bag(archive, _steps(progress, 0, _AFTER_FIXITY, size))
    signed = check_signature(archive)
    told = sum(entry.size for name, entry in payload.items() if name.startswith(HISTORY))
    references = References()
    blobs = Blobs(archive, references)
    entities = EntityCheck(blobs, limits)
    told_steps = _steps(progress, _AFTER_FIXITY, _AFTER_HISTORY, told)
    history = HistoryCheck(archive, spool, references, entities, told_steps, limits, info.extent)
    checkpoint = history.run()
    if checkpoint != info.checkpoint:
        raise Refusal(BAG_INFO, "states another checkpoint than the history comes to")
    history.check_basis(info.extent.basis)
    sources = check_blobs(blobs, references, payload)
    _check_members(payload, references)
    spool.finish()
    indexes = entities.rest(spool, _steps(progress, _AFTER_HISTORY, _AFTER_ENTITIES, len(spool)))
    if info.format == FORMAT:
        seen = _steps(progress, _AFTER_ENTITIES, _TOTAL, len(spool))
        _check_derived(archive, SpooledView(spool, blobs, indexes), payload, history.last_time, seen)
    progress(_TOTAL, _TOTAL)
    report = BundleReport(
        bundle_id=bundle_id(archive.read(MANIFEST)),
        changes=checkpoint.changes,
        revisions=len(spool),
        texts=len(references.texts),
        sources=sources,
        checkpoint=checkpoint,
        disputed=sum(map(len, indexes.disputed.values())),
        withheld=history.withheld,
        extent=info.extent,
        sender=info.sender,
        signed=signed,
    )
    return Checked(spool, references, indexes, report)


def _steps(progress: Progress, start: int, end: int, total: int) -> Callable[[int], None]:
    """Return what is told how much of ``total`` is done, and tells it as a share of the whole now and then."""
    told = 0

    def seen(done: int) -> None:
        nonlocal told
        if done - told >= total / _STEP:
            told = done
            progress(start + (end - start) * min(done, total) // max(total, 1), _TOTAL)

    return seen


def _check_members(payload: Mapping[str, Entry], references: References) -> None:
    """Check that nothing is in the payload but what the layout knows and the history refers to."""
    known = {CLAIMS, CODEBOOK, CRATE}
    for name in sorted(known - payload.keys()):
        raise Refusal(name, "is missing")
    known.update(map(text_path, references.texts), map(structure_path, references.structures))
    known.update(source_path(digest, extension) for digest, extension in references.originals.items())
    for folder in (HISTORY, ANNOTATIONS):
        known.update(check_parts(folder, payload))
    for name in sorted(payload.keys() - known):
        raise Refusal(name, "belongs to nothing that the history refers to")


def _check_derived(
    archive: Archive, view: SpooledView, payload: Mapping[str, Entry], newest: str, seen: Callable[[int], None]
) -> None:
    """Make again what is made from the history and compare."""
    _compare(part_lines(archive, ANNOTATIONS), annotation_lines(view), ANNOTATIONS, seen)
    claims = ((CLAIMS, number, line) for number, line in enumerate(archive.lines(CLAIMS), 1))
    _compare(claims, claim_lines(view), CLAIMS, seen)
    if archive.read(CODEBOOK) != codebook_bytes(view):
        raise Refusal(CODEBOOK, _DIFFERS)
    if archive.read(CRATE) != describe(payload, newest):
        raise Refusal(CRATE, "differs from what the payload gives")


def _compare(
    found: Iterator[tuple[str, int, bytes]], expected: Iterator[bytes], where: str, seen: Callable[[int], None]
) -> None:
    member, number = where, 0
    for done, (line, wanted) in enumerate(zip_longest(found, expected)):
        if line is None:
            raise Refusal(member, f"ends before its time: {_DIFFERS}")
        member, number, data = line
        if wanted != data + b"\n":
            raise Refusal(member, f"line {number} {_DIFFERS}")
        seen(done)
