"""Checks a bundle that somebody sent, before anything of it is taken in."""

from __future__ import annotations

from pathlib import Path

from annotator.bundle.layout import BundleReport, Progress, silent
from annotator.bundle.read import USUAL, read_bundle
from annotator.bundle.refusal import Limits


def verify_bundle(path: Path, *, limits: Limits = USUAL, progress: Progress = silent) -> BundleReport:
    """Check everything about a bundle, as ``read_bundle`` does, and return what it holds.

    ``progress`` may stop the check by raising ``CancelledError``. Raises ``BundleRefusedError`` naming the member and the reason.
    """
    with read_bundle(path, limits=limits, progress=progress) as bundle:
        return bundle.report
