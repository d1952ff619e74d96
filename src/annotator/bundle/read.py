"""Opens a bundle that somebody sent: checked in full first, then read like a project."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import BinaryIO, Self

from annotator.bundle.answers import Passed
from annotator.bundle.apart import check_apart
from annotator.bundle.archive import Archive
from annotator.bundle.blobs import Blobs
from annotator.bundle.laid import History
from annotator.bundle.layout import HISTORY, Progress, silent
from annotator.bundle.project import SpooledView
from annotator.bundle.proven import Chain, as_sealed, check_signed
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool
from annotator.domain.change import Change, StoredRevision
from annotator.domain.errors import BundleOverLimitError, BundleRefusedError
from annotator.domain.ids import Digest, EntityId
from annotator.domain.structure import Structure

USUAL = Limits()


def read_bundle(path: Path, *, limits: Limits = USUAL, progress: Progress = silent) -> ReadBundle:
    """Have everything about a bundle checked and return it open, to be closed by the caller. Nothing is unpacked.

    A process of its own (``child``) holds every byte of every member against its manifest, the history against its digests,
    seals and order, passages against their texts, and makes again what is made from the history. What it lays down lies in a
    nameless file in the system's folder for such, never beside the bundle. By which key the bundle is signed, and what of it, is
    checked here, as are the changes when they are taken in: that process was fed by a stranger.
    ``progress`` may stop the check by raising ``CancelledError``.
    Raises ``BundleRefusedError`` naming the member and the reason, and which of ``limits`` the bundle is over, if it is that.
    """
    with ExitStack() as stack, _refusing(path):
        file = stack.enter_context(path.open("rb"))
        spool = stack.enter_context(TemporaryFile())
        return ReadBundle(path, file, spool, limits, check_apart(file, spool, limits, progress), stack)


class ReadBundle(SpooledView):
    """A bundle that was checked in full: what a merge takes in (``Incoming``), and a ``View`` of its project as it stands.

    It shows what was checked, also when its file is written to meanwhile: the history lies in the spool, and stored bytes are
    checked again whenever they are read.
    """

    def __init__(
        self, path: Path, file: BinaryIO, spool: BinaryIO, limits: Limits, passed: Passed, resources: ExitStack
    ) -> None:
        laid = Spool.lying_in(spool, passed.laid)
        references = References(passed.seen)
        archive = Archive(file, limits, passed.folder, passed.places)
        check_signed(archive, passed.report)
        blobs = Blobs(archive, references)
        super().__init__(laid, blobs, passed.disputed)
        self.path = path
        self.report = passed.report
        self._resources = resources.pop_all()
        self._is_open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def changes(self) -> Iterator[tuple[Change, bytes, Iterator[StoredRevision]]]:
        """Yield every change with the stored bytes of its header and its revisions sorted by entity.

        Changes come sorted by generation and id. The revisions are to be read before the next change is asked for, or not at all.
        Raises ``BundleRefusedError`` where they are not as they were checked, or, once all were asked for, where they are not the
        changes that the bundle's checkpoint stands for.
        """
        chain = Chain()
        with _refusing(self.path):
            for change, header, revisions in self._spool.changes():
                chain.add(change, header)
                yield change, header, self._sound(as_sealed(change.header, revisions))
            chain.finish(self.report.checkpoint)

    def histories(self) -> Iterator[tuple[EntityId, History]]:
        """Yield every entity with its revisions, parents first, sorted by kind and id; raises ``BundleRefusedError`` as above."""
        with _refusing(self.path):
            yield from super().histories()

    def _sound(self, revisions: Iterator[StoredRevision]) -> Iterator[StoredRevision]:
        with _refusing(self.path):
            yield from revisions

    def text(self, digest: Digest, /) -> str:
        """Return a canonical text; raises ``NotFoundError``, ``BundleRefusedError`` like ``blob``."""
        with _refusing(self.path):
            return super().text(digest)

    def structure(self, digest: Digest, /) -> Structure:
        """Return a text's structure; raises ``NotFoundError``, ``BundleRefusedError`` like ``blob``."""
        with _refusing(self.path):
            return super().structure(digest)

    def blobs(self) -> Iterator[tuple[str, Digest]]:
        """Yield (kind, digest) of every text, structure and original that came along."""
        return self._blobs.all()

    def blob(self, kind: str, digest: Digest) -> bytes:
        """Return stored bytes.

        Raises ``NotFoundError`` where they did not come along, ``BundleRefusedError`` where they are no longer those of their
        digest.
        """
        with _refusing(self.path):
            return self._blobs.read(kind, digest)

    @property
    def is_open(self) -> bool:
        """Whether it can still be read."""
        return self._is_open

    def close(self) -> None:
        """Let go of the bundle and of what was laid down of it. May be called again."""
        self._is_open = False
        self._resources.close()


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Make a refusal out of what goes wrong in reading."""
    try:
        yield
    except Refusal as refusal:
        raise _refused(path, refusal) from refusal
    except (ValueError, struct.error) as error:
        raise BundleRefusedError(path=path, member=HISTORY, reason="is not as it was checked") from error
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise BundleRefusedError(path=path, member=path.name, reason=reason) from error


def _refused(path: Path, refusal: Refusal) -> BundleRefusedError:
    member, reason, limit = refusal.member, refusal.reason, refusal.limit
    if limit:
        return BundleOverLimitError(path=path, member=member, reason=reason, limit=limit)
    return BundleRefusedError(path=path, member=member, reason=reason)
