"""How long it takes until a window has been painted, in a fresh process: the product's start screen, and a bare window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

Clock = Literal["cpu", "wall"]

_TELL = """
def tell():
    print(time.process_time(), time.time() - float(sys.argv[1]), flush=True)
    os._exit(0)
"""

_BARE = f"""
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
{_TELL}
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

_PRODUCT = f"""
import os, sys, time
from annotator import app
{_TELL}
application, window = app.start()
window.painted.connect(tell)
application.exec()
"""

_NOT_PASSED_ON = ("ANNOTATOR_CONFIG", "PYTHONDONTWRITEBYTECODE")

_SETTINGS = """
name = "Ines Calder"
[[recent]]
path = "/nowhere/one.annotator"
at = "2025-05-14T12:00:00Z"
sources = 14
claims = 6
concluded = 2
[[recent]]
path = "/nowhere/two.annotator"
at = "2025-05-13T12:00:00Z"
"""


def bare(clock: Clock) -> Callable[[Path], float]:
    """Return the case that paints a bare ``QMainWindow``."""
    return lambda folder: _painted(_BARE, folder)[clock]


def product(clock: Clock) -> Callable[[Path], float]:
    """Return the case that paints our window with two recent projects."""
    return lambda folder: _painted(_PRODUCT, folder)[clock]


def _painted(code: str, folder: Path) -> dict[str, float]:
    """Run twice and measure the second time: as after an installation, modules are compiled and in the disk's cache."""
    config = folder / "annotator"
    config.mkdir(exist_ok=True)
    (config / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
    source = str(Path(__file__).parents[1] / "src")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON},
        "PYTHONPATH": os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH")))),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder),
    }
    for _ in range(2):
        command = [sys.executable, "-P", "-c", code, str(time.time())]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    cpu, wall = map(float, done.stdout.split())
    return {"cpu": cpu, "wall": wall}
