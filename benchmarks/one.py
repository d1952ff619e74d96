"""Runs one case of one mark and prints its seconds: ``python -m benchmarks.one MODULE CASE FOLDER``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.mark import Mark


def main(module: str, case: str, folder: str) -> None:
    """Run the case."""
    mark: Mark = import_module(f"benchmarks.marks.{module}").MARK
    print(mark.case(case)(Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
