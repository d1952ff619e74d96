"""How a process of our own is started: this interpreter, with the modules that the program has, never from the current folder."""

from __future__ import annotations

import json
import sys

_BOOT = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main(sys.argv[3:])"
)


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that calls ``main`` of a module with these arguments."""
    places = [place for place in sys.path if place]
    return [sys.executable, "-P", "-c", _BOOT, json.dumps(places), module, *arguments]
