"""The process that draws pages is bound like those that read; it may look at the system's fonts, and at nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.importers.conftest import walled

pytestmark = walled
_TAKEN_OVER = """
import json, os, socket, sys
sys.path[:] = json.loads(sys.argv[1])
from annotator.importers.confined import pages_child
def tell(source, document):
    found = []
    for way in (lambda: open("/etc/passwd"), lambda: open("/proc/self/environ"), lambda: open(sys.argv[2], "w"),
                lambda: os.listdir("/"), socket.socket, os.fork, lambda: os.kill(os.getppid(), 0)):
        try:
            way()
        except PermissionError:
            found.append("refused")
        except OSError as error:
            found.append(type(error).__name__)
        else:
            found.append("done")
    found.append(os.path.isdir("/usr/share/fonts") and len(os.listdir("/usr/share/fonts")) >= 0)
    os.write(2, json.dumps(found).encode())
pages_child._open = tell
pages_child.main(sys.argv[3:])
"""


def test_a_page_that_takes_the_process_over_gets_nowhere(tmp_path: Path) -> None:
    memory = os.memfd_create("pages")
    os.ftruncate(memory, 4096)
    places = json.dumps([place for place in sys.path if place])
    arguments = [places, str(tmp_path / "marker"), str(memory), "4096", str(1 << 30), "60", "", ""]
    found = subprocess.run(
        [sys.executable, "-c", _TAKEN_OVER, *arguments],
        input=bytes(8),
        capture_output=True,
        pass_fds=(memory,),
        check=False,
    )
    os.close(memory)
    *ways, fonts = json.loads(found.stderr)
    assert ways == ["refused"] * 7
    assert fonts == Path("/usr/share/fonts").is_dir()
    assert not list(tmp_path.iterdir())
