"""Compares what an archive says the digest of a record is with the bytes in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

_KNOWN = ("sha1", "sha256", "md5")


def digest_differs(stated: Iterable[str], contents: Sequence[bytes]) -> bool:
    """Tell whether digests are stated (``algorithm:value``, ISO 28500, 5.8) and none is that of one of ``contents``.

    Writers differ in what they digest (the block, the payload as sent, the payload unchunked, one under the other's name) and
    how they write it (base 32, base 16, base 64), so any that fits will do. Algorithms that we do not know say nothing.
    """
    pairs = [(name.lower(), value) for name, _, value in (one.strip().partition(":") for one in stated)]
    known = [(name, value) for name, value in pairs if name in _KNOWN and value]
    return bool(known) and not any(value in _spellings(name, contents, value) for name, value in known)


def _spellings(name: str, contents: Sequence[bytes], value: str) -> set[str]:
    digests = [hashlib.new(name, content, usedforsecurity=False).digest() for content in contents]
    return {
        spelt if spelt != value.upper() else value
        for digest in digests
        for spelt in (
            base64.b32encode(digest).decode(),
            digest.hex().upper(),
            base64.b64encode(digest).decode(),
            base64.urlsafe_b64encode(digest).decode(),
        )
    }
