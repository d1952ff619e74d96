"""Reads which changes a bundle holds, and nothing else of it: to hold a project against a copy kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from annotator.bundle.archive import Archive, open_archive
from annotator.bundle.fixity import check_bag
from annotator.bundle.history import part_lines
from annotator.bundle.layout import BAG_INFO, HISTORY, MANIFEST, Progress, bundle_id, silent
from annotator.bundle.lines import ChangeLine, decode_line
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.signature import check_signature
from annotator.domain.change import Change, decode_header
from annotator.domain.errors import BundleRefusedError
from annotator.domain.ids import ChangeId, Digest, digest_of
from annotator.domain.rows import Checkpoint

_CHANGE = b'{"change":'
_TOTAL = 1000
_TOLD_EVERY = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The changes that a bundle holds, parents before those that build on them."""

    bundle_id: Digest
    changes: tuple[Change, ...]


def recorded_changes(path: Path, *, limits: Limits | None = None, progress: Progress = silent) -> Recorded:
    """Return the changes of a bundle: every member is held against its manifest, every header against its digest.

    The headers must come to the checkpoint that the bundle states. What the changes did is not looked at. ``progress`` may stop
    the reading by raising ``CancelledError``. Raises ``BundleRefusedError`` naming the member and the reason.
    """
    try:
        with path.open("rb") as file:
            return _read(open_archive(file, limits or Limits()), progress)
    except Refusal as refusal:
        raise BundleRefusedError(path=path, member=refusal.member, reason=refusal.reason) from refusal
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise BundleRefusedError(path=path, member=path.name, reason=reason) from error


def _read(archive: Archive, progress: Progress) -> Recorded:
    info, payload = check_bag(archive, _share(progress, 0, sum(map(archive.size, archive.names))))
    check_signature(archive)
    told = _share(progress, _TOTAL // 2, sum(entry.size for name, entry in payload.items() if name.startswith(HISTORY)))
    found: dict[ChangeId, Change] = {}
    heads: set[ChangeId] = set()
    read = 0
    for count, (name, number, data) in enumerate(part_lines(archive, HISTORY)):
        read += len(data)
        if count % _TOLD_EVERY == 0:
            told(read)
        if not data.startswith(_CHANGE):
            continue
        try:
            change = _change(data)
        except (ValueError, msgspec.MsgspecError) as error:
            raise Refusal(name, f"line {number}: {error}") from error
        heads.difference_update(change.header.parents)
        heads.add(change.id)
        found[change.id] = change
    if Checkpoint(heads=tuple(sorted(heads)), changes=len(found)) != info.checkpoint:
        raise Refusal(BAG_INFO, "states another checkpoint than the history comes to")
    progress(_TOTAL, _TOTAL)
    return Recorded(bundle_id=bundle_id(archive.read(MANIFEST)), changes=tuple(found.values()))


def _change(data: bytes) -> Change:
    line = decode_line(data)
    if not isinstance(line, ChangeLine) or ChangeId(digest_of(bytes(line.header))) != line.change:
        raise ValueError("the header of the change does not have the digest that names it")
    return Change(line.change, decode_header(bytes(line.header)))


def _share(progress: Progress, start: int, total: int) -> Callable[[int], None]:
    """Return what is told how many bytes were read, and tells it as half of the whole."""
    return lambda read: progress(start + _TOTAL // 2 * min(read, total) // max(total, 1), _TOTAL)
