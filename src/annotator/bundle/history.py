"""Checks the history of a bundle line by line: form, digests, seals, order, parents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.bundle.archive import Archive
from annotator.bundle.layout import HISTORY, LINES_A_PART, parts
from annotator.bundle.lines import ChangeLine, RevisionLine, decode_line
from annotator.bundle.references import References
from annotator.bundle.refusal import Refusal
from annotator.bundle.spool import Spool
from annotator.bundle.types import check_fields
from annotator.domain.change import FORMAT, Change, Header, decode_body, decode_header, encode_header, seal
from annotator.domain.entity import KINDS
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of, parse_entity_id
from annotator.domain.rows import Checkpoint


@dataclass(slots=True)
class _Open:
    """The change whose revisions are being read."""

    change: Change
    missing: int
    last: str = ""
    content: "hashlib._Hash" = field(default_factory=hashlib.sha256)


class HistoryCheck:
    """Reads the history into a spool and notes what it refers to. ``Refusal`` names the part and the line."""

    def __init__(self, archive: Archive, spool: Spool) -> None:
        self._archive = archive
        self._spool = spool
        self._generations: dict[bytes, int] = {}
        self._heads: set[ChangeId] = set()
        self._order = (0, "")
        self._open: _Open | None = None
        self.references = References()
        self.revisions = 0
        self.newest = ""

    def run(self) -> Checkpoint:
        """Read all parts and return the checkpoint that they come to."""
        name = HISTORY
        for name, number, data in self._lines():
            try:
                self._take(data)
            except ValueError as error:
                raise Refusal(name, f"line {number}: {error}") from error
        if self._open and self._open.missing:
            raise Refusal(name, f"ends before the last of the {self._open.change.header.revisions} revisions of its last change")
        self._close(name)
        return Checkpoint(heads=tuple(sorted(self._heads)), changes=len(self._generations))

    def _lines(self) -> Iterator[tuple[str, int, bytes]]:
        try:
            names = parts(HISTORY, self._archive.names)
        except ValueError as error:
            raise Refusal(str(error), "is missing") from error
        for name in names:
            number = 0
            for number, data in enumerate(self._archive.lines(name), 1):
                yield name, number, data
            if number != LINES_A_PART and (name != names[-1] or not 0 < number < LINES_A_PART):
                raise Refusal(name, f"has {number} lines; every part but the last has {LINES_A_PART}")

    def _take(self, data: bytes) -> None:
        line = decode_line(data)
        if isinstance(line, ChangeLine):
            self._close("")
            self._open = self._change(line)
        elif self._open is None or not self._open.missing:
            raise ValueError("is a revision more than its change has")
        else:
            self._revision(self._open, line, data)

    def _close(self, _name: str) -> None:
        if self._open is None:
            return
        header = self._open.change.header
        if self._open.missing:
            raise ValueError(f"comes before the last of the {header.revisions} revisions of the change above")
        if self._open.content.hexdigest() != header.content:
            raise ValueError("follows a change whose seal does not fit its revisions")
