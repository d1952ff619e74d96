"""The commands that show what is in a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.cli.lists import LISTS
from annotator.cli.shared import Commands, looking_at, put, say


def add_to(commands: Commands) -> None:
    """Declare ``list``, ``search`` and ``quote``."""
    listed = commands.add("list", _list, "List what is in a project.", "list case.annotator claims --json")
    listed.add_argument("project", type=Path)
    listed.add_argument("what", nargs="?", choices=sorted(LISTS), default="sources")
    found = commands.add(
        "search", _search, "Search sources, passages, claims and rationales.", 'search case.annotator "credit score"'
    )
    found.add_argument("project", type=Path)
    found.add_argument("query")
    quoted = commands.add(
        "quote",
        _quote,
        "Check a quotation: where in the sources it stands, or nearly; exit code 1 when it is found nowhere.",
        'quote case.annotator "rose by 40 per cent"',
    )
    quoted.add_argument("project", type=Path)
    quoted.add_argument("words")


def _list(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        records, lines = LISTS[options.what](project)
    put(options, records, lines)
    return 0


def _search(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain

    with looking_at(options.project) as project:
        hits = project.search(options.query)
    put(options, [to_plain(hit) for hit in hits], [f"{hit.kind} {hit.entity_id}: {hit.snippet}" for hit in hits])
    if not hits:
        say("Nothing found.")
    return 0


def _quote(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain

    with looking_at(options.project) as project:
        check = project.check_quotation(options.words)
    lines = [f"{place.score:.0%}  {place.title}  “{' '.join(place.words.split())}”" for place in check.places]
    put(options, to_plain(check), lines)
    if check.looked_in < check.sources:
        say(f"Looked at the {check.looked_in} likeliest of {check.sources} sources.")
    if not check.places:
        say("Found nowhere.")
    return 0 if check.places else 1
