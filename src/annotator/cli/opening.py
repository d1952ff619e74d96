"""The commands that open the window, and the sample case."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from annotator.cli.shared import Commands, looking_at, put, say


def add_to(commands: Commands) -> None:
    """Declare ``open`` and ``demo``."""
    opened = commands.add("open", _open, "Open the window.", "open case.annotator")
    opened.add_argument("project", nargs="?", type=Path, help="the project to open; none: the start screen")
    demo = commands.add("demo", _demo, "Build the sample case, export and verify it, take pictures.", "demo /tmp/case")
    demo.add_argument("folder", nargs="?", type=Path, help="where to put it; none: a temporary folder")
    demo.add_argument("--window", action="store_true", help="open the sample in a window, if there is a display")


def _open(options: argparse.Namespace) -> int:
    from annotator.app import run as run_window
    from annotator.domain.errors import ProjectMissingError

    if options.project is not None and not options.project.exists():
        raise ProjectMissingError(path=options.project)
    return run_window(options.project)


def _demo(options: argparse.Namespace) -> int:
    from annotator.services.sample import build_sample
    from annotator.services.settings import sample_folder

    in_window = options.window and _has_display()
    folder = options.folder or (sample_folder() if in_window else Path(tempfile.mkdtemp(prefix="annotator-")))
    project = build_sample(folder)
    if in_window:
        from annotator.app import run as run_window

        return run_window(project)
    result = {"project": [str(project)], **_give_away(project, folder)}
    put(options, result, [f"{what}: {where}" for what, places in result.items() for where in places])
    return 0


def _give_away(project: Path, folder: Path) -> dict[str, list[str]]:
    """Export the sample as a person would, verify the bundle, and take pictures of the window."""
    from annotator.app import grab
    from annotator.services.exchanging import verify_bundle
    from annotator.services.sample import SAMPLE_PERSON

    bundle, report = folder / "sample.bundle.zip", folder / "report.html"
    with looking_at(project) as opened:
        opened.export("bundle", bundle)
        opened.export("html", report)
    verify_bundle(bundle)
    say("The bundle was verified.")
    pictures = grab(project, folder / "pictures", annotator=SAMPLE_PERSON)
    return {"bundle": [str(bundle)], "report": [str(report)], "picture": [str(picture) for picture in pictures]}


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
