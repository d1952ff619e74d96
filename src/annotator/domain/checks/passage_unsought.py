"""Judgements on words that nobody has looked for in the newest version of their source."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.anchoring import anchor_id_of
from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.words import shortened
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import Digest
from annotator.domain.passage import Passage
from annotator.domain.wording import called


class PassageUnsought(Check):
    """A linkage that stands rests on a passage that was not looked for yet in the newest version of its source.

    That is so after a merge: of a colleague's passages on an older version, or where two took in different versions.
    """

    code = "passage-unsought"
    title = "Not looked for in the newest version"
    sentence = (
        "{quote}, on which a judgement by {who} rests, was not looked for yet in the newest version of “{source}”."
    )
    advice = "Compare the versions and let it be looked for; then settle what changed."
    levels = (Severity.WARNING,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every passage of a standing linkage for the newest text of each source that has its own."""
        if len(case.versions) == len(case.sources):
            return
        for linkage in case.standing:
            for passage in filter(None, map(case.passages.get, linkage.passage_ids)):
                text = _where_unsought(case, passage)
                if text is not None:
                    yield self.finding(
                        linkage,
                        claim=linkage.claim_id,
                        others={passage.id},
                        data={
                            "quote": called(passage, lambda _: None)
                            if passage.area
                            else f"“{shortened(passage.quote)}”",
                            "who": case.person(linkage.annotator_id),
                            "source": case.title_of_text(text),
                        },
                    )


def _where_unsought(case: Case, passage: Passage) -> Digest | None:
    """Return the newest text of a source in which a passage has, as it is now, no anchor."""
    texts = sorted(case.newest_texts.get(passage.text, set()) - {passage.text})
    return next((text for text in texts if anchor_id_of(passage, text) not in case.anchors), None)
