"""Binds a process that reads strangers' files: ``limit`` what it costs, then raise ``Walls`` around it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable

_FILES = 64
_NO_NEW_PRIVILEGES, _SIGNAL_OF_PARENTS_DEATH = 38, 1


def limit(*, memory: int, cpu: int) -> None:
    """Bound the address space and the processor time of this process (Linux).

    ``memory`` is the resident size in bytes that somebody else watches; the address space may be some three times as large.
    ``cpu`` is processor time in seconds.
    """
    if sys.platform == "linux":
        import resource

        address_space = 3 * memory + (1 << 30)
        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))


def not_outlive_parent() -> None:
    """Let this process die with the thread that started it (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_SIGNAL_OF_PARENTS_DEATH, signal.SIGKILL, 0, 0, 0)


class Walls:
    """What bars a process from everything but its memory, what it has open, and the files that it may read.

    Made once, and raised in each process that is forked afterwards. On Linux: no new privileges, few open files, nothing
    written, Landlock and seccomp as far as the kernel has them. Elsewhere nothing.
    """

    def __init__(self, readable: Iterable[str], *, threads: bool = False) -> None:
        """``readable`` are files, and folders with all that is in them. ``threads``: the process may make threads."""
        self.handles: tuple[int, ...] = ()
        """Descriptors that the walls need until they are raised."""
        if sys.platform == "linux":
            import ctypes
            import resource  # noqa: F401 loaded once, for all that are forked

            from annotator.walls.landlock import Rules
            from annotator.walls.seccomp import Filter

            self._control: Callable[..., int] = ctypes.CDLL(None, use_errno=True).prctl
            self._rules, self._filter = Rules(readable), Filter(threads=threads)
            self.handles = tuple(handle for handle in (self._rules.handle,) if handle >= 0)

    def raise_(self, *, written: int = 0) -> tuple[str, ...]:
        """Bind this process and return the names of what bars it. There is no way back, and limits can no longer be set.

        ``written`` is how large a file may become, in bytes, that it has open for writing.
        """
        sys.dont_write_bytecode = True
        if sys.platform != "linux":
            return ()
        import resource

        self._control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        means = []
        if self._rules.restrict():
            means.append(f"Landlock {self._rules.abi}")
        if self._filter.restrict():
            means.append("seccomp")
        return tuple(means)
