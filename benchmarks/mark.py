"""What a mark is, and how its cases are run: each in a fresh process, floor and product in turn, the median of them all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

Case = Callable[[Path], float]
"""Measures one case in an empty folder of its own and returns seconds, or bytes where a mark is of memory.

The folder's parent lives as long as the whole run: what takes long to make is kept there for the cases that come later.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """How what a case returns is told: ``factor`` turns it into the ``unit``."""

    unit: str
    factor: float


MILLISECONDS = Shown("ms", 1000)
MEBIBYTES = Shown("MiB", 2**-20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure: ``product`` ÷ ``floor``, in seconds or bytes as ``shown`` says, must be at most ``limit``.

    ``name`` says what is measured, ``against`` what the floor is; ``beside`` are cases that are only told, by their words: they
    are run in the first round alone. It ``needs`` public repositories in the folder of corpora (see ``corpora``) and
    ``tools`` that are programs on the path.
    """

    name: str
    against: str
    limit: float
    product: Case
    floor: Case
    rounds: int = 5
    shown: Shown = MILLISECONDS
    beside: dict[str, Case] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()

    def case(self, name: str) -> Case:
        """Return a case by its name: product, floor, or one of those beside."""
        return {"product": self.product, "floor": self.floor, **self.beside}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured: the median by case, in seconds or bytes."""

    mark: Mark
    found: dict[str, float]

    @property
    def ratio(self) -> float:
        """The figure."""
        return self.found["product"] / self.found["floor"]

    @property
    def met(self) -> bool:
        """Whether it keeps within its limit."""
        return self.ratio <= self.mark.limit


def measure(module: str, mark: Mark, around: Path) -> Figure:
    """Run floor and product ``rounds`` times, in turn, and what is beside once, each in a folder of its own in ``around``."""
    names = ["floor", "product", *mark.beside]
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(mark.rounds):
        for name in names:
            if not number or name not in mark.beside:
                found[name].append(_run(module, name, around))
    return Figure(mark=mark, found={name: median(values) for name, values in found.items()})


def _run(module: str, case: str, around: Path) -> float:
    with TemporaryDirectory(dir=around) as folder:
        command = [sys.executable, "-m", "benchmarks.one", module, case, folder]
        found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    if found.returncode:
        raise RuntimeError(f"{module}, {case}: {found.stderr}")
    return float(found.stdout.split()[-1])
