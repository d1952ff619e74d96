"""The peer that finds quotations again in JavaScript: its library is installed from npm into a folder that goes with the run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from shutil import copy, which

from annotator.domain.text import CONTEXT
from benchmarks.reanchoring import Case

TOOLS = ("node", "npm")
_LIBRARY = "approx-string-match@2"


def seconds(folder: Path, cases: Iterable[Case]) -> float:
    """Return the seconds of CPU in which all passages of all cases are looked for, one by one."""
    home = _installed(folder.parent / "javascript")
    total = 0.0
    for case in cases:
        old, new = case.revised.old, case.revised.new
        wanted = [
            {
                "quote": old[start:end],
                "prefix": old[max(0, start - CONTEXT) : start],
                "suffix": old[end : end + CONTEXT],
                "hint": start,
            }
            for start, end in case.passages
        ]
        file = folder / "case.json"
        file.write_text(json.dumps({"text": new, "quotes": wanted}), encoding="utf-8")
        total += float(_run([_tool("node"), "match_quote.mjs", str(file)], home).split()[0])
    return total


def _installed(home: Path) -> Path:
    if not home.exists():
        home.mkdir()
        _run([_tool("npm"), "install", "--silent", "--no-audit", "--no-fund", _LIBRARY], home)
        copy(Path(__file__).with_name("match_quote.mjs"), home)
    return home


def _tool(name: str) -> str:
    path = which(name)
    if path is None:
        raise FileNotFoundError(name)
    return path


def _run(command: list[str], home: Path) -> str:
    return subprocess.run(command, cwd=home, check=True, capture_output=True, text=True).stdout
