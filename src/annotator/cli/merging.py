"""The commands for what colleagues did: merging a bundle, conflicts, what is new."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.levels import add_levels, chosen_levels, level_lines
from annotator.cli.shared import Commands, Progress, add_allowance, add_name, looking_at, put, say
from annotator.cli.signatures import signature_lines, signature_record

if TYPE_CHECKING:
    from annotator.domain.codec import Json
    from annotator.domain.conflict import Conflict
    from annotator.domain.merging import Exchanged, MergePlan, News
    from annotator.services.project import Project


def add_to(commands: Commands) -> None:
    """Declare ``merge``, ``open-bundle``, what is done with their log, with conflicts, and ``news``."""
    _add_bundles(commands)
    listed = commands.add(
        "conflicts", _conflicts, "List the fields that hold several values.", "conflicts case.annotator"
    )
    listed.add_argument("project", type=Path)
    settled = commands.add(
        "settle",
        _settle,
        "Give a field that is in conflict one value.",
        "settle case.annotator 0190… verdict --theirs --annotator Ada",
    )
    settled.add_argument("project", type=Path)
    settled.add_argument("entity", help="the id that “conflicts” names")
    settled.add_argument("field")
    settled.add_argument("value", nargs="?", help="the value, as JSON or as plain words")
    settled.add_argument("--ours", action="store_true", help="take the value that was here")
    settled.add_argument("--theirs", action="store_true", help="take the value that came with a bundle")
    add_name(settled)
    _add_settle_all(commands)
    new = commands.add("news", _news, "List what came in and was not looked at yet.", "news case.annotator --seen")
    new.add_argument("project", type=Path)
    new.add_argument("--seen", action="store_true", help="note that all of it was looked at")


def _add_settle_all(commands: Commands) -> None:
    alike = commands.add(
        "settle-all",
        _settle_all,
        "Settle conflicts all alike, as one step; without --yes only say which.",
        "settle-all case.annotator --theirs --kind conclusion --yes --annotator Ada",
    )
    alike.add_argument("project", type=Path)
    side = alike.add_mutually_exclusive_group(required=True)
    side.add_argument("--ours", action="store_const", dest="side", const="ours", help="take the values that were here")
    side.add_argument(
        "--theirs", action="store_const", dest="side", const="theirs", help="take those that came with a bundle"
    )
    alike.add_argument("--kind", default="", help="only of this kind: claim, linkage, conclusion …")
    alike.add_argument("--field", default="", help="only this field: text, verdict …")
    alike.add_argument("--by", default="", metavar="NAME", help="only where this person set one of the values")
    alike.add_argument("--claim", default="", metavar="ID", help="only this claim and what belongs to it")
    alike.add_argument("--yes", action="store_true", help="settle them")
    add_name(alike)


def _add_bundles(commands: Commands) -> None:
    merged = commands.add(
        "merge", _merge, "Take in a colleague’s bundle.", "merge case.annotator theirs.bundle.zip --dry-run"
    )
    merged.add_argument("project", type=Path)
    merged.add_argument("bundle", type=Path)
    merged.add_argument("--dry-run", action="store_true", help="only say what would come in")
    merged.add_argument("--team", default="", help="who gave it, for the log")
    _add_acceptance(merged)
    add_levels(merged)
    add_allowance(merged)
    opened = commands.add(
        "open-bundle", _open_bundle, "Make a project of a bundle.", "open-bundle theirs.bundle.zip theirs.annotator"
    )
    opened.add_argument("bundle", type=Path)
    opened.add_argument("project", type=Path)
    _add_acceptance(opened)
    add_allowance(opened)
    logged = commands.add(
        "exchanges", _exchanges, "List the bundles that came in and went out, by team.", "exchanges case.annotator"
    )
    logged.add_argument("project", type=Path)
    logged.add_argument("--team", default="", help="only those with this team")
    for name, does, text in (
        ("take-back", _take_back, "Set aside what came in with a bundle."),
        ("bring-back", _bring_back, "Let a bundle count again that was taken back."),
    ):
        added = commands.add(name, does, text, f"{name} case.annotator 3")
        added.add_argument("project", type=Path)
        added.add_argument("number", type=int, help="the number that “exchanges” shows")


def _add_acceptance(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept-signature",
        action="store_true",
        help="take its key for its sender’s from now on; or take it although it is not signed as you know it",
    )


def _merge(options: argparse.Namespace) -> int:
    progress = Progress(sys.stderr)
    with looking_at(options.project) as project:
        plan = project.plan_merge(options.bundle, allow=options.allow, progress=progress.pages)
        progress.end()
        record: dict[str, Json] = _planned(plan)
        lines = list(_plan_lines(plan))
        if options.dry_run:
            plan.close()
            put(options, record, [*lines, "Nothing was changed."])
            return 0
        try:
            merged = project.merge(
                plan,
                team=options.team,
                levels=chosen_levels(options),
                accept_signature=options.accept_signature,
                progress=progress.pages,
            )
        finally:
            plan.close()
        progress.end()
        record |= {"number": merged.number, "backup": str(merged.backup or ""), "conflicting_fields": merged.conflicts}
        if merged.number:
            lines.append(f"Merged as number {merged.number}.")
        if merged.backup:
            lines.append(f"Backup made before: {merged.backup}")
        if merged.conflicts:
            lines.append(
                f"Fields in conflict now: {merged.conflicts}. To see them: annotator conflicts {options.project}"
            )
        put(options, record, lines)
    return 0


def _planned(plan: MergePlan) -> dict[str, Json]:
    from annotator.domain.codec import to_plain

    return {
        "bundle": str(plan.path),
        "bundle_id": plan.bundle_id,
        "people": list(plan.people),
        "changes": plan.changes,
        "known": plan.known,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": len(plan.same),
        "kinds": to_plain(plan.tallies),
        "conflicts": to_plain(plan.conflicts),
        "examples": to_plain(plan.examples),
        "scales": list(plan.scales),
        "withheld": plan.withheld,
        "stale": plan.stale,
        "limits": list(plan.limits),
        "signature": signature_record(plan.signature),
        "levels": to_plain(plan.levels),
    }


def _plan_lines(plan: MergePlan) -> Iterator[str]:
    yield from signature_lines(plan.signature)
    if not plan.brings:
        yield f"{plan.name}: everything in it is here already."
        return
    yield f"{plan.name}: new changes: {plan.changes}, by {', '.join(plan.people)}; here already: {plan.known}."
    yield f"{'':<12} {'new':>7} {'changed':>8} {'conflict':>9} {'same':>7}"
    for tally in plan.tallies:
        yield f"{tally.kind:<12} {tally.new:>7} {tally.changed:>8} {tally.conflicts:>9} {tally.same:>7}"
    for example in plan.examples:
        yield f"  {_what(example)}: {example.kind} {example.label} ({example.annotator})"
    for scale in plan.scales:
        yield f"  another scale comes along, its values are kept as they are: {scale}"
    yield from level_lines(plan.levels)
    if plan.withheld:
        yield f"  withheld: {plan.withheld}, of which only comes that they exist"
    if plan.stale:
        yield f"  changed since, and the later words withheld: {plan.stale}"
    for conflict in plan.conflicts:
        yield from _conflict_lines(conflict)


def _what(news: News) -> str:
    return "deleted" if news.is_deleted else "new" if news.is_new else "changed"


def _conflict_lines(conflict: Conflict) -> Iterator[str]:
    yield f"{conflict.entity_id}  {conflict.kind} {conflict.label}, {conflict.field}:"
    yield f"    before: {_shown(conflict.base)}"
    for side in conflict.sides:
        yield f"    {'theirs' if side.theirs else 'ours':<6}: {_shown(side.value)} ({side.annotator}, {side.at})"


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _open_bundle(options: argparse.Namespace) -> int:
    from annotator.services.opening import read_to_open

    progress, path = Progress(sys.stderr), options.project.absolute()
    with read_to_open(options.bundle, allow=options.allow, progress=progress.pages) as ready:
        ready.make(path, accept_signature=options.accept_signature, progress=progress.pages)
        progress.end()
        record = {"project": str(path), "signature": signature_record(ready.signature)}
        put(options, record, [*signature_lines(ready.signature), str(path)])
    return 0


def _conflicts(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain

    with looking_at(options.project) as project:
        found = project.conflicts()
    put(options, to_plain(found), [line for each in found for line in _conflict_lines(each)])
    if not found:
        say("No field is in conflict.")
    return 0


def _settle(options: argparse.Namespace) -> int:
    from annotator.services.project import open_project

    with open_project(options.project, annotator=options.annotator) as project:
        value = _chosen(project, options)
        project.settle(options.entity, options.field, value)
    settled = {"entity": options.entity, "field": options.field, "value": value}
    put(options, settled, [f"{options.field}: {_shown(value)}"])
    return 0


def _settle_all(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.domain.conflict import ConflictFilter
    from annotator.services.project import open_project

    which = ConflictFilter(kind=options.kind, field=options.field, annotator=options.by, claim=options.claim or None)
    with open_project(options.project, annotator=options.annotator) as project:
        found = project.settle_all(options.side, which, dry_run=not options.yes)
    lines = [f"{'settled' if options.yes else 'to settle'}: {_named(each)}" for each in found.settled]
    lines += [f"left standing, no single value on that side: {_named(each)}" for each in found.left]
    said = "Settled" if options.yes else "Nothing was changed; with --yes would be settled"
    put(options, to_plain(found), [*lines, f"{said}: {len(found.settled)}. Left standing: {len(found.left)}."])
    return 0


def _named(conflict: Conflict) -> str:
    return f"{conflict.entity_id}  {conflict.kind} {conflict.label}, {conflict.field}"


def _chosen(project: Project, options: argparse.Namespace) -> Json:
    """Return the value that the options name; raises ``WrongArgumentError`` unless there is exactly one."""
    from annotator.domain.errors import WrongArgumentError

    if (options.value is not None) + options.ours + options.theirs != 1:
        raise WrongArgumentError(
            argument="value", problem="none or several are named", allowed="VALUE, --ours, --theirs"
        )
    if options.value is not None:
        return _parsed(options.value)
    found = [each for each in project.conflicts(options.entity) if each.field == options.field]
    values = [side.value for each in found for side in each.sides if side.theirs == options.theirs]
    if len(values) != 1:
        raise WrongArgumentError(
            argument="--theirs" if options.theirs else "--ours",
            problem=f"{len(values)} such values stand for “{options.field}”",
            allowed="the value itself",
        )
    return values[0]


def _parsed(words: str) -> Json:
    try:
        return json.loads(words)
    except ValueError:
        return words


def _news(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain

    with looking_at(options.project) as project:
        found = project.news()
        if options.seen:
            project.look_at()
    lines = (f"{_what(each)}: {each.kind} {each.label} ({each.annotator})" for each in found)
    put(options, to_plain(found), lines)
    if not found:
        say("Nothing came in that was not looked at.")
    return 0


def _exchanges(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain

    with looking_at(options.project) as project:
        found = project.exchanges()
    if options.team:
        found = tuple(each for each in found if each.team.casefold() == options.team.casefold())
    put(options, to_plain(found), map(_exchange_line, found))
    return 0


def _exchange_line(each: Exchanged) -> str:
    words = {"in": "merged", "out": "given away", "base": "opened from"}
    parts = [f"{each.changes} changes", *(f"{count} {kind}" for kind, count in each.note.kinds.items())]
    if each.note.limits:
        parts.append(f"limited to {', '.join(each.note.limits)}")
    if each.note.left_out:
        parts.append(f"without {', '.join(each.note.left_out)}")
    if each.sender:
        parts.append(f"signed by {each.sender}")
    if not each.stands:
        parts.append("taken back")
    if each.unseen:
        parts.append(f"{each.unseen} not looked at")
    with_whom = f" ({each.team})" if each.team else ""
    return f"{each.number:>3} {each.at[:16].replace('T', ' ')} {words[each.direction]} {each.name}{with_whom}: {', '.join(parts)}"


def _take_back(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        project.take_back(options.number)
    put(
        options,
        {"taken_back": options.number},
        [f"Bundle {options.number} is set aside; merging it again brings it back."],
    )
    return 0


def _bring_back(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        project.bring_back(options.number)
    put(options, {"brought_back": options.number}, [f"Bundle {options.number} counts again."])
    return 0
