"""Checking all of a bundle of 100,000 passages with their linkages ÷ ``sha256sum`` and ``unzip -t`` of the same file."""

from __future__ import annotations

import subprocess
from pathlib import Path
from time import perf_counter

from annotator.bundle.verify import verify_bundle
from benchmarks.bundles import write_pairs
from benchmarks.mark import Mark
from benchmarks.merging import PAIRS_A_CHANGE

_PAIRS = 100_000


def product(folder: Path) -> float:
    """Return the seconds of the check."""
    bundle = _bundle(folder)
    start = perf_counter()
    verify_bundle(bundle)
    return perf_counter() - start


def floor(folder: Path) -> float:
    """Return the seconds of both programs, one after the other."""
    bundle = str(_bundle(folder))
    start = perf_counter()
    for command in (["sha256sum", bundle], ["unzip", "-tq", bundle]):
        subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def _bundle(folder: Path) -> Path:
    bundle = folder.parent / "verify.bundle.zip"
    if not bundle.exists():
        write_pairs(bundle, _PAIRS, PAIRS_A_CHANGE)
    return bundle


MARK = Mark(
    name="a bundle of 100,000 linkages verified",
    against="sha256sum and unzip -t of the same file",
    limit=3.0,
    product=product,
    floor=floor,
    rounds=3,
    tools=("sha256sum", "unzip"),
)
