"""Measures all marks, or those named: ``python -m benchmarks [MARK…]``. Prints a table, writes ``latest.json``."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks import marks
from benchmarks.corpora import VARIABLE, missing
from benchmarks.mark import Figure, measure

_OUT = Path(__file__).with_name("latest.json")
_NOT_MET = 1


def main(chosen: list[str]) -> int:
    """Measure, print and write; return 1 when a limit is not kept."""
    names = sorted(name for _, name, _ in iter_modules(marks.__path__))
    unknown = set(chosen) - set(names)
    if unknown:
        print(f"There is no mark {', '.join(sorted(unknown))}. There are: {', '.join(names)}", file=sys.stderr)
        return 2
    figures = []
    with TemporaryDirectory(prefix="annotator-benchmark-") as around:
        for name in chosen or names:
            mark = import_module(f"benchmarks.marks.{name}").MARK
            if absent := missing(mark.needs):
                print(f"not measured: {name} needs {', '.join(absent)} (see {VARIABLE})", file=sys.stderr, flush=True)
                continue
            if absent := tuple(tool for tool in mark.tools if which(tool) is None):
                print(f"not measured: {name} needs the programs {', '.join(absent)}", file=sys.stderr, flush=True)
                continue
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            figures.append(measure(name, mark, Path(around)))
    print(_table(figures))
    if not chosen:
        _OUT.write_text(json.dumps([_plain(figure) for figure in figures], indent=2) + "\n", encoding="utf-8")
    return 0 if all(figure.met for figure in figures) else _NOT_MET


def _table(figures: list[Figure]) -> str:
    lines = [("mark", "measured", "limit", "met", "product", "floor or peer", "beside")]
    for figure in figures:
        shown = figure.mark.shown
        times = {name: f"{shown.factor * found:.2f} {shown.unit}" for name, found in figure.found.items()}
        beside = ", ".join(f"{name} {times[name]}" for name in figure.mark.beside)
        met = "yes" if figure.met else "NO"
        ratio, limit = f"{figure.ratio:.2f}", f"{figure.mark.limit:.2f}"
        floor = f"{times['floor']} ({figure.mark.against})"
        lines.append((figure.mark.name, ratio, limit, met, times["product"], floor, beside))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _plain(figure: Figure) -> dict[str, object]:
    shown = figure.mark.shown
    found = {name: round(shown.factor * value, 4) for name, value in figure.found.items()}
    return {
        "mark": figure.mark.name,
        "measured": round(figure.ratio, 3),
        "limit": figure.mark.limit,
        "met": figure.met,
        "floor_or_peer": figure.mark.against,
        shown.unit: found,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
