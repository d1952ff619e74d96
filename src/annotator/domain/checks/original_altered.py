"""Originals that are no longer the bytes that were captured."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.words import shortened
from annotator.domain.finding import Finding, Severity


class OriginalAltered(Check):
    """The stored bytes of a version's original do not have the digest that was recorded when it was taken in.

    An original that this copy does not hold is not judged.
    """

    code = "original-altered"
    title = "Original altered"
    sentence = "The stored original of “{source}”, version {version}, is not the one that was taken in."
    advice = (
        "Go back to a backup or a bundle made before; what was judged on this source may not stand in the original."
    )
    levels = (Severity.ERROR,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at the original of every version."""
        altered = case.altered_originals()
        for version in case.versions.values():
            source = case.sources.get(version.source_id)
            if version.original in altered and source is not None:
                data: dict[str, object] = {"source": shortened(source.title), "version": version.sequence}
                yield self.finding(source, claim=None, others=(version.id,), data=data)
