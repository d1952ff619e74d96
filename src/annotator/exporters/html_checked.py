"""The section of the report that says what was checked, what stands open, and what was waived for which reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.domain.people import pseudonym
from annotator.exporters.checked import Checked
from annotator.exporters.markup import Markup, join, tag

_LEVELS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFORMATION: ("remark", "remarks"),
}
_MOST = 100
"""Findings of one level that are listed; of further ones only the number is told."""


def checked_section(checked: Checked, linked: Mapping[EntityId, str], names: Mapping[EntityId, str]) -> Markup:
    """Return the section. ``linked`` are the anchors of the claims on the page, ``names`` those of the annotators."""
    told = [_counted(level, len(checked.at(level))) for level in Severity if checked.at(level)]
    rules = "1 rule was" if checked.checks == 1 else f"{checked.checks} rules were"
    standing = f"Open: {', '.join(told)}." if told else "Nothing stands open."
    waived = f" Waived: {len(checked.waived)}." if checked.waived else ""
    levels = (_level(level, checked.at(level), linked) for level in Severity if checked.at(level))
    return tag(
        "section",
        tag("h2", "What was checked"),
        tag("p", f"{rules} applied to the project as it stands. {standing}{waived}"),
        *levels,
        _waived(checked.waived, linked, names),
        id="checked",
    )


def _counted(level: Severity, number: int) -> str:
    return f"{number} {_LEVELS[level][number != 1]}"


def _level(level: Severity, findings: Sequence[Finding], linked: Mapping[EntityId, str]) -> Markup:
    return join(
        tag("h3", _LEVELS[level][1].capitalize()),
        tag("ul", *(tag("li", *_said(each, linked), dir="auto") for each in findings[:_MOST]), class_="checks"),
        _rest(findings),
    )


def _waived(
    findings: Sequence[Finding], linked: Mapping[EntityId, str], names: Mapping[EntityId, str]
) -> Markup | None:
    if not findings:
        return None
    items = (
        tag("li", *_said(each, linked), tag("br"), tag("strong", "Waived"),
            f" by {names.get(each.waiver.annotator_id, pseudonym(each.waiver.annotator_id))}: {each.waiver.reason}", dir="auto")
        for each in findings[:_MOST] if each.waiver
    )  # fmt: skip
    return join(tag("h3", "Waived"), tag("ul", *items, class_="checks"), _rest(findings))


def _said(finding: Finding, linked: Mapping[EntityId, str]) -> Collection[Markup | str]:
    anchor = linked.get(finding.claim_id) if finding.claim_id else None
    title = tag("a", finding.title, href=f"#{anchor}") if anchor else finding.title
    return tag("strong", title), f": {finding.message}"


def _rest(findings: Sequence[Finding]) -> Markup | None:
    return tag("p", f"And {len(findings) - _MOST} more.", class_="meta") if len(findings) > _MOST else None
