"""Peak memory of 5 MB with 10,000 passages, opened and leafed through, over that of the window without a text.

The figure is in units of the 60 MB that are allowed, 12 a MB of text, so that it is at most 1.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from benchmarks.cases import allowed
from benchmarks.mark import MEBIBYTES, Case, Mark
from benchmarks.marks.merge_memory import peak
from benchmarks.moving import jumps
from benchmarks.reading import Stage, ours, plain
from benchmarks.texts import MEGABYTE, Made, book

_ALLOWED = 12 * 5 * MEGABYTE
_CHILD = "import sys; from benchmarks.marks import reader_memory; print(reader_memory.grown(*sys.argv[1:]))"
_OPENERS = {"ours": ours, "plain": plain}


def grown(path: str, opener: str) -> int:
    """Return by how many bytes the most memory that this process ever had in use grows with a text."""
    stage = Stage()
    stage.warm(_OPENERS[opener])
    before = peak()
    made: Made = pickle.loads(Path(path).read_bytes())  # noqa: S301 our own file
    view = stage.show(_OPENERS[opener], made)
    jumps(stage, view)
    return peak() - before


def _case(opener: str) -> Case:
    def case(folder: Path) -> float:
        path = folder / "book"
        path.write_bytes(pickle.dumps(book()))
        command = [sys.executable, "-c", _CHILD, str(path), opener]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    return case


MARK = Mark(
    name="peak memory of 5 MB with 10,000 passages",
    against="what is allowed over the window without a text",
    limit=1.0,
    product=_case("ours"),
    floor=allowed(_ALLOWED),
    rounds=3,
    shown=MEBIBYTES,
    beside={"QPlainTextEdit without passages": _case("plain")},
)
