"""Runs the checks over a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.registry import checks
from annotator.domain.finding import Finding, Severity
from annotator.domain.review import Waiver

_GRAVITY = {severity: number for number, severity in enumerate(Severity)}

Key = tuple[object, ...]


def findings_of(
    case: Case, *, only: Iterable[Check] | None = None, progress: Callable[[int, int], None] | None = None
) -> tuple[Finding, ...]:
    """Return all that the checks find in a case: errors first, then by check, claim and entity.

    Each finding that a person lets stand has their waiver; waived ones are among the others. ``only`` are the checks to run
    instead of all; ``progress`` is told how many checks of how many are done.
    """
    chosen = tuple(checks().values() if only is None else only)
    waivers = _by_key(case.waivers.values())
    found: list[Finding] = []
    for done, check in enumerate(chosen, start=1):
        found += (finding.waived_by(waivers.get(finding.key)) for finding in check.run(case))
        if progress is not None:
            progress(done, len(chosen))
    return tuple(sorted(found, key=_place))


def _by_key(waivers: Iterable[Waiver]) -> dict[Key, Waiver]:
    """Return the waivers by the findings that they are about; of several the first."""
    found: dict[Key, Waiver] = {}
    for waiver in waivers:
        found.setdefault((waiver.check, waiver.about, waiver.others), waiver)
    return found


def _place(finding: Finding) -> Key:
    return _GRAVITY[finding.level], finding.code, finding.claim_id or "", finding.entity_id, finding.others
