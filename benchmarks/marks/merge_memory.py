"""Peak memory of a merge of 200,000 linkages and their passages, over what the program has in use when it is idle.

The figure is in units of the 150 MiB that are allowed, so that it is at most 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.bundles import write_pairs
from benchmarks.mark import MEBIBYTES, Mark
from benchmarks.merging import PAIRS_A_CHANGE

_LINKAGES = 200_000
_ALLOWED = 150 << 20
_CHILD = """
import sys
from pathlib import Path
from benchmarks.merging import merge_into, new_project
from benchmarks.marks.merge_memory import peak
store = new_project(Path(sys.argv[1]))
before = peak()
if len(sys.argv) > 2:
    merge_into(store, Path(sys.argv[2]))
store.close()
print(peak() - before)
"""


def peak() -> int:
    """Return the most memory that this process ever had in use, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def product(folder: Path) -> float:
    """Return the bytes that reading, checking and merging took at the peak, over the program with an empty project."""
    bundle = folder / "colleague.bundle.zip"
    write_pairs(bundle, _LINKAGES, PAIRS_A_CHANGE)
    command = [sys.executable, "-c", _CHILD, str(folder), str(bundle)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ.copy())
    return float(found.stdout)


def floor(_folder: Path) -> float:
    """Return the bytes that are allowed."""
    return float(_ALLOWED)


MARK = Mark(
    name="peak memory of merging 200,000 linkages",
    against="what is allowed over the idle program",
    limit=1.0,
    product=product,
    floor=floor,
    rounds=1,
    shown=MEBIBYTES,
)
