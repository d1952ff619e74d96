"""Binds a process that reads strangers' files."""

from __future__ import annotations

import signal
import sys

_FILES = 64


def confine(*, memory: int, cpu: int) -> None:
    """Bind this process: no new privileges, no files written, bounded address space, time and open files (Linux).

    ``memory`` is the resident size in bytes that somebody else watches; the address space may be some three times as large.
    ``cpu`` is processor time in seconds.
    """
    if sys.platform == "linux":
        import ctypes
        import resource

        process_control = ctypes.CDLL(None, use_errno=True).prctl
        process_control(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
        process_control(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG: not to outlive whoever started it
        address_space = 3 * memory + (1 << 30)
        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.dont_write_bytecode = True
