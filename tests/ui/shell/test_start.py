"""How the window comes up: light, with Qt's own plugins only, and pictures of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from annotator.services.sample import build_sample
from tests.ui.whole import make_case

PAINTED = """
import json, linecache, os, sys
from annotator import app
application, window = app.start(*map(__import__("pathlib").Path, sys.argv[1:]))
def tell():
    from PySide6.QtCore import QCoreApplication
    read = [name for name in linecache.cache if "annotator" in name]
    print(json.dumps({"modules": sorted(sys.modules), "plugins": QCoreApplication.libraryPaths(), "read": read}))
    sys.stdout.flush()
    os._exit(0)
window.painted.connect(tell)
application.exec()
"""

ASKED_EARLY = """
import os
from annotator import app
application, window = app.start()
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
QAccessible.setActive(True)
def role():
    return QAccessible.queryAccessibleInterface(window.top_bar).role().name
before = role()
def tell():
    print(before, role(), flush=True)
    os._exit(0)
window.painted.connect(lambda: QTimer.singleShot(0, tell))
application.exec()
"""

GRAB = "import sys; from pathlib import Path; from annotator.app import grab; pictures = grab(*map(Path, sys.argv[1:]))"


def painted(folder: Path, *arguments: str) -> dict[str, list[str]]:
    environment = {
        **os.environ,
        "ANNOTATOR_CONFIG": str(folder / "settings"),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_PLUGIN_PATH": str(folder),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_nothing_heavy_is_loaded_before_the_first_frame(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case.annotator")
    modules = painted(tmp_path, str(case))["modules"]
    heavy = ("sqlalchemy", "pysqlite3", "pdfminer", "lxml", "trafilatura", "msgspec", "regex", "annotator.store",
             "annotator.importers", "annotator.exporters", "annotator.bundle", "annotator.services.",
             "annotator.domain", "annotator.ui.accessible", "annotator.ui.icons")  # fmt: skip
    loaded = [name for name in modules if name.startswith(heavy)]
    assert loaded == ["annotator.services.settings"], "a TOML file, and nothing else"


def test_no_source_of_ours_is_read_before_the_first_frame(tmp_path: Path) -> None:
    """Where this fails, PySide has another name for its look into every module that is imported."""
    assert painted(tmp_path)["read"] == []


def test_a_screen_reader_that_was_there_first_is_told_the_roles_too(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ANNOTATOR_CONFIG": str(tmp_path / "settings"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", ASKED_EARLY]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["Client", "ToolBar"], done.stderr


def test_plugins_come_from_qt_alone(tmp_path: Path) -> None:
    [plugins] = painted(tmp_path)["plugins"]
    assert "PySide6" in plugins


def test_pictures_are_taken_of_every_screen_in_both_themes(tmp_path: Path) -> None:
    project = build_sample(tmp_path / "sample")
    code = f"{GRAB}; print(*pictures, sep='\\n')"
    environment = {
        **os.environ,
        "ANNOTATOR_CONFIG": str(tmp_path / "settings"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", code, str(project), str(tmp_path / "out")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    pictures = [Path(line) for line in done.stdout.splitlines()]
    assert [picture.stem for picture in pictures] == [
        f"{screen}-{theme}" for theme in ("light", "dark") for screen in ("reading", "claims", "audit", "history")
    ]
    looks = {picture: QImage(str(picture)) for picture in pictures}
    assert all(image.width() == 1440 for image in looks.values())
    light, dark = (
        looks[pictures[number]].scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0)
        for number in (0, 4)
    )
    assert light.lightness() > 200
    assert dark.lightness() < 80
    assert len({picture.read_bytes() for picture in pictures}) == len(pictures)


def test_a_project_that_is_not_there_is_the_callers_to_tell(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", GRAB, str(tmp_path / "nowhere.annotator"), str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "There is no project at" in done.stderr
