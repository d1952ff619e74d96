"""What all commands share: how they are declared, and how they print, say and show progress."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from annotator.domain.ids import EntityId
    from annotator.services.project import Project

_BAR = 30
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Commands:
    """Takes the declarations of the commands."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    @property
    def names(self) -> Iterable[str]:
        """The names of the commands."""
        return self._commands.choices

    def add(
        self, name: str, does: Callable[[argparse.Namespace], int], text: str, example: str
    ) -> argparse.ArgumentParser:
        """Declare a command: what it is called, what runs it and returns its exit code, what it is for, and an example."""
        added = self._commands.add_parser(name, help=text, description=text, epilog=f"example: annotator {example}")
        added.set_defaults(run=does)
        added.add_argument("--json", action="store_true", help="print results as JSON")
        return added


class Progress:
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


def add_name(parser: argparse.ArgumentParser) -> None:
    """Declare the option that says who works."""
    parser.add_argument("--annotator", default="", help="your name, as it stands in the history")


def add_allowance(parser: argparse.ArgumentParser) -> None:
    """Declare the option that raises a limit for one bundle."""
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="LIMIT",
        help="ten times as much of what the bundle was refused for, for this bundle only; may be given again",
    )


def looking_at(path: Path, annotator: str = "") -> Project:
    """Open a project that the command only looks at, if need be as somebody."""
    from annotator.services.project import open_project

    return open_project(path, annotator=annotator)


def version_named(project: Project, named: str) -> EntityId:
    """Return the version with this id, or the newest of the source that has this id or, alone, this title."""
    from annotator.domain.errors import WrongArgumentError

    rows = [row for row in project.source_rows() if row.versions]
    for row in rows:
        if named == row.source.id:
            return row.versions[-1].id
        if any(version.id == named for version in row.versions):
            return next(version.id for version in row.versions if version.id == named)
    titled = [row for row in rows if row.source.title.casefold() == named.casefold()]
    if len(titled) != 1:
        problem = f"there are {len(titled)} sources called “{named}”" if titled else f"there is no source “{named}”"
        raise WrongArgumentError(argument="source", problem=problem, allowed="a title or an id, as “list” shows them")
    return titled[0].versions[-1].id


def put(options: argparse.Namespace, record: object, lines: Iterable[str]) -> None:
    """Print the result: ``record`` as JSON where that was asked for, else ``lines``."""
    if options.json:
        json.dump(record, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{_harmless(line)}\n" for line in lines)


def say(message: str) -> None:
    """Tell the person something that is not the result."""
    sys.stderr.write(f"{_harmless(message)}\n")


def _harmless(line: str) -> str:
    """Return a line without what steers a terminal or turns the direction of writing: strangers' words may hold it."""
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}" if found[0] not in "\n\t\r" else " ", line)
