"""What the checks say of the claims that are exported: what stands open, and what was waived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.checks.case import Case
from annotator.domain.checks.registry import checks
from annotator.domain.checks.running import findings_of
from annotator.domain.claim import Claim
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId
from annotator.exporters.base import ProjectView


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The findings on what is exported. ``checks`` is how many rules were applied, ``open`` is gravest first."""

    checks: int
    open: tuple[Finding, ...]
    waived: tuple[Finding, ...]

    def at(self, level: Severity) -> tuple[Finding, ...]:
        """Return the open findings of a level."""
        return tuple(finding for finding in self.open if finding.level is level)


def checked(view: ProjectView, claims: Iterable[Claim], *, is_all: bool) -> Checked:
    """Run the checks and return what they find on ``claims``; ``is_all`` takes what belongs to no claim, too."""
    wanted: set[EntityId | None] = {claim.id for claim in claims}
    if is_all:
        wanted.add(None)
    found = [finding for finding in findings_of(Case.of(view)) if finding.claim_id in wanted]
    return Checked(
        checks=len(checks()),
        open=tuple(finding for finding in found if finding.waiver is None),
        waived=tuple(finding for finding in found if finding.waiver is not None),
    )
