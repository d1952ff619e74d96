"""Which stored bytes a history refers to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

import msgspec

from annotator.domain.anchoring import Anchor
from annotator.domain.change import Body
from annotator.domain.codec import Json
from annotator.domain.ids import Digest
from annotator.domain.passage import Passage
from annotator.domain.source import BlockMark, Version

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.([0-9a-z]{1,8})")
_STANDING = (Passage.kind, Anchor.kind, BlockMark.kind)
_REFERRING = (Version.kind, *_STANDING)
_EXTENSIONS = {
    "application/pdf": "pdf",
    "application/xhtml+xml": "xhtml",
    "application/msword": "doc",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/html": "html",
    "text/markdown": "md",
    "text/plain": "txt",
}


class Seen(msgspec.Struct, frozen=True):
    """What a history refers to, as it is told to another process."""

    texts: list[Digest]
    structures: list[Digest]
    pairs: list[tuple[Digest, Digest]]
    originals: dict[Digest, str]


class References:
    """Collects the digests that revisions name, and the extension that each original is to have."""

    def __init__(self, seen: Seen | None = None) -> None:
        """Begin with what is known of a history already."""
        self.texts: set[Digest] = set()
        self.structures: set[Digest] = set()
        self.pairs: set[tuple[Digest, Digest]] = set()
        self.originals: dict[Digest, str] = {}
        if seen is not None:
            self.take_in(seen)

    def take_in(self, other: Seen) -> None:
        """Note what another process has seen."""
        self.texts.update(other.texts)
        self.structures.update(other.structures)
        self.pairs.update(other.pairs)
        for original, extension in other.originals.items():
            self.originals[original] = min(extension, self.originals.get(original, extension))

    def seen(self) -> Seen:
        """Return all that was noted, for another process."""
        return Seen(sorted(self.texts), sorted(self.structures), sorted(self.pairs), self.originals)

    def has_text(self, digest: bytes) -> bool:
        """Tell whether a text is known, ``digest`` being its 64 digits."""
        return digest.decode("latin-1") in self.texts

    def see(self, kind: str, body: Body) -> None:
        """Note what one revision refers to; raises ``ValueError`` where it names something that is no digest."""
        self._see(kind, body.fields)
        for name, values in body.reopened.items():
            for value in values:
                self._see(kind, {name: value})

    def _see(self, kind: str, fields: Mapping[str, Json]) -> None:
        if kind not in _REFERRING or (kind in _STANDING and fields.get("text") in self.texts):
            return
        text = _digest(fields, "text")
        if text:
            self.texts.add(text)
        if kind in _STANDING:
            return
        structure, original = _digest(fields, "structure"), _digest(fields, "original")
        if structure:
            self.structures.add(structure)
        if text and structure:
            self.pairs.add((text, structure))
        if original:
            extension = _extension(fields)
            self.originals[original] = min(extension, self.originals.get(original, extension))


def _digest(fields: Mapping[str, Json], name: str) -> Digest | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise ValueError(f"“{name}” is not a digest")
    return Digest(value)


def _extension(fields: Mapping[str, Json]) -> str:
    known = _EXTENSIONS.get(str(fields.get("media_type") or ""))
    suffix = _SUFFIX.fullmatch(PurePath(str(fields.get("name") or "")).suffix.lower())
    return known or (suffix[1] if suffix else "bin")
