"""All checks of a bundle, one after the other: the bag, the history, stored bytes, entities, what is derived."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from annotator.bundle.archive import Archive
from annotator.bundle.blobs import Blobs, check_blobs
from annotator.bundle.comparing import compare_lines, compare_parts
from annotator.bundle.crate import describe
from annotator.bundle.derived import annotation_lines, claim_lines, codebook_bytes
from annotator.bundle.entities import EntityCheck, NotPlainError
from annotator.bundle.fixity import check_bag, check_digests, check_oxum
from annotator.bundle.helping import Helper
from annotator.bundle.history import HistoryCheck, check_parts
from annotator.bundle.layout import (
    ANNOTATIONS,
    BAG_INFO,
    CLAIMS,
    CODEBOOK,
    CRATE,
    FORMAT,
    HISTORY,
    LINES_A_PART,
    MANIFEST,
    TOTAL,
    BagInfo,
    BundleReport,
    Entry,
    Progress,
    bundle_id,
    source_path,
    steps,
    structure_path,
    text_path,
)
from annotator.bundle.project import SpooledView
from annotator.bundle.references import References
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.signature import check_signature
from annotator.bundle.spool import LAST, Spool
from annotator.bundle.standing import ANNOTATED, StandingView
from annotator.bundle.tasks import STEPS, CompareAnnotations, HoldDigests, LaidDown, LayDown, Trouble, Well
from annotator.domain.change import Checkpoint
from annotator.domain.codec import parse
from annotator.domain.ids import Digest, EntityId, parse_entity_id, to_bytes
from annotator.domain.signing import Signed
from annotator.domain.webannotation import urn

_AFTER_FIXITY, _AFTER_HISTORY, _AFTER_ENTITIES = 150, 500, 700
_WAITING = 40
"""So many of the last steps of what two processes do are told while one waits for the other."""
_OF_LINES = (f"{HISTORY}/", f"{ANNOTATIONS}/")
_SPOOLED = 4
"""A spool is less than so many times as large as the history that is laid down in it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A bundle that passed: where its history lies, what that refers to, which entities are disputed, and what it holds."""

    spool: Spool
    references: References
    disputed: dict[EntityId, tuple[str, ...]]
    report: BundleReport


def check(archive: Archive, spool: Spool, limits: Limits, progress: Progress, helper: Helper | None = None) -> Checked:
    """Check everything about a bundle, laying its history down in ``spool``; raises ``Refusal``.

    Plain revisions are looked at when all is laid down, lines are held against the digests of their members as they are read,
    which is faster, and a ``helper`` does a half of it. Where something is wrong, all is read again, one after the other, which
    finds the first thing that is.
    """
    info, payload = check_bag(archive)
    listed = sorted((name, entry.digest) for name, entry in payload.items())
    archive.expected = {name: digest for name, digest in listed if name.startswith(_OF_LINES)}
    try:
        if helper is not None:
            helper.begin(limits, archive)
        _check_digests(archive, [each for each in listed if each[0] not in archive.expected], progress, helper)
        checked = _Check(archive, spool, limits, progress, _bag(archive, info, payload), helper=helper).run()
        check_digests(archive, list(archive.expected.items()), lambda _: None)
    except (NotPlainError, Refusal):
        spool.clear()  # a helper may still be at work: it writes where nothing of this reaches
    else:
        return checked
    archive.expected = {}

    def anew(done: int, total: int) -> None:
        progress(total + done, 2 * total)  # further than ever before: who follows stops what goes no further

    check_digests(archive, listed, steps(anew, 0, _AFTER_FIXITY, sum(map(archive.size, archive.names))))
    return _Check(archive, spool, limits, anew, _bag(archive, info, payload), at_once=True).run()


def _bag(archive: Archive, info: BagInfo, payload: Mapping[str, Entry]) -> Bag:
    check_oxum(info, payload)
    return Bag(info, payload, check_signature(archive))


def _check_digests(
    archive: Archive, listed: Sequence[tuple[str, Digest]], progress: Progress, helper: Helper | None
) -> None:
    """Hold members against their digests, a half of them by a ``helper``; raises ``Refusal``."""
    sizes = list(accumulate(archive.size(name) for name, _ in listed))
    if helper is None:
        check_digests(archive, listed, steps(progress, 0, _AFTER_FIXITY, sizes[-1] if sizes else 0))
        return
    middle = bisect_left(sizes, sizes[-1] // 2) if sizes else 0
    helper.ask(HoldDigests(list(listed[middle:])))
    waiting = _AFTER_FIXITY - _WAITING
    check_digests(archive, listed[:middle], steps(progress, 0, waiting, sizes[middle - 1] if middle else 0))
    if isinstance(helper.reply(steps(progress, waiting, _AFTER_FIXITY, STEPS)), Trouble):
        raise NotPlainError


class Bag(NamedTuple):
    """A bag that was found to be one: what it states, its payload, and by which key it is signed."""

    info: BagInfo
    payload: Mapping[str, Entry]
    signed: Signed | None


class _History(NamedTuple):
    """What a history came to."""

    checkpoint: Checkpoint
    withheld: int
    last_time: str


class _Check:
    """The checks of what is in a bag."""

    def __init__(
        self,
        archive: Archive,
        spool: Spool,
        limits: Limits,
        progress: Progress,
        bag: Bag,
        *,
        at_once: bool = False,
        helper: Helper | None = None,
    ) -> None:
        self._archive = archive
        self._spool = spool
        self._limits = limits
        self._progress = progress
        self._bag = bag
        self._at_once = at_once
        self._helper = helper
        self._references = References()
        self._blobs = Blobs(archive, self._references)
        self._entities = EntityCheck(spool, self._blobs, self._references, limits)

    def run(self) -> Checked:
        """Check one after the other; raises ``Refusal``, ``NotPlainError``."""
        references, (info, payload, signed) = self._references, self._bag
        history = self._lay_down()
        if history.checkpoint != info.checkpoint:
            raise Refusal(BAG_INFO, "states another checkpoint than the history comes to")
        sources = check_blobs(self._blobs, references, payload)
        _check_members(payload, references)
        is_compared, revisions = info.format == FORMAT, len(self._spool)
        seen = steps(self._progress, _AFTER_HISTORY, _AFTER_ENTITIES, revisions)
        self._entities.rest(ANNOTATED if is_compared else (), seen)
        if is_compared:
            self._compare(history.last_time)
        self._progress(TOTAL, TOTAL)
        report = BundleReport(
            bundle_id=bundle_id(self._archive.read(MANIFEST)),
            changes=history.checkpoint.changes,
            revisions=revisions,
            texts=len(references.texts),
            sources=sources,
            checkpoint=history.checkpoint,
            disputed=sum(map(len, self._entities.disputed.values())),
            withheld=history.withheld,
            extent=info.extent,
            sender=info.sender,
            signed=signed,
        )
        return Checked(self._spool, references, self._entities.disputed, report)

    def _lay_down(self) -> _History:
        """Read the history into the spool; a helper reads its second half."""
        archive, spool, extent = self._archive, self._spool, self._bag.info.extent
        parts = check_parts(HISTORY, archive.names)
        told = sum(map(archive.size, parts))
        middle, end = len(parts) // 2 if self._helper else 0, _AFTER_HISTORY
        if self._helper and middle:
            start = _SPOOLED * told
            self._helper.ask(LayDown(middle, start, extent))
            told, end = sum(map(archive.size, parts[:middle])), _AFTER_HISTORY - _WAITING
        seen = steps(self._progress, _AFTER_FIXITY, end, told)
        references, limits = self._references, self._limits
        history = HistoryCheck(archive, spool, references, self._entities, seen, limits, extent, at_once=self._at_once)
        checkpoint = history.run(end=middle or None)
        if not self._helper or not middle:
            history.check_basis(extent.basis)
            spool.finish()
            return _History(checkpoint, history.withheld, history.last_time)
        reply = self._helper.reply(steps(self._progress, end, _AFTER_HISTORY, STEPS))
        if not isinstance(reply, LaidDown):
            raise NotPlainError
        self._leave(reply.left)
        references.take_in(reply.seen)
        spool.finish(reply.part)
        return _History(reply.checkpoint, history.withheld + reply.withheld, reply.last_time)

    def _compare(self, last_time: str) -> None:
        """Make again what is made from the history and compare; a helper does so with the second half of the annotations."""
        archive, spool, blobs, disputed = self._archive, self._spool, self._blobs, self._entities.disputed
        parts = check_parts(ANNOTATIONS, archive.names)
        middle, end = len(parts) // 2 if self._helper else 0, TOTAL
        last = LAST
        if self._helper and middle:
            last = self._first_of(parts[middle])
            task = CompareAnnotations(middle, last, spool.laid_down(), self._references.seen(), disputed)
            self._helper.ask(task)
            end = TOTAL - _WAITING
        seen = steps(self._progress, _AFTER_ENTITIES, end, (middle or len(parts)) * LINES_A_PART)
        annotations = annotation_lines(StandingView(spool, blobs, self._entities, last=last))
        compare_parts(archive, parts[: middle or None], annotations, ANNOTATIONS, seen)
        view = SpooledView(spool, blobs, disputed)
        compare_lines(archive, CLAIMS, claim_lines(view), lambda _: None)
        if archive.read(CODEBOOK) != codebook_bytes(view):
            raise Refusal(CODEBOOK, "differs from what the history gives")
        if archive.read(CRATE) != describe(self._bag.payload, last_time):
            raise Refusal(CRATE, "differs from what the payload gives")
        if self._helper and middle:
            reply = self._helper.reply(steps(self._progress, end, TOTAL, STEPS))
            if not isinstance(reply, Well):
                raise NotPlainError
            self._leave(reply.left)

    def _leave(self, left: Iterable[str]) -> None:
        """Expect no digests but of those members that the helper, too, has not read as a whole."""
        expected = self._archive.expected
        self._archive.expected = {name: expected[name] for name in left if name in expected}

    def _first_of(self, part: str) -> bytes:
        """Return the entity (16 bytes) of the first annotation in a part; raises ``NotPlainError`` where it names none."""
        try:
            annotation = parse(next(self._archive.lines(part)))
            return to_bytes(parse_entity_id(annotation["id"].removeprefix(urn(EntityId("")))))
        except (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError) as error:
            raise NotPlainError from error


def _check_members(payload: Mapping[str, Entry], references: References) -> None:
    """Check that nothing is in the payload but what the layout knows and the history refers to."""
    known = {CLAIMS, CODEBOOK, CRATE}
    for name in sorted(known - payload.keys()):
        raise Refusal(name, "is missing")
    known.update(map(text_path, references.texts), map(structure_path, references.structures))
    known.update(source_path(digest, extension) for digest, extension in references.originals.items())
    for folder in (HISTORY, ANNOTATIONS):
        known.update(check_parts(folder, payload))
    for name in sorted(payload.keys() - known):
        raise Refusal(name, "belongs to nothing that the history refers to")
