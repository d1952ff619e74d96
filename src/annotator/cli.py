"""The command line. Results go to standard output, messages and progress to standard error."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from annotator import __version__
from annotator.domain.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.services.importing import ImportLine
    from annotator.services.project import Project

_BAR = 30


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 an error that was said, 2 wrong usage."""
    parser, names = _parser()
    options = parser.parse_args(_with_command(arguments, names))
    try:
        code: int = options.run(options)
    except AnnotatorError as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("Stopped. Everything done so far is kept.")
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 nobody listens any more
        return 1
    return code


def _with_command(arguments: Sequence[str], names: Iterable[str]) -> list[str]:
    """Put the command ``open`` before a lone project, so that ``annotator case.annotator`` opens the window."""
    first = arguments[0] if arguments else ""
    if first in (*names, "-h", "--help", "--version"):
        return list(arguments)
    return ["open", *arguments]


def _parser() -> tuple[argparse.ArgumentParser, Iterable[str]]:
    parser = argparse.ArgumentParser(
        prog="annotator",
        description="A workbench for people who check facts. Without a command it opens the window.",
        epilog="example: annotator import case.annotator article.html report.pdf",
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(
        name: str, does: Callable[[argparse.Namespace], int], text: str, example: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, epilog=f"example: annotator {example}")
        added.set_defaults(run=does)
        added.add_argument("--json", action="store_true", help="print results as JSON")
        return added

    opened = command("open", _open, "Open the window.", "open case.annotator")
    opened.add_argument("project", nargs="?", type=Path, help="the project to open; none: the start screen")
    demo = command("demo", _demo, "Build the sample case, export and verify it, take pictures.", "demo /tmp/case")
    demo.add_argument("folder", nargs="?", type=Path, help="where to put it; none: a temporary folder")
    demo.add_argument("--window", action="store_true", help="open the sample in a window, if there is a display")
    taken = command(
        "import", _import, "Import files and folders; makes the project if need be.", "import case.annotator a.html"
    )
    taken.add_argument("project", type=Path)
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER")
    taken.add_argument("--url", default="", help="the address that a single file came from")
    taken.add_argument("--encoding", default="", help="read in this encoding instead of the one found")
    _name(taken)
    listed = command("list", _list, "List what is in a project.", "list case.annotator claims --json")
    listed.add_argument("project", type=Path)
    listed.add_argument("what", nargs="?", choices=sorted(_LISTS), default="sources")
    found = command(
        "search", _search, "Search sources, passages, claims and rationales.", 'search case.annotator "credit score"'
    )
    found.add_argument("project", type=Path)
    found.add_argument("query")
    given = command(
        "export", _export, "Give the work away in another form.", "export case.annotator bundle case.bundle.zip"
    )
    given.add_argument("project", type=Path)
    given.add_argument("format", help="bundle, html, csv, webannotation, claimreview")
    given.add_argument("out", type=Path)
    given.add_argument("--claim", default="", help="the id of the one claim to export (not for a bundle)")
    given.add_argument("--without-originals", action="store_true", help="for bundle: leave the original files out")
    checked = command(
        "verify", _verify, "Check that nothing in a project or bundle was altered.", "verify case.bundle.zip"
    )
    checked.add_argument("path", type=Path, metavar="PROJECT|BUNDLE")
    kept = command("backup", _backup, "Write a verified backup beside the project.", "backup case.annotator")
    kept.add_argument("project", type=Path)
    mended = command("repair", _repair, "Rebuild the current tables from the history.", "repair case.annotator")
    mended.add_argument("project", type=Path)
    return parser, commands.choices


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--annotator", default="", help="your name, as it stands in the history")


# -- commands


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
    _print(options, result, [f"{what}: {where}" for what, places in result.items() for where in places])
    return 0


def _give_away(project: Path, folder: Path) -> dict[str, list[str]]:
    """Export the sample as a person would, verify the bundle, and take pictures of the window."""
    from annotator.app import grab
    from annotator.services.exchanging import verify_bundle
    from annotator.services.sample import SAMPLE_PERSON

    bundle, report = folder / "sample.bundle.zip", folder / "report.html"
    with _looking_at(project) as opened:
        opened.export("bundle", bundle)
        opened.export("html", report)
    verify_bundle(bundle)
    _say("The bundle was verified.")
    pictures = grab(project, folder / "pictures", annotator=SAMPLE_PERSON)
    return {"bundle": [str(bundle)], "report": [str(report)], "picture": [str(picture) for picture in pictures]}


def _import(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    with open_project(options.project, annotator=options.annotator, create=True) as project:
        if options.url or options.encoding:
            return _import_one(project, options)
        progress = _Progress(sys.stderr)
        report = project.import_many(options.files, progress=progress.line, pages=progress.pages)
        progress.end()
    _print(
        options,
        [_import_record(line) for line in report.lines],
        [_import_words(line) for line in report.lines if not line.error],
    )
    for line in report.failed:
        _say(f"not imported: {line.error}")
    return 1 if report.failed else 0


def _import_one(project: Project, options: argparse.Namespace) -> int:
    for file in options.files:
        version = project.import_source(file, url=options.url, encoding=options.encoding)
        _print(options, {"name": version.name, "version": version.id, "source": version.source_id}, [version.name])
    return 0


def _import_record(line: ImportLine) -> dict[str, object]:
    return {
        "name": line.name,
        "version": line.version.id if line.version else None,
        "source": line.version.source_id if line.version else None,
        "title": line.title,
        "words": line.words,
        "known": line.known,
        "warnings": list(line.warnings),
        "error": str(line.error) if line.error else None,
    }


def _import_words(line: ImportLine) -> str:
    remarks = [f"{line.words} words", *(["was here already"] if line.known else []), *line.warnings]
    return f"{line.name}: {line.title} ({', '.join(remarks)})"


def _list(options: argparse.Namespace) -> int:
    with _looking_at(options.project) as project:
        records, lines = _LISTS[options.what](project)
    _print(options, records, lines)
    return 0


def _search(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain

    with _looking_at(options.project) as project:
        hits = project.search(options.query)
    _print(options, [to_plain(hit) for hit in hits], [f"{hit.kind} {hit.entity_id}: {hit.snippet}" for hit in hits])
    if not hits:
        _say("Nothing found.")
    return 0


def _export(options: argparse.Namespace) -> int:
    with _looking_at(options.project) as project:
        progress = _Progress(sys.stderr)
        out = project.export(
            options.format,
            options.out,
            claim=options.claim or None,
            include_originals=not options.without_originals,
            progress=progress.pages,
        )
        progress.end()
    _print(options, {"format": options.format, "path": str(out)}, [str(out)])
    return 0


def _verify(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.services.exchanging import verify_file

    progress = _Progress(sys.stderr)
    report = verify_file(options.path, progress=progress.pages)
    progress.end()
    _print(
        options,
        {"path": str(options.path), "unaltered": True, **to_plain(report)},
        [f"{options.path}: nothing was altered."],
    )
    return 0


def _backup(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import backup

    path = backup(options.project)
    _print(options, {"backup": str(path)}, [str(path)])
    return 0


def _repair(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import repair

    lines = repair(options.project)
    _print(options, {"repaired": lines}, lines or ["Nothing had to be repaired."])
    return 0


# -- lists


def _sources(project: Project) -> tuple[list[object], list[str]]:
    rows = project.source_rows()
    records: list[object] = [
        {
            "id": row.source.id,
            "title": row.source.title,
            "publisher": row.publisher,
            "versions": [version.id for version in row.versions],
            "passages": row.passages,
            "linked": row.linked,
        }
        for row in rows
    ]
    return records, [f"{row.source.id}  {row.linked} of {row.passages} linked  {row.source.title}" for row in rows]


def _passages(project: Project) -> tuple[list[object], list[str]]:
    passages = [
        (version, passage)
        for row in project.source_rows()
        for version in row.versions
        for passage in project.passages(version.id)
    ]
    records: list[object] = [
        {
            "id": passage.id,
            "version": version.id,
            "quote": passage.quote,
            "fragments": [[fragment.start, fragment.end] for fragment in passage.fragments],
        }
        for version, passage in passages
    ]
    return records, [f"{passage.id}  “{' '.join(passage.quote.split())}”" for _, passage in passages]


def _claims(project: Project) -> tuple[list[object], list[str]]:
    rows = project.claim_rows()
    records: list[object] = [
        {
            "id": row.claim.id,
            "text": row.claim.text,
            "stances": dict(row.stances),
            "verdict": row.conclusion.verdict if row.conclusion else None,
            "confidence": row.conclusion.confidence if row.conclusion else None,
        }
        for row in rows
    ]
    return records, [
        f"{row.claim.id}  {row.conclusion.verdict if row.conclusion else 'open'}  {row.claim.text}" for row in rows
    ]


def _linkages(project: Project) -> tuple[list[object], list[str]]:
    from annotator.domain.codec import to_plain

    rows = project.linkage_rows()
    records: list[object] = [{**to_plain(row.linkage), "annotator": row.annotator, "claim": row.claim} for row in rows]
    lines = [
        f"{row.linkage.id}  {row.annotator}: {row.linkage.stance}, {row.linkage.verdict or 'no verdict'}, "
        f"{row.linkage.confidence or 'no confidence'}  {row.claim}"
        for row in rows
    ]
    return records, lines


_LISTS = {"sources": _sources, "passages": _passages, "claims": _claims, "linkages": _linkages}


# -- saying things


class _Progress:
    """A bar on a terminal; nothing elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()

    def line(self, done: int, total: int, line: object = None) -> None:
        """Show how many are done."""
        self.pages(done, total)

    def pages(self, done: int, total: int) -> None:
        """Show how far the one at hand is."""
        if self._shown and total:
            filled = _BAR * done // total
            self._stream.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done} of {total}")
            self._stream.flush()

    def end(self) -> None:
        """Leave the terminal as it was."""
        if self._shown:
            self._stream.write("\r\x1b[K")


def _looking_at(path: Path) -> Project:
    from annotator.services.project import open_project

    return open_project(path)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print(options: argparse.Namespace, record: object, lines: Iterable[str]) -> None:
    if options.json:
        json.dump(record, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")
