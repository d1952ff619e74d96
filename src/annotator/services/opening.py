"""Making a project of a bundle: it is read and checked once, looked at, and then made into one or let go of."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.bundle.layout import Progress, silent
from annotator.bundle.read import ReadBundle, read_bundle
from annotator.domain.signing import BundleSignature
from annotator.services import identity
from annotator.services.allowing import limits_with
from annotator.services.keys import keys
from annotator.services.merging import refuse_a_project, take_in
from annotator.services.trusting import judged_alone, refuse
from annotator.store.exchanges import Direction
from annotator.store.store import Store


class BundleToOpen:
    """A bundle that was read and checked in full. It is held open until it is closed, and no project was made of it yet.

    ``signature`` is what its signature comes to on this computer.
    """

    def __init__(self, path: Path, incoming: ReadBundle, signature: BundleSignature) -> None:
        self.path = path
        self.signature = signature
        self._incoming = incoming

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def make(self, path: Path, *, accept_signature: bool = False, progress: Progress | None = None) -> None:
        """Make a project at ``path`` of all that the bundle holds. ``accept_signature`` is as for ``Project.merge``.

        Raises ``SignatureRefusedError``, ``ProjectExistsError``, ``ProjectNotWritableError``, ``BundleRefusedError``; nothing is
        then left at ``path``.
        """
        if accept_signature:
            keys.accept(self.signature)
        else:
            refuse(self.signature, self.path)
        store = Store.create(path, nonce=identity.nonce, now=identity.now, holder=f"process {os.getpid()}")
        try:
            take_in(store, self._incoming, self.path, Direction.BASE, progress or silent, self.signature)
            store.close()
        except BaseException:
            store.close()
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Let go of the bundle. May be called again."""
        self._incoming.close()


def read_to_open(bundle: str | Path, *, allow: Sequence[str] = (), progress: Progress | None = None) -> BundleToOpen:
    """Read and check a bundle in full and return it open, to be closed by the caller. Nothing is written.

    ``allow`` raises limits, as for ``Project.plan_merge``.
    Raises ``BundleRefusedError`` naming member and reason, ``KeysUnreadableError``.
    """
    path = Path(bundle)
    refuse_a_project(path)
    incoming = read_bundle(path, limits=limits_with(allow), progress=progress or silent)
    try:
        return BundleToOpen(path, incoming, judged_alone(incoming))
    except BaseException:
        incoming.close()
        raise
