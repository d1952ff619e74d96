"""How much memory a process has in use together with all that it has started: what they share is counted once (Linux)."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

_SECONDS = 0.05
_READY = "ready"


def growth(code: str, *arguments: str) -> int:
    """Return by how many bytes the most memory in use is over that of the idle program.

    ``code`` is run by a Python of its own; it calls ``wait_idle`` once all that an idle program has is there.
    """
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None  # noqa: S101 PIPE
        assert process.stdout is not None  # noqa: S101 PIPE
        if process.stdout.readline().strip() != _READY:
            raise RuntimeError("the process ended before it was idle")
        idle = most = _in_use(process.pid)
        ended = Event()

        def watch() -> None:
            nonlocal most
            while not ended.wait(_SECONDS):
                most = max(most, _in_use(process.pid))

        watcher = Thread(target=watch)
        watcher.start()
        process.stdin.close()
        status = process.wait()
        ended.set()
        watcher.join()
        if status:
            raise RuntimeError(f"the process ended with {status}")
    return most - idle


def wait_idle() -> None:
    """Tell that all is there that an idle program has, and wait until that was looked at."""
    print(_READY, flush=True)
    sys.stdin.read()


def _in_use(pid: int) -> int:
    """Return the proportional set sizes of a process and of all below it, in bytes."""
    total = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) << 10
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(map(_in_use, map(int, (task / "children").read_text().split())))
    return total
