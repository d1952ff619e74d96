"""All checks of a bundle, one after the other: the bag, the history, stored bytes, entities, what is derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotator.bundle.archive import Archive
from annotator.bundle.blobs import Blobs, check_blobs
from annotator.bundle.comparing import compare_lines, compare_parts
from annotator.bundle.crate import describe
from annotator.bundle.derived import annotation_lines, claim_lines, codebook_bytes
from annotator.bundle.entities import EntityCheck, NotPlainError
from annotator.bundle.fixity import check_bag
from annotator.bundle.history import HistoryCheck, check_parts
from annotator.bundle.layout import (
    ANNOTATIONS,
    BAG_INFO,
    CLAIMS,
    CODEBOOK,
    CRATE,
    FORMAT,
    HISTORY,
    MANIFEST,
    BagInfo,
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
from annotator.bundle.standing import ANNOTATED, StandingView
from annotator.domain.signing import Signed

_TOTAL = 1000
_AFTER_FIXITY, _AFTER_HISTORY, _AFTER_ENTITIES = 150, 500, 700
_STEP = 256


@dataclass(frozen=True, slots=True)
class Checked:
    """A bundle that passed: where its history lies, what that refers to, what was noted of its entities, and what it holds."""

    spool: Spool
    references: References
    indexes: Indexes
    report: BundleReport


def check(archive: Archive, spool: Spool, limits: Limits, progress: Progress) -> Checked:
    """Check everything about a bundle, laying its history down in ``spool``; raises ``Refusal``.

    Plain revisions are looked at when all is laid down, which is faster. Where one turns out to be none, all is read again and
    each looked at once, which finds what is wrong with it, if anything is.
    """
    bag = check_bag(archive, _steps(progress, 0, _AFTER_FIXITY, sum(map(archive.size, archive.names))))
    signed = check_signature(archive)
    try:
        return _Check(archive, spool, limits, progress, bag, signed, at_once=False).run()
    except NotPlainError:
        spool.clear()
        return _Check(archive, spool, limits, progress, bag, signed, at_once=True).run()


class _Check:
    """The checks of a bag that was found to be one."""

    def __init__(
        self,
        archive: Archive,
        spool: Spool,
        limits: Limits,
        progress: Progress,
        bag: tuple[BagInfo, Mapping[str, Entry]],
        signed: Signed | None,
        *,
        at_once: bool,
    ) -> None:
        self._archive = archive
        self._spool = spool
        self._progress = progress
        self._info, self._payload = bag
        self._signed = signed
        self._references = References()
        self._blobs = Blobs(archive, self._references)
        self._entities = EntityCheck(self._blobs, self._references, limits)
        told = sum(entry.size for name, entry in self._payload.items() if name.startswith(HISTORY))
        steps = _steps(progress, _AFTER_FIXITY, _AFTER_HISTORY, told)
        extent = self._info.extent
        self._history = HistoryCheck(
            archive, spool, self._references, self._entities, steps, limits, extent, at_once=at_once
        )

    def run(self) -> Checked:
        """Check one after the other; raises ``Refusal``, ``NotPlainError``."""
        spool, references, info = self._spool, self._references, self._info
        checkpoint = self._history.run()
        if checkpoint != info.checkpoint:
            raise Refusal(BAG_INFO, "states another checkpoint than the history comes to")
        self._history.check_basis(info.extent.basis)
        sources = check_blobs(self._blobs, references, self._payload)
        _check_members(self._payload, references)
        spool.finish()
        is_compared = info.format == FORMAT
        seen = _steps(self._progress, _AFTER_HISTORY, _AFTER_ENTITIES, len(spool))
        indexes = self._entities.rest(spool, ANNOTATED if is_compared else (), seen)
        if is_compared:
            self._compare(indexes)
        self._progress(_TOTAL, _TOTAL)
        report = BundleReport(
            bundle_id=bundle_id(self._archive.read(MANIFEST)),
            changes=checkpoint.changes,
            revisions=len(spool),
            texts=len(references.texts),
            sources=sources,
            checkpoint=checkpoint,
            disputed=sum(map(len, indexes.disputed.values())),
            withheld=self._history.withheld,
            extent=info.extent,
            sender=info.sender,
            signed=self._signed,
        )
        return Checked(spool, references, indexes, report)

    def _compare(self, indexes: Indexes) -> None:
        """Make again what is made from the history and compare."""
        archive, spool, blobs = self._archive, self._spool, self._blobs
        seen = _steps(self._progress, _AFTER_ENTITIES, _TOTAL, len(spool))
        annotations = annotation_lines(StandingView(spool, blobs, indexes, self._entities))
        compare_parts(archive, check_parts(ANNOTATIONS, self._payload), annotations, ANNOTATIONS, seen)
        view = SpooledView(spool, blobs, indexes)
        compare_lines(archive, CLAIMS, claim_lines(view), lambda _: None)
        if archive.read(CODEBOOK) != codebook_bytes(view):
            raise Refusal(CODEBOOK, "differs from what the history gives")
        if archive.read(CRATE) != describe(self._payload, self._history.last_time):
            raise Refusal(CRATE, "differs from what the payload gives")


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
