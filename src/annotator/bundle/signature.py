"""The signature of a bundle: a DSSE envelope over its tag manifest, which lists the digests of everything else.

It lies beside the tag manifest, as it cannot be listed there, and so do the statements by which a person's earlier keys name
the later ones. Both may be missing; what is there must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from annotator.bundle.archive import Archive
from annotator.bundle.dsse import envelope, open_envelope
from annotator.bundle.layout import SIGNATURE, SUCCESSION, TAG_MANIFEST
from annotator.bundle.refusal import Refusal
from annotator.domain.codec import canonical
from annotator.domain.signing import PublicKey, Sender, Signed, public_key

BUNDLE_TYPE = "application/vnd.annotator.bundle+text"
SUCCESSION_TYPE = "application/vnd.annotator.key-succession+json"
_MOST_STATEMENTS = 32
MOST_BYTES = 1 << 20
"""No signed bundle has more in its signature, its statements of succession, its tag manifest, or what it states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs a bundle that is written: what is stated of them, their key, how to sign with it, and what earlier keys state."""

    sender: Sender
    key: PublicKey
    sign: Callable[[bytes], bytes]
    succession: tuple[str, ...] = ()

    def members(self, tag_manifest: bytes) -> Iterable[tuple[str, bytes]]:
        """Yield the members that sign a bundle with this tag manifest."""
        yield SIGNATURE, envelope(BUNDLE_TYPE, tag_manifest, self.key, self.sign) + b"\n"
        if self.succession:
            yield SUCCESSION, "".join(f"{statement}\n" for statement in self.succession).encode()


def succession(old: PublicKey, new: PublicKey, sign: Callable[[bytes], bytes]) -> str:
    """Return the statement of an old key that another one takes its place, signed with the old one."""
    return envelope(SUCCESSION_TYPE, canonical({"new": new, "old": old}), old, sign).decode()


def check_signature(archive: Archive) -> Signed | None:
    """Return by which key a bundle is signed, None where it is not; raises ``Refusal`` where the signature does not hold."""
    if SIGNATURE not in archive:
        if SUCCESSION in archive:
            raise Refusal(SUCCESSION, "is there without a signature")
        return None
    for name in (SIGNATURE, SUCCESSION):
        if name in archive and archive.size(name) > MOST_BYTES:
            raise Refusal(name, "is larger than it can be")
    try:
        signed = open_envelope(archive.read(SIGNATURE), BUNDLE_TYPE)
    except ValueError as error:
        raise Refusal(SIGNATURE, str(error)) from error
    if signed.payload != archive.read(TAG_MANIFEST):
        raise Refusal(SIGNATURE, "is the signature of another bundle")
    return Signed(key=signed.key, vouching=_vouching(archive, signed.key))


def _vouching(archive: Archive, key: PublicKey) -> frozenset[PublicKey]:
    """Return the keys that lead to this one, each naming the next as its successor."""
    if SUCCESSION not in archive:
        return frozenset()
    lines = archive.read(SUCCESSION).splitlines()
    if len(lines) > _MOST_STATEMENTS:
        raise Refusal(SUCCESSION, f"has more than {_MOST_STATEMENTS} lines")
    try:
        named = [_statement(line) for line in lines]
    except (ValueError, msgspec.MsgspecError) as error:
        raise Refusal(SUCCESSION, str(error)) from error
    found, waiting = set[PublicKey](), [key]
    while waiting:
        successor = waiting.pop()
        earlier = {old for old, new in named if new == successor} - found - {key}
        found |= earlier
        waiting += earlier
    return frozenset(found)


def _statement(line: bytes) -> tuple[PublicKey, PublicKey]:
    """Return (old key, new key) of a statement; raises ``ValueError`` where the old key did not sign it."""
    opened = open_envelope(line, SUCCESSION_TYPE)
    stated = msgspec.json.decode(opened.payload, type=_Succession)
    if stated.old != opened.key:
        raise ValueError("a key is named by another one than itself")
    return opened.key, public_key(stated.new)


class _Succession(msgspec.Struct):
    old: str
    new: str
