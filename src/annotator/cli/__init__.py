"""The command line. Results go to standard output, messages and progress to standard error.

Each module holds one group of commands and adds them to the parser; whatever is slow to load is imported where it is used.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence

from annotator import __version__
from annotator.cli import (
    about,
    agents,
    auditing,
    claims,
    exchanging,
    finding,
    foreign,
    importing,
    keeping,
    keys,
    levels,
    looking,
    marking,
    merging,
    opening,
    versioning,
)
from annotator.cli.shared import Commands, say
from annotator.domain.errors import AnnotatorError

__all__ = ["new_parser", "run"]

_GROUPS = (
    opening,
    importing,
    foreign,
    keeping,
    versioning,
    looking,
    finding,
    marking,
    agents,
    claims,
    auditing,
    merging,
    levels,
    exchanging,
    keys,
    about,
)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 an error that was said, 2 wrong usage."""
    parser, names = new_parser()
    options = parser.parse_args(_with_command(arguments, names))
    try:
        code: int = options.run(options)
    except AnnotatorError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. Everything done so far is kept.")
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 nobody listens any more
        return 1
    return code


def new_parser() -> tuple[argparse.ArgumentParser, Iterable[str]]:
    """Return what reads the command line, and the names of the commands."""
    parser = argparse.ArgumentParser(
        prog="annotator",
        description="A workbench for people who check facts. Without a command it opens the window.",
        epilog="example: annotator import case.annotator article.html report.pdf",
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    commands = Commands(parser)
    for group in _GROUPS:
        group.add_to(commands)
    return parser, commands.names


def _with_command(arguments: Sequence[str], names: Iterable[str]) -> list[str]:
    """Put the command ``open`` before a lone project, so that ``annotator case.annotator`` opens the window."""
    first = arguments[0] if arguments else ""
    if first in (*names, "-h", "--help", "--version"):
        return list(arguments)
    return ["open", *arguments]
