"""Judgements that rest on words which changed, or are gone, in the newest version of their source."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.anchoring import Anchor, AnchorState, anchor_id_of
from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.words import shortened
from annotator.domain.finding import Finding, Severity
from annotator.domain.passage import Passage
from annotator.domain.wording import called


class PassageChanged(Check):
    """A linkage that stands rests on a passage whose words are others in the newest version, and nobody has decided on it.

    What a person accepted, placed or kept on its own version is left alone.
    """

    code = "passage-changed"
    title = "The words have changed since"
    sentence = "{quote}, on which a judgement by {who} rests, reads otherwise in the newest version of “{source}”."
    more = ("{quote}, on which a judgement by {who} rests, is not in the newest version of “{source}” any more.",)
    advice = (
        "Compare the versions, then accept the new words, place the passage anew, keep it on its version, or withdraw."
    )
    levels = (Severity.WARNING,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at every passage of a standing linkage for its anchor in the newest text of each source that has its own."""
        if not case.anchors:
            return
        for linkage in case.standing:
            for id_ in linkage.passage_ids:
                passage = case.passages.get(id_)
                anchor = _waiting(case, passage) if passage else None
                if passage is None or anchor is None:
                    continue
                yield self.finding(
                    linkage,
                    claim=linkage.claim_id,
                    others={passage.id},
                    data={
                        "quote": called(passage, lambda _: None) if passage.area else f"“{shortened(passage.quote)}”",
                        "who": case.person(linkage.annotator_id),
                        "source": case.title_of_text(anchor.text),
                    },
                    sentence=self.more[0] if anchor.state is AnchorState.ORPHANED else "",
                )


def _waiting(case: Case, passage: Passage) -> Anchor | None:
    """Return the anchor of a passage in a newest text on which somebody has yet to decide."""
    texts = case.newest_texts.get(passage.text, set())
    found = (case.anchors.get(anchor_id_of(passage, text)) for text in sorted(texts) if text != passage.text)
    return next((anchor for anchor in found if anchor is not None and not anchor.is_settled), None)
