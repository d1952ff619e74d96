"""Peak memory of writing, and of reading, checking and merging a bundle of 1,000,000 passages with their linkages.

The larger of both is told, over what the program has in use when it is idle; the processes that check the bundle count with
their share of what they have in common. The figure is in units of the 150 MiB that are allowed, so that it is at most 1.
``ANNOTATOR_EXCHANGED`` is another number of linkages.
"""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.bundles import write_pairs
from benchmarks.mark import MEBIBYTES, Mark
from benchmarks.merging import PAIRS_A_CHANGE, merge_into, new_project
from benchmarks.tree_memory import growth, wait_idle

_LINKAGES = int(os.environ.get("ANNOTATOR_EXCHANGED", "1000000"))
_ALLOWED = 150 << 20
_CHILD = "import sys; from benchmarks.marks import exchange_memory; exchange_memory.{}(sys.argv[1])"


def write(bundle: str) -> None:
    """Write a bundle."""
    wait_idle()
    write_pairs(Path(bundle), _LINKAGES, PAIRS_A_CHANGE)


def take_in(bundle: str) -> None:
    """Take a bundle into an empty project."""
    store = new_project(Path(bundle).parent)
    wait_idle()
    merge_into(store, Path(bundle))
    store.close()


def product(folder: Path) -> float:
    """Return the bytes at the peak of the two."""
    bundle = str(folder / "colleague.bundle.zip")
    return float(max(growth(_CHILD.format(case), bundle) for case in ("write", "take_in")))


def floor(_folder: Path) -> float:
    """Return the bytes that are allowed."""
    return float(_ALLOWED)


MARK = Mark(
    name="peak memory of exchanging 1,000,000 linkages",
    against="what is allowed over the idle program",
    limit=1.0,
    product=product,
    floor=floor,
    rounds=1,
    shown=MEBIBYTES,
)
