"""Checks the history of a bundle line by line: form, order, parents, digests, seals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from annotator.bundle.ancestry import Ancestry
from annotator.bundle.archive import Archive
from annotator.bundle.entities import EntityCheck
from annotator.bundle.fields import check_fields, check_needed, whole
from annotator.bundle.known import KnownChanges
from annotator.bundle.layout import BAG_INFO, HISTORY, LINES_A_PART, parts
from annotator.bundle.lines import CHANGE, ChangeLine, RevisionLine, parse_line
from annotator.bundle.plain import Frame, frame_of
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, OverLimitError, Refusal
from annotator.bundle.scope import OFTEN_WITHHELD, Extent
from annotator.bundle.spool import Spool, Worth
from annotator.domain.change import DELETED, FORMAT, Body, Change, Checkpoint, Content, Header, body_of, sealed
from annotator.domain.codec import Json, from_plain
from annotator.domain.ids import ChangeId, digest_of, is_derived, parse_entity_id, to_bytes
from annotator.domain.kinds import KINDS, Annotator, Scale

_DIGEST = re.compile("[0-9a-f]{64}")
_TIME_LENGTH = 40
_STEP = 256
_KEYS = {"fields", "nonce"}


@dataclass(slots=True)
class _Open:
    """The change whose revisions are being read, its number in the history, and how many of them are still to come."""

    change: Change
    number: int
    missing: int
    last: bytes = b""
    content: Content = field(default_factory=Content)


class HistoryCheck:
    """Reads the history into a spool and notes what it refers to. A ``Refusal`` names the part and the line.

    ``at_once`` tells whether every body is looked at as it is read, or those of plain revisions are left for later.
    """

    def __init__(
        self,
        archive: Archive,
        spool: Spool,
        references: References,
        entities: EntityCheck,
        seen: Callable[[int], None],
        limits: Limits,
        extent: Extent,
        *,
        at_once: bool,
    ) -> None:
        self._at_once = at_once
        self._archive = archive
        self._spool = spool
        self._references = references
        self._entities = entities
        self._seen = seen
        self._known = KnownChanges()
        self._ancestry = Ancestry(limits.ancestry)
        self._newest: tuple[int, str] = (0, "")
        self._open: _Open | None = None
        self._skips = False
        self._member, self._line, self._read = HISTORY, 0, 0
        self.last_time = ""
        self.withheld = 0
        self._may_withhold = KINDS.keys() - {Scale.kind} if extent.limits else OFTEN_WITHHELD

    def run(self, begin: int = 0, end: int | None = None) -> Checkpoint:
        """Lay down the changes that begin in the parts from ``begin`` up to ``end``; return the checkpoint that it came to.

        Changes before are followed, as others build on them; their revisions are for somebody else to read.
        """
        names = check_parts(HISTORY, self._archive.names)
        self._skips = begin > 0
        try:
            for name in names[:begin]:
                self._follow(name)
            for name in names[begin:end]:
                self._read_part(name)
            for name in names[end:] if end is not None else ():
                if not self._read_rest(name):
                    break
            self._close()
        except ValueError as error:
            limit = error.limit if isinstance(error, OverLimitError) else ""
            raise Refusal(self._member, f"line {self._line}: {error}", limit) from error
        return Checkpoint(heads=tuple(sorted(self._known.heads())), changes=len(self._known))

    def _lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a part, each of which is where a refusal lies; raises ``Refusal`` where it is cut otherwise."""
        self._member, self._line = name, 0
        for number, line in enumerate(self._archive.lines(name), 1):
            self._line = number
            yield line
        is_last = name == check_parts(HISTORY, self._archive.names)[-1]
        if self._line != LINES_A_PART and not (is_last and 0 < self._line < LINES_A_PART):
            raise Refusal(name, f"has {self._line} lines; every part but the last has {LINES_A_PART}")

    def _follow(self, name: str) -> None:
        for line in self._lines(name):
            if line.startswith(CHANGE):
                change, plain = parse_line(line)
                assert isinstance(change, ChangeLine)  # noqa: S101 that is how it begins
                self._read_change(change, plain)

    def _read_part(self, name: str) -> None:
        for line in self._lines(name):
            self._take(line)
            self._read += len(line)
            if self._line % _STEP == 0:
                self._seen(self._read)
        self._seen(self._read)

    def _read_rest(self, name: str) -> bool:
        """Read the rest of the last change, and tell whether it may go on in the next part."""
        for line in self._lines(name):
            if line.startswith(CHANGE):
                return False
            self._take(line)
        return True

    def check_basis(self, basis: Iterable[ChangeId]) -> None:
        """Check that what the receiver is to have is part of the history; raises ``Refusal``."""
        for id_ in basis:
            if not _DIGEST.fullmatch(id_) or self._known.number(id_) is None:
                raise Refusal(BAG_INFO, f"builds on the change {id_}, which is not there")

    def _take(self, data: bytes) -> None:
        open_ = self._open
        if open_ is not None and open_.missing and not self._at_once and self._took_plain(open_, frame_of(data)):
            return
        line, plain = parse_line(data)
        if isinstance(line, ChangeLine):
            self._close()
            self._open = _Open(*self._read_change(line, plain))
            self._spool.add_change(self._open.change, bytes(line.header))
        elif self._open is None and self._skips:
            return
        elif self._open is None or not self._open.missing:
            raise ValueError("is a revision more than its change has")
        else:
            self._read_revision(self._open, line, plain)

    def _close(self) -> None:
        """Check the seal of the change whose revisions have been read."""
        if self._open is None:
            return
        header = self._open.change.header
        if self._open.missing:
            raise ValueError(f"the change has fewer than its {header.revisions} revisions")
        if self._open.content.digest() != header.content:
            raise ValueError("the seal of the change does not fit its revisions")

    def _read_change(self, line: ChangeLine, plain: Json) -> tuple[Change, int, int]:
        if ChangeId(digest_of(bytes(line.header))) != line.change:
            raise ValueError("the header of the change does not have the digest that names it")
        header = from_plain(plain, Header)
        if header.format != FORMAT:
            raise ValueError(f"the change has format {header.format}; this program reads format {FORMAT}")
        if list(header.parents) != sorted(set(header.parents)):
            raise ValueError("the parents of the change are not sorted")
        generation = 1 + max(map(self._generation, header.parents), default=0)
        if header.generation != generation:
            raise ValueError(f"the change is of generation {generation} and says {header.generation}")
        if (generation, line.change) <= self._newest:
            raise ValueError("the changes are not in their order")
        _check_names(header)
        self._newest = (generation, line.change)
        number = len(self._known)
        self._ancestry.add([self._number(parent) for parent in header.parents], header.annotator)
        if header.undoes and not self._ancestry.builds_on(number, self._number(header.undoes)):
            raise ValueError(f"the change undoes {header.undoes}, and does not build on it")
        for parent in header.parents:
            self._known.build_on(parent)
        self._known.add(line.change, generation)
        self.last_time = max(self.last_time, header.at)
        return Change(line.change, header), number, header.revisions

    def _number(self, id_: ChangeId) -> int:
        number = self._known.number(id_)
        if number is None:
            raise ValueError(f"the change {id_} is not there, or stands below what names it")
        return number

    def _generation(self, parent: ChangeId) -> int:
        if not _DIGEST.fullmatch(parent):
            raise ValueError(f"the parent {parent!r} is not a digest")
        generation = self._known.generation(parent)
        if generation is None:
            raise ValueError(f"the parent {parent} is not there, or stands below what builds on it")
        return generation

    def _took_plain(self, open_: _Open, frame: Frame | None) -> bool:
        """Lay a plain revision down; tell whether it was one, on a text that is known."""
        if frame is None:
            return False
        kind, entity, body, claim, text = frame
        if text is not None and not self._references.has_text(text):
            return False
        if claim is not None:
            self._spool.add_to_claim(kind, claim, entity)
        self._lay(open_, kind, entity, b"", sha256(body).digest(), body, Worth.PLAIN)
        return True

    def _read_revision(self, open_: _Open, line: RevisionLine, plain: Json) -> None:
        if line.kind not in KINDS:
            raise ValueError(f"the kind “{line.kind}” is not known; a newer program may have made it")
        entity = to_bytes(parse_entity_id(line.entity))
        self._check_origin(line, open_)
        stored, digest = line.stored_body()
        if stored is None and line.kind not in self._may_withhold:
            raise ValueError(f"the words of a {line.kind} are withheld, which the bundle does not state")
        self.withheld += stored is None
        is_sound = plain is not None and self._check_body(line, body_of(plain)) and plain.keys() == _KEYS
        parents = bytes.fromhex("".join(line.parents))
        worth = Worth.SOUND if is_sound and isinstance(plain["nonce"], str) else Worth.DOUBTFUL
        self._lay(open_, line.kind, entity, parents, digest, stored, worth)

    def _lay(
        self, open_: _Open, kind: str, entity: bytes, parents: bytes, digest: bytes, body: bytes | None, worth: Worth
    ) -> None:
        """Lay a revision down as the next one of its change."""
        if entity <= open_.last:
            raise ValueError("the revisions of the change are not sorted by entity, each once")
        open_.content.add(sealed(entity, kind, parents, digest))
        open_.last = entity
        open_.missing -= 1
        self._spool.add_revision(kind, entity, parents, digest, body, worth)

    def _check_origin(self, line: RevisionLine, open_: _Open) -> None:
        """Check what a revision follows: what its change builds on. Who enters a project does so on their own;
        somebody whom another program's file names is entered by who takes it in, under a derived id.
        """
        header = open_.change.header
        is_person = line.kind == Annotator.kind and not is_derived(line.entity)
        if is_person and not line.parents and line.entity != header.annotator:
            raise ValueError(f"enters the annotator {line.entity} in somebody else’s name")
        if line.parents and list(line.parents) != sorted(set(line.parents)):
            raise ValueError("the parents of the revision are not sorted")
        for parent in line.parents:
            if parent in header.parents:
                continue
            self._generation(parent)
            if not self._ancestry.builds_on(open_.number, self._number(parent)):
                raise ValueError(f"the revision follows the change {parent}, on which its own does not build")

    def _check_body(self, line: RevisionLine, body: Body) -> bool:
        """Check the fields of a revision and tell whether it makes a sound entity by itself."""
        found = None if line.parents or body.reopened or DELETED in body.fields else whole(line.kind, body.fields)
        if found is None:
            check_fields(line.kind, body.fields)
            check_needed(line.kind, body, is_first=not line.parents)
        if body.reopened and not line.parents:
            raise ValueError("the revision opens fields again that nobody had set")
        for name, values in body.reopened.items():
            for value in values:
                check_fields(line.kind, {name: value})
        self._references.see(line.kind, body)
        return found is not None and self._entities.is_sound(line.kind, to_bytes(line.entity), found)


def _check_names(header: Header) -> None:
    """Check that what a header names are ids, digests and a time."""
    parse_entity_id(header.annotator)
    for name, digest in (("undoes", header.undoes), ("codebook", header.codebook)):
        if digest is not None and not _DIGEST.fullmatch(digest):
            raise ValueError(f"“{name}” of the change is not a digest")
    try:
        moment = datetime.fromisoformat(header.at)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() != timedelta() or len(header.at) > _TIME_LENGTH:
        raise ValueError("the change states no time in UTC")


def check_parts(folder: str, names: Iterable[str]) -> list[str]:
    """Return the parts in a folder in their order; raises ``Refusal`` where one is missing."""
    try:
        return parts(folder, names)
    except ValueError as error:
        raise Refusal(str(error), "is missing") from error
