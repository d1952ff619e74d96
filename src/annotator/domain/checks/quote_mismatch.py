"""Passages whose kept words are not those of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.checks.words import shortened
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import Digest
from annotator.domain.passage import Passage


class QuoteMismatch(Check):
    """The text between a fragment's offsets is not its stored quote. A text that the project does not hold is not judged."""

    code = "quote-mismatch"
    title = "Quotation mismatch"
    sentence = "The text at this place reads “{text}”, and the passage says “{quote}”."
    advice = "Look at the place in the source and highlight the words again."
    levels = (Severity.ERROR,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Compare text by text, so that one is held at a time."""
        by_text: dict[Digest, list[Passage]] = defaultdict(list)
        for passage in case.passages.values():
            by_text[passage.text].append(passage)
        for digest, passages in by_text.items():
            text = case.text(digest)
            if text is None:
                continue
            for passage in passages:
                for fragment in passage.fragments:
                    found = text[fragment.start : fragment.end]
                    if found != fragment.quote:
                        data: dict[str, object] = {"text": shortened(found), "quote": shortened(fragment.quote)}
                        yield self.finding(passage, claim=None, data=data)
                        break
