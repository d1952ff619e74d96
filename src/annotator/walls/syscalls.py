"""What a process that reads strangers' files may ask of a Linux kernel, by machine.

Numbers of x86-64 are from ``arch/x86/entry/syscalls/syscall_64.tbl``, those of the others from ``asm-generic/unistd.h``.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

NEWEST = 470
"""Calls with higher numbers are newer than this table: they are answered like calls that the kernel does not have."""
CLONE3, OPENAT2 = 435, 437
"""New forms of old calls whose arguments no filter can see. C libraries fall back to the old ones."""

_PLAIN = {
    "read": (0, 63), "write": (1, 64), "futex": (202, 98), "lseek": (8, 62), "fstat": (5, 80), "close": (3, 57),
    "mmap": (9, 222), "munmap": (11, 215), "brk": (12, 214), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "newfstatat": (262, 79), "statx": (332, 291), "getdents64": (217, 61), "readlinkat": (267, 78), "faccessat": (269, 48),
    "faccessat2": (439, 439), "pread64": (17, 67), "pwrite64": (18, 68), "readv": (19, 65), "writev": (20, 66), "dup": (32, 23),
    "dup3": (292, 24),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "times": (100, 153), "getrusage": (98, 165), "getrandom": (318, 278), "sysinfo": (99, 179),
    "uname": (63, 160), "getcwd": (79, 17), "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173),
    "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "restart_syscall": (219, 128),
    "exit": (60, 93), "exit_group": (231, 94), "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "getcpu": (309, 168), "ppoll": (271, 73), "pselect6": (270, 72), "mincore": (27, 232), "membarrier": (324, 283),
    "rseq": (334, 293), "set_robust_list": (273, 99), "fadvise64": (221, 223), "fstatfs": (138, 44), "statfs": (137, 43),
    "getrlimit": (97, 163), "setitimer": (38, 103),
}  # fmt: skip
_PLAIN_OF_OLD = {
    "stat": 4, "lstat": 6, "poll": 7, "access": 21, "select": 23, "dup2": 33, "readlink": 89, "getdents": 78, "time": 201,
    "arch_prctl": 158,
}  # fmt: skip
"""Calls that only x86-64 still has."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One kind of processor. ``open`` is -1 where there is only ``openat``."""

    audit: int
    seccomp: int
    plain: tuple[int, ...]
    open: int
    openat: int
    ioctl: int
    fcntl: int
    prlimit: int
    clone: int


def _generic(audit: int) -> Machine:
    return Machine(
        audit=audit,
        seccomp=277,
        plain=tuple(numbers[1] for numbers in _PLAIN.values()),
        open=-1,
        openat=56,
        ioctl=29,
        fcntl=25,
        prlimit=261,
        clone=220,
    )


MACHINES = {
    "x86_64": Machine(
        audit=0xC000003E,
        seccomp=317,
        plain=(*(numbers[0] for numbers in _PLAIN.values()), *_PLAIN_OF_OLD.values()),
        open=2,
        openat=257,
        ioctl=16,
        fcntl=72,
        prlimit=302,
        clone=56,
    ),
    "aarch64": _generic(0xC00000B7),
    "riscv64": _generic(0xC00000F3),
}


def machine() -> Machine | None:
    """Return what is known of this processor, none where nothing is."""
    return MACHINES.get(os.uname().machine) if sys.maxsize > 1 << 32 else None
