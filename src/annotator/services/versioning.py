"""New versions of a source: taking one in, finding every passage again in it, and settling what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.anchoring import Anchor, AnchorDecision, AnchorState, VersionReport
from annotator.domain.change import Write
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import Digest, EntityId, digest_of
from annotator.domain.passage import fragments_of
from annotator.domain.rows import AnchorRow
from annotator.domain.source import Source, Version
from annotator.services.anchoring import Anchoring, stop_when
from annotator.services.base import Outcome, created, existing
from annotator.services.importing import Cancelled, Importing, Progress
from annotator.services.importing_given import Given, read_given
from annotator.services.importing_written import new_version, newest_version
from annotator.services.withdrawing import brought_back, withdrawn
from annotator.store import anchoring, passage_rows
from annotator.store.reader import Reader

Spans = Sequence[tuple[int, int]]


class Versioning(Importing):
    """The job of following a source that changes."""

    def add_version(
        self,
        source: EntityId,
        given: Given,
        *,
        url: str = "",
        encoding: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> VersionReport:
        """Take a file, or a name and its bytes, in as the next version of a source, and find every passage again in it.

        Version and anchors are one change. No passage moves: where one stands in the new text is told by its anchor.
        The bytes of a version of this source that is here add none. ``progress`` gets (pages done, pages).
        Raises ``ImportFailedError`` with what to do, ``CancelledError``, ``NotFoundError``.
        """
        reader = self.store.read()
        source_id = existing(reader, Source, source).id
        original = read_given(given)
        known = _with_original(reader, source_id, digest_of(original.data))
        if known is not None and not encoding:
            return self.find_again(known.id, cancelled=cancelled)
        read = self._parsed(original, encoding=encoding, progress=progress, cancelled=cancelled)
        found = self._looked_for(source_id, read, digest_of(original.data), cancelled)

        def plan(reader: Reader) -> Outcome[Version]:
            after = newest_version(reader, source_id)
            version = new_version(source_id, read, after=after, url=url)
            return found.added(reader, Outcome(version, (created(version),), read.blobs))

        version = self.do("add_version", plan)
        return self.version_report(version.id)

    def find_again(self, version: EntityId, *, cancelled: Cancelled | None = None) -> VersionReport:
        """Look for the passages of a source that have no anchor in one of its versions yet, and tell of all that have one.

        There are such when a colleague's passages on an older version came in with a bundle, or when one was made there
        later. One change, none where there is nothing to look for. Raises ``NotFoundError``, ``CancelledError``.
        """
        reader = self.store.read()
        here = existing(reader, Version, version)
        if anchoring.lacking_count(reader, here.source_id, here.text):
            found = Anchoring(here.source_id, reader.text(here.text), here.original, stop_when(cancelled))
            found.prepare(reader)
            self.do("find_again", lambda reader: Outcome(None, found.writes(reader)))
        return self.version_report(version)

    def not_looked_for(self, version: EntityId) -> int:
        """Return how many passages of the source of a version have no anchor in it yet. Raises ``NotFoundError``."""
        reader = self.store.read()
        here = existing(reader, Version, version)
        return anchoring.lacking_count(reader, here.source_id, here.text)

    def version_report(self, version: EntityId) -> VersionReport:
        """Return how the passages of other versions were found again in this one. Raises ``NotFoundError``."""
        rows = self.anchors(version)
        by_state = {state.value: tuple(row.passage for row in rows if row.state is state) for state in AnchorState}
        return VersionReport(
            version=existing(self.store.read(), Version, version),
            unsettled=tuple(row.id for row in rows if not row.is_settled),
            **by_state,
        )

    def anchors(self, version: EntityId) -> tuple[AnchorRow, ...]:
        """Return where passages of other versions stand in this one, in the order of their texts. Raises ``NotFoundError``."""
        existing(self.store.read(), Version, version)
        return passage_rows.anchors(self.store.read(), version)

    # -- settling

    def accept_anchor(self, anchor: EntityId) -> Anchor:
        """Accept the words that were found in the new version as those of the passage.

        Raises ``NotFoundError``; ``WrongArgumentError`` where none were found.
        """

        def plan(reader: Reader) -> Outcome[Anchor]:
            found = existing(reader, Anchor, anchor)
            if not found.fragments:
                raise WrongArgumentError(
                    argument="anchor", problem="no words were found for it", allowed="one with words in the new version"
                )
            return _decided(reader, found, AnchorDecision.ACCEPTED)

        return self.do("accept_anchor", plan)

    def move_anchor(self, anchor: EntityId, spans: Spans) -> Anchor:
        """Say where a passage stands in the new version: half-open code point ``spans`` of its text.

        Raises ``WrongArgumentError`` (outside the text, empty, overlapping, half a grapheme), ``NotFoundError``.
        """

        def plan(reader: Reader) -> Outcome[Anchor]:
            found = existing(reader, Anchor, anchor)
            placed = fragments_of(reader.text(found.text), spans)
            return _decided(reader, replace(found, placed=placed), AnchorDecision.PLACED)

        return self.do("move_anchor", plan)

    def keep_anchor(self, anchor: EntityId) -> Anchor:
        """Leave a passage on the version it was highlighted in: it stands nowhere in the new one. Raises ``NotFoundError``."""

        def plan(reader: Reader) -> Outcome[Anchor]:
            return _decided(reader, existing(reader, Anchor, anchor), AnchorDecision.KEPT)

        return self.do("keep_anchor", plan)

    def withdraw_anchor(self, anchor: EntityId, reason: str) -> Anchor:
        """Withdraw the linkages that rest on a passage, as its words no longer stand in the new version; a reason is needed.

        Whatever else is decided on it later brings them back.
        Raises ``WrongArgumentError``, ``NotFoundError``.
        """
        if not reason.strip():
            raise WrongArgumentError(
                argument="reason", problem="it is empty", allowed="why the linkages no longer stand"
            )

        def plan(reader: Reader) -> Outcome[Anchor]:
            outcome = _decided(reader, existing(reader, Anchor, anchor), AnchorDecision.WITHDRAWN)
            return Outcome(outcome.value, (*outcome.writes, *withdrawn(reader, outcome.value.passage, reason)))

        return self.do("withdraw_anchor", plan)


def _decided(reader: Reader, found: Anchor, decision: AnchorDecision) -> Outcome[Anchor]:
    """Return an anchor with a decision, and what it takes back of the one before: words placed by hand, and a withdrawal."""
    placed = found.placed if decision is AnchorDecision.PLACED else ()
    decided = replace(found, decision=decision, placed=placed)
    fields = created(decided).fields
    write = Write(found.id, found.kind, {name: fields.get(name) for name in ("decision", "placed")})
    is_taken_back = found.decision is AnchorDecision.WITHDRAWN and decision is not AnchorDecision.WITHDRAWN
    back = brought_back(reader, found.passage, found.id) if is_taken_back else ()
    return Outcome(decided, (write, *back))


def _with_original(reader: Reader, source: EntityId, original: Digest) -> Version | None:
    found = (version for version in reader.all(Version) if version.source_id == source and version.original == original)
    return next(found, None)
