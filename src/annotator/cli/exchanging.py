"""The commands that give the work away and keep it safe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.cli.shared import Commands, Progress, add_allowance, looking_at, put, say
from annotator.cli.signatures import signature_lines, signature_record, signing_lines

if TYPE_CHECKING:
    from annotator.domain.codec import Json
    from annotator.domain.comparing import Comparison
    from annotator.domain.exchanging import ExportPreview
    from annotator.domain.ids import EntityId
    from annotator.services.exchanging import BundleScope

_PARTS = ("originals", "notes", "names")
"""What may be left out of a bundle."""


def add_to(commands: Commands) -> None:
    """Declare ``export``, ``verify``, ``backup`` and ``repair``."""
    _add_export(commands)
    checked = commands.add(
        "verify", _verify, "Check that nothing in a project or bundle was altered.", "verify case.bundle.zip"
    )
    checked.add_argument("path", type=Path, metavar="PROJECT|BUNDLE")
    checked.add_argument(
        "--against",
        type=Path,
        metavar="BUNDLE",
        help="a bundle kept elsewhere: is all that it holds still in the project?",
    )
    add_allowance(checked)
    kept = commands.add("backup", _backup, "Write a verified backup beside the project.", "backup case.annotator")
    kept.add_argument("project", type=Path)
    mended = commands.add("repair", _repair, "Rebuild the current tables from the history.", "repair case.annotator")
    mended.add_argument("project", type=Path)


def _add_export(commands: Commands) -> None:
    given = commands.add(
        "export",
        _export,
        "Give the work away in another form.",
        "export case.annotator bundle case.bundle.zip --since 'The Desk' --without names,originals --dry-run",
    )
    given.add_argument("project", type=Path)
    given.add_argument(
        "format",
        help="bundle, html, report-pdf, csv, webannotation, claimreview, hypothesis, markdown, xlsx, qdpx, qdc, pdf-pages",
    )
    given.add_argument("out", type=Path)
    given.add_argument(
        "--claim", action="append", default=[], metavar="ID", help="only this claim; for a bundle any number of them"
    )
    given.add_argument(
        "--work-of", action="append", default=[], metavar="NAME", help="for bundle: only the work of this person"
    )
    given.add_argument("--since", default="", metavar="TEAM", help="for bundle: only what came since the last exchange")
    given.add_argument("--team", default="", help="for bundle: for whom it is, for the log")
    given.add_argument(
        "--without",
        default="",
        metavar="WHAT",
        help=f"what to leave out, of {', '.join(_PARTS)}; all but names for bundle only",
    )
    given.add_argument("--dry-run", action="store_true", help="for bundle: only say what would go out")
    given.add_argument("--annotator", default="", help="for bundle: your name, with whose key it is signed")


def _export(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import BUNDLE, BundleScope

    with looking_at(options.project, options.annotator) as project:
        progress = Progress(sys.stderr)
        given: dict[str, Any] = {"scope": _scope(options)}
        if options.format == BUNDLE.code:
            given["team"] = options.team
        else:
            given = {"claim": _one_claim(options), "scope": BundleScope(names=given["scope"].names)}
        if options.dry_run:
            preview = project.preview_export(given["scope"], progress=progress.pages)
            progress.end()
            put(options, _plain(preview), [*_preview_lines(preview), "Nothing was written."])
            return 0
        out = project.export(options.format, options.out, progress=progress.pages, **given)
        progress.end()
        signing = project.signing() if options.format == "bundle" else None
    record = {"format": options.format, "path": str(out)}
    put(options, record | {"signed": signing is not None and signing.own is not None}, [str(out)])
    for line in signing_lines(signing) if signing else ():
        say(line)
    return 0


def _scope(options: argparse.Namespace) -> BundleScope:
    """Return what a bundle is to hold; raises ``WrongArgumentError`` for what cannot be left out."""
    from annotator.domain.errors import WrongArgumentError
    from annotator.services.exchanging import BundleScope

    left = {word.strip() for word in options.without.split(",") if word.strip()}
    for word in sorted(left.difference(_PARTS)):
        raise WrongArgumentError(argument="without", problem=f"“{word}” is not known", allowed=", ".join(_PARTS))
    return BundleScope(
        claims=tuple(options.claim),
        annotators=tuple(options.work_of),
        since=options.since,
        originals="originals" not in left,
        notes="notes" not in left,
        names="names" not in left,
    )


def _one_claim(options: argparse.Namespace) -> EntityId | None:
    """Return the claim that another format is limited to; raises ``WrongArgumentError`` for what only a bundle can."""
    from annotator.domain.errors import WrongArgumentError

    for name in ("work_of", "since", "team", "without", "dry_run"):
        if getattr(options, name) and not (name == "without" and options.without.strip() == "names"):
            argument = name.replace("_", "-")
            raise WrongArgumentError(argument=argument, problem="it is for bundles", allowed="the format “bundle”")
    if len(options.claim) > 1:
        raise WrongArgumentError(argument="claim", problem="there are several", allowed="one, or the format “bundle”")
    return options.claim[0] if options.claim else None


def _plain(preview: ExportPreview) -> Json:
    from annotator.domain.codec import to_plain

    return to_plain(preview)


def _preview_lines(preview: ExportPreview) -> Iterator[str]:
    """Yield in words what would go out and what stays."""
    yield f"{'':<12} {'goes':>7} {'stays':>7}"
    for each in preview.kinds:
        yield f"{each.kind:<12} {each.going:>7} {each.staying:>7}  {'; '.join(each.examples)}".rstrip()
    for left in preview.withheld:
        yield f"  stays here: {left.count} × {left.kind}: {left.reason}"
    yield f"Headers of {preview.changes} changes go always. Names that go: {', '.join(preview.people) or 'none'}."
    yield f"Texts: {preview.texts}, originals: {preview.originals}; {preview.size} bytes."


def _verify(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.services.comparing import compare_file
    from annotator.services.exchanging import BundleReport, verify_file

    progress = Progress(sys.stderr)
    report = verify_file(options.path, allow=options.allow, progress=progress.pages)
    progress.end()
    record = {"path": str(options.path), "unaltered": True, **to_plain(report)}
    lines = [f"{options.path}: nothing was altered."]
    signature = report.signature if isinstance(report, BundleReport) else None
    if signature is not None:
        record["signature"] = signature_record(signature)
        lines += signature_lines(signature)
    if options.against is None:
        put(options, record, lines)
        return 1 if signature is not None and signature.refused else 0
    found = compare_file(options.path, options.against, progress=progress.pages)
    progress.end()
    put(options, {**record, "against": to_plain(found)}, [*lines, *_compared(found)])
    return 0 if found.whole else 1


def _compared(found: Comparison) -> list[str]:
    """Return in words whether all that a bundle holds is in the project."""
    if found.whole:
        since = "1 change was" if found.newer == 1 else f"{found.newer} changes were"
        return [f"All {found.changes} changes of {found.name} are here; {since} made since."]
    lines = [f"{len(found.missing)} of the {found.changes} changes of {found.name} are not here:"]
    lines += [f"  {each.header.at} {each.header.label} ({each.id[:12]})" for each in found.examples]
    more = len(found.missing) - len(found.examples)
    return [*lines, f"  and {more} more"] if more else lines


def _backup(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import backup

    path = backup(options.project)
    put(options, {"backup": str(path)}, [str(path)])
    return 0


def _repair(options: argparse.Namespace) -> int:
    from annotator.services.exchanging import repair

    lines = repair(options.project)
    put(options, {"repaired": lines}, lines or ["Nothing had to be repaired."])
    return 0
