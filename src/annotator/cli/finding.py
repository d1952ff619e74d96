"""The command that finds words in one source."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.cli.shared import Commands, looking_at, put, say, version_named

_AROUND = 40


def add_to(commands: Commands) -> None:
    """Declare ``find``."""
    found = commands.add(
        "find",
        _find,
        "Find words in one source: every place, with the words around it.",
        'find case.annotator "The review" "per cent"',
    )
    found.add_argument("project", type=Path)
    found.add_argument("source", help="the title or the id of a source, or the id of a version")
    found.add_argument("query")
    found.add_argument("--regex", action="store_true", help="the query is a regular expression")
    found.add_argument("--words", action="store_true", help="finds whole words only")
    found.add_argument("--case", action="store_true", help="tells capital and small letters apart")
    found.add_argument("--exact", action="store_true", help="tells accents, ligatures and kinds of quotes apart")


def _find(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        version = version_named(project, options.source)
        text = project.text(version)
        places = project.find(
            version,
            options.query,
            case=options.case,
            words=options.words,
            fold=not options.exact,
            regex=options.regex,
        )
    records = [{"version": version, "start": each.start, "end": each.end, "quote": each.quote} for each in places]
    put(options, records, (_line(text, each.start, each.end) for each in places))
    if not places:
        say("Nothing found.")
    return 0


def _line(text: str, start: int, end: int) -> str:
    """Return a place in one line: its code points, and the words in their surroundings."""
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    words = (
        f"{'…' if start > _AROUND else ''}{before}[{text[start:end]}]{after}{'…' if end + _AROUND < len(text) else ''}"
    )
    return f"{start}-{end}  {' '.join(words.split())}"
