"""The command that takes sources in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, Progress, add_name, put, say

if TYPE_CHECKING:
    from annotator.services.importing_batch import ImportLine
    from annotator.services.project import Project

_WEB = ("http://", "https://")


def add_to(commands: Commands) -> None:
    """Declare ``import``."""
    taken = commands.add(
        "import",
        _import,
        "Import files and folders, and fetch the web addresses that are typed; makes the project if need be.",
        "import case.annotator a.html https://example.org/b",
    )
    taken.add_argument("project", type=Path)
    taken.add_argument("files", nargs="+", metavar="FILE|FOLDER|URL")
    taken.add_argument("--url", default="", help="the address that a single file came from")
    taken.add_argument("--encoding", default="", help="read in this encoding instead of the one found")
    taken.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write what became of each file, failures first: a table if .csv, else text",
    )
    add_name(taken)


def _import(options: argparse.Namespace) -> int:
    from annotator.domain.errors import WrongArgumentError
    from annotator.services.importing_batch import ImportReport
    from annotator.services.importing_report import write_report
    from annotator.services.project import open_project

    if options.url and len(options.files) > 1:
        raise WrongArgumentError(
            argument="--url",
            problem=f"it is the address of one source, and {len(options.files)} files are named",
            allowed="one file with an address",
        )
    with open_project(options.project, annotator=options.annotator, create=True) as project:
        if options.url or options.encoding:
            return _import_one(project, options)
        progress = Progress(sys.stderr)
        addresses = [given for given in options.files if given.lower().startswith(_WEB)]
        files = [given for given in options.files if given not in addresses]
        taken = project.import_many(files, progress=progress.line, pages=progress.pages)
        fetched = [project.fetch_line(address, progress=progress.pages) for address in addresses]
        report = ImportReport(lines=(*taken.lines, *fetched))
        progress.end()
    if options.report is not None:
        write_report(report.lines, options.report)
    if report.known:
        say(f"{len(report.known)} of {len(report.lines)} were here already.")
    put(options, [_record(line) for line in report.lines], [_words(line) for line in report.lines if not line.error])
    for line in report.failed:
        say(f"not imported: {line.error}")
    return 1 if report.failed else 0


def _import_one(project: Project, options: argparse.Namespace) -> int:
    for file in options.files:
        version = project.import_source(file, url=options.url, encoding=options.encoding)
        put(options, {"name": version.name, "version": version.id, "source": version.source_id}, [version.name])
    return 0


def _record(line: ImportLine) -> dict[str, object]:
    return {
        "name": line.name,
        "version": line.version.id if line.version else None,
        "source": line.version.source_id if line.version else None,
        "title": line.title,
        "words": line.words,
        "known": line.known,
        "twin": line.twin.source_id if line.twin else None,
        "warnings": list(line.warnings),
        "error": str(line.error) if line.error else None,
    }


def _words(line: ImportLine) -> str:
    from annotator.services.importing_report import remarks_on

    counted = ", ".join([f"{line.words} words", *(["was here already"] if line.known else [])])
    remarks = remarks_on(line)
    return f"{line.name}: {line.title} ({counted}){f'. {remarks}' if remarks else ''}"
