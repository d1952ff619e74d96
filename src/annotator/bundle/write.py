"""Writes a project as a bundle. The project is never in memory as a whole.

What travels: every change that stands, with what it refers to. A change set aside on this computer does not: nothing that
stands builds on one (the store refuses to set aside what something builds on), so the history stays whole without it. What is
withheld of it is told by ``bundle.scope``; a body that was withheld from us is withheld again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from msgspec import Raw

from annotator.bundle.atomic import replacing
from annotator.bundle.bag import BagWriter
from annotator.bundle.counted import CountedFile
from annotator.bundle.crate import describe
from annotator.bundle.derived import annotation_lines, claim_lines, codebook_bytes
from annotator.bundle.layout import (
    ANNOTATIONS,
    CLAIMS,
    CODEBOOK,
    CRATE,
    HISTORY,
    BundleReport,
    Progress,
    silent,
    source_path,
    structure_path,
    text_path,
)
from annotator.bundle.lines import ChangeLine, RevisionLine, encode_line
from annotator.bundle.references import References
from annotator.bundle.scope import (
    EVERYTHING,
    LACKING,
    OFTEN_WITHHELD,
    WHOLE,
    BundleScope,
    Extent,
    ScopedView,
    Selection,
    Withholding,
)
from annotator.bundle.signature import Signer
from annotator.domain.change import Change, Checkpoint, StoredRevision, decode_body
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Passage
from annotator.domain.register import State
from annotator.domain.signing import Signed
from annotator.domain.view import View

_TOTAL = 1000
_AFTER_HISTORY, _AFTER_BLOBS = 400, 600
_STEP = 256


class StoredHistory(Protocol):
    """The history as it is stored."""

    def count(self) -> int:
        """Return how many changes there are, set aside ones included."""
        ...

    def changes(self, *, standing: bool) -> Iterator[tuple[Change, bytes]]:
        """Yield changes with the stored bytes of their headers, sorted by generation and id."""
        ...

    def revisions_of_change(self, id_: ChangeId, /) -> Iterable[StoredRevision]:
        """Yield the revisions of one change, sorted by entity."""
        ...


class BundleView(View, Protocol):
    """What the writer needs of a project: the view of one moment."""

    @property
    def history(self) -> StoredHistory:
        """The changes and revisions."""
        ...

    def state(self, id_: EntityId, /) -> State | None:
        """Return what an entity's revisions add up to."""
        ...

    def blob(self, digest: Digest, /) -> bytes:
        """Return stored bytes; raises ``NotFoundError``."""
        ...


def write_bundle(
    view: BundleView,
    path: Path,
    *,
    scope: BundleScope = WHOLE,
    selection: Selection = EVERYTHING,
    signer: Signer | None = None,
    progress: Progress = silent,
) -> BundleReport:
    """Write the project, or what of it a scope comes to, as a bundle to ``path``, signed by ``signer``, and
    return what it holds.

    The file is written beside ``path`` and takes its place once it is whole: an export that fails or is stopped (``progress``
    raising ``CancelledError``) leaves what stood there before.
    Raises ``ExportFailedError``, and ``NotFoundError`` where the project lacks a text that its history names.
    """
    with replacing(path) as file, BagWriter(file) as bag:
        return _Export(view, bag, scope, selection, signer, progress).write()


def measure_bundle(
    view: BundleView,
    *,
    scope: BundleScope = WHOLE,
    selection: Selection = EVERYTHING,
    signer: Signer | None = None,
    progress: Progress = silent,
) -> tuple[BundleReport, int]:
    """Return what a bundle would hold and its size in bytes, without writing any."""
    file = CountedFile()
    with BagWriter(file) as bag:
        report = _Export(view, bag, scope, selection, signer, progress).write()
    return report, file.size


class _Export:
    def __init__(
        self,
        view: BundleView,
        bag: BagWriter,
        scope: BundleScope,
        selection: Selection,
        signer: Signer | None,
        progress: Progress,
    ) -> None:
        self._view = view
        self._bag = bag
        self._signer = signer
        self._scope = scope
        self._basis = selection.basis
        self._withholding = Withholding(scope, selection, view.state)
        self._seen = ScopedView(view, self._withholding, self._kind_of)
        self._progress = progress
        self._references = References()
        self._heads: set[ChangeId] = set()
        self._changes = self._revisions = self._annotated = self._withheld = 0
        self._is_lacking = False
        self._newest = ""

    def write(self) -> BundleReport:
        self._bag.add_parts(HISTORY, self._history_lines())
        sources = self._add_blobs()
        self._bag.add_parts(ANNOTATIONS, self._counted(annotation_lines(self._seen)))
        self._bag.add_lines(CLAIMS, claim_lines(self._seen))
        self._bag.add_bytes(CODEBOOK, codebook_bytes(self._seen))
        self._bag.add_bytes(CRATE, describe(self._bag.entries, self._newest))
        checkpoint = Checkpoint(heads=tuple(sorted(self._heads)), changes=self._changes)
        limits = (*self._scope.limits, *((LACKING,) if self._is_lacking else ()))
        extent = Extent(limits=limits, basis=self._basis)
        id_ = self._bag.finish(checkpoint, extent, self._signer)
        self._progress(_TOTAL, _TOTAL)
        return BundleReport(
            bundle_id=id_,
            changes=self._changes,
            revisions=self._revisions,
            texts=len(self._references.texts),
            sources=sources,
            checkpoint=checkpoint,
            disputed=sum(map(len, self._seen.disputed().values())),
            withheld=self._withheld,
            extent=extent,
            sender=self._signer.sender if self._signer else None,
            signed=Signed(key=self._signer.key) if self._signer else None,
        )

    def _history_lines(self) -> Iterator[bytes]:
        total = max(self._view.history.count(), 1)
        for change, header in self._view.history.changes(standing=True):
            self._changes += 1
            self._heads.difference_update(change.header.parents)
            self._heads.add(change.id)
            self._newest = max(self._newest, change.header.at)
            yield encode_line(ChangeLine(change.id, Raw(header)))
            for revision in self._view.history.revisions_of_change(change.id):
                self._revisions += 1
                self._annotated += revision.kind in (Passage.kind, Linkage.kind) and not revision.parents
                yield self._revision_line(revision)
                if self._revisions % _STEP == 0:
                    self._progress(_AFTER_HISTORY * self._changes // total, _TOTAL)
            self._progress(_AFTER_HISTORY * self._changes // total, _TOTAL)

    def _revision_line(self, revision: StoredRevision) -> bytes:
        line = RevisionLine(entity=revision.entity, kind=revision.kind, parents=tuple(sorted(revision.parents)))
        self._is_lacking |= revision.body is None and revision.kind not in OFTEN_WITHHELD
        if revision.body is None or self._withholding.why(revision.kind, revision.entity):
            self._withheld += 1
            line.digest = Digest(revision.digest.hex())
        else:
            self._references.see(revision.kind, decode_body(revision.body))
            line.body = Raw(revision.body)
        return encode_line(line)

    def _kind_of(self, id_: EntityId) -> str:
        state = self._view.state(id_)
        return state.kind if state else ""

    def _add_blobs(self) -> int:
        wanted = [(text_path(digest), digest) for digest in sorted(self._references.texts)]
        wanted += [(structure_path(digest), digest) for digest in sorted(self._references.structures)]
        for done, (name, digest) in enumerate(wanted, 1):
            self._bag.add_bytes(name, self._view.blob(digest))
            self._progress(_AFTER_HISTORY + (_AFTER_BLOBS - _AFTER_HISTORY) * done // len(wanted), _TOTAL)
        return self._add_originals() if self._scope.originals else 0

    def _add_originals(self) -> int:
        """Add the originals that are here; one that was withheld from us is not."""
        added = 0
        for digest, extension in sorted(self._references.originals.items()):
            try:
                data = self._view.blob(digest)
            except NotFoundError:
                continue
            self._bag.add_bytes(source_path(digest, extension), data)
            self._progress(_AFTER_BLOBS, _TOTAL)
            added += 1
        return added

    def _counted(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        total = max(self._annotated, 1)
        for done, line in enumerate(lines):
            yield line
            if done % _STEP == 0:
                share = (_TOTAL - _AFTER_BLOBS) * min(done, total) // total
                self._progress(_AFTER_BLOBS + share, _TOTAL)
