"""The stored bytes of a bundle: texts, structures and originals, checked against what the history says of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from sys import getsizeof

from annotator.bundle.archive import Archive
from annotator.bundle.layout import Entry, source_path, structure_path, text_path
from annotator.bundle.references import References
from annotator.bundle.refusal import Refusal
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import Digest, digest_of
from annotator.domain.stored_structure import read_structure
from annotator.domain.structure import Line, Structure
from annotator.domain.text import canonical_text

_AT_HAND_BYTES = 16 << 20


class Blobs:
    """Reads texts, structures and originals by their digests, keeping the texts asked for last at hand.

    ``references`` say what there is. The file may have been written to since it was checked, so every digest is checked again.
    """

    def __init__(self, archive: Archive, references: References) -> None:
        self._archive = archive
        self._references = references
        self._texts: OrderedDict[Digest, str] = OrderedDict()
        self._at_hand = 0

    def read(self, kind: str, digest: Digest) -> bytes:
        """Return stored bytes; raises ``NotFoundError`` where none came along, and ``Refusal``."""
        name = self._name(kind, digest)
        if name not in self._archive:
            raise NotFoundError(kind="stored bytes", id=digest)
        data = self._archive.read(name)
        if digest_of(data) != digest:
            raise Refusal(name, "does not have the digest that names it")
        return data

    def all(self) -> Iterator[tuple[str, Digest]]:
        """Yield (kind, digest) of all that came along, sorted."""
        known = self._references
        for kind, digests in (("original", known.originals), ("structure", known.structures), ("text", known.texts)):
            yield from ((kind, digest) for digest in sorted(digests) if self._name(kind, digest) in self._archive)

    def text(self, digest: Digest) -> str:
        """Return a text; raises ``UnicodeDecodeError`` where it is none."""
        text = self._texts.get(digest)
        if text is None:
            text = self.read("text", digest).decode()
            self._keep(digest, text)
        return text

    def structure(self, digest: Digest) -> Structure:
        """Return a structure; raises ``ValueError`` where it is none."""
        return read_structure(self.read("structure", digest))

    def _name(self, kind: str, digest: Digest) -> str:
        if kind == "original":
            return source_path(digest, self._references.originals.get(digest, ""))
        return text_path(digest) if kind == "text" else structure_path(digest)

    def _keep(self, digest: Digest, text: str) -> None:
        """Keep a text at hand, and for it give up those that were kept longest; the last one is kept however long it is."""
        self._texts[digest] = text
        self._at_hand += getsizeof(text)
        while self._at_hand > _AT_HAND_BYTES and len(self._texts) > 1:
            self._at_hand -= getsizeof(self._texts.popitem(last=False)[1])


def check_blobs(blobs: Blobs, references: References, payload: Mapping[str, Entry]) -> int:
    """Check what the history refers to and return how many originals came; raises ``Refusal``.

    Texts and structures must all be there; originals may have been left out. Each must have the digest that names it.
    """
    texts = {text_path(digest): digest for digest in references.texts}
    structures = {structure_path(digest): digest for digest in references.structures}
    originals = {source_path(digest, extension): digest for digest, extension in references.originals.items()}
    for name, digest in sorted((texts | structures | originals).items()):
        entry = payload.get(name)
        if entry is None and name not in originals:
            raise Refusal(name, "is missing, but the history refers to it")
        if entry is not None and entry.digest != digest:
            raise Refusal(name, "does not have the digest that names it")
    lengths = {digest: _check_text(blobs, name, digest) for name, digest in sorted(texts.items())}
    for text, structure in sorted(references.pairs):
        check_structure(blobs, structure, lengths[text])
    return len(originals.keys() & payload.keys())


def _check_text(blobs: Blobs, name: str, digest: Digest) -> int:
    try:
        text = blobs.text(digest)
    except UnicodeDecodeError as error:
        raise Refusal(name, "is not UTF-8") from error
    if canonical_text(text) != text:
        raise Refusal(name, "holds characters that no canonical text has")
    return len(text)


def check_structure(blobs: Blobs, digest: Digest, length: int) -> None:
    """Check that a structure is one of a text of ``length`` code points; raises ``Refusal``."""
    name = structure_path(digest)
    try:
        structure = blobs.structure(digest)
    except (ValueError, RecursionError) as error:
        raise Refusal(name, f"is not a structure: {error}") from error
    for places in (structure.blocks, structure.inlines, structure.lines):
        last = 0
        for place in places:
            if not last <= place.start <= place.end <= length:
                raise Refusal(name, f"has a place ({place.start} to {place.end}) out of order or outside its text")
            last = place.start
    for line in structure.lines:
        if not _has_edges(line) or not 0 <= line.page < len(structure.pages):
            raise Refusal(name, f"has a line ({line.start} to {line.end}) without a place for each character")


def _has_edges(line: Line) -> bool:
    try:
        return len(line.edges) == 2 * (line.end - line.start)
    except ValueError:
        return False
