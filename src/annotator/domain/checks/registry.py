"""The checks there are: ours, and those that outside packages add by the entry point group ``annotator.checks``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from annotator.domain.checks.base import Check
from annotator.domain.checks.circular_sourcing import CircularSourcing
from annotator.domain.checks.common_origin import CommonOrigin
from annotator.domain.checks.conclusion_stale import ConclusionStale
from annotator.domain.checks.disagreement import Disagreement
from annotator.domain.checks.duplicate_linkage import DuplicateLinkage
from annotator.domain.checks.inconsistent_linkage import InconsistentLinkage
from annotator.domain.checks.missing_rationale import MissingRationale
from annotator.domain.checks.original_altered import OriginalAltered
from annotator.domain.checks.passage_changed import PassageChanged
from annotator.domain.checks.passage_unsought import PassageUnsought
from annotator.domain.checks.quote_mismatch import QuoteMismatch
from annotator.domain.checks.scale_mismatch import ScaleMismatch
from annotator.domain.checks.self_review import SelfReview
from annotator.domain.checks.single_source import SingleSource
from annotator.domain.checks.stands_on_deleted import StandsOnDeleted
from annotator.domain.checks.verdict_without_evidence import VerdictWithoutEvidence

GROUP = "annotator.checks"

_OURS: tuple[Check, ...] = (
    QuoteMismatch(),
    OriginalAltered(),
    PassageChanged(),
    PassageUnsought(),
    VerdictWithoutEvidence(),
    MissingRationale(),
    InconsistentLinkage(),
    SingleSource(),
    CommonOrigin(),
    CircularSourcing(),
    Disagreement(),
    DuplicateLinkage(),
    SelfReview(),
    ConclusionStale(),
    ScaleMismatch(),
    StandsOnDeleted(),
)


@cache
def checks() -> dict[str, Check]:
    """Return every check by its code, ours first; an outside package does not replace one of ours.

    An entry point names an instance of ``Check``.
    """
    found = {check.code: check for check in _OURS}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        check: Check = point.load()
        found.setdefault(check.code, check)
    return found
