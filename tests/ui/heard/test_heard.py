"""A real AT-SPI client reads the window on a display of its own, and hears what real keys do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.services.settings import FOLDER_VARIABLE
from tests.ui.whole import CLAIM, TEXT

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
KEYS = ("Down", "ctrl+Home", "n", "Escape", "ctrl+End", "shift+ctrl+Left", "Left")

SESSION = """
set -u
"$LAUNCHER" --launch-immediately & bus=$!
"$PYTHON" -m tests.ui.heard.speaker "$FOLDER" > "$FOLDER/speaker" 2>&1 & speaker=$!
for _ in $(seq 200); do grep -q ready "$FOLDER/speaker" && break; sleep 0.1; done
timeout 60 "$SYSTEM_PYTHON" "$LISTENER" "$@"
kill $speaker $bus
wait $speaker
"""


def lacking() -> str:
    """Return what this computer lacks to be listened to; empty when it has everything."""
    needed = [
        name for name in ("dbus-run-session", "Xvfb", "xvfb-run", "xdotool", SYSTEM_PYTHON) if not shutil.which(name)
    ]
    needed += [] if LAUNCHER.exists() else [str(LAUNCHER)]
    if needed:
        return f"no {', '.join(needed)}"
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    found = subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False)
    return "" if found.returncode == 0 else "no gir1.2-atspi-2.0 for the system's Python"


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return what was heard, line by line."""
    if missing := lacking():
        pytest.skip(f"a screen reader cannot be tried here: {missing}")
    folder = tmp_path_factory.mktemp("heard")
    environment = os.environ | {
        "LAUNCHER": str(LAUNCHER),
        "PYTHON": sys.executable,
        "SYSTEM_PYTHON": SYSTEM_PYTHON,
        "LISTENER": str(HERE / "listener.py"),
        "FOLDER": str(folder),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        FOLDER_VARIABLE: str(folder / "settings"),
    }
    session = [
        "xvfb-run",
        "-a",
        "-s",
        "-screen 0 1280x900x24",
        "dbus-run-session",
        "--",
        "bash",
        "-c",
        SESSION,
        "bash",
        *KEYS,
    ]
    done = subprocess.run(
        session,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert told, (done.stderr[-2000:], (folder / "speaker").read_text(encoding="utf-8")[-2000:])
    return told


def after(heard: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Return what was heard from the pressing of a key to that of the next."""
    begin = next(number for number, each in enumerate(heard) if each.get("key") == key)
    rest = heard[begin + 1 :]
    end = next((number for number, each in enumerate(rest) if "key" in each), len(rest))
    return rest[:end]


def events(told: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return what the text told of a kind."""
    return [each for each in told if each.get("event", "").startswith(kind) and each["name"] == "The review"]


def test_the_text_has_the_focus_a_name_and_a_role(heard: list[dict[str, Any]]) -> None:
    assert heard[0]["name"] == "The review"
    assert heard[0]["role"] == "text"
    assert set(heard[0]["states"]) == {"READ_ONLY", "MULTI_LINE", "FOCUSED"}


def test_it_is_read_whole_and_by_letters_words_sentences_and_lines(heard: list[dict[str, Any]]) -> None:
    assert heard[1]["all"] == TEXT
    read = {each["unit"]: each["words"] for each in heard if "unit" in each}
    assert read["CHAR"] == TEXT[20]
    assert read["WORD"] in ("examined", "5,870", "5")
    assert TEXT.startswith(read["LINE"])
    assert read["SENTENCE"].strip() == TEXT.splitlines()[0]


def test_it_is_told_where_a_letter_stands(heard: list[dict[str, Any]]) -> None:
    [place] = [each for each in heard if "x" in each]
    assert 0 < place["x"] < 1280
    assert 0 < place["y"] < 900
    assert place["height"] > 10


def test_the_caret_is_heard_with_its_line(heard: list[dict[str, Any]]) -> None:
    [moved] = events(after(heard, "Down"), "text-caret-moved")
    assert moved["line"].strip()
    assert moved["line"] in TEXT
    [home] = events(after(heard, "ctrl+Home"), "text-caret-moved")
    assert home["at"] == 0


def test_a_passage_is_announced_with_what_was_judged_and_so_is_its_end(heard: list[dict[str, Any]]) -> None:
    entered = after(heard, "n")
    [moved] = events(entered, "text-caret-moved")
    assert moved["at"] == 4
    assert "underline" in moved["attributes"]
    said = [each["words"] for each in events(entered, "announcement")]
    assert said == [f"Passage 1 of 2, chosen. Refutes: {CLAIM}"]
    left = [each["words"] for each in events(after(heard, "ctrl+End"), "announcement")]
    assert left == ["End of passage"]


def test_a_selection_is_heard(heard: list[dict[str, Any]]) -> None:
    [changed] = events(after(heard, "shift+ctrl+Left"), "text-selection-changed")
    assert len(changed["selected"]) == 1
    [gone] = events(after(heard, "Left"), "text-selection-changed")
    assert gone["selected"] == []
