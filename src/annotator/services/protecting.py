"""How far a stranger's file could reach on this computer."""

from __future__ import annotations

from annotator.domain.protection import Protection
from annotator.importers.confined.isolate import ImportWorker


def protection() -> Protection:
    """Return what the processes that read strangers' files are barred from, found out by letting one try."""
    with ImportWorker() as worker:
        return worker.protection()
