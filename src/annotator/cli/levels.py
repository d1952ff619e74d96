"""The command and the options for levels of other people's scales."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, add_name, looking_at, put, say

if TYPE_CHECKING:
    from annotator.domain.foreign_scales import ForeignLevel
    from annotator.services.mapping_levels import Choices


def add_to(commands: Commands) -> None:
    """Declare ``levels``."""
    given = commands.add(
        "levels",
        _levels,
        "List the levels of other people’s scales, and say what they are here.",
        "levels case.annotator --map verdict:half_true=conflicting_evidence --annotator Ada",
    )
    given.add_argument("project", type=Path)
    add_levels(given)
    add_name(given)


def add_levels(parser: argparse.ArgumentParser) -> None:
    """Declare the options that map and raise levels."""
    parser.add_argument(
        "--map", action="append", default=[], metavar="SCALE:CODE=OURS", help="a level of theirs means this one of ours"
    )
    parser.add_argument(
        "--raise",
        action="append",
        default=[],
        dest="raised",
        metavar="SCALE:CODE",
        help="add a level of theirs to our scale",
    )


def chosen_levels(options: argparse.Namespace) -> Choices:
    """Return what the options say of levels; raises ``WrongArgumentError``."""
    from annotator.domain.foreign_scales import RAISED
    from annotator.services.mapping_levels import parsed_choices

    said = {theirs: ours for theirs, _, ours in (each.partition("=") for each in options.map)}
    return parsed_choices(said | dict.fromkeys(options.raised, RAISED))


def level_lines(levels: Iterable[ForeignLevel]) -> Iterator[str]:
    """Yield a line for each level of other people's scales."""
    for each in levels:
        meant = f"means our {each.mapped}" if each.mapped else "stands as it is, for nothing of ours"
        others = f"; other teams say that it means our {', '.join(each.otherwise)}" if each.otherwise else ""
        yield f"  their level {each.name}:{each.level.code} “{each.words}” of “{each.scale}” {meant}{others}"


def _levels(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.services.project import open_project

    choices = chosen_levels(options)
    if choices:
        with open_project(options.project, annotator=options.annotator) as project:
            found = project.map_levels(choices)
    else:
        with looking_at(options.project) as project:
            found = project.foreign_levels()
    put(options, to_plain(found), level_lines(found))
    if not found:
        say("No scale that came with a bundle has other levels than ours.")
    return 0
