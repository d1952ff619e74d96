"""What is left where a kernel lacks one wall or both: found by trying, and said so; documents are read all the same."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys

import pytest

from annotator.domain.protection import Protection, Reach
from annotator.walls import seccomp, syscalls
from tests.importers.conftest import walled

LANDLOCK = (444, 445, 446)
_OLD_KERNEL = """
import ctypes, json, struct, sys
steps = [(0x20, 0, 0, 0)]
for number in json.loads(sys.argv[1]):
    steps += [(0x15, 0, 1, number), (0x06, 0, 0, 0x50000 | 38)]  # ENOSYS
steps.append((0x06, 0, 0, 0x7FFF0000))
code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))
control = ctypes.CDLL(None).prctl
control(38, 1, 0, 0, 0)
assert control(22, 2, ctypes.byref(Program(len(steps), ctypes.addressof(code))), 0, 0) == 0
sys.path[:] = json.loads(sys.argv[2])
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
with ImportWorker() as worker:
    assert worker.read(b"words", ReadOptions(name="a.txt")).text == "words"
    found = worker.protection()
print(json.dumps([found.barred, found.means]))
"""


def protection_without(*calls: int) -> Protection:
    """Return what is found on a kernel that does not have these calls: a filter over the whole program takes them away."""
    paths = json.dumps([place for place in sys.path if place])
    found = subprocess.run(
        [sys.executable, "-c", _OLD_KERNEL, json.dumps(calls), paths], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    barred, means = json.loads(found.stdout)
    return Protection(barred=tuple(Reach(each) for each in barred), means=tuple(means))


@walled
def test_without_landlock_files_could_be_read_and_that_is_said() -> None:
    found = protection_without(*LANDLOCK)
    assert (found.level, found.open, found.means) == ("partial", (Reach.READING,), ("seccomp",))


@walled
def test_without_seccomp_the_network_is_not_barred_altogether() -> None:
    found = protection_without(317)
    assert found.level == "partial"
    assert (Reach.READING in found.barred, Reach.WRITING in found.barred) == (True, True)
    assert found.open == (Reach.NETWORK,)
    assert found.means[0].startswith("Landlock")


@walled
def test_without_either_there_are_the_limits_alone() -> None:
    found = protection_without(*LANDLOCK, 317)
    assert (found.level, found.barred, found.means) == ("basic", (), ())
    assert found.sentence != Protection(barred=tuple(Reach)).sentence


def outcome(
    machine: syscalls.Machine, number: int, *arguments: int, audit: int | None = None, threads: bool = False
) -> int:
    """Run the filter as the kernel does, and return what becomes of a call."""
    seen = {0: number, 4: machine.audit if audit is None else audit}
    for position in range(6):
        value = arguments[position] if position < len(arguments) else 0
        seen |= {16 + 8 * position: value & 0xFFFFFFFF, 20 + 8 * position: value >> 32}
    steps, at, held = seccomp.program(machine, threads=threads), 0, 0
    while True:
        code, if_so, if_not, constant = steps[at]
        at += 1
        if code == 0x06:
            return constant
        if code == 0x20:
            held = seen[constant]
        else:
            true = {0x15: held == constant, 0x25: held > constant, 0x45: bool(held & constant)}[code]
            at += if_so if true else if_not


ALLOWED, KILLED = 0x7FFF0000, 0x80000000
REFUSED, UNKNOWN = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
MACHINES = [pytest.param(syscalls.MACHINES[name], id=name) for name in ("x86_64", "aarch64", "riscv64")]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_on_every_machine(machine: syscalls.Machine) -> None:
    for flags, becomes in ((0, ALLOWED), (os.O_CLOEXEC | os.O_DIRECTORY, ALLOWED), (os.O_WRONLY, REFUSED)):
        assert outcome(machine, machine.openat, 0, 0, flags) == becomes
    for flags in (os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_TMPFILE | os.O_RDWR, os.O_RDONLY | os.O_CREAT | os.O_APPEND):
        assert outcome(machine, machine.openat, 0, 0, flags) == REFUSED
    assert outcome(machine, machine.prlimit, 0, 9, 0, 0x7FFF12345678) == ALLOWED
    assert outcome(machine, machine.prlimit, 0, 9, 0x7FFF12345678, 0) == REFUSED
    assert outcome(machine, machine.prlimit, 0, 9, 0x7FFF00000000, 0) == REFUSED
    assert outcome(machine, machine.ioctl, 0, 0x5412) == REFUSED, "typing into a terminal"
    assert outcome(machine, machine.ioctl, 0, 0x5401) == ALLOWED
    assert outcome(machine, machine.fcntl, 0, 8, 1) == REFUSED, "having signals sent"
    assert outcome(machine, machine.fcntl, 0, 1) == ALLOWED
    assert outcome(machine, machine.plain[0], audit=0x40000003) == KILLED, "calls of another kind of machine"
    assert outcome(machine, syscalls.CLONE3) == outcome(machine, syscalls.OPENAT2) == UNKNOWN
    assert outcome(machine, syscalls.NEWEST + 1) == outcome(machine, 0x40000000) == UNKNOWN
    for number in (424, 425, 426, 427, 434, 438, *LANDLOCK, 447):  # signals, rings, other processes' files and memory
        assert outcome(machine, number) == REFUSED


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_are_let_pass_where_they_are_wanted_and_processes_never(machine: syscalls.Machine) -> None:
    thread, process = 0x3D0F00, 17
    assert outcome(machine, machine.clone, thread) == REFUSED
    assert outcome(machine, machine.clone, thread, threads=True) == ALLOWED
    assert outcome(machine, machine.clone, process, threads=True) == REFUSED
    assert outcome(machine, syscalls.CLONE3, threads=True) == UNKNOWN


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("x86_64", {"socket": 41, "connect": 42, "sendto": 44, "sendmsg": 46, "clone": 56, "fork": 57, "vfork": 58, "execve": 59,
                    "kill": 62, "truncate": 76, "rename": 82, "mkdir": 83, "creat": 85, "link": 86, "unlink": 87, "symlink": 88,
                    "chmod": 90, "chown": 92, "ptrace": 101, "prctl": 157, "setrlimit": 160, "tkill": 200, "tgkill": 234,
                    "process_vm_readv": 310, "process_vm_writev": 311, "seccomp": 317, "bpf": 321, "execveat": 322}),
        ("aarch64", {"mknodat": 33, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "truncate": 45,
                     "fchmodat": 53, "fchownat": 54, "ptrace": 117, "kill": 129, "tkill": 130, "tgkill": 131, "setrlimit": 164,
                     "prctl": 167, "socket": 198, "connect": 203, "sendto": 206, "sendmsg": 211, "clone": 220, "execve": 221,
                     "process_vm_readv": 270, "process_vm_writev": 271, "renameat2": 276, "seccomp": 277, "bpf": 280}),
    ],
)  # fmt: skip
def test_what_would_lead_out_is_refused(name: str, numbers: dict[str, int]) -> None:
    assert {call: outcome(syscalls.MACHINES[name], number) for call, number in numbers.items()} == dict.fromkeys(
        numbers, REFUSED
    )
