"""Peak memory of reading a bundle of 200,000 changes, each a passage and its linkage, over what the idle program has in use.

The figure is in units of the 80 MiB that are allowed, so that it is at most 1.
"""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from pathlib import Path

from benchmarks.bundles import write_pairs
from benchmarks.mark import MEBIBYTES, Mark
from benchmarks.marks.merge_memory import peak

_CHANGES = 200_000
_ALLOWED = 80 << 20
_CHILD = "import sys; from benchmarks.marks import read_memory; print(read_memory.grown(sys.argv[1]))"


def grown(bundle: str) -> int:
    """Return by how many bytes the most memory that this process ever had in use grows when it reads a bundle."""
    from annotator.bundle.read import read_bundle

    before = peak()
    with read_bundle(Path(bundle)) as read:
        for _, _, revisions in read.changes():
            deque(revisions, maxlen=0)
    return peak() - before


def product(folder: Path) -> float:
    """Return the bytes that reading and checking took at the peak."""
    bundle = folder / "colleague.bundle.zip"
    write_pairs(bundle, _CHANGES, 1)
    command = [sys.executable, "-c", _CHILD, str(bundle)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def floor(_folder: Path) -> float:
    """Return the bytes that are allowed."""
    return float(_ALLOWED)


MARK = Mark(
    name="peak memory of reading 200,000 changes",
    against="what is allowed over the idle program",
    limit=1.0,
    product=product,
    floor=floor,
    rounds=1,
    shown=MEBIBYTES,
)
