"""The command that takes in what other programs annotated."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, Progress, add_name, put, say, version_named

if TYPE_CHECKING:
    from annotator.domain.foreign_report import ForeignReport
    from annotator.domain.ids import EntityId
    from annotator.services.project import Project

Choices = tuple[dict[str, str], dict[str, str]]
"""What is said of levels, and of codes."""


def add_to(commands: Commands) -> None:
    """Declare ``import-annotations``."""
    taken = commands.add(
        "import-annotations",
        _import,
        "Take in what was annotated in another program, on sources that are in the project; the same again adds nothing.",
        "import-annotations case.annotator notes.json --dry-run",
    )
    taken.add_argument("project", type=Path)
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE")
    taken.add_argument("--format", default="", help="its code, such as webannotation (else: found by the content)")
    taken.add_argument("--source", default="", help="the source that is meant, where a file does not say (id or title)")
    taken.add_argument(
        "--level",
        action="append",
        default=[],
        metavar="WORDS=CODE",
        help="the level of your codebook that words of the file stand for, such as “Half true=conflicting_evidence”",
    )
    taken.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="CODE=WHAT",
        help="what a code or tag of the file becomes: label, claim, nothing, or a level such as “pro=stance:supports”",
    )
    taken.add_argument("--dry-run", action="store_true", help="only tell what would come in")
    add_name(taken)


def _import(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    choices = _pairs("level", options.level, "WORDS=CODE"), _pairs("map", options.map, "CODE=WHAT")
    reports: list[ForeignReport] = []
    with open_project(options.project, annotator=options.annotator) as project:
        source = _source(project, options.source)
        for file in options.files:
            progress = Progress(sys.stderr)
            take = _preview if options.dry_run else _take
            reports.append(take(project, file, options.format, source, choices))
            progress.end()
    written = not options.dry_run
    lines = [line for report in reports for line in _lines(report, written=written)]
    put(options, [_record(report, written=written) for report in reports], lines)
    left_out = sum(len(report.left_out) for report in reports)
    waiting = sum(len(report.waiting) for report in reports)
    if waiting:
        say(f"{waiting} waiting: “annotator anchors” shows them, “annotator settle-anchor” says where they stand.")
    if left_out:
        say(f"{left_out} left out; the lines above say why.")
    return 0


def _preview(project: Project, file: Path, code: str, source: EntityId | None, choices: Choices) -> ForeignReport:
    levels, codes = choices
    return project.preview_annotations(file, format=code, source=source, levels=levels, codes=codes).report


def _take(project: Project, file: Path, code: str, source: EntityId | None, choices: Choices) -> ForeignReport:
    levels, codes = choices
    return project.import_annotations(file, code, source, levels=levels, codes=codes)


def _source(project: Project, named: str) -> EntityId | None:
    """Return the source that was named, or the version of one that was named by its id."""
    version = version_named(project, named) if named else None
    if version is None or version == named:
        return version
    return next(row.source.id for row in project.source_rows() if version in {each.id for each in row.versions})


def _pairs(option: str, given: Iterable[str], allowed: str) -> dict[str, str]:
    from annotator.domain.errors import WrongArgumentError

    found = {}
    for each in given:
        words, sign, code = each.rpartition("=")
        if not sign or not words.strip() or not code.strip():
            raise WrongArgumentError(argument=option, problem=f"“{each}” is no pair", allowed=allowed)
        found[words.strip()] = code.strip()
    return found


def _record(report: ForeignReport, *, written: bool) -> dict[str, object]:
    from annotator.domain.codec import to_plain
    from annotator.domain.foreign_reasons import reason

    record: dict[str, object] = to_plain(report)
    record["written"] = written
    for name, told in (("waiting", report.waiting), ("left_out", report.left_out)):
        record[name] = [
            {"kind": each.kind, "words": each.words, "why": each.why.value, "sentence": reason(each)} for each in told
        ]
    return record


def _lines(report: ForeignReport, *, written: bool) -> Iterable[str]:
    from annotator.domain.foreign_levels import How
    from annotator.domain.foreign_reasons import reason
    from annotator.domain.signing_words import warning_sentence

    yield f"{report.name} ({report.format}){'' if written else ', nothing is written yet'}"
    for count in report.counts:
        yield f"  {count.kind}: {count.new} new, {count.known} here already"
    if report.by:
        yield f"  by {', '.join(report.by)}"
    for warning in report.names:
        yield f"  {warning_sentence(warning)}"
    for level in report.levels:
        became = "kept as it is, to be matched by you" if level.how is How.KEPT else f"{level.code}, by its {level.how}"
        yield f"  {level.scale} “{level.words}”: {became}"
    for code in report.codes:
        became = "" if code.becomes == code.by_place else ", as you said"
        yield f"  code “{'/'.join(code.path)}” on {code.count}: {code.becomes}{became}"
    for missing in report.missing:
        yield f"  not in the project: {missing.words} ({missing.count} on it)"
    for each in report.waiting:
        yield f"  waits for you: {each.kind} “{each.words}”. {reason(each)}"
    for each in report.left_out:
        yield f"  left out: {each.kind} “{each.words}”. {reason(each)}"
