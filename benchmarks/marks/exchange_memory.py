"""Peak memory of writing, and of reading, checking and merging a bundle of 1,000,000 passages with their linkages.

The larger of both is told, over what the program has in use when it is idle; the process that checks the bundle counts in full.
The figure is in units of the 150 MiB that are allowed, so that it is at most 1.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.bundles import write_pairs
from benchmarks.mark import MEBIBYTES, Mark
from benchmarks.marks.merge_memory import peak
from benchmarks.merging import PAIRS_A_CHANGE, merge_into, new_project

_LINKAGES = 1_000_000
_ALLOWED = 150 << 20
_CHILD = "import sys; from benchmarks.marks import exchange_memory; print(exchange_memory.{}(sys.argv[1]))"


def written(bundle: str) -> int:
    """Return by how many bytes the most memory in use grows when this process writes a bundle."""
    before = peak()
    write_pairs(Path(bundle), _LINKAGES, PAIRS_A_CHANGE)
    return peak() - before


def taken_in(bundle: str) -> int:
    """Return by how many bytes the most memory in use grows when a bundle is taken in, the process that checks it included."""
    import resource

    from annotator.bundle import apart

    vars(apart)["can_fork"] = lambda: False  # a process that this one starts itself is accounted for
    store = new_project(Path(bundle).parent)
    before = peak()
    merge_into(store, Path(bundle))
    store.close()
    unit = 1 if sys.platform == "darwin" else 1024
    return peak() - before + unit * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def product(folder: Path) -> float:
    """Return the bytes at the peak of the two."""
    bundle = str(folder / "colleague.bundle.zip")
    return float(max(_run(case, bundle) for case in ("written", "taken_in")))


def floor(_folder: Path) -> float:
    """Return the bytes that are allowed."""
    return float(_ALLOWED)


def _run(case: str, bundle: str) -> int:
    command = [sys.executable, "-c", _CHILD.format(case), bundle]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


MARK = Mark(
    name="peak memory of exchanging 1,000,000 linkages",
    against="what is allowed over the idle program",
    limit=1.0,
    product=product,
    floor=floor,
    rounds=1,
    shown=MEBIBYTES,
)
