"""The commands about new versions of a source: taking one in, what became of its passages, settling those that changed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, Progress, add_name, looking_at, put, say, version_named

if TYPE_CHECKING:
    from annotator.domain.anchoring import Anchor, VersionReport
    from annotator.domain.ids import EntityId
    from annotator.domain.rows import AnchorRow
    from annotator.services.project import Project

_STATES = ("exact", "moved", "whitespace", "changed", "orphaned")
_DECISIONS = ("accept", "move", "keep", "withdraw")


def add_to(commands: Commands) -> None:
    """Declare ``add-version``, ``anchors`` and ``settle-anchor``."""
    added = commands.add(
        "add-version",
        _add_version,
        "Take a file in as the next version of a source, and find every passage again in it.",
        'add-version case.annotator "The review" corrected.html',
    )
    added.add_argument("project", type=Path)
    added.add_argument("source", help="the title or the id of a source, or the id of one of its versions")
    added.add_argument("file", type=Path)
    added.add_argument("--url", default="", help="the address that the file came from")
    added.add_argument("--encoding", default="", help="read in this encoding instead of the one found")
    add_name(added)
    shown = commands.add(
        "anchors",
        _anchors,
        "Show where the passages of earlier versions stand in a version: the words then and now.",
        'anchors case.annotator "The review" --waiting',
    )
    shown.add_argument("project", type=Path)
    shown.add_argument("version", help="the id of a version, or the title or the id of a source: its newest version")
    shown.add_argument("--waiting", action="store_true", help="only those that somebody has yet to decide on")
    shown.add_argument("--find", action="store_true", help="first look for passages that were not looked for yet")
    add_name(shown)
    settled = commands.add(
        "settle-anchor",
        _settle,
        "Decide on a passage whose words changed or were not found in a new version.",
        "settle-anchor case.annotator 0190a8e4-… move --at 553-726",
    )
    settled.add_argument("project", type=Path)
    settled.add_argument("anchor", help="the id that “anchors” shows")
    settled.add_argument("decision", choices=_DECISIONS)
    settled.add_argument(
        "--at", action="append", default=[], metavar="START-END", help="where it stands, in code points"
    )
    settled.add_argument("--reason", default="", help="why the linkages are withdrawn")
    add_name(settled)


def _add_version(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    with open_project(options.project, annotator=options.annotator) as project:
        source = _source(project, options.source)
        progress = Progress(sys.stderr)
        report = project.add_version(
            source, options.file, url=options.url, encoding=options.encoding, progress=progress.pages
        )
        progress.end()
    counts = ", ".join(f"{len(getattr(report, state))} {state}" for state in _STATES)
    put(options, _report_record(report), [f"version {report.version.sequence}  {report.version.id}: {counts}"])
    if report.unsettled:
        say(
            f"{len(report.unsettled)} wait for a decision: annotator anchors {options.project} {report.version.id} --waiting"
        )
    return 0


def _anchors(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    opened = open_project(options.project, annotator=options.annotator) if options.find else looking_at(options.project)
    with opened as project:
        version = version_named(project, options.version)
        if options.find:
            project.find_again(version)
        left = project.not_looked_for(version)
        rows = [row for row in project.anchors(version) if not (options.waiting and row.is_settled)]
    put(options, [_record(row) for row in rows], (line for row in rows for line in _lines(row)))
    if left:
        say(f"{left} passages were not looked for yet: --find does it")
    return 0


def _settle(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    with open_project(options.project, annotator=options.annotator) as project:
        found = _decide(project, options)
    words = " … ".join(fragment.quote for fragment in found.stands)
    put(
        options,
        {"id": found.id, "decision": found.decision, "words": words},
        [f"{found.id}  {found.decision}  {words}"],
    )
    return 0


def _decide(project: Project, options: argparse.Namespace) -> Anchor:
    anchor: EntityId = options.anchor
    match options.decision:
        case "accept":
            return project.accept_anchor(anchor)
        case "move":
            return project.move_anchor(anchor, [_span(each) for each in options.at])
        case "keep":
            return project.keep_anchor(anchor)
        case _:
            return project.withdraw_anchor(anchor, options.reason)


def _span(text: str) -> tuple[int, int]:
    from annotator.domain.errors import WrongArgumentError

    start, _, end = text.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise WrongArgumentError(argument="at", problem=f"“{text}” is no stretch", allowed="START-END, such as 553-726")
    return int(start), int(end)


def _source(project: Project, named: str) -> EntityId:
    version = version_named(project, named)
    return next(row.source.id for row in project.source_rows() if version in [each.id for each in row.versions])


def _report_record(report: VersionReport) -> dict[str, object]:
    states = {state: list(getattr(report, state)) for state in _STATES}
    version = report.version
    return {"version": version.id, "source": version.source_id, **states, "unsettled": list(report.unsettled)}


def _record(row: AnchorRow) -> dict[str, object]:
    return {
        "id": row.id,
        "passage": row.passage,
        "state": row.state,
        "decision": row.decision,
        "score": row.score,
        "before": [list(span) for span in row.old_spans],
        "now": [list(span) for span in row.spans],
        "quote": row.quote,
        "found": row.found,
        "linkages": len(row.judged),
        "settled": row.is_settled,
    }


def _lines(row: AnchorRow) -> list[str]:
    """Return a passage in one line, and in a second one its new words where they are others."""
    decided = f", {row.decision}" if row.decision else "" if row.is_settled else ", waits"
    lines = [f"{row.id}  {row.state}{decided} ({row.score}%)  “{' '.join(row.quote.split())}”"]
    if row.found and row.found != row.quote:
        lines.append(f"    now “{' '.join(row.found.split())}”")
    return lines
