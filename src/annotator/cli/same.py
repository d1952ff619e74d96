"""What commands have in common that say which things are one: the options, and doing what they ask for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import add_name, looking_at

if TYPE_CHECKING:
    from annotator.services.project import Project


def add_same(listed: argparse.ArgumentParser, metavar: str, joined: str) -> None:
    """Declare the project, ``--join`` and ``--part``; ``joined`` says what follows where two are one."""
    listed.add_argument("project", type=Path)
    which = listed.add_mutually_exclusive_group()
    which.add_argument("--join", nargs=2, metavar=(metavar, "OTHER"), help=f"they are one: {joined}")
    which.add_argument(
        "--part", nargs=2, metavar=(metavar, "OTHER"), help="they are not one, and are not suggested again"
    )
    add_name(listed)


def say_same(
    options: argparse.Namespace,
    decide: Callable[[Project, str, str], None],
    put_all: Callable[[argparse.Namespace, Project], None],
) -> int:
    """Do what the options ask for with ``decide``, which is given the project and two words, and list all that there is."""
    from annotator.services.project import open_project

    if options.join or options.part:
        with open_project(options.project, annotator=options.annotator) as project:
            decide(project, *(options.join or options.part))
            put_all(options, project)
        return 0
    with looking_at(options.project) as project:
        put_all(options, project)
    return 0
