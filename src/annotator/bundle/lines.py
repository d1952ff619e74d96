"""The lines of the history: a change with its header, then its revisions with their bodies.

Headers and bodies stand in the lines byte for byte as they are stored, so that their digests can be checked without encoding
anything again.
"""

from __future__ import annotations

import hashlib
import re

import msgspec
from msgspec import UNSET, Raw, UnsetType

from annotator.domain.codec import Json, canonical, parse
from annotator.domain.ids import ChangeId, Digest, EntityId

_DIGEST = re.compile("[0-9a-f]{64}")
CHANGE = b'{"change":'
"""What the line of a change begins with, and no other does."""


class ChangeLine(msgspec.Struct, forbid_unknown_fields=True):
    """A change and the canonical bytes of its header."""

    change: ChangeId
    header: Raw


class RevisionLine(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A revision of the change above it: its body, or where that is withheld only the body's digest."""

    body: Raw | UnsetType = UNSET
    digest: Digest | UnsetType = UNSET
    entity: EntityId
    kind: str
    parents: tuple[ChangeId, ...]

    def stored_body(self) -> tuple[bytes | None, bytes]:
        """Return the stored bytes of the body, None where it is withheld, and its 32-byte digest.

        Raises ``ValueError`` unless there is either a body or its digest.
        """
        if (self.body is UNSET) == (self.digest is UNSET):
            raise ValueError("a revision has either a body or, where that is withheld, its digest")
        if isinstance(self.digest, UnsetType):
            body = bytes(self.body)  # type: ignore[arg-type]
            return body, hashlib.sha256(body).digest()
        if not _DIGEST.fullmatch(self.digest):
            raise ValueError("the digest of a withheld body is none")
        return None, bytes.fromhex(self.digest)


_encoder = msgspec.json.Encoder()
_changes = msgspec.json.Decoder(ChangeLine)
_revisions = msgspec.json.Decoder(RevisionLine)


def encode_line(line: ChangeLine | RevisionLine) -> bytes:
    """Return a line without its line end."""
    return _encoder.encode(line)


def decode_line(data: bytes) -> ChangeLine | RevisionLine:
    """Return what a line (without its line end) says; raises ``ValueError`` where it is not one in canonical form."""
    return parse_line(data)[0]


def parse_line(data: bytes) -> tuple[ChangeLine | RevisionLine, Json]:
    """Return what a line says, as ``decode_line`` does, and its header or body as a plain value, null where there is none."""
    try:
        value = parse(data)
        if canonical(value) != data:
            raise ValueError("is not canonical JSON")
        if data.startswith(CHANGE):
            return _changes.decode(data), value["header"]
        return _revisions.decode(data), value.get("body")
    except msgspec.ValidationError as error:
        raise ValueError(f"is not a line of the history: {error}") from error
    except (RecursionError, OverflowError) as error:
        raise ValueError("holds values that nothing here writes") from error
