"""The command that corrects which parts of a text are its article."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, add_name, put, say, version_named

if TYPE_CHECKING:
    from annotator.domain.structure import Block

_WORDS = 60


def add_to(commands: Commands) -> None:
    """Declare ``mark-blocks``."""
    marked = commands.add(
        "mark-blocks",
        _mark,
        "List the blocks of a text with their code points; with spans, say of the blocks that they touch that they are part of "
        "the article, or with --not that they are not: one step in the history.",
        "mark-blocks case.annotator 01902d3e-… 120-480 --not",
    )
    marked.add_argument("project", type=Path)
    marked.add_argument("id", help="a version, or a source: then its newest version")
    marked.add_argument("spans", nargs="*", metavar="START-END", help="code points, as they are listed")
    marked.add_argument("--not", dest="article", action="store_false", help="they are not part of the article")
    add_name(marked)


def _mark(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    spans = [_span(words) for words in options.spans]
    with open_project(options.project, annotator=options.annotator) as project:
        version = version_named(project, options.id)
        if spans:
            say(f"Blocks marked: {len(project.mark_blocks(version, spans, article=options.article))}")
        blocks, text = project.structure(version).blocks, project.text(version)
    shown = [block for block in blocks if not spans or _is_touched(block, spans)]
    put(options, [_record(block, text) for block in shown], [_line(block, text) for block in shown])
    return 0


def _span(words: str) -> tuple[int, int]:
    from annotator.domain.errors import WrongArgumentError

    start, _, end = words.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise WrongArgumentError(argument="START-END", problem=f"“{words}” is none", allowed="as in 120-480")
    return int(start), int(end)


def _is_touched(block: Block, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < block.end and block.start < end for start, end in spans)


def _record(block: Block, text: str) -> dict[str, object]:
    return {
        "start": block.start,
        "end": block.end,
        "kind": block.kind.value,
        "article": block.article,
        "label": block.label,
        "text": text[block.start : block.end],
    }


def _line(block: Block, text: str) -> str:
    words = " ".join(text[block.start : block.end].split())
    shown = words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
    return f"{block.start}-{block.end}  {'article' if block.article else block.label or 'other'}  {block.kind.value}: {shown}"
