"""Opens a bundle that somebody sent: checked in full first, then read like a project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.bundle.archive import Archive
from annotator.bundle.check import Checked, check
from annotator.bundle.layout import Progress, silent
from annotator.bundle.project import SpooledView
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.spool import Spool
from annotator.domain.change import Change, StoredRevision
from annotator.domain.errors import BundleRefusedError
from annotator.domain.ids import Digest
from annotator.domain.structure import Structure

USUAL = Limits()


def read_bundle(path: Path, *, limits: Limits = USUAL, progress: Progress = silent) -> ReadBundle:
    """Check everything about a bundle and return it open, to be closed by the caller. Nothing is unpacked.

    Every byte of every member is held against its manifest, the history against its digests, seals and order, passages against
    their texts, and what is made from the history is made again and compared. What memory cannot hold lies in a nameless file
    in the system's folder for such, never beside the bundle.
    ``progress`` may stop the check by raising ``CancelledError``.
    Raises ``BundleRefusedError`` naming the member and the reason.
    """
    with ExitStack() as stack, _refusing(path):
        file = stack.enter_context(path.open("rb"))
        spool = stack.enter_context(Spool())
        checked = check(Archive(file, limits), spool, limits, progress)
        return ReadBundle(path, checked, stack.pop_all())


class ReadBundle(SpooledView):
    """A bundle that was checked in full: what a merge takes in (``Incoming``), and a ``View`` of its project as it stands.

    It shows what was checked, also when its file is written to meanwhile: the history lies in the spool, and stored bytes are
    checked again whenever they are read.
    """

    def __init__(self, path: Path, checked: Checked, resources: ExitStack) -> None:
        super().__init__(checked.spool, checked.blobs, checked.indexes)
        self.path = path
        self.report = checked.report
        self._resources = resources
        self._is_open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def changes(self) -> Iterator[tuple[Change, bytes, Iterator[StoredRevision]]]:
        """Yield every change with the stored bytes of its header and its revisions sorted by entity.

        Changes come sorted by generation and id. The revisions are to be read before the next change is asked for, or not at all.
        """
        return self._spool.changes()

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
        raise BundleRefusedError(path=path, member=refusal.member, reason=refusal.reason) from refusal
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise BundleRefusedError(path=path, member=path.name, reason=reason) from error
