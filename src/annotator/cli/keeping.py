"""The commands about the evidence of a capture: what is kept of it, its original, and whether that is unchanged."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, looking_at, put, say, version_named

if TYPE_CHECKING:
    from annotator.domain.evidence import Evidence


def add_to(commands: Commands) -> None:
    """Declare ``evidence`` and ``original``."""
    kept = commands.add(
        "evidence",
        _evidence,
        "Show what is kept of a source: where it came from and when, how that is known, digests, what read it.",
        "evidence case.annotator 01902d3e-…",
    )
    kept.add_argument("project", type=Path)
    kept.add_argument("id", help="the id of a version, or the title or the id of a source: its newest version")
    saved = commands.add(
        "original",
        _original,
        "Check that the original of a version is unchanged, and save it unless no OUT is given; exit code 1 if it is altered.",
        "original case.annotator 01902d3e-… page.html",
    )
    saved.add_argument("project", type=Path)
    saved.add_argument("id", help="the id of a version, or the title or the id of a source: its newest version")
    saved.add_argument("out", nargs="?", type=Path, metavar="OUT", help="where to write the bytes as they came")


def _evidence(options: argparse.Namespace) -> int:
    from annotator.domain.import_warnings import warning_sentences

    with looking_at(options.project) as project:
        kept = project.evidence(version_named(project, options.id))
    noticed = warning_sentences(kept.version.warnings)
    lines = [_line(fact.label, fact.value, fact.basis) for fact in kept.facts()]
    put(options, _record(kept), [*lines, *(_line("Noticed", sentence, "") for sentence in noticed)])
    if kept.altered:
        say("The original is altered: the bytes that are stored are not those that were taken in.")
    return 0


def _original(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        version = version_named(project, options.id)
        found = project.check_original(version)
        if options.out is not None:
            project.save_original(version, options.out)
    put(
        options,
        {"recorded": found.recorded, "found": found.found, "altered": found.altered},
        [f"{found.recorded}  {options.out or ''}".rstrip()],
    )
    say(found.sentence)
    return 1 if found.altered else 0


def _line(label: str, value: str, basis: str) -> str:
    known = f"  (known from: {basis})" if basis else ""
    return f"{label}: {'; '.join(value.splitlines())}{known}"


def _record(kept: Evidence) -> dict[str, object]:
    from annotator.domain.codec import to_plain
    from annotator.domain.import_warnings import warning_sentences

    return {
        "version": to_plain(kept.version),
        "imported_by": kept.importer,
        "engines": {engine: list(pages) for engine, pages in kept.engines},
        "altered": kept.altered,
        "warnings": list(warning_sentences(kept.version.warnings)),
    }
