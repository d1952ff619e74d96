"""The commands that audit a project: findings, waivers, reviews, agreement."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.lists import finding_line, finding_record
from annotator.cli.shared import Commands, Progress, add_name, looking_at, put
from annotator.domain.errors import WrongArgumentError
from annotator.domain.finding import Finding, Severity
from annotator.domain.review import Decision

if TYPE_CHECKING:
    from annotator.domain.agreement import Agreement

_COEFFICIENTS = {
    "percent": "per cent agreement",
    "cohen_kappa": "Cohen’s kappa",
    "fleiss_kappa": "Fleiss’ kappa",
    "alpha_nominal": "Krippendorff’s alpha (nominal)",
    "ac1": "Gwet’s AC1",
}
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFORMATION: "Information"}
_GRAVITY = tuple(Severity)


def add_to(commands: Commands) -> None:
    """Declare ``audit``, ``waive`` and ``review``."""
    audited = commands.add(
        "audit",
        _audit,
        "Show what the checks find, and how far annotators agree. Exit code 1 on errors that nobody waived.",
        "audit case.annotator --level warning",
    )
    audited.add_argument("project", type=Path)
    audited.add_argument("--all", action="store_true", help="show waived findings too, with the reasons")
    audited.add_argument(
        "--level",
        choices=[level.value for level in Severity],
        default=Severity.INFORMATION.value,
        help="the least grave level that is shown",
    )
    waived = commands.add(
        "waive",
        _waive,
        "Let a finding stand, and say why.",
        'waive case.annotator single-source 0197… --reason "The audit counted every bill."',
    )
    waived.add_argument("project", type=Path)
    waived.add_argument("code", help="the code of the check, as audit prints it")
    waived.add_argument("entity", help="the id of what the finding is about, as audit prints it")
    waived.add_argument("--reason", required=True, help="why the finding may stand")
    add_name(waived)
    reviewed = commands.add(
        "review",
        _review,
        "Decide on a linkage or conclusion of somebody else.",
        'review case.annotator 0197… contested --comment "Which May?"',
    )
    reviewed.add_argument("project", type=Path)
    reviewed.add_argument("entity", help="the id of the linkage or conclusion")
    reviewed.add_argument("decision", choices=[decision.value for decision in Decision])
    reviewed.add_argument("--comment", default="", help="what goes with the decision")
    add_name(reviewed)


def _audit(options: argparse.Namespace) -> int:
    with looking_at(options.project) as project:
        progress = Progress(sys.stderr)
        found = project.findings(waived=True, progress=progress.pages)
        progress.end()
        agreements = [project.agreement(unit) for unit in ("conclusion", "linkage")]
        conflicts = project.conflict_count()
    levels = _GRAVITY[: _GRAVITY.index(Severity(options.level)) + 1]
    shown = [each for each in found if each.level in levels and (options.all or each.waiver is None)]
    record = {
        "findings": [finding_record(each) for each in shown],
        "agreement": [_agreement_record(each) for each in agreements],
        "conflicts": conflicts,
    }
    disputed = [f"Fields in conflict: {conflicts}. To see them: annotator conflicts {options.project}", ""]
    put(options, record, [*_report(shown, found), *(disputed if conflicts else ()), *_agreement_lines(agreements)])
    errors = any(each.level is Severity.ERROR and each.waiver is None for each in found)
    return 1 if errors or conflicts else 0


def _waive(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.services.project import open_project

    with open_project(options.project, annotator=options.annotator) as project:
        found = project.findings(waived=True)
        _check("code", options.code, {each.code for each in found})
        about = [each for each in found if each.code == options.code]
        _check("entity", options.entity, {each.entity_id for each in about})
        wanted = [each for each in about if each.entity_id == options.entity]
        waivers = [project.waive(each, reason=options.reason) for each in wanted]
    put(
        options,
        [to_plain(waiver) for waiver in waivers],
        [f"{each.id}  {each.check}: {each.reason}" for each in waivers],
    )
    return 0


def _review(options: argparse.Namespace) -> int:
    from annotator.domain.codec import to_plain
    from annotator.services.project import open_project

    with open_project(options.project, annotator=options.annotator) as project:
        review = project.review(options.entity, options.decision, comment=options.comment)
    put(options, to_plain(review), [f"{review.id}  {review.decision}"])
    return 0


def _check(argument: str, given: str, found: Iterable[str]) -> None:
    if given not in found:
        allowed = ", ".join(sorted(found)) or "nothing: there is no finding"
        raise WrongArgumentError(argument=argument, problem=f"there is no finding of “{given}”", allowed=allowed)


def _report(shown: Iterable[Finding], found: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings under the headings of their levels."""
    by_level = {level: [each for each in shown if each.level is level] for level in Severity}
    for level, findings in by_level.items():
        if findings:
            yield f"{_HEADINGS[level]}: {len(findings)}"
            yield from (f"  {finding_line(each)}" for each in findings)
            yield ""
    waived = sum(each.waiver is not None for each in found)
    standing = [each for each in found if each.waiver is None]
    if not standing:
        yield "Nothing was found."
    if waived:
        yield f"Waived: {waived}"
    if waived or not standing:
        yield ""


def _agreement_record(agreement: Agreement) -> dict[str, object]:
    return {
        "unit": agreement.unit,
        "field": agreement.field,
        "n": agreement.n,
        "n_pair": agreement.n_pair,
        "annotators": [person.name for person in agreement.annotators],
        **{name: getattr(agreement, name) for name in _COEFFICIENTS},
        "intervals": {name: list(span) for name, span in agreement.intervals.items()},
        "categories": list(agreement.categories),
        "matrix": [list(row) for row in agreement.matrix],
    }


def _agreement_lines(agreements: Iterable[Agreement]) -> Iterator[str]:
    for agreement in agreements:
        yield f"Agreement on the {agreement.field} of {agreement.unit}s: {agreement.n} judged by two or more"
        if not agreement.n:
            continue
        for name, words in _COEFFICIENTS.items():
            yield f"  {words}: {_figure(agreement, name)}"


def _figure(agreement: Agreement, name: str) -> str:
    value = getattr(agreement, name)
    if value is None:
        return f"undefined. {agreement.undefined[name].words}"
    form = "{:.0f}" if name == "percent" else "{:.2f}"
    parts = [form.format(value)]
    if name in agreement.intervals:
        low, high = agreement.intervals[name]
        parts.append(f"({form.format(low)} to {form.format(high)})")
    if name == "cohen_kappa":
        parts.append(f"{' and '.join(person.name for person in agreement.annotators)}, n = {agreement.n_pair}")
    return " ".join(parts)
