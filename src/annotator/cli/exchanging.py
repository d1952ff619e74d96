"""The commands that give the work away and keep it safe."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, Progress, looking_at, put

if TYPE_CHECKING:
    from annotator.domain.comparing import Comparison


def add_to(commands: Commands) -> None:
    """Declare ``export``, ``verify``, ``backup`` and ``repair``."""
    given = commands.add(
        "export", _export, "Give the work away in another form.", "export case.annotator bundle case.bundle.zip"
    )
    given.add_argument("project", type=Path)
    given.add_argument("format", help="bundle, html, csv, webannotation, claimreview, qdpx, qdc")
    given.add_argument("out", type=Path)
    given.add_argument("--claim", default="", help="the id of the one claim to export (not for a bundle)")
    given.add_argument("--without-originals", action="store_true", help="for bundle: leave the original files out")
    checked = commands.add(
        "verify", _verify, "Check that nothing in a project or bundle was altered.", "verify case.bundle.zip"
    )
    checked.add_argument("path", type=Path, metavar="PROJECT|BUNDLE")
    checked.add_argument(
        "--against",
        type=Path,
        metavar="BUNDLE",
        help="a bundle kept elsewhere: is all that it holds still in the project?",
    )
    kept = commands.add("backup", _backup, "Write a verified backup beside the project.", "backup case.annotator")
    kept.add_argument("project", type=Path)
    mended = commands.add("repair", _repair, "Rebuild the current tables from the history.", "repair case.annotator")
    mended.add_argument("project", type=Path)


def _export(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        progress = Progress(sys.stderr)
        out = project.export(
            options.format,
            options.out,
            claim=options.claim or None,
            include_originals=not options.without_originals,
            progress=progress.pages,
        )
        progress.end()
    put(options, {"format": options.format, "path": str(out)}, [str(out)])
    return 0


def _verify(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.services.comparing import compare_file
    from annotator.services.exchanging import verify_file

    progress = Progress(sys.stderr)
    report = verify_file(options.path, progress=progress.pages)
    progress.end()
    record = {"path": str(options.path), "unaltered": True, **to_plain(report)}
    lines = [f"{options.path}: nothing was altered."]
    if options.against is None:
        put(options, record, lines)
        return 0
    found = compare_file(options.path, options.against, progress=progress.pages)
    progress.end()
    put(options, {**record, "against": to_plain(found)}, [*lines, *_compared(found)])
    return 0 if found.whole else 1


def _compared(found: Comparison) -> list[str]:
    """Return in words whether all that a bundle holds is in the project."""
    if found.whole:
        since = "1 change was" if found.newer == 1 else f"{found.newer} changes were"
        return [f"All {found.changes} changes of {found.name} are here; {since} made since."]
    lines = [f"{len(found.missing)} of the {found.changes} changes of {found.name} are not here:"]
    lines += [f"  {each.header.at} {each.header.label} ({each.id[:12]})" for each in found.examples]
    more = len(found.missing) - len(found.examples)
    return [*lines, f"  and {more} more"] if more else lines


def _backup(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import backup

    path = backup(options.project)
    put(options, {"backup": str(path)}, [str(path)])
    return 0


def _repair(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import repair

    lines = repair(options.project)
    put(options, {"repaired": lines}, lines or ["Nothing had to be repaired."])
    return 0
