"""How much memory another process holds, on the three systems."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path


def resident_bytes(pid: int) -> int:
    """Return the resident size of the process ``pid`` in bytes; 0 when it has gone or cannot be asked."""
    return _ask(pid)


if sys.platform == "linux":
    import resource

    def _ask(pid: int) -> int:
        try:
            fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0
        return int(fields[1]) * resource.getpagesize()

elif sys.platform == "darwin":

    def _ask(pid: int) -> int:
        """Ask ``proc_pidinfo`` for PROC_PIDTASKINFO (4): 96 bytes, the second number of 64 bits is the resident size."""
        task = (ctypes.c_uint64 * 12)()
        filled = ctypes.CDLL("libproc.dylib").proc_pidinfo(pid, 4, ctypes.c_uint64(0), task, ctypes.sizeof(task))
        return int(task[1]) if filled == ctypes.sizeof(task) else 0

elif sys.platform == "win32":

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("size", ctypes.c_uint32),
            ("page_faults", ctypes.c_uint32),
            *((name, ctypes.c_size_t) for name in ("peak_working_set", "working_set", "a", "b", "c", "d", "e", "f")),
        )

    def _ask(pid: int) -> int:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(0x1000, 0, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return 0
        counters = _Counters(size=ctypes.sizeof(_Counters))
        known = kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), counters.size)
        kernel.CloseHandle(ctypes.c_void_p(handle))
        return int(counters.working_set) if known else 0

else:

    def _ask(pid: int) -> int:
        return 0 * pid
